"""Reviews of what was reported: in the safety lane, whatever lane a report lies in; sealed.

A report stays where its author put it. What reviewers think of it is safety work and lies here.
"""

from typing import ClassVar

from django.db import models
from typing_extensions import override

from bedside.record.accounts.models import Site
from bedside.record.encounters.models import Encounter
from bedside.record.letters.models import Raised
from bedside.record.reports.models import Report
from bedside.record.vault.sealed import SealedField


class Review(models.Model):
    """The review of one report, or of one thing that was raised by itself."""

    id = models.UUIDField(primary_key=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    report = models.OneToOneField(Report, on_delete=models.PROTECT, null=True)
    raised = models.OneToOneField(Raised, on_delete=models.PROTECT, null=True)
    code = models.CharField(max_length=2)  # a type of the table of incidents
    status = models.CharField(max_length=12)  # a word of `Status`
    concerns = models.CharField(max_length=12)  # a word of `Concern`
    assigned_to = models.UUIDField(null=True)
    second_rater = models.UUIDField(null=True)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=0)  # how many entries it has: the lock

    class Meta:
        indexes: ClassVar = [models.Index(fields=["site", "status", "opened_at"])]

    @override
    def __str__(self) -> str:
        return f"{self.code}: {self.status}"

    @property
    def about(self) -> str:
        """How the journal names this review, and the record whose keys open it."""
        return f"review/{self.pk}"


class Entry(models.Model):
    """One thing that was done in a review, in its order; none is ever changed."""

    id = models.UUIDField(primary_key=True)
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="entries")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=16)  # a word of `What`
    by = models.UUIDField()
    at = models.DateTimeField()
    said = SealedField()  # as JSON

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "number"], name="incidents_one_entry")
        ]

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.number}"


class Rating(models.Model):
    """Harm as one person rated it, before they saw what anybody else thinks; never changed."""

    id = models.UUIDField(primary_key=True)
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="ratings")
    rater = models.UUIDField()
    at = models.DateTimeField()
    said = SealedField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "rater"], name="incidents_one_rating_each")
        ]

    @override
    def __str__(self) -> str:
        return f"rating {self.pk}"


class Action(models.Model):
    """Something that is to be changed, by which role, until when."""

    id = models.UUIDField(primary_key=True)
    review = models.ForeignKey(Review, on_delete=models.PROTECT, related_name="actions")
    change = models.CharField(max_length=12)  # a word of `Change`
    owner = models.CharField(max_length=32)  # a word of `Role`
    due_on = models.DateField()
    said = SealedField()  # what is to be done, and what all staff may read of it later
    by = models.UUIDField()
    set_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.UUIDField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["owner", "done_at", "due_on"])]

    @override
    def __str__(self) -> str:
        return f"{self.change} by {self.due_on}"


class Release(models.Model):
    """A table that was published with its small numbers hidden; what was shown stays known."""

    id = models.UUIDField(primary_key=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    subject = models.CharField(max_length=40)
    number = models.PositiveIntegerField()
    period = models.CharField(max_length=8)
    plain = models.BinaryField()  # as `trust.publication` wrote it
    lines = models.JSONField(default=list)  # sentences that everybody may read
    made_at = models.DateTimeField()
    by = models.UUIDField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["site", "subject", "number"], name="incidents_one_release"
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.subject} {self.period}"


class Evaluation(models.Model):
    """What a patient said was done to them and what was found; the treating team's, and theirs.

    It has keys of its own, joins no review, and no export takes it.
    """

    id = models.UUIDField(primary_key=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="evaluations")
    by = models.UUIDField()
    at = models.DateTimeField()
    said = SealedField()
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="corrected_by"
    )

    @override
    def __str__(self) -> str:
        return f"evaluation {self.pk}"

    @property
    def about(self) -> str:
        """How the journal names this evaluation, and the record whose keys open it."""
        return f"evaluation/{self.pk}"
