"""Notes for counsel; everything that tells of somebody, also what a note is about, is sealed."""

from typing import ClassVar

from django.db import models
from typing_extensions import override

from bedside.record.accounts.models import Site
from bedside.record.vault.sealed import SealedField


class Note(models.Model):
    """One note of counsel; never changed, a later one stands beside it."""

    id = models.UUIDField(primary_key=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    about_what = SealedField()  # room/id, if it is about something of the house
    text = SealedField()
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["site", "at"])]

    @override
    def __str__(self) -> str:
        return f"note {self.pk}"

    @property
    def about(self) -> str:
        """How the journal of counsel names this note, and whose keys open it."""
        return f"note/{self.pk}"
