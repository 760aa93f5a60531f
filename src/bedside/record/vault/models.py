"""Wrapped keys of records, and the tombstones of those whose keys were destroyed."""

from typing import ClassVar

from django.db import models
from typing_extensions import override


class Wrap(models.Model):
    """One generation of a record's key, closed for one holder."""

    site = models.CharField(max_length=64)
    record = models.CharField(max_length=80)
    generation = models.PositiveIntegerField()
    holder = models.CharField(max_length=64)
    version = models.PositiveIntegerField()
    fingerprint = models.BinaryField(max_length=16)
    wrapped = models.BinaryField(max_length=4096)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["site", "record", "generation", "holder", "version"],
                name="vault_one_wrap_a_holder",
            )
        ]

    @override
    def __str__(self) -> str:
        return f"{self.site}/{self.record} for {self.holder}:{self.version}"


class Tombstone(models.Model):
    """That a record was deleted, when and why; the text is what the ledger commits to."""

    site = models.CharField(max_length=64)
    record = models.CharField(max_length=80)
    text = models.BinaryField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["site", "record"], name="vault_one_tombstone")
        ]

    @override
    def __str__(self) -> str:
        return f"{self.site}/{self.record}"
