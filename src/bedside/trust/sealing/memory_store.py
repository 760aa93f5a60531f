"""Wrapped keys and sealed fields in memory: for tests, and as the port's plainest reading."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from threading import RLock
from typing import TypeAlias

from bedside.trust.sealing.binding import Binding, Record
from bedside.trust.sealing.data_key import read_generation
from bedside.trust.sealing.store import Change, Field, StaleKey, WrapExists
from bedside.trust.sealing.tombstone import Tombstone
from bedside.trust.sealing.wrap import KeyName, Wrap

Slot: TypeAlias = tuple[int, KeyName]


class MemoryStore:
    """Both ports, in dictionaries."""

    def __init__(self) -> None:
        self._wraps: dict[Record, dict[Slot, Wrap]] = {}
        self._tombstones: dict[Record, Tombstone] = {}
        self._fields: dict[Binding, Field] = {}
        self._turn = RLock()

    def find_wraps(self, record: Record) -> tuple[Wrap, ...]:
        """Find every wrap of a record's keys."""
        with self._turn:
            return tuple(self._wraps.get(record, {}).values())

    def find_tombstone(self, record: Record) -> Tombstone | None:
        """Find what remains of a deleted record."""
        return self._tombstones.get(record)

    def add_wraps(self, wraps: Sequence[Wrap]) -> None:
        """Add wraps; refuse all if a record was deleted, or if one is there already."""
        with self._turn:
            for wrap in wraps:
                if stone := self._tombstones.get(wrap.record):
                    raise stone.refusal()
                if (wrap.generation, wrap.key) in self._wraps.get(wrap.record, {}):
                    raise WrapExists(record=wrap.record, generation=wrap.generation, key=wrap.key)
            for wrap in wraps:
                self._put(wrap)

    def find_wraps_to_turn(
        self, old: KeyName, new: KeyName, *, after: Wrap | None, most: int
    ) -> tuple[Wrap, ...]:
        """Find wraps under the old key, past a wrap, that have no companion under the new one."""
        with self._turn:
            found = [
                wrap
                for slots in self._wraps.values()
                for (generation, key), wrap in slots.items()
                if key == old and (generation, new) not in slots
            ]
        start = _order(after) if after else ("", "", 0)
        return tuple(one for one in sorted(found, key=_order) if _order(one) > start)[:most]

    def turn_wraps(self, wraps: Sequence[Wrap]) -> None:
        """Add companions of wraps that are still there; pass over deleted records."""
        with self._turn:
            for wrap in wraps:
                there = {generation for generation, _ in self._wraps.get(wrap.record, {})}
                if wrap.generation in there:
                    self._put(wrap)

    def drop_turned_wraps(self, old: KeyName, new: KeyName) -> int:
        """Drop the wraps under the old key that have a companion under the new one; count them."""
        dropped = 0
        with self._turn:
            for slots in self._wraps.values():
                for generation, key in tuple(slots):
                    if key == old and (generation, new) in slots:
                        del slots[generation, key]
                        dropped += 1
        return dropped

    def count_wraps(self, key: KeyName) -> int:
        """Count the wraps under a key."""
        with self._turn:
            return sum(slot[1] == key for slots in self._wraps.values() for slot in slots)

    def drop_generations(self, drops: Collection[tuple[Record, int]]) -> None:
        """Drop generations of records' keys, except those that a field still needs."""
        with self._turn:
            for record, generation in drops:
                fields = self.find_fields(record)
                needed = {read_generation(one.sealed, one.binding) for one in fields}
                if generation not in needed:
                    slots = self._wraps.get(record, {}).items()
                    self._wraps[record] = {s: w for s, w in slots if s[0] != generation}

    def destroy_keys(self, tombstone: Tombstone) -> Tombstone:
        """Drop every wrap of a record and keep its tombstone; the first tombstone stays."""
        with self._turn:
            wraps = self._wraps.pop(tombstone.record, {}).values()
            named = tuple(sorted({wrap.fingerprint for wrap in wraps}))
            stone = replace(tombstone, fingerprints=named)
            return self._tombstones.setdefault(tombstone.record, stone)

    def find_field(self, binding: Binding) -> bytes | None:
        """Find what is sealed in a place."""
        found = self._fields.get(binding)
        return found.sealed if found else None

    def find_fields(self, record: Record) -> tuple[Field, ...]:
        """Find the sealed fields of a record."""
        with self._turn:
            return tuple(one for one in self._fields.values() if one.record == record)

    def save_field(self, saved: Field) -> None:
        """Write a sealed field; refuse if its record was deleted, or its key dropped."""
        with self._turn:
            if stone := self._tombstones.get(saved.record):
                raise stone.refusal()
            if not self._has_key(saved.record, saved.sealed, saved.binding):
                raise StaleKey(record=saved.record)
            self._fields[saved.binding] = saved

    def replace_fields(self, changes: Sequence[Change]) -> int:
        """Make the changes whose field is as it was and whose key is there, in one step; count."""
        made = 0
        with self._turn:
            for change in changes:
                was = change.was
                fits = self._has_key(was.record, change.sealed, was.binding)
                if fits and self._fields.get(was.binding) == was:
                    self._fields[was.binding] = replace(was, sealed=change.sealed)
                    made += 1
        return made

    def _has_key(self, record: Record, sealed: bytes, binding: Binding) -> bool:
        generation = read_generation(sealed, binding)
        return any(slot[0] == generation for slot in self._wraps.get(record, {}))

    def _put(self, wrap: Wrap) -> None:
        self._wraps.setdefault(wrap.record, {})[wrap.generation, wrap.key] = wrap


def _order(wrap: Wrap) -> tuple[str, str, int]:
    return wrap.record.site, wrap.record.name, wrap.generation
