"""Pages that went out to a role of the house; what they are about is looked up, never sent."""

from typing import ClassVar

from django.db import models
from typing_extensions import override

from bedside.record.accounts.models import Person, Site
from bedside.record.vault.sealed import SealedField


class Page(models.Model):
    """One call for somebody: to which role, since when, who saw it, and who answered it."""

    id = models.UUIDField(primary_key=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    about = models.CharField(max_length=80)  # room/id of what it is about
    to_role = models.CharField(max_length=32)
    reason = models.CharField(max_length=40)  # a word from the sender's closed list
    sent_at = models.DateTimeField()
    routed_at = models.DateTimeField(null=True)  # when it was handed to people's own channels
    seen_at = models.DateTimeField(null=True)  # when somebody first opened it
    seen_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True)

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["site", "to_role", "answered_at"]),
            models.Index(fields=["site", "routed_at"]),
        ]

    @override
    def __str__(self) -> str:
        return f"{self.reason} to {self.to_role}"


class Channel(models.Model):
    """A way in which somebody wants to be told that they are needed; theirs to open and to end."""

    id = models.UUIDField(primary_key=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="channels")
    kind = models.CharField(max_length=8)  # a word of `Way`
    address = SealedField()  # where: an address, a number, or what a browser gave
    since = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["site", "person", "ended_at"])]

    @override
    def __str__(self) -> str:
        return self.kind


class Delivery(models.Model):
    """One page on its way through one channel: how often it was tried, and what came of it."""

    id = models.UUIDField(primary_key=True)
    page = models.ForeignKey(Page, on_delete=models.PROTECT, related_name="deliveries")
    channel = models.ForeignKey(Channel, on_delete=models.PROTECT)
    tries = models.PositiveSmallIntegerField(default=0)
    next_at = models.DateTimeField(null=True)  # nothing: it arrived, or nobody tries again
    delivered_at = models.DateTimeField(null=True)
    why = models.CharField(
        max_length=16, blank=True
    )  # a word of `Failure`: why the last one failed

    class Meta:
        indexes: ClassVar = [models.Index(fields=["next_at"])]

    @override
    def __str__(self) -> str:
        return f"delivery {self.pk}"
