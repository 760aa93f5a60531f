"""What was noted at the bedside, as it was noted; a correction stands beside what it corrects."""

from typing import ClassVar

from django.db import models
from typing_extensions import override

from bedside.record.encounters.models import Encounter
from bedside.record.presence import board_models  # noqa: F401 - Django looks for tables here
from bedside.record.vault.sealed import SealedField


class Mark(models.Model):
    """One moment at which somebody noted how things stood; never changed, only corrected."""

    id = models.UUIDField(primary_key=True)
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="marks")
    happened_at = models.DateTimeField()  # in the world
    noted_at = models.DateTimeField()  # when it was entered, by the server's clock
    by = models.UUIDField()
    position = models.CharField(max_length=24, blank=True)  # nothing is not observed
    device = models.CharField(max_length=24, blank=True)
    preset = models.CharField(max_length=24, blank=True)  # what was advised
    facts = SealedField()  # what was answered, as JSON
    heard = SealedField()  # what somebody claimed, by button, and with what paper, as JSON
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, related_name="corrected_by"
    )
    is_withdrawn = models.BooleanField(default=False)  # it takes back what it corrects

    class Meta:
        indexes: ClassVar = [models.Index(fields=["encounter", "happened_at"])]

    @override
    def __str__(self) -> str:
        return f"{self.position or 'not observed'} at {self.happened_at}"


class Asked(models.Model):
    """One request put to an officer, and what came of it."""

    id = models.UUIDField(primary_key=True)
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="asked")
    mark = models.ForeignKey(Mark, on_delete=models.PROTECT, null=True)
    asked_at = models.DateTimeField()
    by = models.UUIDField()
    preset = models.CharField(max_length=24, blank=True)
    words = SealedField()  # what was said
    outcome = models.CharField(max_length=12)  # a word of `Outcome`
    answer = SealedField()  # the officer's own words
    answered_at = models.DateTimeField(null=True)
    rung = models.PositiveSmallIntegerField(default=0)  # how far up the ladder it has gone
    climbs_at = models.DateTimeField(null=True)  # when silence sends it to the next rung

    class Meta:
        indexes: ClassVar = [models.Index(fields=["climbs_at"])]

    @override
    def __str__(self) -> str:
        return f"{self.preset}: {self.outcome}"


class Restraint(models.Model):
    """A custody restraint on one part of the body, from when to when, and when it is looked at."""

    id = models.UUIDField(primary_key=True)
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="restraints")
    limb = models.CharField(max_length=24)
    is_in_the_way = models.BooleanField(default=False)
    conflict = models.CharField(max_length=24, blank=True)  # the clinical reason, a catalogue word
    since = models.DateTimeField()
    noted_by = models.UUIDField()
    check_due_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["ended_at", "check_due_at"])]

    @override
    def __str__(self) -> str:
        return self.limb


class Check(models.Model):
    """One look at a restrained part of the body."""

    id = models.UUIDField(primary_key=True)
    restraint = models.ForeignKey(Restraint, on_delete=models.PROTECT, related_name="checks")
    at = models.DateTimeField()
    by = models.UUIDField()
    finding = models.CharField(max_length=16)  # a word of `Finding`

    @override
    def __str__(self) -> str:
        return self.finding


class Terms(models.Model):
    """What was agreed for a time: the arrangement, what was given for it, and what ends it."""

    id = models.UUIDField(primary_key=True)
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="terms")
    preset = models.CharField(max_length=24)
    given = models.CharField(max_length=24, blank=True)  # a word of `Measure`: what was traded
    gained = models.CharField(max_length=24, blank=True)  # a word of `Gain`: for what
    agreed_with = SealedField()  # who agreed for the agency
    cost_centre = models.CharField(max_length=24, blank=True)
    at_end = models.CharField(max_length=24)  # the preset that holds again afterwards
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    by = models.UUIDField()
    ended_at = models.DateTimeField(null=True)
    ended_why = models.CharField(max_length=12, blank=True)  # a word of `Ending`

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["encounter"],
                condition=models.Q(ended_at=None),
                name="presence_one_agreement_stands",
            )
        ]

    @override
    def __str__(self) -> str:
        return self.preset


class HandOver(models.Model):
    """A stay passed from one shift to the next: what stands open, and who took it over."""

    id = models.UUIDField(primary_key=True)
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="hand_overs")
    given_by = models.UUIDField()
    given_at = models.DateTimeField()
    line = SealedField()  # the one line that the next shift reads
    taken_by = models.UUIDField(null=True)
    taken_at = models.DateTimeField(null=True)
    officer_told_at = models.DateTimeField(null=True)  # the relief officer heard the terms

    @override
    def __str__(self) -> str:
        return f"given {self.given_at}"


