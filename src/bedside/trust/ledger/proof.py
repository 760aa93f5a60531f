"""Checking inclusion and consistency proofs as RFC 9162, sections 2.1.3.2 and 2.1.4.2."""

from collections.abc import Sequence
from typing import ClassVar

from bedside.trust.ledger.hashing import EMPTY_ROOT, HASH_BYTES, Head, hash_children
from bedside.trust.ledger.refusal import Refusal, Said

LONGEST_PROOF = 64  # a tree of 2**64 leaves needs no more

TOO_LONG = Said("it is too long", "es demasiado larga")
TOO_SHORT = Said("it is too short", "es demasiado corta")
OTHER_ROOT = Said("it leads to another root", "lleva a otra raíz")
OUTSIDE = Said("its index lies outside the tree", "su índice queda fuera del árbol")
SHRUNK = Said("the newer tree is the smaller one", "el árbol más nuevo es el más pequeño")
TWO_ROOTS = Said("one size has two roots", "un mismo tamaño tiene dos raíces")
NOT_EMPTY = Said("an empty tree has only one root", "un árbol vacío tiene una sola raíz")
ODD_HASH = Said("a hash in it is not 32 bytes long", "una huella no mide 32 bytes")


class ProofRefused(Refusal):
    """A proof that does not prove what it was brought for."""

    code: ClassVar[str] = "ledger.proof-refused"
    en: ClassVar[str] = "the proof does not hold: {why}; ask the site for a fresh proof"
    es: ClassVar[str] = "la prueba no se sostiene: {why}; pida al sitio una prueba nueva"


def verify_inclusion(leaf_hash: bytes, index: int, head: Head, path: Sequence[bytes]) -> None:
    """Raise unless the leaf stands at that index in the tree with that head."""
    _check_hashes([leaf_hash, head.root, *path])
    if not 0 <= index < head.size:
        raise ProofRefused(why=OUTSIDE)
    node, last, reached = index, head.size - 1, leaf_hash
    for sibling in path:
        if last == 0:
            raise ProofRefused(why=TOO_LONG)
        if node & 1 or node == last:
            reached = hash_children(sibling, reached)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            reached = hash_children(reached, sibling)
        node, last = node >> 1, last >> 1
    if last or reached != head.root:
        raise ProofRefused(why=OTHER_ROOT)


def verify_consistency(old: Head, new: Head, path: Sequence[bytes]) -> None:
    """Raise unless the new tree begins with every leaf of the old one, in the same order."""
    _check_hashes([old.root, new.root, *path])
    if not 0 <= old.size <= new.size:
        raise ProofRefused(why=SHRUNK)
    if old.size in {new.size, 0}:
        _check_trivial(old, new, path)
        return
    if not path:
        raise ProofRefused(why=TOO_SHORT)
    steps = list(path) if old.size & (old.size - 1) else [old.root, *path]
    if _climb(old.size - 1, new.size - 1, steps) != (old.root, new.root):
        raise ProofRefused(why=OTHER_ROOT)


def _check_trivial(old: Head, new: Head, path: Sequence[bytes]) -> None:
    if path:
        raise ProofRefused(why=TOO_LONG)
    if old.size == 0 and old.root != EMPTY_ROOT:
        raise ProofRefused(why=NOT_EMPTY)
    if old.size == new.size and old.root != new.root:
        raise ProofRefused(why=TWO_ROOTS)


def _climb(node: int, last: int, steps: Sequence[bytes]) -> tuple[bytes, bytes]:
    while node & 1:
        node, last = node >> 1, last >> 1
    old_root = new_root = steps[0]
    for step in steps[1:]:
        if last == 0:
            raise ProofRefused(why=TOO_LONG)
        if node & 1 or node == last:
            old_root, new_root = hash_children(step, old_root), hash_children(step, new_root)
            while not node & 1 and node:
                node, last = node >> 1, last >> 1
        else:
            new_root = hash_children(new_root, step)
        node, last = node >> 1, last >> 1
    if last:
        raise ProofRefused(why=TOO_SHORT)
    return old_root, new_root


def _check_hashes(hashes: Sequence[bytes]) -> None:
    if len(hashes) > LONGEST_PROOF + 2:
        raise ProofRefused(why=TOO_LONG)
    if any(len(one) != HASH_BYTES for one in hashes):
        raise ProofRefused(why=ODD_HASH)
