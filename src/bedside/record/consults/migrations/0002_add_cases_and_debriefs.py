import django.db.models.deletion
from django.db import migrations, models

import bedside.record.vault.sealed


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_add_tries"),
        ("consults", "0001_add_tables"),
    ]

    operations = [
        migrations.CreateModel(
            name="TeachingCase",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("period", models.CharField(blank=True, max_length=8)),
                ("setting", models.CharField(blank=True, max_length=40)),
                ("title", bedside.record.vault.sealed.SealedField(default=b"")),
                ("story", bedside.record.vault.sealed.SealedField(default=b"")),
                ("lesson", bedside.record.vault.sealed.SealedField(default=b"")),
                ("drafted_at", models.DateTimeField()),
                ("by", models.UUIDField()),
                ("version", models.PositiveIntegerField(default=1)),
                (
                    "consult",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cases",
                        to="consults.consult",
                    ),
                ),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="accounts.site"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Debrief",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("words", bedside.record.vault.sealed.SealedField(default=b"")),
                ("by", models.UUIDField()),
                ("asked_at", models.DateTimeField()),
                ("answer", bedside.record.vault.sealed.SealedField(default=b"")),
                ("answered_at", models.DateTimeField(null=True)),
                ("answered_by", models.UUIDField(null=True)),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="accounts.site"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(
                        fields=["site", "answered_at", "asked_at"],
                        name="consults_de_site_id_d3f74a_idx",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="SignOff",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("version", models.PositiveIntegerField()),
                ("role", models.CharField(max_length=16)),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="sign_offs",
                        to="consults.teachingcase",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("case", "version", "role"), name="consults_one_sign_off_a_role"
                    ),
                    models.UniqueConstraint(
                        fields=("case", "version", "by"), name="consults_two_people_sign"
                    ),
                ],
            },
        ),
    ]
