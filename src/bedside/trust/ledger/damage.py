"""The check of a whole log (fsck): everything is computed again from the entries."""

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import islice
from typing import Final

from bedside.trust.ledger.append import read_head
from bedside.trust.ledger.checkpoint import parse_checkpoint
from bedside.trust.ledger.hashing import Head, hash_hashes
from bedside.trust.ledger.key import VerifierKey
from bedside.trust.ledger.leaf import EVENT_AT, LEAVES, SHAPE, Kind, read_leaf
from bedside.trust.ledger.note import parse_note, verify_note
from bedside.trust.ledger.refusal import Refusal, Said
from bedside.trust.ledger.store import Row, Snapshot, Store
from bedside.trust.ledger.tile import HEIGHT, WIDTH, tile_widths

MOST_FINDINGS: Final = 100

GAP = Said("an entry is missing before it", "falta una entrada antes de ella")
NOT_A_LEAF = Said("the entry is no leaf", "la entrada no es una hoja")
OTHER_EVENT = Said("it is filed under another event", "está archivada bajo otro evento")
OTHER_TILE = Said("the tile is not that of the entries", "el mosaico no es el de las entradas")
TILE_COUNT = Said("tiles are missing or left over", "faltan o sobran mosaicos")
BAD_NOTE = Said("the checkpoint is unreadable or unsigned", "el punto de control no vale")
OTHER_ROOT = Said("the entries are not those signed", "las entradas no son las firmadas")
OUT_OF_ORDER = Said("checkpoints are missing or out of order", "faltan puntos de control")
SHORTER = Said("fewer entries than were signed", "hay menos entradas que las firmadas")
EPOCH = Said("its first entry does not fit its epoch", "su primera entrada no es de su época")
DATABASE = Said("the database finds its file damaged", "la base de datos halla dañado su archivo")


@dataclass(frozen=True, slots=True, kw_only=True)
class Damage:
    """Something wrong with a log, and where."""

    place: str
    what: Said
    detail: str = ""

    def say(self, language: str) -> str:
        """Say it in `en` or `es`."""
        what = self.what.es if language == "es" else self.what.en
        return f"{self.place}: {what}" + (f" ({self.detail})" if self.detail else "")


def find_damage(
    store: Store, keys: Sequence[VerifierKey], known: Iterable[Head] = ()
) -> tuple[Damage, ...]:
    """Find what is wrong with a log; heads known from elsewhere show a rewritten past."""
    with ThreadPoolExecutor(1) as beside:  # the database checks its files while we hash
        asked = beside.submit(_ask, store)
        found = list(islice(_find_all(store, keys, known), MOST_FINDINGS))
        own = asked.result()
    return (*(Damage(place=store.origin, what=DATABASE, detail=one) for one in own), *found)


def _ask(store: Store) -> tuple[str, ...]:
    try:
        return store.find_own_damage()
    except Refusal as refusal:
        return (str(refusal),)


def _find_all(store: Store, keys: Sequence[VerifierKey], known: Iterable[Head]) -> Iterator[Damage]:
    try:
        with store.reading() as snapshot:
            check = _Check(snapshot=snapshot)
            yield from check.entries()
            yield from check.counts()
            yield from _check_epoch(snapshot)
            for head in known:
                yield from _check_head(snapshot, head, "known head")
            yield from _check_notes(snapshot, keys)
    except Exception as error:  # noqa: BLE001 - a damaged database may give back anything
        yield Damage(place="reading", what=DATABASE, detail=str(error))


