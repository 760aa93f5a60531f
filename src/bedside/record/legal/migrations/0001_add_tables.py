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
            name="Note",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("about_what", bedside.record.vault.sealed.SealedField(default=b"")),
                ("text", bedside.record.vault.sealed.SealedField(default=b"")),
                ("by", models.UUIDField()),
                ("at", models.DateTimeField()),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="accounts.site"
                    ),
                ),
            ],
            options={
                "indexes": [
                    models.Index(fields=["site", "at"], name="legal_note_site_id_d75ee4_idx")
                ],
            },
        ),
    ]
