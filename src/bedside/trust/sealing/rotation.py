"""New keys while people work: every field stays readable at every step.

Two rotations, two reasons. *Turning* a holder's key wraps the records' keys again and leaves the
fields alone: the routine, and the answer to a lost site key. *Re-keying* a record seals its fields
anew: the answer when somebody who held the record's key shall hold it no longer.
Both are iterators: each step is one transaction, and whoever runs them may stop and start again.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar, Final

from bedside.trust.sealing.binding import Record
from bedside.trust.sealing.data_key import make_data_key, read_generation
from bedside.trust.sealing.opening import Opened
from bedside.trust.sealing.refusal import Refusal
from bedside.trust.sealing.secret import Random
from bedside.trust.sealing.store import Change, KeyStore, StaleKey, Store
from bedside.trust.sealing.tombstone import Reason, Tombstone
from bedside.trust.sealing.wrap import Key, Lock, Wrap, unwrap_key, wrap_key

BATCH: Final = 500


class SameKey(Refusal):
    """A key that was to be turned into itself."""

    code: ClassVar[str] = "sealing.same-key"
    en: ClassVar[str] = "`{key}` is to be replaced by a key of the same name; count its version up"
    es: ClassVar[str] = "`{key}` iba a reemplazarse por una clave de igual nombre; suba su versión"


class HolderLeftOut(Refusal):
    """A re-keying that would silently shut somebody out."""

    code: ClassVar[str] = "sealing.holder-left-out"
    en: ClassVar[str] = (
        "the new key of record {record} would not open for {holders}; add them, or say that they "
        "are to leave"
    )
    es: ClassVar[str] = (
        "la clave nueva del registro {record} no la abriría {holders}; agréguelos o indique que "
        "deben salir"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Holders:
    """For whom a record's next key is closed, and who is meant to lose it."""

    locks: Collection[Lock]
    leaving: frozenset[str] = field(default_factory=frozenset)


def turn_key(store: KeyStore, old: Key, new: Key, *, random: Random) -> Iterator[int]:
    """Wrap every record's key under the new key too, then drop the old wraps; yield a count.

    Readers need both keys on their keyring until it ends. Records that appear under the old key
    meanwhile are taken along; nothing is dropped that the new key was not seen to open.
    """
    if old.name == new.name:
        raise SameKey(key=old.name)
    turned = 0
    while store.count_wraps(old.name):
        after: Wrap | None = None
        while wraps := store.find_wraps_to_turn(old.name, new.name, after=after, most=BATCH):
            companions = []
            for wrap in wraps:
                companion = wrap_key(unwrap_key(wrap, old), wrap.record, new, random=random)
                unwrap_key(companion, new)  # a token that wraps wrong is found out here
                companions.append(companion)
            store.turn_wraps(companions)
            turned, after = turned + len(companions), wraps[-1]
            yield turned
        store.drop_turned_wraps(old.name, new.name)
        yield turned


def rekey_record(
    store: Store, opened: Opened, holders: Holders, *, random: Random
) -> Iterator[int]:
    """Seal a record's fields under a new key, then drop the older ones; yield a count."""
    return rekey_records(store, [opened], holders, random=random)


def rekey_records(
    store: Store, records: Collection[Opened], holders: Holders, *, random: Random
) -> Iterator[int]:
    """Seal the fields of several records with the same holders anew, in shared transactions.

    If one of them is refused (deleted, or its key replaced by somebody else) the step is not done,
    the others stay readable, and the whole can be begun again.
    """
    drops, wraps, pairs = [], [], []
    for opened in records:
        found = store.find_wraps(opened.record)
        _refuse_to_leave_out(opened.record, found, holders)
        older = {wrap.generation for wrap in found}
        fresh = make_data_key(random, generation=max(older, default=0) + 1)
        wraps += [wrap_key(fresh, opened.record, lock, random=random) for lock in holders.locks]
        drops += [(opened.record, generation) for generation in older]
        pairs.append(Opened(opened.record, [*opened.generations(), fresh]))
    store.add_wraps(wraps)
    yield 0
    sealed = 0
    while changes := [one for both in pairs for one in _find_changes(store, both, random)]:
        for at in range(0, len(changes), BATCH):
            made = store.replace_fields(changes[at : at + BATCH])
            if not made:
                _refuse_if_overtaken(store, pairs)
            sealed += made
            yield sealed
    store.drop_generations(drops)
    yield sealed


def destroy_record(store: KeyStore, record: Record, *, reason: Reason, at: datetime) -> Tombstone:
    """Delete a record by destroying its keys; hand the tombstone to the ledger."""
    return store.destroy_keys(Tombstone(record=record, destroyed_at=at, reason=reason))


def _find_changes(store: Store, both: Opened, random: Random) -> list[Change]:
    return [
        Change(
            was=one,
            sealed=both.seal(both.open(one.sealed, one.binding), one.binding, random=random),
        )
        for one in store.find_fields(both.record)
        if read_generation(one.sealed, one.binding) < both.newest.generation
    ]


def _refuse_if_overtaken(store: Store, pairs: Iterable[Opened]) -> None:
    for both in pairs:
        stone = store.find_tombstone(both.record)
        if stone:
            raise stone.refusal()
        there = {wrap.generation for wrap in store.find_wraps(both.record)}
        if both.newest.generation not in there:
            raise StaleKey(record=both.record)


def _refuse_to_leave_out(record: Record, wraps: Iterable[Wrap], holders: Holders) -> None:
    now = {wrap.key.holder for wrap in wraps}
    then = {lock.name.holder for lock in holders.locks} | holders.leaving
    if now - then or not holders.locks:
        names = ", ".join(f"`{name}`" for name in sorted(now - then))
        raise HolderLeftOut(record=record, holders=names or "anyone")
