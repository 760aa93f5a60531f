"""The tree over stored tiles: roots and proofs at any size, and growing it by new leaves."""

from collections.abc import Iterator, Sequence
from typing import Protocol

from bedside.trust.ledger.hashing import (
    EMPTY_ROOT,
    HASH_BYTES,
    cut_hashes,
    hash_children,
    hash_hashes,
)
from bedside.trust.ledger.tile import FULL, HEIGHT, WIDTH, TileMissing


class Tiles(Protocol):
    """Anything that can read the tiles of one log."""

    def read_tile(self, level: int, index: int) -> bytes:
        """Read a tile, whole or partial; nothing stored is no bytes."""


def hash_range(tiles: Tiles, start: int, end: int) -> bytes:
    """Hash the leaves from start up to end; start must be aligned, as in every proof."""
    parts: list[bytes] = []
    while start < end:
        height = (end - start).bit_length() - 1
        parts.append(_hash_perfect(tiles, start, height))
        start += 1 << height
    if not parts:
        return EMPTY_ROOT
    root = parts.pop()
    while parts:
        root = hash_children(parts.pop(), root)
    return root


def find_inclusion_path(tiles: Tiles, index: int, size: int) -> list[bytes]:
    """Find the hashes that lead from a leaf to the root of the tree of that size."""
    path: list[bytes] = []
    start, end = 0, size
    while end - start > 1:
        middle = start + _split(end - start)
        if index < middle:
            path.append(hash_range(tiles, middle, end))
            end = middle
        else:
            path.append(hash_range(tiles, start, middle))
            start = middle
    return path[::-1]


def find_consistency_path(tiles: Tiles, old: int, new: int) -> list[bytes]:
    """Find the hashes that show the tree of the new size to begin with that of the old size."""
    if old in {0, new}:
        return []
    path: list[bytes] = []
    start, end = 0, new
    while old != end:
        middle = start + _split(end - start)
        if old <= middle:
            path.append(hash_range(tiles, middle, end))
            end = middle
        else:
            path.append(hash_range(tiles, start, middle))
            start = middle
    if start:
        path.append(hash_range(tiles, start, end))
    return path[::-1]


def grow_tiles(
    tiles: Tiles, size: int, leaf_hashes: Sequence[bytes]
) -> Iterator[tuple[int, int, bytes]]:
    """Yield level, index and bytes of every tile that new leaf hashes begin, lengthen or fill."""
    level, fresh = 0, list(leaf_hashes)
    while fresh:
        count = size >> (HEIGHT * level)
        index, kept = divmod(count, WIDTH)
        run = _read_exactly(tiles, level, index, kept) + b"".join(fresh)
        fresh = []
        for at in range(0, len(run), FULL):
            tile = run[at : at + FULL]
            yield level, index + at // FULL, tile
            if len(tile) == FULL:
                fresh.append(hash_hashes(cut_hashes(tile)))
        level += 1


def _read_exactly(tiles: Tiles, level: int, index: int, width: int) -> bytes:
    tile = tiles.read_tile(level, index) if width else b""
    if len(tile) != width * HASH_BYTES:
        raise TileMissing(level=level, index=index)
    return tile


def _hash_perfect(tiles: Tiles, start: int, height: int) -> bytes:
    level, above = divmod(height, HEIGHT)
    index, offset = divmod(start >> (HEIGHT * level), WIDTH)
    first, last = offset * HASH_BYTES, (offset + (1 << above)) * HASH_BYTES
    run = tiles.read_tile(level, index)[first:last]
    if len(run) != last - first:
        raise TileMissing(level=level, index=index)
    return hash_hashes(cut_hashes(run))


def _split(count: int) -> int:
    """Find the largest power of two below a count."""
    return 1 << ((count - 1).bit_length() - 1)
