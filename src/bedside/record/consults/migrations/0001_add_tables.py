import django.db.models.deletion
from django.db import migrations, models

import bedside.record.vault.sealed


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_add_tries"),
        ("encounters", "0002_add_papers_officers_duties"),
    ]

    operations = [
        migrations.CreateModel(
            name="Consult",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=16)),
                ("dimension", models.CharField(blank=True, max_length=32)),
                ("is_urgent", models.BooleanField()),
                ("minor", models.CharField(max_length=12)),
                ("assent", models.CharField(blank=True, max_length=12)),
                ("guardian", models.CharField(blank=True, max_length=20)),
                ("question", bedside.record.vault.sealed.SealedField(default=b"")),
                ("situation", bedside.record.vault.sealed.SealedField(default=b"")),
                ("noted", bedside.record.vault.sealed.SealedField(default=b"")),
                ("edition", models.CharField(max_length=32)),
                ("digest", models.CharField(max_length=80)),
                ("by", models.UUIDField()),
                ("referred_at", models.DateTimeField()),
                ("due_at", models.DateTimeField()),
                ("advised_at", models.DateTimeField(null=True)),
                (
                    "encounter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consults",
                        to="encounters.encounter",
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
            name="Advice",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("text", bedside.record.vault.sealed.SealedField(default=b"")),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                (
                    "consult",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="advices",
                        to="consults.consult",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Danger",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("who", models.CharField(max_length=16)),
                ("is_soon", models.BooleanField()),
                ("words", bedside.record.vault.sealed.SealedField(default=b"")),
                ("told", bedside.record.vault.sealed.SealedField(default=b"")),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                (
                    "encounter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="dangers",
                        to="encounters.encounter",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Gap",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("kind", models.CharField(max_length=16)),
                ("dimension", models.CharField(blank=True, max_length=32)),
                ("owner", models.CharField(max_length=32)),
                ("raised_at", models.DateTimeField()),
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
        ),
        migrations.AddField(
            model_name="consult",
            name="gap",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="consults",
                to="consults.gap",
            ),
        ),
        migrations.CreateModel(
            name="Voice",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("speaker", models.CharField(max_length=20)),
                ("words", bedside.record.vault.sealed.SealedField(default=b"")),
                ("language", models.CharField(max_length=12)),
                ("translated", bedside.record.vault.sealed.SealedField(default=b"")),
                ("translator", models.CharField(max_length=20)),
                ("interpreter", bedside.record.vault.sealed.SealedField(default=b"")),
                ("at", models.DateTimeField()),
                ("by", models.UUIDField()),
                (
                    "consult",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voices",
                        to="consults.consult",
                    ),
                ),
            ],
        ),
        migrations.AddConstraint(
            model_name="gap",
            constraint=models.UniqueConstraint(
                condition=models.Q(("answered_at", None)),
                fields=("site", "kind", "dimension"),
                name="consults_one_open_gap",
            ),
        ),
        migrations.AddIndex(
            model_name="consult",
            index=models.Index(
                fields=["site", "kind", "dimension", "referred_at"],
                name="consults_co_site_id_86d0ba_idx",
            ),
        ),
        migrations.AddIndex(
            model_name="consult",
            index=models.Index(
                fields=["site", "advised_at", "due_at"], name="consults_co_site_id_59075f_idx"
            ),
        ),
    ]
