"""What tells of anybody at the door stands nowhere in the database as it was typed."""

import json
from collections.abc import Iterator

import pytest
from django.db import connection

from bedside.record.accounts.roles import Role
from bedside.record.visits.known import MOST, read_known
from bedside.record.visits.operations import Happens, record_correction, record_moment, record_visit
from record_cast import NIGHT, Cast, begin, hire

TOLD = {name: f"canary-{name}" for name in MOST}


@pytest.fixture
def kept(cast: Cast) -> None:
    """Keep a visit whose every text is a canary."""
    del cast
    desk = hire(Role.FRONT_DESK)
    plain = {"asks": "enter", "agency": "tribal_police", "purpose": "criminal_enforcement"}
    known = read_known(json.dumps(plain | TOLD))
    visit = record_visit(begin(by=desk), known=known, came_at=NIGHT, call=["counsel"])
    moment = Happens(
        what="declined", happened_at=NIGHT, words="canary-words", witness="canary-witness"
    )
    record_moment(begin(by=desk), visit, moment=moment)
    record_correction(begin(by=desk), visit, text="canary-correction")


def dump() -> Iterator[bytes]:
    """Read every value of every table, as the database holds it."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - a name of our own
            for row in cursor.fetchall():
                yield from (_write(value) for value in row)


def _write(value: object) -> bytes:
    return (
        bytes(value) if isinstance(value, bytes | memoryview | bytearray) else str(value).encode()
    )


@pytest.mark.usefixtures("kept")
def test_no_sealed_value_of_a_visit_stands_in_any_table() -> None:
    everything = b"\n".join(dump())

    assert b"administrator_on_duty" not in everything
    assert b"counsel" in everything  # the search does see what is written openly
    found = [w for w in (b"canary", b"tribal_police", b"criminal_enf") if w in everything]
    assert not found
