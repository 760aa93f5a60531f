"""Whom a patient may see and hear from, and what callers are told; every limit has an end."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from typing_extensions import override

from bedside.record.accounts.models import Site
from bedside.record.encounters.models import Encounter
from bedside.record.vault.sealed import SealedField


class Listing(models.Model):
    """Under which name callers ask for a patient, and whether the patient is to be listed."""

    id = models.UUIDField(primary_key=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    encounter = models.OneToOneField(Encounter, on_delete=models.PROTECT, related_name="listing")
    name = SealedField()
    lookup = models.BinaryField(max_length=32)  # finds the name again, tells nothing
    is_listed = models.BooleanField()  # the patient's own choice; what withholds it stands apart
    by = models.UUIDField(null=True)
    noted_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["site", "lookup"])]

    @override
    def __str__(self) -> str:
        return f"listing {self.pk}"


class Limit(models.Model):
    """What every limit has: an owner, a reason, an authority, and an end."""

    id = models.UUIDField(primary_key=True)
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="%(class)ss")
    owner = models.CharField(max_length=32)  # a word of `Role`
    authority = models.CharField(max_length=24)
    norm = models.CharField(max_length=160, blank=True)  # the id, if a norm is the authority
    source = SealedField()  # which order, rule or request
    reason = SealedField()
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)  # exclusive
    by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)
    ended_by = models.UUIDField(null=True)  # nobody, if its time was over
    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


class Restriction(Limit):
    """A limit on whom a patient may see or speak with."""

    whom = models.CharField(max_length=16)
    what = models.CharField(max_length=16)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["encounter", "ended_at"])]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(owner="") & Q(until__isnull=False) & ~Q(authority=""),
                name="directory_restriction_is_whole",
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.what} of {self.whom}"


class Withholding(Limit):
    """A name kept out of the directory; only the patient's own wish lasts as long as the stay."""

    alias = SealedField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["encounter"], condition=Q(ended_at=None), name="directory_one_withholding"
            ),
            models.CheckConstraint(
                condition=~Q(owner="") & (Q(until__isnull=False) | Q(authority="patient")),
                name="directory_withholding_is_whole",
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"withholding {self.pk}"


class Contact(models.Model):
    """Somebody whom the patient chose to hear from Bedside's hospital."""

    id = models.UUIDField(primary_key=True)
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="contacts")
    name = SealedField()
    phone = SealedField()
    lookup = models.BinaryField(max_length=32)
    relation = models.CharField(max_length=16)
    in_private = models.BooleanField()  # named while no officer could hear
    by = models.UUIDField(null=True)
    noted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["encounter", "lookup"])]

    @override
    def __str__(self) -> str:
        return f"contact {self.pk}"


class Callback(models.Model):
    """A call to a contact that staff owe, at the number that the patient gave."""

    id = models.UUIDField(primary_key=True)
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="callbacks")
    asked_at = models.DateTimeField()
    asked_by = models.UUIDField(null=True)
    done_at = models.DateTimeField(null=True)
    done_by = models.UUIDField(null=True)
    outcome = models.CharField(max_length=16, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["contact", "done_at"])]

    @override
    def __str__(self) -> str:
        return f"call-back {self.pk}"
