"""What somebody reported, the talk about it, and how its author comes back; words are sealed.

Ids are drawn at random, and a report without a name holds days and no hours: nothing in a row
tells when, from where or by whom it came. How far a report has got is told by the room of reviews.
"""

from typing import ClassVar

from django.db import models
from typing_extensions import override

from bedside.record.accounts.models import Site
from bedside.record.vault.sealed import SealedField

HARM = 12  # characters of a LOINC answer code, such as LA20747-4


class Report(models.Model):
    """One report, in the lane that was chosen when it was made; nothing moves it to another."""

    id = models.UUIDField(primary_key=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    lane = models.CharField(max_length=12)  # operational or safety; without a name always safety
    named_by = models.UUIDField(null=True)  # nobody, if it was made without a name
    filed_at = models.DateTimeField()  # without a name the day only: its first moment
    happened_at = models.DateTimeField(null=True)
    happened_until = models.DateTimeField(null=True)
    discovered_at = models.DateTimeField(null=True)
    when = models.CharField(max_length=8, blank=True)  # a word of `When`, where no hour was given
    unit = models.CharField(max_length=40, blank=True)
    stay = models.UUIDField(null=True)  # never, if it was made without a name
    mark = models.UUIDField(null=True)  # the presence row that it was made from
    route = models.CharField(max_length=12)  # a word of `Route`
    families = models.JSONField(default=list)  # letters of the table of incidents
    types = models.JSONField(default=list)  # codes of the table of incidents
    reached_patient = models.CharField(max_length=8)  # a word of `Reached`
    harm_physical = models.CharField(max_length=HARM, blank=True)  # codes of LL2819-2
    harm_psychological = models.CharField(max_length=HARM, blank=True)
    dignity_impact = models.CharField(max_length=HARM, blank=True)
    agreed_to_file = models.BooleanField(null=True)  # the patient, if staff file her words
    agreed_to_be_named = models.BooleanField(null=True)
    withdrawn_at = models.DateTimeField(null=True)  # closed by whoever made it, and kept
    words = SealedField()  # what was written when it was made
    place = SealedField()  # where, in words
    patient_words = SealedField()  # exactly as the patient said them
    patient_language = SealedField()
    interpreter = SealedField()
    present = SealedField()  # roles, as JSON
    facts = SealedField()  # facts and words of the vocabulary, as JSON
    asked = SealedField()  # what was asked of whom
    answered = SealedField()
    narrative = SealedField()  # the longer story, which can wait

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["site", "lane", "filed_at"]),
            models.Index(fields=["site", "named_by", "filed_at"]),
            models.Index(fields=["site", "stay"]),
        ]

    @override
    def __str__(self) -> str:
        return f"report {self.pk}"

    @property
    def about(self) -> str:
        """How the journal names this report, and the record whose keys open it."""
        return f"report/{self.pk}"

    @property
    def is_named(self) -> bool:
        """Tell whether its author gave their name."""
        return self.named_by is not None

    @property
    def is_withdrawn(self) -> bool:
        """Tell whether whoever made it took it back."""
        return self.withdrawn_at is not None


class Message(models.Model):
    """One message about a report: the house asks, the reporter answers, or the reverse."""

    id = models.UUIDField(primary_key=True)
    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="messages")
    number = models.PositiveSmallIntegerField()  # its place in the talk, where days are too coarse
    side = models.CharField(max_length=8)  # a word of `Side`: who wrote it
    by = models.UUIDField(null=True)  # who wrote for the house, or the reporter who gave a name
    at = models.DateTimeField()  # of a reporter without a name the day only
    text = SealedField()
    read_by_house = models.BooleanField(default=False)
    read_by_reporter = models.BooleanField(default=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report", "number"], name="reports_one_place_in_talk")
        ]

    @override
    def __str__(self) -> str:
        return f"{self.side} on {self.report_id}"


class Card(models.Model):
    """What is kept of a receipt: enough to know the code again, and nothing to read it from."""

    id = models.UUIDField(primary_key=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    report = models.UUIDField()  # known before the report is filed, so no foreign key
    lookup = models.BinaryField(max_length=32, unique=True)
    salt = models.BinaryField(max_length=16)
    proof = models.BinaryField(max_length=32)
    memory_kib = models.PositiveIntegerField()
    passes = models.PositiveSmallIntegerField()
    lanes = models.PositiveSmallIntegerField()
    used_on = models.DateField(null=True)  # the day only

    class Meta:
        indexes: ClassVar = [models.Index(fields=["report"])]

    @override
    def __str__(self) -> str:
        return f"card {self.pk}"


class Dropped(models.Model):
    """What came without a name and waits in the box: it joins the record later, out of order."""

    id = models.UUIDField(primary_key=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    report = models.UUIDField()
    what = models.CharField(max_length=12)  # a word of `What`
    day = models.DateField()
    number = models.PositiveSmallIntegerField(default=0)  # among what waits on the same report
    said = SealedField()  # everything else, as JSON

    class Meta:
        indexes: ClassVar = [models.Index(fields=["site", "report"])]

    @override
    def __str__(self) -> str:
        return f"{self.what} in the box"
