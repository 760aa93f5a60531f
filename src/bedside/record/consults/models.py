"""Questions for the ethics committee, whose words, its advice, and what came of it."""

from typing import ClassVar

from django.db import models
from typing_extensions import override

from bedside.record.accounts.models import Site
from bedside.record.encounters.models import Encounter
from bedside.record.vault.sealed import SealedField


class Gap(models.Model):
    """What the house's rules leave open again and again: raised when three alike come."""

    id = models.UUIDField(primary_key=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    kind = models.CharField(max_length=16)
    dimension = models.CharField(max_length=32, blank=True)
    owner = models.CharField(max_length=32)  # a word of `Role`: who answers for it
    raised_at = models.DateTimeField()
    answer = SealedField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["site", "kind", "dimension"],
                condition=models.Q(answered_at=None),
                name="consults_one_open_gap",
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.kind} {self.dimension}"

    @property
    def about(self) -> str:
        """How the journal names this gap."""
        return f"gap/{self.pk}"


class Consult(models.Model):
    """One question about one stay; it opens with the keys of the stay."""

    id = models.UUIDField(primary_key=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="consults")
    kind = models.CharField(max_length=16)
    dimension = models.CharField(max_length=32, blank=True)  # nothing: no aspect of the rulebook
    is_urgent = models.BooleanField()
    minor = models.CharField(max_length=12)
    assent = models.CharField(max_length=12, blank=True)
    guardian = models.CharField(max_length=20, blank=True)
    question = SealedField()
    situation = SealedField()  # the file that `bedside decide` reads, as it was then
    noted = SealedField()  # what was known then, by whom, since when, as JSON
    edition = models.CharField(max_length=32)
    digest = models.CharField(max_length=80)
    by = models.UUIDField()
    referred_at = models.DateTimeField()
    due_at = models.DateTimeField()
    advised_at = models.DateTimeField(null=True)  # first
    gap = models.ForeignKey(Gap, on_delete=models.PROTECT, null=True, related_name="consults")

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["site", "kind", "dimension", "referred_at"]),
            models.Index(fields=["site", "advised_at", "due_at"]),
        ]

    @override
    def __str__(self) -> str:
        return f"consult {self.pk}"

    @property
    def about(self) -> str:
        """How the journal names this question."""
        return f"consult/{self.pk}"


class Voice(models.Model):
    """What somebody says of it, in their words, and who translated them."""

    id = models.UUIDField(primary_key=True)
    consult = models.ForeignKey(Consult, on_delete=models.PROTECT, related_name="voices")
    speaker = models.CharField(max_length=20)
    words = SealedField()
    language = models.CharField(max_length=12)
    translated = SealedField()
    translator = models.CharField(max_length=20)
    interpreter = SealedField()  # how the interpreter can be named: a number, a service
    at = models.DateTimeField()
    by = models.UUIDField()

    @override
    def __str__(self) -> str:
        return self.speaker


class Advice(models.Model):
    """What the committee advises; nobody has to follow it, and none is ever changed."""

    id = models.UUIDField(primary_key=True)
    consult = models.ForeignKey(Consult, on_delete=models.PROTECT, related_name="advices")
    text = SealedField()
    at = models.DateTimeField()
    by = models.UUIDField()

    @override
    def __str__(self) -> str:
        return f"advice {self.pk}"


class Danger(models.Model):
    """That somebody may come to harm: who by kind, the words that say so, who was called."""

    id = models.UUIDField(primary_key=True)
    encounter = models.ForeignKey(Encounter, on_delete=models.PROTECT, related_name="dangers")
    who = models.CharField(max_length=16)
    is_soon = models.BooleanField()
    words = SealedField()
    told = SealedField()  # who was told what, if anybody was
    at = models.DateTimeField()
    by = models.UUIDField()

    @override
    def __str__(self) -> str:
        return self.who


class TeachingCase(models.Model):
    """A question told so that others learn from it and nobody in it is known again."""

    id = models.UUIDField(primary_key=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    consult = models.ForeignKey(Consult, on_delete=models.PROTECT, related_name="cases")
    period = models.CharField(max_length=8, blank=True)  # 2026-H2 or 2026; nothing is withheld
    setting = models.CharField(max_length=40, blank=True)  # a unit; nothing is withheld
    title = SealedField()
    story = SealedField()
    lesson = SealedField()
    drafted_at = models.DateTimeField()
    by = models.UUIDField()
    version = models.PositiveIntegerField(default=1)

    @override
    def __str__(self) -> str:
        return f"case {self.pk}"

    @property
    def about(self) -> str:
        """How the journal names this case."""
        return f"case/{self.pk}"


class SignOff(models.Model):
    """That somebody let one version of a teaching case go out, for ethics or as counsel."""

    id = models.UUIDField(primary_key=True)
    case = models.ForeignKey(TeachingCase, on_delete=models.PROTECT, related_name="sign_offs")
    version = models.PositiveIntegerField()
    role = models.CharField(max_length=16)  # ethics or counsel
    by = models.UUIDField()
    at = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["case", "version", "role"], name="consults_one_sign_off_a_role"
            ),
            models.UniqueConstraint(
                fields=["case", "version", "by"], name="consults_two_people_sign"
            ),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.role} {self.version}"


class Debrief(models.Model):
    """Staff ask to talk about what weighs on them; it belongs to no stay and no patient."""

    id = models.UUIDField(primary_key=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    words = SealedField()
    by = models.UUIDField()
    asked_at = models.DateTimeField()
    answer = SealedField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.UUIDField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["site", "answered_at", "asked_at"])]

    @override
    def __str__(self) -> str:
        return f"debrief {self.pk}"

    @property
    def about(self) -> str:
        """How the journal names it."""
        return f"debrief/{self.pk}"
