import django.db.models.deletion
from django.db import migrations, models

import bedside.record.vault.sealed


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("accounts", "0002_add_tries"),
    ]

    operations = [
        migrations.CreateModel(
            name="Hold",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("matter", bedside.record.vault.sealed.SealedField(default=b"")),
                ("from_at", models.DateTimeField(null=True)),
                ("until_at", models.DateTimeField(null=True)),
                ("set_at", models.DateTimeField()),
                ("set_by", models.UUIDField()),
                ("lifted_at", models.DateTimeField(null=True)),
                ("lifted_by", models.UUIDField(null=True)),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="accounts.site"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Held",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("record", models.CharField(max_length=80)),
                (
                    "hold",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="held",
                        to="holds.hold",
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name="hold",
            index=models.Index(fields=["site", "lifted_at"], name="holds_hold_site_id_1f8c8b_idx"),
        ),
        migrations.AddIndex(
            model_name="held",
            index=models.Index(fields=["record"], name="holds_held_record_700c4f_idx"),
        ),
        migrations.AddConstraint(
            model_name="held",
            constraint=models.UniqueConstraint(fields=("hold", "record"), name="holds_named_once"),
        ),
    ]
