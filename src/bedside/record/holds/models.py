"""What must stay as it is for a legal matter: named records, or all of a time."""

from typing import ClassVar

from django.db import models
from typing_extensions import override

from bedside.record.accounts.models import Site
from bedside.record.vault.sealed import SealedField


class Hold(models.Model):
    """One litigation hold: while it stands, nothing in its scope is deleted."""

    id = models.UUIDField(primary_key=True)
    site = models.ForeignKey(Site, on_delete=models.PROTECT)
    matter = SealedField()  # counsel's own words for it; no event repeats them
    from_at = models.DateTimeField(null=True)  # with `until_at`, every record of that time too
    until_at = models.DateTimeField(null=True)  # outside
    set_at = models.DateTimeField()
    set_by = models.UUIDField()
    lifted_at = models.DateTimeField(null=True)
    lifted_by = models.UUIDField(null=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["site", "lifted_at"])]

    @override
    def __str__(self) -> str:
        return f"hold {self.pk}"

    @property
    def about(self) -> str:
        """How the journal names this hold."""
        return f"hold/{self.pk}"


class Held(models.Model):
    """One record that a hold names."""

    id = models.UUIDField(primary_key=True)
    hold = models.ForeignKey(Hold, on_delete=models.PROTECT, related_name="held")
    record = models.CharField(max_length=80)  # room/id, as the journal names it

    class Meta:
        indexes: ClassVar = [models.Index(fields=["record"])]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["hold", "record"], name="holds_named_once")
        ]

    @override
    def __str__(self) -> str:
        return self.record
