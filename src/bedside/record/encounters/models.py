"""A stay under custody, and what was answered about it; what could tell of somebody is sealed."""

from typing import ClassVar

from django.db import models
from typing_extensions import override

from bedside.record.accounts.models import Site
from bedside.record.vault.sealed import SealedField


class Encounter(models.Model):
    """One stay of one patient while in somebody's custody."""

    id = models.UUIDField(primary_key=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    code = models.CharField(max_length=12)  # what people say aloud: no name, no number of theirs
    unit = models.CharField(max_length=40)
    room = models.CharField(max_length=20)
    how = models.CharField(max_length=12)  # by hand, batch, message or paper packet
    patient = SealedField()  # how bedside staff know the patient
    lookup = models.BinaryField(max_length=32, null=True)  # finds the number again, tells nothing
    language = models.CharField(max_length=12, blank=True)
    opened_at = models.DateTimeField()
    noted_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["site", "code"], name="encounters_one_code")
        ]
        indexes: ClassVar = [
            models.Index(fields=["site", "closed_at", "unit"]),
            models.Index(fields=["site", "lookup"]),
        ]

    @override
    def __str__(self) -> str:
        return self.code

    @property
    def about(self) -> str:
        """How the journal names this stay."""
        return f"encounter/{self.pk}"


class Answered(models.Model):
    """One question about a stay, answered once; a later answer ends it and stands beside it."""

    id = models.UUIDField(primary_key=True)
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="answers")
    fact = models.CharField(max_length=48)
    value = SealedField()
    by = models.UUIDField(null=True)  # nobody, if a registration message said so
    answered_at = models.DateTimeField()
    noted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["encounter", "fact"],
                condition=models.Q(ended_at=None),
                name="encounters_one_answer_stands",
            )
        ]

    @override
    def __str__(self) -> str:
        return self.fact
