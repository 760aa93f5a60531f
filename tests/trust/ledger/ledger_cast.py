"""What the ledger tests share: where the samples lie, how long to try, a plain reference tree."""

import json
import os
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from bedside.trust.ledger.key import Algorithm, SigningKey, make_key
from bedside.trust.ledger.leaf import (
    Commitment,
    Edition,
    Hour,
    Kind,
    Lane,
    Leaf,
    Pseudonym,
    Role,
    Salt,
    Who,
)

REPOSITORY = Path(__file__).resolve().parents[3]
SAMPLES = REPOSITORY.parent / "shared" / "samples"
FAULT = "fault"  # the name under which `fault_report` looks for it
SOAK = os.environ.get("BEDSIDE_SOAK") == "1"
Recorder = Callable[[str, object], None]  # pytest's `record_property`


def times(quick: int, *, soak: int) -> int:
    """Say how often to try: a slice in every run, the whole figure in a soak."""
    return soak if SOAK else quick


def tally(record: Recorder, kind: str, injected: int, missed: int) -> None:
    """Tell of faults, for the table at the end of a run: how many, and how many got past us."""
    record(FAULT, (kind, injected, missed))


def untold(name: str, value: object) -> None:
    """Record nothing: what a planted fault does to a check is not a result of the check."""
    del name, value


def read_sample(name: str) -> bytes:
    """Read a published sample, or skip with the reason where none are kept."""
    path = SAMPLES / name
    if not path.exists():
        pytest.skip("the published samples are not beside this checkout, so nothing was compared")
    return path.read_bytes()


def read_json_sample(name: str) -> Any:  # noqa: ANN401 - somebody else's JSON has any shape
    """Read a published sample that is JSON."""
    return json.loads(read_sample(name))


def plain_root(leaves: Sequence[bytes]) -> bytes:
    """Compute the root as RFC 9162 defines it: slowly, by recursion, with none of our code."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    middle = 1
    while middle * 2 < len(leaves):
        middle *= 2
    left, right = plain_root(leaves[:middle]), plain_root(leaves[middle:])
    return sha256(b"\x01" + left + right).digest()


class MemoryTiles:
    """Tiles in a dictionary."""

    def __init__(self) -> None:
        self.tiles: dict[tuple[int, int], bytes] = {}

    def read_tile(self, level: int, index: int) -> bytes:
        return self.tiles.get((level, index), b"")


NIGHT = datetime(2024, 3, 1, 2, 10, tzinfo=UTC)
PSEUDONYMS = b"p" * 32
EDITION = b'{"digest":"sha256:00","id":"2026.12"}'


def salt_of(number: int) -> Salt:
    """Make a salt that is the same in every run."""
    return Salt(secret=sha256(b"salt %d" % number).digest())


def name_for(role: Role, reference: str) -> Pseudonym:
    """Stand in for a reference."""
    return Pseudonym(key=PSEUDONYMS, role=role, reference=reference)


def make_leaf(number: int, *, kind: Kind = Kind.NOTED, content: bytes | None = None) -> Leaf:
    """Make the leaf of the numbered event."""
    said = b'{"note":%d}' % number if content is None else content
    return Leaf(
        kind=kind,
        lane=Lane.OPERATIONAL,
        hour=Hour(at=NIGHT),
        who=Who(
            actor=name_for(Role.ACTOR, "nurse"),
            event=name_for(Role.EVENT, f"event {number}"),
            object=name_for(Role.OBJECT, f"encounter {number % 7}"),
            site=name_for(Role.SITE, "sample hospital"),
        ),
        commitment=Commitment(salt=salt_of(number), content=said),
        edition=Edition(file=EDITION),
    )


def log_key(name: str = "hospital.example/operational/1") -> SigningKey:
    """Make the key of a log, the same in every run."""
    return make_key(name, Algorithm.ED25519, lambda count: sha256(name.encode()).digest()[:count])


def witness_key(name: str = "witness.example") -> SigningKey:
    """Make the key of a witness, the same in every run."""
    seed = sha256(name.encode()).digest()
    return make_key(name, Algorithm.COSIGNATURE, lambda count: seed[:count])


def leaves_between(start: int, end: int) -> list[Leaf]:
    """Make the leaves of the numbered events."""
    return [make_leaf(number) for number in range(start, end)]
