"""Events in the order in which they were recorded; rows are only ever added."""

from typing import ClassVar

from django.db import models
from typing_extensions import override

from bedside.record.vault.sealed import SealedField


class Event(models.Model):
    """One act: what kind, whose, on what, when; what was said in it is sealed."""

    key = models.UUIDField()
    site = models.CharField(max_length=64)
    kind = models.CharField(max_length=48)
    by = models.UUIDField(null=True)
    about = models.CharField(max_length=80)  # room/id of the row that it was done to
    record = models.CharField(max_length=80)  # whose keys open it
    at = models.DateTimeField()
    device_at = models.DateTimeField(null=True)
    leaf = models.BigIntegerField()  # where its leaf stands in the log of the site
    edition = models.CharField(max_length=64)
    content = SealedField()
    salt = SealedField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["site", "key"], name="journal_one_event_an_act"),
            models.UniqueConstraint(fields=["site", "leaf"], name="journal_one_event_a_leaf"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["site", "about", "id"], name="journal_by_thing"),
            models.Index(fields=["site", "by", "id"], name="journal_by_person"),
            models.Index(fields=["site", "record", "id"], name="journal_by_record"),
            models.Index(fields=["site", "at"], name="journal_by_day"),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.kind} at {self.at}"
