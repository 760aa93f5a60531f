"""What somebody at the bedside disagrees with, and what a manager told them to do; words sealed."""

from typing import ClassVar

from django.db import models
from typing_extensions import override

from bedside.record.accounts.models import Site
from bedside.record.vault.sealed import SealedField


class Asked(models.Model):
    """What both have: who, where, under which edition, in which situation."""

    id = models.UUIDField(primary_key=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    by = models.UUIDField()
    record = models.CharField(max_length=80)  # whose keys open it: a stay's, or the house's
    edition = models.CharField(max_length=32)
    digest = models.CharField(max_length=80)  # of the rulebook that answered
    situation = SealedField()  # the file that `bedside decide` reads
    at = models.DateTimeField()

    class Meta:
        abstract = True


class Dispute(Asked):
    """A question to the rulebook owner: somebody said “this is wrong” of an answer."""

    advised = SealedField()  # the word that stood on the page
    reason = SealedField()
    state = models.CharField(max_length=16)  # open, answered or norm_changed
    answer = SealedField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["site", "state", "at"]),
            models.Index(fields=["site", "by", "at"]),
        ]

    @override
    def __str__(self) -> str:
        return f"dispute {self.pk}"

    @property
    def about(self) -> str:
        """How the journal names this question."""
        return f"dispute/{self.pk}"


class Instruction(Asked):
    """What somebody in charge told staff to do: by role, in exact words, and what is on file."""

    role = models.CharField(max_length=32)  # of whoever said it, a word of `Role`
    words = SealedField()
    asks = models.CharField(max_length=80, blank=True)  # dimension and word, or a button
    document = models.CharField(max_length=12)
    found = models.CharField(max_length=32)  # what the rules said to it then

    class Meta:
        indexes: ClassVar = [models.Index(fields=["site", "by", "at"])]

    @override
    def __str__(self) -> str:
        return f"instruction {self.pk}"

    @property
    def about(self) -> str:
        """How the journal names this instruction."""
        return f"instruction/{self.pk}"
