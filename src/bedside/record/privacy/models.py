"""What was exposed, how it was assessed, who was told, and what was disclosed; words are sealed.

These rows are the ordinary record that HIPAA asks for. None of them knows of a report: that one
led here is kept on the side of the report, sealed with the keys of the report.
"""

from typing import ClassVar

from django.db import models
from typing_extensions import override

from bedside.record.accounts.models import Site
from bedside.record.encounters.models import Encounter
from bedside.record.vault.sealed import SealedField

WORD = 24  # characters of a word of one of our tables


class Exposure(models.Model):
    """One time that health information may have reached somebody it should not have."""

    id = models.UUIDField(primary_key=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    encounter = models.ForeignKey(
        Encounter, on_delete=models.PROTECT, null=True, related_name="exposures"
    )
    happened_at = models.DateTimeField(null=True)
    known_at = models.DateTimeField()  # when anybody of the house first knew: clocks run from here
    is_only_day = models.BooleanField(default=False)  # of that moment only the day is known
    way = models.CharField(max_length=WORD, blank=True)  # how it was taken in, as far as known
    people = models.PositiveIntegerField(default=1)
    opened_at = models.DateTimeField()
    opened_by = models.UUIDField()
    result = models.CharField(max_length=WORD, blank=True)  # of the assessment that stands
    number = models.PositiveIntegerField(default=0)  # how many assessments were signed: the lock

    class Meta:
        indexes: ClassVar = [models.Index(fields=["site", "result", "known_at"])]

    @override
    def __str__(self) -> str:
        return f"exposure {self.pk}"

    @property
    def about(self) -> str:
        """How the journal names this exposure, and whose keys open it."""
        return f"exposure/{self.pk}"


class Assessment(models.Model):
    """One signed assessment; a later one stands beside it, and none is ever changed."""

    id = models.UUIDField(primary_key=True)
    exposure = models.ForeignKey(Exposure, on_delete=models.PROTECT, related_name="assessments")
    number = models.PositiveIntegerField()
    result = models.CharField(max_length=WORD)
    limb = models.CharField(max_length=WORD)
    plain = SealedField()  # the factors with their reasons and the evidence, as JSON
    signed_by = models.UUIDField()
    signed_at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["exposure", "number"], name="privacy_one_assessment")
        ]

    @override
    def __str__(self) -> str:
        return f"assessment {self.number}: {self.result}"


class Delay(models.Model):
    """An official's statement that telling would do harm: its form, and until when."""

    id = models.UUIDField(primary_key=True)
    exposure = models.ForeignKey(Exposure, on_delete=models.PROTECT, related_name="delays")
    form = models.CharField(max_length=8)  # written or oral
    ground = models.CharField(max_length=WORD)
    stated_on = models.DateField()
    until = models.DateField(null=True)
    said = SealedField()  # who stated it, and what, as JSON
    noted_at = models.DateTimeField()
    by = models.UUIDField()

    @override
    def __str__(self) -> str:
        return f"{self.form} of {self.stated_on}"


class Notice(models.Model):
    """Somebody was told: which clocks it answers, when, and in which words."""

    id = models.UUIDField(primary_key=True)
    exposure = models.ForeignKey(Exposure, on_delete=models.PROTECT, related_name="notices")
    to = models.CharField(max_length=WORD)  # patient, agency or regulator
    clocks = models.JSONField(default=list)  # which ones it answers
    given_on = models.DateField()
    body = SealedField()  # what was printed, or the number it was filed under
    noted_at = models.DateTimeField()
    by = models.UUIDField()

    @override
    def __str__(self) -> str:
        return f"{self.to} on {self.given_on}"


class Origin(models.Model):
    """That a report led to an exposure: kept with the keys of the report, in its lane."""

    id = models.UUIDField(primary_key=True)
    report = models.UUIDField(unique=True)
    exposure = SealedField()

    @override
    def __str__(self) -> str:
        return f"origin {self.pk}"


class Disclosure(models.Model):
    """Health information that was given to somebody outside care: when, and by which paragraph."""

    id = models.UUIDField(primary_key=True)
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="disclosures")
    disclosed_at = models.DateTimeField()
    limb = models.CharField(max_length=WORD)
    said = SealedField()  # to whom, where they are, what, for what; as JSON
    noted_at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["encounter", "disclosed_at"])]

    @override
    def __str__(self) -> str:
        return f"{self.limb} at {self.disclosed_at}"


class Suspension(models.Model):
    """An agency's statement that one disclosure is not to be told in an accounting for a time."""

    id = models.UUIDField(primary_key=True)
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="suspensions")
    row = models.CharField(max_length=60)  # which line of the accounting
    form = models.CharField(max_length=8)
    stated_on = models.DateField()
    until = models.DateField()
    said = SealedField()
    noted_at = models.DateTimeField()
    by = models.UUIDField()

    @override
    def __str__(self) -> str:
        return f"{self.row} until {self.until}"


class Asking(models.Model):
    """A patient's request for an accounting, with its own clock."""

    id = models.UUIDField(primary_key=True)
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="askings")
    asked_on = models.DateField()
    given_on = models.DateField(null=True)
    by = models.UUIDField()

    @override
    def __str__(self) -> str:
        return f"asked {self.asked_on}"
