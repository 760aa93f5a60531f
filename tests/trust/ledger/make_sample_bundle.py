"""Makes the bundle that the page "What the ledger proves" offers for download.

Run `python tests/trust/ledger/make_sample_bundle.py` after a change to the verifier or its texts.
Its keys are public and protect nothing.
"""

import tempfile
from contextlib import closing
from datetime import date
from hashlib import sha256
from pathlib import Path

from ledger_cast import EDITION, REPOSITORY, log_key, make_leaf, salt_of, witness_key

from bedside.trust.ledger.append import append, prove
from bedside.trust.ledger.bundle import BundlePlan, Opened, Record, write_bundle
from bedside.trust.ledger.canonical import write_canonical
from bedside.trust.ledger.checkpoint import parse_checkpoint
from bedside.trust.ledger.heads import HeadBook, open_book
from bedside.trust.ledger.leaf import Kind, Leaf
from bedside.trust.ledger.note import Note, cosign, parse_note
from bedside.trust.ledger.signer import HeadSigner
from bedside.trust.ledger.sqlite import open_sqlite
from bedside.trust.ledger.store import Store

FOLDER = REPOSITORY / "docs" / "explanation" / "what-the-ledger-proves"
SIGNED_AT = 1_709_300_000  # 1 March 2024
LOG, WITNESS = log_key("sample-hospital.example/operational/1"), witness_key("clinic.example")
POLICY = (
    "# The keys of a sample: public, and worth nothing.\n"
    f"log {LOG.verifier.write()}\nwitness clinic {WITNESS.verifier.write()}\nquorum clinic\n"
)
CONTENTS = (
    (Kind.NOTED, {"position": "at_bedside", "noted_by": "nurse", "activity": "feeding"}),
    (Kind.WORDING_REQUESTED, {"asked_by": "officer", "words": "fit for detention"}),
    (Kind.REFUSED, {"reason": "outside of what a physician can attest"}),
    (Kind.DELETED, None),
)


def make_bundle(folder: Path) -> bytes:
    """Make the sample bundle in a folder that may be thrown away."""
    with (
        closing(open_sqlite(folder / "ledger", LOG.name)) as store,
        closing(open_book(folder / "book")) as book,
    ):
        records = [
            _record(store, book, number, *content) for number, content in enumerate(CONTENTS)
        ]

        def export(content: bytes) -> Record:
            leaf = make_leaf(99, kind=Kind.EXPORTED, content=content)
            opened = Opened(content=content, salt=salt_of(99), extension="txt")
            return _prove(store, book, leaf, opened)

        plan = BundlePlan(
            name="bedside-sample",
            site="Sample Hospital",
            made_on=date(2024, 3, 1),
            policy=POLICY,
            records=records,
            editions={sha256(EDITION).hexdigest(): EDITION},
        )
        return write_bundle(plan, export)


def _record(store: Store, book: HeadBook, number: int, kind: Kind, content: object) -> Record:
    written = write_canonical(content)
    opened = Opened(content=written, salt=salt_of(number)) if content else None
    return _prove(store, book, make_leaf(number, kind=kind, content=written), opened)


def _prove(store: Store, book: HeadBook, leaf: Leaf, opened: Opened | None) -> Record:
    (index,) = append(store, [leaf])
    signer = HeadSigner(store=store, book=book, keys=(LOG,), now=lambda: SIGNED_AT)
    note = parse_note(signer.sign().encode())
    lines = (*note.signatures, cosign(note.body, WITNESS, SIGNED_AT))
    size = parse_checkpoint(note.body).head.size
    with store.reading() as snapshot:
        checkpoint = Note(body=note.body, signatures=lines).write()
        proof = prove(snapshot, index, size, checkpoint).write()
    return Record(leaf=leaf.write(), proof=proof, opened=opened)


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as work:
        (FOLDER / "bundle.zip").write_bytes(make_bundle(Path(work)))
    (FOLDER / "policy.txt").write_text(POLICY, encoding="utf-8")
