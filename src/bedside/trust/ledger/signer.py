"""Signing the head of a log, after reading again everything that the signature will vouch for."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import ClassVar

from bedside.trust.ledger.append import read_head
from bedside.trust.ledger.checkpoint import Checkpoint
from bedside.trust.ledger.hashing import EMPTY_HEAD, Head, hash_children, hash_leaf
from bedside.trust.ledger.heads import HeadBook, Seen
from bedside.trust.ledger.key import SigningKey
from bedside.trust.ledger.note import Note, sign
from bedside.trust.ledger.refusal import Refusal
from bedside.trust.ledger.store import Snapshot, Store
from bedside.trust.ledger.tree import hash_range


class OlderThanSigned(Refusal):
    """A log that holds less than was signed of it."""

    code: ClassVar[str] = "ledger.older-than-signed"
    en: ClassVar[str] = (
        "the log holds {size} entries, but {signed} were signed before: it looks like a restored"
        " backup; open an epoch, with the reason and two people"
    )
    es: ClassVar[str] = (
        "el libro tiene {size} entradas, pero antes se firmaron {signed}: parece una copia"
        " restaurada; abra una época, con el motivo y dos personas"
    )


class OtherHistory(Refusal):
    """A log whose past is not the one that was signed."""

    code: ClassVar[str] = "ledger.other-history"
    en: ClassVar[str] = (
        "the first {signed} entries are not those that were signed before; nothing is signed:"
        " keep a copy of the database and run the ledger check"
    )
    es: ClassVar[str] = (
        "las primeras {signed} entradas no son las que se firmaron antes; no se firma nada:"
        " guarde una copia de la base de datos y revise el libro"
    )


class TilesDisagree(Refusal):
    """Stored hashes that are not those of the stored entries."""

    code: ClassVar[str] = "ledger.tiles-disagree"
    en: ClassVar[str] = (
        "the stored hashes are not those of the {size} stored entries; nothing is signed:"
        " keep a copy of the database and run the ledger check"
    )
    es: ClassVar[str] = (
        "las huellas guardadas no son las de las {size} entradas guardadas; no se firma nada:"
        " guarde una copia de la base de datos y revise el libro"
    )


@dataclass(slots=True)
class Range:
    """The roots of the perfect subtrees over the first entries, and the head they make."""

    parts: list[tuple[int, bytes]] = field(default_factory=list)
    size: int = 0

    def add(self, leaf_hash: bytes) -> None:
        """Add one leaf hash at the end."""
        height, root = 0, leaf_hash
        while self.parts and self.parts[-1][0] == height:
            height, root = height + 1, hash_children(self.parts.pop()[1], root)
        self.parts.append((height, root))
        self.size += 1

    def head(self) -> Head:
        """Compute the head."""
        roots = [root for _, root in self.parts]
        if not roots:
            return EMPTY_HEAD
        root = roots.pop()
        while roots:
            root = hash_children(roots.pop(), root)
        return Head(size=self.size, root=root)


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadSigner:
    """Signs for one log; while a key is being rotated, with the old and the new one."""

    store: Store
    book: HeadBook
    keys: tuple[SigningKey, ...]
    now: Callable[[], int]

    def sign(self) -> str:
        """Sign the head as it stands now and keep the checkpoint with the log."""
        seen = self.book.advance(self.store.origin, self._step)
        with self.store.writing() as draft:
            if draft.find_last_checkpoint() != seen.note:
                draft.add_checkpoint(seen.head.size, seen.note)
        return seen.note

    def _step(self, last: Seen | None) -> Seen:
        with self.store.reading() as snapshot:
            head = verify_growth(snapshot, last.head if last else EMPTY_HEAD)
        body = Checkpoint(origin=self.store.origin, head=head).write()
        signatures = tuple(sign(body, key) for key in self.keys)
        note = Note(body=body, signatures=signatures).write()
        return Seen(head=head, at=self.now(), note=note)


def verify_growth(snapshot: Snapshot, signed: Head) -> Head:
    """Compute the head from what was signed and the entries since, read again, or raise."""
    size = snapshot.count_entries()
    if size < signed.size:
        raise OlderThanSigned(size=size, signed=signed.size)
    grown = _range_at(snapshot, signed.size)
    if grown.head() != signed:
        raise OtherHistory(signed=signed.size)
    for entry in snapshot.read_entries(signed.size):
        grown.add(hash_leaf(entry.leaf))
    if grown.head() != read_head(snapshot):
        raise TilesDisagree(size=size)
    return grown.head()


def _range_at(snapshot: Snapshot, size: int) -> Range:
    parts, start = [], 0
    for height in range(size.bit_length() - 1, -1, -1):
        if size >> height & 1:
            parts.append((height, hash_range(snapshot, start, start + (1 << height))))
            start += 1 << height
    return Range(parts=parts, size=size)
