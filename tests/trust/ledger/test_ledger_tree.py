"""The tree: published vectors, a plain reference, and proofs that were tampered with."""

import base64
import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ledger_cast import MemoryTiles, Recorder, plain_root, read_json_sample, tally, times

from bedside.trust.ledger import proof as proof_module
from bedside.trust.ledger.hashing import Head, hash_leaf
from bedside.trust.ledger.proof import ProofRefused, verify_consistency, verify_inclusion
from bedside.trust.ledger.tile import TileMissing, entries_path, tile_path, tile_widths
from bedside.trust.ledger.tree import (
    find_consistency_path,
    find_inclusion_path,
    grow_tiles,
    hash_range,
)

EDGES = (1, 2, 3, 254, 255, 256, 257, 511, 512, 513)


def make_leaves(count: int) -> list[bytes]:
    return [b"leaf %d" % number for number in range(count)]


def grow(tiles: MemoryTiles, size: int, leaves: list[bytes]) -> None:
    fresh = [hash_leaf(leaf) for leaf in leaves]
    tiles.tiles |= {(level, at): tile for level, at, tile in grow_tiles(tiles, size, fresh)}


def tree_of(count: int) -> MemoryTiles:
    tiles = MemoryTiles()
    grow(tiles, 0, make_leaves(count))
    return tiles


def accepts(check: Callable[..., None], *given: object) -> bool:
    try:
        check(*given)
    except ProofRefused:
        return False
    return True


def check_vector(vector: dict[str, Any]) -> None:
    path = [base64.b64decode(one) for one in vector["proof"] or ()]
    if "leafHash" in vector:
        head = Head(size=vector["treeSize"], root=base64.b64decode(vector["root"]))
        leaf = base64.b64decode(vector["leafHash"] or "")
        verify_inclusion(leaf, vector["leafIdx"], head, path)
    else:
        old = Head(size=vector["size1"], root=base64.b64decode(vector["root1"]))
        new = Head(size=vector["size2"], root=base64.b64decode(vector["root2"]))
        verify_consistency(old, new, path)


def test_the_published_vectors_are_judged_as_their_authors_judge_them() -> None:
    vectors = read_json_sample("merkle/vectors.json")

    disagreed = {one["name"] for one in vectors if accepts(check_vector, one) == one["wantErr"]}

    assert len(vectors) == 196
    assert disagreed <= {"consistency/additional/sizes-are-equal-one-and-proof-is-empty.json"}


@pytest.mark.parametrize("size", EDGES)
def test_roots_and_proofs_of_every_earlier_size_agree_with_the_plain_reference(size: int) -> None:
    tiles, leaves = tree_of(size), make_leaves(size)
    head = Head(size=size, root=plain_root(leaves))

    for old in {1, size, *(edge for edge in EDGES if edge <= size)}:
        before = Head(size=old, root=plain_root(leaves[:old]))
        assert hash_range(tiles, 0, old) == before.root
        verify_consistency(before, head, find_consistency_path(tiles, old, size))
        path = find_inclusion_path(tiles, old - 1, size)
        verify_inclusion(hash_leaf(leaves[old - 1]), old - 1, head, path)


@settings(max_examples=times(30, soak=1000), deadline=None)
@given(st.lists(st.integers(1, 300), min_size=1, max_size=6))
def test_it_does_not_matter_in_which_portions_a_tree_was_grown(portions: list[int]) -> None:
    leaves, tiles, size = make_leaves(sum(portions)), MemoryTiles(), 0

    for portion in portions:
        grow(tiles, size, leaves[size : size + portion])
        size += portion

    assert tiles.tiles == tree_of(size).tiles


def test_tiles_have_the_widths_and_names_that_tlog_tiles_gives_as_its_example() -> None:
    widths = tile_widths(70_000)

    assert [divmod(width, 256) for width in widths] == [(273, 112), (1, 17), (0, 1)]
    assert tile_path(0, 1_234_067) == "tile/0/x001/x234/067"
    assert tile_path(1, 1, 17) == "tile/1/001.p/17"


def test_an_entry_bundle_has_the_name_that_tlog_tiles_gives_it() -> None:
    assert entries_path(1_234_067) == "tile/entries/x001/x234/067"
    assert entries_path(1, 17) == "tile/entries/001.p/17"


def test_growing_from_a_tile_that_lost_hashes_is_refused() -> None:
    tiles = tree_of(300)
    tiles.tiles[0, 1] = tiles.tiles[0, 1][:-32]

    with pytest.raises(TileMissing, match="tile 0/1 is missing or too short"):
        grow(tiles, 300, make_leaves(1))


def count_wrong_acceptances(tries: int) -> int:
    """Change something in right proofs and count how many are still believed."""
    dice = random.Random(20261125)  # noqa: S311 - the same mutations in every run
    right = make_right_proofs(dice)
    wrong = 0
    for _ in range(tries):
        old, index, head, parts = dice.choice(right)
        parts = list(parts)
        mutate(parts, dice)
        first, root, *path = parts
        changed = replace(head, root=root)
        if old is None:
            wrong += accepts(proof_module.verify_inclusion, first, index, changed, path)
        else:
            before = Head(size=old, root=first)
            wrong += accepts(proof_module.verify_consistency, before, changed, path)
    return wrong


Right = tuple[int | None, int, Head, list[bytes]]


def make_right_proofs(dice: random.Random) -> list[Right]:
    """Make proofs of inclusion and consistency in trees of many sizes."""
    tiles, leaves = tree_of(700), make_leaves(700)
    right: list[Right] = []
    for _ in range(200):
        size = dice.randint(2, 700)
        index, old = dice.randrange(size), dice.randint(1, size - 1)
        head = Head(size=size, root=hash_range(tiles, 0, size))
        path = find_inclusion_path(tiles, index, size)
        right.append((None, index, head, [hash_leaf(leaves[index]), head.root, *path]))
        path = find_consistency_path(tiles, old, size)
        right.append((old, 0, head, [hash_range(tiles, 0, old), head.root, *path]))
    return right


def mutate(parts: list[bytes], dice: random.Random) -> None:
    at, kind = dice.randrange(len(parts)), dice.randrange(4)
    if kind == 0 and len(parts) > 2:
        del parts[dice.randrange(2, len(parts))]
    elif kind == 1:
        parts.insert(dice.randint(2, len(parts)), dice.choice(parts))
    elif kind == 2 and at and parts[at] != parts[at - 1]:
        parts[at], parts[at - 1] = parts[at - 1], parts[at]
    else:
        flipped = bytearray(parts[at])
        flipped[dice.randrange(32)] ^= 1 << dice.randrange(8)
        parts[at] = bytes(flipped)


def test_no_changed_proof_is_believed(record_property: Recorder) -> None:
    tries = times(20_000, soak=1_000_000)

    wrong = count_wrong_acceptances(tries)

    tally(record_property, "proofs changed", tries, wrong)
    assert wrong == 0


def test_a_verifier_that_forgets_the_length_would_be_caught(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def careless(leaf: bytes, index: int, head: Head, path: list[bytes]) -> None:
        for cut in range(len(path) + 1):
            if accepts(verify_inclusion, leaf, index, head, path[:cut]):
                return
        raise ProofRefused(why=proof_module.OTHER_ROOT)

    monkeypatch.setattr(proof_module, "verify_inclusion", careless)

    wrong = count_wrong_acceptances(2_000)

    assert wrong > 0
