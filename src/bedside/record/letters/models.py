"""Letters, what happened to each, its printed copies, where they went, and what came back."""

from typing import ClassVar

from django.db import models
from typing_extensions import override

from bedside.record.accounts.models import Site
from bedside.record.encounters.models import Encounter
from bedside.record.vault.sealed import SealedField


class Letter(models.Model):
    """One letter about one stay; it has keys of its own, so that its history can go out alone."""

    id = models.UUIDField(primary_key=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="letters")
    code = models.CharField(max_length=12)  # printed on it, so that it can be checked
    grounds = SealedField()  # on what each document is given to its reader
    started_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=0)  # how many steps it has: the lock
    signed = models.PositiveIntegerField(default=0)  # the last version that was signed
    ends_at = models.DateTimeField(null=True)  # of that version

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["site", "code"], name="letters_one_code")
        ]

    @override
    def __str__(self) -> str:
        return self.code

    @property
    def about(self) -> str:
        """How the journal names this letter, and whose keys open it."""
        return f"letter/{self.pk}"


class Step(models.Model):
    """One thing that happened to a letter, in its order; none is ever changed."""

    id = models.UUIDField(primary_key=True)
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="steps")
    number = models.PositiveIntegerField()
    plain = SealedField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["letter", "number"], name="letters_one_step")
        ]

    @override
    def __str__(self) -> str:
        return f"step {self.number}"


class Copy(models.Model):
    """One document of a signed version, as it was printed and signed."""

    id = models.UUIDField(primary_key=True)
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="copies")
    number = models.PositiveIntegerField()  # of the version
    reader = models.CharField(max_length=12)
    languages = models.CharField(max_length=12)
    sheet = SealedField()
    pdf = SealedField()
    check_at = models.CharField(max_length=200)
    printed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["letter", "number", "reader"], name="letters_one_copy_for_a_reader"
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.reader} {self.number}"


class Delivery(models.Model):
    """One handing over, with the key by which the receiving side answers once."""

    id = models.UUIDField(primary_key=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="deliveries")
    number = models.PositiveIntegerField()  # of the version
    reader = models.CharField(max_length=12)
    digest = models.BinaryField(max_length=32, null=True, unique=True)  # finds the key, tells none
    delivered_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)  # when an answer is missed
    until = models.DateTimeField(null=True)  # when the key ends
    answered_at = models.DateTimeField(null=True)
    followed_up_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["site", "answered_at", "due_at"])]

    @override
    def __str__(self) -> str:
        return f"delivery {self.pk}"


class Pause(models.Model):
    """A discharge that waits, because a need in its letter cannot be met where it leads."""

    id = models.UUIDField(primary_key=True)
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="pauses")
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)
    why = SealedField()  # how it was settled

    @override
    def __str__(self) -> str:
        return f"pause {self.pk}"


class Removal(models.Model):
    """A patient taken away before discharge: what was refused, said, given and warned of."""

    id = models.UUIDField(primary_key=True)
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="removals")
    said = SealedField()
    at = models.DateTimeField()

    @override
    def __str__(self) -> str:
        return f"removal {self.pk}"


class Return(models.Model):
    """A later stay of the same patient, linked to the letter of the earlier one."""

    id = models.UUIDField(primary_key=True)
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="returns")
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT)
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["letter", "encounter"], name="letters_one_return")
        ]

    @override
    def __str__(self) -> str:
        return f"return {self.pk}"


class Raised(models.Model):
    """Something that has to be looked at as an incident, by its code, until it is taken over."""

    id = models.UUIDField(primary_key=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    letter = models.ForeignKey(Letter, on_delete=models.PROTECT, related_name="raised")
    code = models.CharField(max_length=2)  # D1 to D6
    at = models.DateTimeField()
    taken_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["site", "taken_at"])]

    @override
    def __str__(self) -> str:
        return self.code
