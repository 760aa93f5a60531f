"""A hospital that records and exports, and a forger who packs again."""

import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date
from functools import cache
from hashlib import sha256
from pathlib import Path

from ledger_cast import EDITION, log_key, make_leaf, salt_of, witness_key

from bedside.trust.ledger import verifier
from bedside.trust.ledger.append import append, prove
from bedside.trust.ledger.bundle import (
    BundlePlan,
    Opened,
    Record,
    write_bundle,
)
from bedside.trust.ledger.checkpoint import parse_checkpoint
from bedside.trust.ledger.heads import HeadBook, open_book
from bedside.trust.ledger.key import SigningKey
from bedside.trust.ledger.leaf import Kind, Leaf
from bedside.trust.ledger.note import Note, cosign, parse_note
from bedside.trust.ledger.signer import HeadSigner
from bedside.trust.ledger.sqlite import open_sqlite
from bedside.trust.ledger.store import Store
from bedside.trust.ledger.verifier import Found, check_bundle, conclude, pack, unpack

LOG, WITNESS = log_key(), witness_key()
NOW = 1_720_000_000
POLICY = f"log {LOG.verifier.write()}\nwitness clinic {WITNESS.verifier.write()}\nquorum clinic\n"
PRINT = sha256(POLICY.encode()).hexdigest()
Files = dict[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """A hospital that records and exports."""

    store: Store
    book: HeadBook
    log: SigningKey = LOG
    witness: SigningKey = WITNESS
    cosigned_at: int = NOW

    def record(self, leaf: Leaf, opened: Opened | None) -> Record:
        (index,) = append(self.store, [leaf])
        note = self.sign()
        size = parse_checkpoint(parse_note(note.encode()).body).head.size
        with self.store.reading() as snapshot:
            proof = prove(snapshot, index, size, note).write()
        return Record(leaf=leaf.write(), proof=proof, opened=opened)

    def sign(self) -> str:
        signer = HeadSigner(store=self.store, book=self.book, keys=(self.log,), now=lambda: NOW)
        note = parse_note(signer.sign().encode())
        lines = (*note.signatures, cosign(note.body, self.witness, self.cosigned_at))
        return Note(body=note.body, signatures=lines).write()

    def export(self, content: bytes) -> Record:
        leaf = make_leaf(9999, kind=Kind.EXPORTED, content=content)
        opened = Opened(content=content, salt=salt_of(9999), extension="txt")
        return self.record(leaf, opened)

    def bundle(self, records: list[Record] | None = None) -> bytes:
        if records is None:
            letter = Opened(content=b"%PDF letter", salt=salt_of(1), extension="pdf")
            records = [
                self.record(make_leaf(0), Opened(content=b'{"note":0}', salt=salt_of(0))),
                self.record(make_leaf(1, kind=Kind.ISSUED, content=b"%PDF letter"), letter),
                self.record(make_leaf(2, kind=Kind.DELETED), None),
            ]
        plan = BundlePlan(
            name="bedside-2026-0001",
            site="Sample Hospital",
            made_on=date(2026, 11, 26),
            policy=POLICY,
            records=records,
            editions={sha256(EDITION).hexdigest(): EDITION},
        )
        return write_bundle(plan, self.export)


@contextmanager
def running_site(folder: Path) -> Iterator[Site]:
    """Run a hospital in a folder."""
    with (
        closing(open_sqlite(folder / "ledger", LOG.name)) as store,
        closing(open_book(folder / "book")) as book,
    ):
        yield Site(store=store, book=book)


@cache
def make_whole_bundle() -> bytes:
    """Make the bundle that most tests look at."""
    with tempfile.TemporaryDirectory() as folder, running_site(Path(folder)) as site:
        return site.bundle()


def check(archive: bytes, policy: str = POLICY, now: int = NOW) -> list[Found]:
    return check_bundle(archive, now, policy.encode())


def is_proven(archive: bytes) -> bool:
    return conclude(check(archive), "en")[1]


def codes(found: list[Found]) -> dict[str, str]:
    return {name: code for name, code, _ in found}


def repack(archive: bytes, change: Callable[[Files], object], *, relist: bool = True) -> bytes:
    """Change files and, as a careful forger would, write every list anew."""
    files, top = unpack(archive)
    change(files)
    if relist:
        files.pop(verifier.TAGS)
        payload = sorted(name for name in files if name.startswith("data/"))
        files[verifier.MANIFEST] = listing(files, payload)
        tops = [name for name in sorted(files) if "/" not in name]
        files[verifier.EXPORTED] = listing(files, tops)
        tags = sorted(name for name in files if not name.startswith("data/"))
        files[verifier.TAGS] = listing(files, tags)
    return pack(files, top)


def listing(files: Files, names: list[str]) -> bytes:
    return "".join(f"{sha256(files[one]).hexdigest()}  {one}\n" for one in names).encode()
