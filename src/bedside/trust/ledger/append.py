"""Adding leaves to a log, and proving what it holds."""

from collections.abc import Sequence
from typing import ClassVar

from bedside.trust.ledger.hashing import Head, hash_leaf
from bedside.trust.ledger.leaf import Leaf
from bedside.trust.ledger.proof_file import ProofFile
from bedside.trust.ledger.refusal import Refusal
from bedside.trust.ledger.store import Draft, Entry, Snapshot, Store
from bedside.trust.ledger.tree import find_inclusion_path, grow_tiles, hash_range


class LogClosed(Refusal):
    """A log that an epoch has closed."""

    code: ClassVar[str] = "ledger.log-closed"
    en: ClassVar[str] = "the log `{origin}` is closed; write to its successor `{successor}`"
    es: ClassVar[str] = "el libro `{origin}` está cerrado; escriba en su sucesor `{successor}`"


class EventTaken(Refusal):
    """An event that was recorded before with other content."""

    code: ClassVar[str] = "ledger.event-taken"
    en: ClassVar[str] = (
        "this event is already recorded, as entry {index}, with other content; record a correction"
    )
    es: ClassVar[str] = (
        "este evento ya está registrado, entrada {index}, con otro contenido; anote una corrección"
    )


class NoSuchEntry(Refusal):
    """An index that a tree of that size does not have."""

    code: ClassVar[str] = "ledger.no-such-entry"
    en: ClassVar[str] = "there is no entry {index} among {size}"
    es: ClassVar[str] = "no hay entrada {index} entre {size}"


def append(store: Store, leaves: Sequence[Leaf]) -> tuple[int, ...]:
    """Record leaves in one transaction and say where each stands.

    An event that is already recorded keeps its place: sending twice is safe. Nothing is
    acknowledged by a return before it is on the disk.
    """
    with store.writing() as draft:
        _check_open(draft, store.origin)
        size = draft.count_entries()
        places, fresh = _place(draft, size, leaves)
        draft.add_entries(fresh)
        hashes = [hash_leaf(entry.leaf) for entry in fresh]
        for level, index, tile in grow_tiles(draft, size, hashes):
            draft.put_tile(level, index, tile)
    return places


def read_head(snapshot: Snapshot, size: int | None = None) -> Head:
    """Compute the head of the log, now or at an earlier size, from its tiles."""
    now = snapshot.count_entries()
    size = now if size is None else size
    if not 0 <= size <= now:
        raise NoSuchEntry(index=size, size=now)
    return Head(size=size, root=hash_range(snapshot, 0, size))


def prove(snapshot: Snapshot, index: int, size: int, checkpoint: str) -> ProofFile:
    """Write the proof that an entry stands in the tree of a signed checkpoint of that size."""
    if not 0 <= index < size:
        raise NoSuchEntry(index=index, size=size)
    path = find_inclusion_path(snapshot, index, size)
    return ProofFile(index=index, path=tuple(path), checkpoint=checkpoint)


def _check_open(draft: Draft, origin: str) -> None:
    successor = draft.find_successor()
    if successor is not None:
        raise LogClosed(origin=origin, successor=successor)


def _place(
    draft: Draft, size: int, leaves: Sequence[Leaf]
) -> tuple[tuple[int, ...], tuple[Entry, ...]]:
    recorded = draft.find_events([leaf.who.event.digest for leaf in leaves])
    fresh: dict[bytes, Entry] = {}
    places = []
    for leaf in leaves:
        event, written = leaf.who.event.digest, leaf.write()
        entry = fresh.get(event) or recorded.get(event)
        if entry is None:
            entry = Entry(index=size + len(fresh), event=event, leaf=written)
            fresh[event] = entry
        elif entry.leaf != written:
            raise EventTaken(index=entry.index)
        places.append(entry.index)
    return tuple(places), tuple(fresh.values())
