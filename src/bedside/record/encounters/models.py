"""A stay under custody and all that belongs to it; what could tell of somebody is sealed."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
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
    message = models.BinaryField(max_length=32, null=True)  # knows a registration message again
    language = models.CharField(max_length=12, blank=True)
    opened_at = models.DateTimeField()
    noted_at = models.DateTimeField()
    moved_at = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)  # when the officers' authority was last checked
    closed_at = models.DateTimeField(null=True)
    closed_why = models.CharField(max_length=24, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["site", "code"], name="encounters_one_code"),
            models.UniqueConstraint(
                fields=["site", "message"],
                condition=Q(message__isnull=False),
                name="encounters_one_message",
            ),
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


class Paper(models.Model):
    """A paper that an officer showed: what it says, and its photograph if one was taken."""

    id = models.UUIDField(primary_key=True)
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="papers")
    answers = SealedField()  # what was seen on it, and the kind that follows
    image = SealedField()
    image_kind = models.CharField(max_length=4, blank=True)  # jpeg or png
    by = models.UUIDField(null=True)
    shown_at = models.DateTimeField()
    noted_at = models.DateTimeField()

    @override
    def __str__(self) -> str:
        return f"paper {self.pk}"


class Officer(models.Model):
    """An officer at a stay, or of a unit until staff say at which stay."""

    id = models.UUIDField(primary_key=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    encounter = models.ForeignKey(
        Encounter, on_delete=models.PROTECT, null=True, related_name="officers"
    )
    unit = models.CharField(max_length=40)
    said = SealedField()  # agency, badge or name, the supervisor's channel
    how = models.CharField(max_length=8)  # staff or qr
    declined = models.BooleanField()  # would not say who they are: noted, never argued about
    oriented = models.BooleanField()  # read the page for officers
    takes_over = models.ForeignKey("self", on_delete=models.PROTECT, null=True)
    terms_at = models.DateTimeField(null=True)  # when the relief signed the terms passed on
    arrived_at = models.DateTimeField()
    noted_at = models.DateTimeField()
    by = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.UUIDField(null=True)
    left_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["site", "unit", "confirmed_at"])]

    @override
    def __str__(self) -> str:
        return f"officer {self.pk}"


class Duty(models.Model):
    """Something that has to be done here, by when, and who did it."""

    id = models.UUIDField(primary_key=True)
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="duties")
    what = SealedField()  # act, party, to whom, by which norms: norms tell of agencies
    began_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    listed_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)
    closed_why = models.CharField(max_length=24, blank=True)

    @override
    def __str__(self) -> str:
        return f"duty {self.pk}"


class Call(models.Model):
    """A call to an agency's supervisor: when, whom, the words, what came of it."""

    id = models.UUIDField(primary_key=True)
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="calls")
    said = SealedField()
    outcome = models.CharField(max_length=24)
    by = models.UUIDField(null=True)
    called_at = models.DateTimeField()
    noted_at = models.DateTimeField()

    @override
    def __str__(self) -> str:
        return self.outcome


class Decider(models.Model):
    """Who decides for a patient who cannot, as staff found it; a later row stands beside it."""

    id = models.UUIDField(primary_key=True)
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="deciders")
    said = SealedField()  # what they are to the patient, and how to reach them
    by = models.UUIDField(null=True)
    noted_at = models.DateTimeField()

    @override
    def __str__(self) -> str:
        return f"decider {self.pk}"


class Packet(models.Model):
    """A numbered paper packet, printed for the hours in which nothing works."""

    id = models.UUIDField(primary_key=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    code = models.CharField(max_length=12)
    printed_at = models.DateTimeField()
    entered_at = models.DateTimeField(null=True)
    encounter = models.OneToOneField(Encounter, on_delete=models.PROTECT, null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["site", "code"], name="encounters_one_packet")
        ]

    @override
    def __str__(self) -> str:
        return self.code
