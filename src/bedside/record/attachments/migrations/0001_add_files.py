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
            name="Attachment",
            fields=[
                ("id", models.UUIDField(primary_key=True, serialize=False)),
                ("owner", models.CharField(max_length=80)),
                ("place", models.PositiveSmallIntegerField()),
                ("about", bedside.record.vault.sealed.SealedField(default=b"")),
                ("original", bedside.record.vault.sealed.SealedField(default=b"")),
                ("working", bedside.record.vault.sealed.SealedField(default=b"")),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, to="accounts.site"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("site", "owner", "place"), name="one_file_a_place"
                    )
                ],
            },
        ),
    ]
