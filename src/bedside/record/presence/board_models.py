"""The board passed from supervisor to supervisor, what left the house about it, the hard cases."""

from typing import ClassVar

from django.db import models
from typing_extensions import override

from bedside.record.accounts.models import Site
from bedside.record.encounters.models import Encounter
from bedside.record.vault.sealed import SealedField


class BoardHandOver(models.Model):
    """The board of a house handed to the next supervisor, who confirms each open conflict."""

    id = models.UUIDField(primary_key=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    given_by = models.UUIDField()
    given_at = models.DateTimeField()
    taken_by = models.UUIDField(null=True)
    taken_at = models.DateTimeField(null=True)
    replaced_at = models.DateTimeField(null=True)  # handed over anew before anybody took it

    class Meta:
        indexes: ClassVar = [models.Index(fields=["site", "taken_at", "replaced_at"])]

    @override
    def __str__(self) -> str:
        return f"board given {self.given_at}"


class BoardItem(models.Model):
    """One open conflict of a board that was handed over, and who confirmed having read it."""

    id = models.UUIDField(primary_key=True)
    hand_over = models.ForeignKey(BoardHandOver, on_delete=models.PROTECT, related_name="items")
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=16)  # a word of `Standing`
    confirmed_by = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True)

    @override
    def __str__(self) -> str:
        return self.what


class BoardRelease(models.Model):
    """What left the house about a month: numbers only, small ones hidden, to compare later."""

    id = models.UUIDField(primary_key=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    subject = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    release = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["site", "subject", "number"], name="presence_releases_are_numbered"
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.subject} {self.number}"


class HardCase(models.Model):
    """A hard case of a stay: what it is, when it happened, what was decided."""

    id = models.UUIDField(primary_key=True)
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="hard_cases")
    kind = models.CharField(max_length=16)  # a name of hard_cases.yaml
    said = SealedField()  # what was answered, as JSON
    happened_at = models.DateTimeField()
    noted_at = models.DateTimeField()
    by = models.UUIDField()

    @override
    def __str__(self) -> str:
        return self.kind


class HardStep(models.Model):
    """One step of a hard case: whose it is, by when, and who did it."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(HardCase, on_delete=models.PROTECT, related_name="steps")
    step = models.CharField(max_length=32)  # a name of hard_cases.yaml
    owner = models.CharField(max_length=32)  # a word of `Role`
    due_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.UUIDField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["done_at", "due_at"])]

    @override
    def __str__(self) -> str:
        return self.step
