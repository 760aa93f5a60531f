"""The leaves that the ledger and the hash chain are filled with."""

from collections.abc import Iterator
from datetime import UTC, datetime
from hashlib import sha256

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

BATCH = 10_000
SINGLES = 1000
DAY = datetime(2024, 3, 1, tzinfo=UTC)
SECRET = b"p" * 32


def leaves(start: int, count: int) -> Iterator[Leaf]:
    """Make leaves, one after another."""
    return (make_leaf(number, b"%d" % number) for number in range(start, start + count))


def make_leaf(number: int, content: bytes, kind: Kind = Kind.NOTED) -> Leaf:
    """Make the numbered leaf."""
    event = Pseudonym(key=SECRET, role=Role.EVENT, reference=str(number))
    who = Who(actor=ACTOR, event=event, object=OBJECT, site=SITE)
    return Leaf(
        kind=kind,
        lane=Lane.OPERATIONAL,
        hour=HOUR,
        who=who,
        commitment=Commitment(salt=salt_of(number), content=content),
        edition=EDITION,
    )


def salt_of(number: int) -> Salt:
    """Make the salt of a leaf."""
    return Salt(secret=sha256(b"%d" % number).digest())


def _name(role: Role, reference: str) -> Pseudonym:
    return Pseudonym(key=SECRET, role=role, reference=reference)


ACTOR, OBJECT = _name(Role.ACTOR, "nurse"), _name(Role.OBJECT, "encounter")
SITE, HOUR, EDITION = _name(Role.SITE, "site"), Hour(at=DAY), Edition(file=b"edition")
