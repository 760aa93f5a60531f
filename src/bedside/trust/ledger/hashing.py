"""The hashes of RFC 9162, section 2.1: of a leaf, of two children, of a whole list."""

from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256

HASH_BYTES = 32
EMPTY_ROOT = sha256(b"").digest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Head:
    """A tree at one size: how many leaves, and the root over them."""

    size: int
    root: bytes


EMPTY_HEAD = Head(size=0, root=EMPTY_ROOT)


def hash_leaf(leaf: bytes) -> bytes:
    """Hash the bytes of one leaf."""
    return sha256(b"\x00" + leaf).digest()


def hash_children(left: bytes, right: bytes) -> bytes:
    """Hash two neighbouring subtrees into their parent."""
    return sha256(b"\x01" + left + right).digest()


def hash_hashes(hashes: Sequence[bytes]) -> bytes:
    """Hash a list of leaf hashes, or of equal subtrees, into the root over them."""
    if not hashes:
        return EMPTY_ROOT
    row = list(hashes)
    while len(row) > 1:
        pairs = zip(row[::2], row[1::2], strict=False)
        row = [sha256(b"\x01" + left + right).digest() for left, right in pairs] + (
            [row[-1]] if len(row) % 2 else []
        )
    return row[0]


def cut_hashes(run: bytes) -> list[bytes]:
    """Cut a run of hashes written one after another, as tiles hold them."""
    return [run[at : at + HASH_BYTES] for at in range(0, len(run), HASH_BYTES)]
