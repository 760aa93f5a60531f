"""What was handed in: who and when stand with the report, never here."""

from typing import ClassVar

from django.db import models
from typing_extensions import override

from bedside.record.accounts.models import Site
from bedside.record.vault.sealed import SealedField


class Attachment(models.Model):
    """One file of a report: the original as it came, and the copy that is worked with.

    Its name, its kind and its digests are sealed: a digest in clear would tell whoever holds the
    same file that it was handed in.
    """

    id = models.UUIDField(primary_key=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    owner = models.CharField(max_length=80)  # room/id of what it was handed in with
    place = models.PositiveSmallIntegerField()  # among the files of its owner, from one
    about = SealedField()
    original = SealedField()
    working = SealedField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["site", "owner", "place"], name="one_file_a_place")
        ]

    @override
    def __str__(self) -> str:
        return f"file {self.place} of {self.owner}"
