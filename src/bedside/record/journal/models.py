"""Events in the order in which they were recorded, each lane in a table of its own.

Rows are only ever added.
"""

from typing import ClassVar

from django.db import models
from typing_extensions import override

from bedside.record.vault.sealed import SealedField
from bedside.trust.ledger.leaf import Lane


class LaneEvent(models.Model):
    """One act: what kind, whose, on what, when; what was said in it is sealed."""

    objects: ClassVar["models.Manager[LaneEvent]"]

    id = models.BigAutoField(
        primary_key=True, auto_created=True, serialize=False, verbose_name="ID"
    )
    key = models.UUIDField()
    site = models.CharField(max_length=64)
    kind = models.CharField(max_length=48)
    by = models.UUIDField(null=True)
    about = models.CharField(max_length=80)  # room/id of the row that it was done to
    record = models.CharField(max_length=80)  # whose keys open it
    at = models.DateTimeField()
    device_at = models.DateTimeField(null=True)
    leaf = models.BigIntegerField()  # where its leaf stands in the log of the lane
    edition = models.CharField(max_length=64)
    content = SealedField()
    salt = SealedField()

    class Meta:
        abstract = True

    @override
    def __str__(self) -> str:
        return f"{self.kind} at {self.at}"


def _once(prefix: str) -> list[models.BaseConstraint]:
    return [
        models.UniqueConstraint(fields=["site", "key"], name=f"{prefix}_one_event_an_act"),
        models.UniqueConstraint(fields=["site", "leaf"], name=f"{prefix}_one_event_a_leaf"),
    ]


def _found_by(prefix: str) -> list[models.Index]:
    return [
        models.Index(fields=["site", "about", "id"], name=f"{prefix}_by_thing"),
        models.Index(fields=["site", "by", "id"], name=f"{prefix}_by_person"),
        models.Index(fields=["site", "record", "id"], name=f"{prefix}_by_record"),
        models.Index(fields=["site", "at"], name=f"{prefix}_by_day"),
    ]


class Event(LaneEvent):
    """An act of the operational record."""

    class Meta:
        constraints: ClassVar = _once("journal")
        indexes: ClassVar = _found_by("journal")


class SafetyEvent(LaneEvent):
    """An act on a safety report."""

    class Meta:
        constraints: ClassVar = _once("safety")
        indexes: ClassVar = _found_by("safety")


class LegalEvent(LaneEvent):
    """An act on a note for counsel."""

    class Meta:
        constraints: ClassVar = _once("legal")
        indexes: ClassVar = _found_by("legal")


EVENTS: dict[Lane, type[LaneEvent]] = {
    Lane.OPERATIONAL: Event,
    Lane.SAFETY: SafetyEvent,
    Lane.LEGAL: LegalEvent,
}