@dataclass(slots=True, kw_only=True)
class _Check:
    snapshot: Snapshot
    size: int = 0
    rows: list[list[bytes]] = field(default_factory=lambda: [[]])

    def entries(self) -> Iterator[Damage]:
        for page in self.snapshot.read_pages():
            yield from self._check_page(page)
        for level, row in enumerate(self.rows):
            if row:
                yield from self._compare(level, (self.size >> HEIGHT * level) // WIDTH, row)

    def _check_page(self, page: Sequence[Row]) -> Iterator[Damage]:
        if not _is_sound(page, self.size):
            yield from _find_unsound(page, self.size)
        hashes = [sha256(b"\x00" + leaf).digest() for _, _, leaf in page]
        for start in range(0, len(hashes), WIDTH):
            fresh = hashes[start : start + WIDTH]
            self.size += len(fresh)
            self.rows[0] = fresh
            if len(fresh) == WIDTH:
                yield from self._tile(0)

    def counts(self) -> Iterator[Damage]:
        wanted = {level: -(-width // WIDTH) for level, width in enumerate(tile_widths(self.size))}
        if self.snapshot.count_tiles() != wanted:
            yield Damage(place="tiles", what=TILE_COUNT)

    def _tile(self, level: int) -> Iterator[Damage]:
        index = (self.size >> HEIGHT * level) // WIDTH - 1
        row, self.rows[level] = self.rows[level], []
        yield from self._compare(level, index, row)
        if level + 1 == len(self.rows):
            self.rows.append([])
        self.rows[level + 1].append(hash_hashes(row))
        if len(self.rows[level + 1]) == WIDTH:
            yield from self._tile(level + 1)

    def _compare(self, level: int, index: int, row: list[bytes]) -> Iterator[Damage]:
        if self.snapshot.read_tile(level, index) != b"".join(row):
            yield Damage(place=f"tile {level}/{index}", what=OTHER_TILE)


def _is_sound(page: Sequence[Row], size: int) -> bool:
    """Tell whether every row of a page is in its place, a leaf, and filed under its event."""
    places = [index for index, _, _ in page]
    filed = [event.hex().encode() for _, event, _ in page]
    told = [leaf[EVENT_AT] for _, _, leaf in page]
    lines = b"\n".join([leaf for _, _, leaf in page]) + b"\n"
    whole = lines.count(b"\n") == len(page) and LEAVES.fullmatch(lines)
    return bool(whole) and filed == told and places == list(range(size, size + len(page)))


def _find_unsound(page: Sequence[Row], size: int) -> Iterator[Damage]:
    for place, (index, event, leaf) in enumerate(page, size):
        if index != place:
            yield Damage(place=f"entry {index}", what=GAP)
            return  # what follows is not where it belongs either
        if not SHAPE.fullmatch(leaf):
            yield Damage(place=f"entry {index}", what=NOT_A_LEAF)
        elif leaf[EVENT_AT] != event.hex().encode():
            yield Damage(place=f"entry {index}", what=OTHER_EVENT)


def _check_epoch(snapshot: Snapshot) -> Iterator[Damage]:
    first = next(snapshot.read_entries(), None)
    opened = first is not None and read_leaf(first.leaf).kind is Kind.EPOCH_OPENED
    if first is not None and opened != (snapshot.find_predecessor() is not None):
        yield Damage(place="entry 0", what=EPOCH)


def _check_notes(snapshot: Snapshot, keys: Sequence[VerifierKey]) -> Iterator[Damage]:
    before = 0
    for wanted, (number, size, text) in enumerate(snapshot.read_checkpoints()):
        place = f"checkpoint {number}"
        if number != wanted or size < before:
            yield Damage(place=place, what=OUT_OF_ORDER)
        before = size
        try:
            note = parse_note(text.encode())
            verify_note(note, keys)
            head = parse_checkpoint(note.body).head
        except Refusal as refusal:
            yield Damage(place=place, what=BAD_NOTE, detail=str(refusal))
            continue
        if head.size != size:
            yield Damage(place=place, what=OUT_OF_ORDER)
        yield from _check_head(snapshot, head, place)


def _check_head(snapshot: Snapshot, head: Head, place: str) -> Iterator[Damage]:
    if head.size > snapshot.count_entries():
        yield Damage(place=place, what=SHORTER)
    elif read_head(snapshot, head.size) != head:
        yield Damage(place=place, what=OTHER_ROOT)
