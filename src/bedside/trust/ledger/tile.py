"""Tiles as in C2SP tlog-tiles: runs of up to 256 hashes; where each lies and what it is called."""

from typing import ClassVar

from bedside.trust.ledger.hashing import HASH_BYTES
from bedside.trust.ledger.refusal import Refusal

HEIGHT = 8  # levels of the tree in one tile
WIDTH = 1 << HEIGHT
FULL = WIDTH * HASH_BYTES


class TileMissing(Refusal):
    """A stored tile that is not there, or is shorter than its tree needs."""

    code: ClassVar[str] = "ledger.tile-missing"
    en: ClassVar[str] = (
        "tile {level}/{index} is missing or too short; stop writing and run the ledger check"
    )
    es: ClassVar[str] = (
        "falta el mosaico {level}/{index} o está incompleto; no escriba más y revise el libro"
    )


def tile_widths(size: int) -> list[int]:
    """Count for each level the hashes that a tree of that size keeps in its tiles."""
    widths = []
    while size:
        widths.append(size)
        size >>= HEIGHT
    return widths


def tile_path(level: int, index: int, width: int = WIDTH) -> str:
    """Write the C2SP path of a tile; a partial one ends in its width."""
    partial = "" if width == WIDTH else f".p/{width}"
    return f"tile/{level}/{_digits(index)}{partial}"


def entries_path(index: int, width: int = WIDTH) -> str:
    """Write the C2SP path of the bundle of entries under one level 0 tile."""
    partial = "" if width == WIDTH else f".p/{width}"
    return f"tile/entries/{_digits(index)}{partial}"


def pack_entries(leaves: list[bytes]) -> bytes:
    """Write leaves as a C2SP entry bundle: each behind its length in two bytes."""
    return b"".join(len(leaf).to_bytes(2, "big") + leaf for leaf in leaves)


def _digits(index: int) -> str:
    groups = [f"{index % 1000:03}"]
    while index := index // 1000:
        groups.append(f"x{index % 1000:03}")
    return "/".join(reversed(groups))
