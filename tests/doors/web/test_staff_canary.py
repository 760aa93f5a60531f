"""What is sealed is found nowhere: not in the rows, the files, the cache, the mail or the log.

The SQLite file is encrypted as a whole, so its bytes prove little: every row is read through the
connection, which opens the file, and searched as it stands in the table.
"""

import base64
import logging
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.apps import apps
from django.core import mail
from django.db import connection
from django.test import Client
from staff_pages import PASSWORD, Watch, fill_in, give_secrets, sign_in
from web_cast import find_sample

from bedside.doors.web import clock
from bedside.doors.web.quiet_log import QuietFormatter
from bedside.record.encounters.operations import Opening, record_encounter
from record_cast import Cast, begin

REASON = "canary-reason-7f3a she cannot breathe"
TYPED = "canary-typed-91bc half a sentence"
A_PIN = "86420135"
PLANTED = (REASON, TYPED, A_PIN, PASSWORD)


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[StringIO]:
    """Write the log as a hospital does, from every logger."""
    written = StringIO()
    handler = logging.StreamHandler(written)
    handler.setFormatter(QuietFormatter())
    names = ("", "django", "django.request", "django.security", "bedside")
    for name in names:
        logging.getLogger(name).addHandler(handler)
    monkeypatch.setattr(logging.getLogger(), "level", logging.DEBUG)
    yield written
    for name in names:
        logging.getLogger(name).removeHandler(handler)


@pytest.fixture
def planted(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> str:
    """Type all of it into the pages, once as it should be and once so that it is refused."""
    find_sample()
    watch = Watch()
    monkeypatch.setattr(clock, "tell_time", watch.tell)
    nurse = give_secrets(cast.nurse, pin="")
    client = sign_in(nurse)
    pins = {"pin": A_PIN, "again": A_PIN, "password": PASSWORD}
    client.post("/settings/pin", fill_in(**pins))
    client.post("/settings/pin", fill_in(**pins | {"again": "1"}))
    opening = Opening(unit="Intensive care", room="2")
    stay = record_encounter(begin(by=cast.physician), opening=opening, facts={})
    client.post(f"/glass/encounter/{stay.pk}", fill_in(reason=REASON))
    client.post("/lock/now")
    client.post(f"/glass/encounter/{stay.pk}", fill_in(nurse, reason=TYPED, **pins))
    client.post("/lock", {"pin": A_PIN[:-1]})
    Client().post("/accounts/login/", {"login": nurse.username, "password": f"{PASSWORD}x"})
    Client().post(f"/people/{uuid4()}/roles", fill_in(nurse, role=TYPED))
    return str(stay.pk)


def read_rows() -> Iterator[tuple[str, bytes]]:
    """Read every value of every row through the connection."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608 - our own tables
            for row in cursor.fetchall():
                for value in row:
                    yield table, _to_bytes(value)


def read_files() -> Iterator[tuple[str, bytes]]:
    """Read the database's own files, the write-ahead log among them."""
    name = str(connection.settings_dict["NAME"])
    for file in Path(name).parent.glob(f"{Path(name).name}*") if "/" in name else ():
        yield file.name, file.read_bytes()


def find(places: Iterator[tuple[str, bytes]], words: tuple[str, ...] = PLANTED) -> list[str]:
    """Find where a planted word stands, plain, in base64 or in hex."""
    return [
        f"{place}: {word[:14]}"
        for place, value in places
        for word in words
        for form in (
            word.encode(),
            base64.b64encode(word.encode())[:-4],
            word.encode().hex().encode(),
        )
        if form in value
    ]


def test_what_was_typed_lies_in_no_row_and_no_file(planted: str) -> None:
    rows = list(read_rows())

    assert find(iter(rows)) == []
    assert find(read_files()) == []
    assert len(rows) > 200
    # The search sees: what is not sealed is found by it.
    assert find(iter(rows), (str(UUID(planted)),)) or find(iter(rows), (UUID(planted).hex,))


def test_what_was_typed_stands_in_no_log_no_mail_and_no_cache(log: StringIO, planted: str) -> None:
    logging.getLogger("bedside").warning("the log is read")
    del planted

    assert "the log is read" in log.getvalue()
    assert find(iter([("log", log.getvalue().encode())])) == []
    assert mail.outbox == []
    model = apps.get_model("accounts", "CountedTry")
    assert model.objects.exists()
    kept = [("cache", _unpack(row.value)) for row in model.objects.all()]
    assert find(iter(kept)) == []


def test_the_search_finds_what_is_written_down_plainly(planted: str) -> None:
    del planted
    with connection.cursor() as cursor:
        cursor.execute("UPDATE accounts_person SET name = %s", [REASON])

    assert find(read_rows())


def _unpack(value: str) -> bytes:
    return base64.b64decode(value) + value.encode()


def _to_bytes(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
