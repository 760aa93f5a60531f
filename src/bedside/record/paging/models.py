"""Pages that went out to a role of the house; what they are about is looked up, never sent."""

from typing import ClassVar

from django.db import models
from typing_extensions import override

from bedside.record.accounts.models import Person, Site


class Page(models.Model):
    """One call for somebody: to which role, since when, and who answered it."""

    id = models.UUIDField(primary_key=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    about = models.CharField(max_length=80)  # room/id of what it is about
    to_role = models.CharField(max_length=32)
    reason = models.CharField(max_length=40)  # a word from the sender's closed list
    sent_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["site", "to_role", "answered_at"])]

    @override
    def __str__(self) -> str:
        return f"{self.reason} to {self.to_role}"
