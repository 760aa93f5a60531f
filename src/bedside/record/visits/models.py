"""A visit at the door, and each thing that happened in it; what tells of anybody is sealed."""

from typing import ClassVar

from django.db import models
from typing_extensions import override

from bedside.record.accounts.models import Site
from bedside.record.vault.sealed import SealedField


class Visit(models.Model):
    """Officers who came for somebody who is not in custody here, or with papers."""

    id = models.UUIDField(primary_key=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    by = models.UUIDField(null=True)  # who recorded it
    known = SealedField()  # `Known`, as one text
    outcome = models.CharField(max_length=16, blank=True)  # waits, left, let_in or entered
    came_at = models.DateTimeField()
    noted_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["site", "closed_at", "came_at"])]

    @override
    def __str__(self) -> str:
        return self.about

    @property
    def about(self) -> str:
        """How the journal names this visit."""
        return f"visit/{self.pk}"


class Moment(models.Model):
    """One thing that happened: a refusal, a call by telephone, somebody went in, they left."""

    id = models.UUIDField(primary_key=True)
    visit = models.ForeignKey(Visit, on_delete=models.PROTECT, related_name="moments")
    what = models.CharField(max_length=24)  # an id of scripts.yaml
    role = models.CharField(max_length=32, blank=True)  # who was called, or who let them in
    words = SealedField()
    witness = SealedField()
    by = models.UUIDField(null=True)
    happened_at = models.DateTimeField()

    @override
    def __str__(self) -> str:
        return self.what
