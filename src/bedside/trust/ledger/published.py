"""A log as the files of C2SP tlog-tiles: what a web server may hand to anybody who watches it."""

import re

from bedside.trust.ledger.hashing import HASH_BYTES
from bedside.trust.ledger.store import Snapshot
from bedside.trust.ledger.tile import HEIGHT, WIDTH, pack_entries

PATH = re.compile(
    r"tile/(?:entries|([0-9]|[1-5][0-9]|6[0-3]))/((?:x[0-9]{3}/)*[0-9]{3})(?:\.p/([1-9][0-9]{0,2}))?"
)
LONGEST_PATH = 64


def find_published(snapshot: Snapshot, path: str, size: int) -> bytes | None:
    """Find what stands under a path in a log whose newest checkpoint has that size, or nothing."""
    if path == "checkpoint":
        note = snapshot.find_last_checkpoint()
        return note.encode() if note else None
    found = PATH.fullmatch(path) if len(path) <= LONGEST_PATH else None
    if found is None:
        return None
    level, digits, width = found.groups()
    index, wanted = int(re.sub("[x/]", "", digits)), int(width or WIDTH)
    held = min(WIDTH, (size >> HEIGHT * int(level or 0)) - index * WIDTH)
    if wanted > held or (width and wanted == WIDTH):
        return None
    if level is None:
        return _read_entries(snapshot, index * WIDTH, wanted)
    return snapshot.read_tile(int(level), index)[: wanted * HASH_BYTES]


def _read_entries(snapshot: Snapshot, start: int, count: int) -> bytes:
    leaves: list[bytes] = []
    for entry in snapshot.read_entries(start):
        if len(leaves) == count:
            break
        leaves.append(entry.leaf)
    return pack_entries(leaves)
