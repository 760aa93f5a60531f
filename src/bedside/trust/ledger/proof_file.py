"""One text file that proves an entry offline: C2SP tlog-proof."""

import base64
import binascii
from dataclasses import dataclass
from typing import ClassVar

from bedside.trust.ledger.checkpoint import WHOLE, decode_hash
from bedside.trust.ledger.hashing import hash_leaf
from bedside.trust.ledger.policy import Judged, Policy, judge
from bedside.trust.ledger.proof import LONGEST_PROOF, verify_inclusion
from bedside.trust.ledger.refusal import Refusal

FIRST_LINE = "c2sp.org/tlog-proof@v1"
LARGEST_PROOF = 512 * 1024


class ProofUnreadable(Refusal):
    """A proof file that breaks the format."""

    code: ClassVar[str] = "ledger.proof-unreadable"
    en: ClassVar[str] = "this is not a whole tlog-proof file; ask the site for a fresh one"
    es: ClassVar[str] = "este archivo tlog-proof no está entero; pida al sitio uno nuevo"


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofFile:
    """An index, the path from the leaf to the root, and the signed checkpoint."""

    index: int
    path: tuple[bytes, ...]
    checkpoint: str
    extra: bytes = b""  # not authenticated by anything

    def write(self) -> str:
        """Write the file."""
        extra = f"extra {base64.b64encode(self.extra).decode()}\n" if self.extra else ""
        path = "".join(base64.b64encode(one).decode() + "\n" for one in self.path)
        return f"{FIRST_LINE}\n{extra}index {self.index}\n{path}\n{self.checkpoint}"


def parse_proof_file(text: bytes) -> ProofFile:
    """Take a proof file apart; believes nothing in it."""
    if len(text) > LARGEST_PROOF:
        raise ProofUnreadable
    try:
        top, gap, checkpoint = text.decode("utf-8").partition("\n\n")
        first, *lines = top.split("\n")
        extra = b""
        if lines and lines[0].startswith("extra "):
            extra = base64.b64decode(lines.pop(0).removeprefix("extra "), validate=True)
    except (UnicodeDecodeError, binascii.Error, ValueError) as error:
        raise ProofUnreadable from error
    word, _, index = lines[0].partition(" ") if lines else ("", "", "")
    path = [decode_hash(line) for line in lines[1:]]
    whole = first == FIRST_LINE and word == "index" and gap and WHOLE.fullmatch(index)
    if not whole or len(path) > LONGEST_PROOF:
        raise ProofUnreadable
    hashes = tuple(one for one in path if one is not None)
    if len(hashes) != len(path):
        raise ProofUnreadable
    return ProofFile(index=int(index), path=hashes, checkpoint=checkpoint, extra=extra)


def verify_proof_file(leaf: bytes, text: bytes, policy: Policy, *, now: int) -> Judged:
    """Raise unless the leaf is in a log, at a checkpoint, that the policy believes."""
    proof = parse_proof_file(text)
    judged = judge(proof.checkpoint.encode(), policy, now=now)
    verify_inclusion(hash_leaf(leaf), proof.index, judged.checkpoint.head, proof.path)
    return judged
