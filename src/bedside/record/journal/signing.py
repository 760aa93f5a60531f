"""Signing the head of a site's log: what anybody outside can hold the hospital to."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from bedside.record.journal.ledger import RecordStore, find_origin
from bedside.record.vault.master import Master
from bedside.trust.ledger.append import prove
from bedside.trust.ledger.checkpoint import parse_checkpoint
from bedside.trust.ledger.heads import open_book
from bedside.trust.ledger.key import Algorithm, SigningKey
from bedside.trust.ledger.leaf import Lane
from bedside.trust.ledger.note import parse_note
from bedside.trust.ledger.policy import NONE, Policy, write_policy
from bedside.trust.ledger.signer import HeadSigner


class Notary:
    """Signs the head of one site's log, and proves entries at the heads it signed."""

    def __init__(self, signer: HeadSigner) -> None:
        self._signer = signer

    def sign(self) -> str:
        """Sign the log as it stands, after reading again what was added; never inside a write."""
        return self._signer.sign()

    def prove(self, place: int, checkpoint: str) -> str:
        """Write the proof that an entry stands under a signed head."""
        size = parse_checkpoint(parse_note(checkpoint.encode()).body).head.size
        with self._signer.store.reading() as snapshot:
            return prove(snapshot, place, size, checkpoint).write()

    def write_policy(self) -> str:
        """Write whom a reader of a bundle believes: this log's key, and so far no witness."""
        keys = tuple(key.verifier for key in self._signer.keys)
        return write_policy(Policy(logs=keys, witnesses={}, groups={}, quorum=NONE))


def find_signing_key(site: str, master: Master, lane: Lane = Lane.OPERATIONAL) -> SigningKey:
    """Find the key that signs the log of a lane."""
    return SigningKey(
        name=find_origin(site, lane),
        algorithm=Algorithm.ED25519,
        seed=master.log_seed(site, lane),
    )


@contextmanager
def open_notary(
    site: str,
    *,
    master: Master,
    heads: Path,
    now: Callable[[], int],
    lane: Lane = Lane.OPERATIONAL,
) -> Iterator[Notary]:
    """Open what signs for a site; `heads` is the book of heads signed before, apart from the log.

    The log looks restored from a copy, or has another history, if it no longer holds what the
    book says: then nothing is signed, and the refusal says what to do.
    """
    with closing(open_book(heads)) as book:
        yield Notary(
            HeadSigner(
                store=RecordStore(find_origin(site, lane)),
                book=book,
                keys=(find_signing_key(site, master, lane),),
                now=now,
            )
        )
