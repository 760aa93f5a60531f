"""Opens damaged and disguised files, one after another, and tells what became of them.

A program of its own, so that the memory of whoever opens the files is that of files alone:
`python attachments_fuzz.py <folder of sound files> <how many> <seed>` prints one line of JSON.
"""

import json
import random
import resource
import sys
from collections import Counter
from pathlib import Path

from bedside.record.attachments.copying import open_handed_in
from bedside.record.refusal import Refused

STARTS = (
    b"\xff\xd8\xff",
    b"\x89PNG\r\n\x1a\n",
    b"RIFF\0\0\0\0WEBP",
    b"%PDF-1.7\n",
    b"\xef\xbb\xbf",
)
EDGES = (b"\0", b"\xff", b"\x7f\xff\xff\xff", b"\xff\xff\xff\xff", b"\x80\0\0\0", b"9999999999")
MOST = 5 << 20


def spoil(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """Spoil a file in one to four ways."""
    for _ in range(chance.randint(1, 4)):
        at, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
        other = chance.choice(others)
        spoilt = (
            data[:at],
            data[:at] + chance.randbytes(chance.randint(1, 16)) + data[at + 1 :],
            data[:at] + data[end:],
            data[:end] + data[at:end] * chance.choice((1, 2, 60)) + data[end:],
            data[:at] + chance.choice(EDGES) + data[at + 4 :],
            data[:at] + other[chance.randrange(len(other)) :],
            chance.choice(STARTS) + data[at:],
            _flip(data, chance),
        )
        data = chance.choice(spoilt)[:MOST] or b"\0"
    return data


def _flip(data: bytes, chance: random.Random) -> bytes:
    flipped = bytearray(data)
    for _ in range(min(len(flipped), 30)):
        flipped[chance.randrange(len(flipped))] ^= 1 << chance.randrange(8)
    return bytes(flipped)


def main(folder: Path, many: int, seed: int) -> None:
    """Open so many spoilt files."""
    chance = random.Random(seed)  # noqa: S311 - to be drawn again
    sound = [file.read_bytes() for file in sorted(folder.iterdir())]
    became: Counter[str] = Counter()
    for _ in range(many):
        try:
            became[open_handed_in("x", spoil(chance.choice(sound), sound, chance)).kind] += 1
        except Refused as refused:
            became[refused.code] += 1
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    sys.stdout.write(json.dumps({"became": became, "peak_kib": peak}) + "\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
