"""The port of `trust.sealing` to the tables of this room: where wrapped keys lie.

Every call runs in the transaction of whoever calls; nothing is remembered between two calls.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet

from bedside.record.vault import models
from bedside.trust.sealing.binding import Record
from bedside.trust.sealing.store import WrapExists
from bedside.trust.sealing.tombstone import Tombstone, read_tombstone
from bedside.trust.sealing.wrap import KeyName, Wrap


class VaultKeys:
    """Where the keys of records lie."""

    def find_wraps(self, record: Record) -> tuple[Wrap, ...]:
        """Find every wrap of a record's keys."""
        rows = models.Wrap.objects.filter(site=record.site, record=record.name)
        return tuple(map(_read, rows))

    def find_tombstone(self, record: Record) -> Tombstone | None:
        """Find what remains of a deleted record."""
        row = models.Tombstone.objects.filter(site=record.site, record=record.name).first()
        return read_tombstone(bytes(row.text)) if row else None

    def add_wraps(self, wraps: Sequence[Wrap]) -> None:
        """Add wraps; refuse all if a record was deleted, or if one is there already."""
        for record in {wrap.record for wrap in wraps}:
            stone = self.find_tombstone(record)
            if stone:
                raise stone.refusal()
        try:
            with transaction.atomic():
                models.Wrap.objects.bulk_create(map(_write, wraps))
        except IntegrityError as error:
            first = wraps[0]
            raise WrapExists(
                record=first.record, generation=first.generation, key=first.key
            ) from error

    def find_wraps_to_turn(
        self, old: KeyName, new: KeyName, *, after: Wrap | None, most: int
    ) -> tuple[Wrap, ...]:
        """Find wraps under the old key, past a wrap, that have no companion under the new one."""
        rows = _held_by(old).filter(~_has_companion(new))
        if after is not None:
            site, name, generation = after.record.site, after.record.name, after.generation
            rows = rows.filter(
                Q(site__gt=site)
                | Q(site=site, record__gt=name)
                | Q(site=site, record=name, generation__gt=generation)
            )
        return tuple(map(_read, rows.order_by("site", "record", "generation")[:most]))

    def turn_wraps(self, wraps: Sequence[Wrap]) -> None:
        """Add companions of wraps that are still there; pass over deleted records."""
        alive = [w for w in wraps if _of(w.record).filter(generation=w.generation).exists()]
        models.Wrap.objects.bulk_create(map(_write, alive), ignore_conflicts=True)

    def drop_turned_wraps(self, old: KeyName, new: KeyName) -> int:
        """Drop the wraps under the old key that have a companion under the new one; count them."""
        turned = _held_by(old).filter(_has_companion(new)).values_list("pk", flat=True)
        return models.Wrap.objects.filter(pk__in=list(turned)).delete()[0]

    def count_wraps(self, key: KeyName) -> int:
        """Count the wraps under a key."""
        return _held_by(key).count()

    def drop_generations(self, drops: Collection[tuple[Record, int]]) -> None:
        """Keep every generation: only the rooms know which of their fields still need one."""

    def destroy_keys(self, tombstone: Tombstone) -> Tombstone:
        """Drop every wrap of a record and keep its tombstone; the first tombstone stays."""
        record = tombstone.record
        named = tuple(sorted({wrap.fingerprint for wrap in self.find_wraps(record)}))
        with transaction.atomic():
            stone = self.find_tombstone(record)
            if stone is None:
                stone = replace(tombstone, fingerprints=named)
                models.Tombstone.objects.create(
                    site=record.site, record=record.name, text=stone.write()
                )
            _of(record).delete()
        return stone


def _of(record: Record) -> QuerySet[models.Wrap]:
    return models.Wrap.objects.filter(site=record.site, record=record.name)


def _held_by(key: KeyName) -> QuerySet[models.Wrap]:
    return models.Wrap.objects.filter(holder=key.holder, version=key.version)


def _has_companion(key: KeyName) -> Exists:
    same = {name: OuterRef(name) for name in ("site", "record", "generation")}
    return Exists(_held_by(key).filter(**same))


def _read(row: models.Wrap) -> Wrap:
    return Wrap(
        record=Record(site=row.site, name=row.record),
        generation=row.generation,
        key=KeyName(holder=row.holder, version=row.version),
        fingerprint=bytes(row.fingerprint),
        wrapped=bytes(row.wrapped),
    )


def _write(wrap: Wrap) -> models.Wrap:
    return models.Wrap(
        site=wrap.record.site,
        record=wrap.record.name,
        generation=wrap.generation,
        holder=wrap.key.holder,
        version=wrap.key.version,
        fingerprint=wrap.fingerprint,
        wrapped=wrap.wrapped,
    )