class RightsTold(models.Model):
    """That a patient was told her rights: which card, how, and the offer of time alone."""

    id = models.UUIDField(primary_key=True)
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="rights_told")
    at = models.DateTimeField()
    by = models.UUIDField()
    card = models.CharField(max_length=12)  # a word of `Card`
    how = models.CharField(max_length=12)  # a word of `Way`
    alone = models.CharField(max_length=12, blank=True)  # a word of `Alone`

    @override
    def __str__(self) -> str:
        return self.card


class Reply(models.Model):
    """What a patient answered, how she was asked, and who could hear it."""

    id = models.UUIDField(primary_key=True)
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="replies")
    at = models.DateTimeField()
    by = models.UUIDField()
    question = models.CharField(max_length=24)
    how = models.CharField(max_length=12)  # a word of `Way`
    hearing = models.CharField(max_length=8)  # a word of `Hearing`: could the officer hear it
    said = SealedField()  # the answer, the language, who else was there
    ask_again_at = models.DateTimeField(null=True)
    asked_again_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["encounter", "ask_again_at", "asked_again_at"])]

    @override
    def __str__(self) -> str:
        return self.question


class Interpreter(models.Model):
    """One request for an interpreter, and what became of it."""

    id = models.UUIDField(primary_key=True)
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="interpreters")
    language = SealedField()  # a word of the list of languages
    asked_at = models.DateTimeField()
    by = models.UUIDField()
    due_at = models.DateTimeField()
    state = models.CharField(max_length=12)  # a word of `Coming`
    state_at = models.DateTimeField()

    @override
    def __str__(self) -> str:
        return self.state


class OfficerAsked(models.Model):
    """What an officer asked for, when, and which answer he was given."""

    id = models.UUIDField(primary_key=True)
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="officer_asked")
    at = models.DateTimeField()
    by = models.UUIDField()
    what = models.CharField(max_length=24)  # an answer of the fact `officer_asks`
    given = SealedField()  # the allowed answer that was said
    words = SealedField()  # his exact words, once somebody wrote them down
    words_at = models.DateTimeField(null=True)

    @override
    def __str__(self) -> str:
        return self.what


class CopyAsked(models.Model):
    """A patient's request for a copy of what is kept here about her."""

    id = models.UUIDField(primary_key=True)
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="copies_asked")
    at = models.DateTimeField()
    by = models.UUIDField()
    given_at = models.DateTimeField(null=True)
    given_by = models.UUIDField(null=True)

    @override
    def __str__(self) -> str:
        return f"copy {self.pk}"


class StepOut(models.Model):
    """A request to an officer to stand elsewhere: where, how long, who asks, who guards what."""

    id = models.UUIDField(primary_key=True)
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="step_outs")
    at = models.DateTimeField()
    by = models.UUIDField()
    role = models.CharField(max_length=32)  # of whoever asks; a name is nobody's business
    position = models.CharField(max_length=24)
    minutes = models.PositiveSmallIntegerField()
    is_medical = models.BooleanField()  # a clinician says that there is a medical reason
    exits = models.CharField(max_length=160)  # who watches each way out
    answer = models.CharField(max_length=12, blank=True)  # a word of `StepAnswer`
    answered_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    @override
    def __str__(self) -> str:
        return self.position


class Statement(models.Model):
    """An officer's own words about a stay, as he wrote them; nobody edits them."""

    id = models.UUIDField(primary_key=True)
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="statements")
    at = models.DateTimeField()
    language = models.CharField(max_length=2)  # of the page on which they were written
    words = SealedField()
    signed = SealedField()  # how he signed it, if he did

    @override
    def __str__(self) -> str:
        return f"statement {self.pk}"


class DangerTold(models.Model):
    """A danger that an officer told of, and what the nurse found; both stay."""

    id = models.UUIDField(primary_key=True)
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="dangers_told")
    at = models.DateTimeField()
    said = SealedField()  # which danger, when, what he saw, how he signed
    found_at = models.DateTimeField(null=True)
    found_by = models.UUIDField(null=True)
    found = SealedField()  # which danger the nurse finds, and why

    class Meta:
        indexes: ClassVar = [models.Index(fields=["encounter", "found_at"])]

    @override
    def __str__(self) -> str:
        return f"danger {self.pk}"
