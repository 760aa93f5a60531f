"""What is no row is refused with a sentence, stops no other row, and is never a broken answer."""

import json
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import DatabaseError
from django.test import Client
from stays_web_cast import Clock, enter
from sync_cast import Row, open_earlier, send, states, write_mark

from bedside.doors.web import clock
from bedside.doors.web.offline import acts, sync
from bedside.doors.web.offline.rows import MOST_ROWS
from bedside.record.encounters.models import Encounter
from bedside.record.presence.models import Mark
from record_cast import Cast


@pytest.fixture(autouse=True)
def hand(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Give the house a clock that stands."""
    hand = Clock()
    monkeypatch.setattr(clock, "tell_time", hand.tell)
    return hand


@pytest.fixture
def nurse(cast: Cast) -> Client:
    """Sign the nurse in."""
    return enter(cast.nurse)


@pytest.fixture
def stay(cast: Cast) -> Encounter:
    """Open a stay in the nurse's unit, some hours ago."""
    return open_earlier(cast.nurse)


@pytest.mark.parametrize(
    "rows",
    ["", "no", "{}", "[]", "[" * 5_000, json.dumps([{}] * (MOST_ROWS + 1)), '"' + "a" * 9_000],
    ids=["nothing", "words", "table", "empty", "deep", "many", "long"],
)
def test_what_is_no_list_of_rows_is_refused_whole(nurse: Client, rows: str) -> None:
    answer = send(nurse, rows=rows)

    assert answer.status_code == 400
    assert "notes" in json.loads(answer.content)["said"]


WRONG: list[Callable[[Row], object]] = [
    lambda _: None,
    lambda _: 7,
    lambda row: row | {"kind": "spell"},
    lambda row: row | {"key": "no"},
    lambda row: row | {"stay": str(uuid4())},
    lambda row: row | {"stay": ["a"]},
    lambda row: row | {"device_at": "yesterday"},
    lambda row: row | {"device_at": "2026-11-24T08:00:00"},
    lambda row: row | {"device_at": "9999-12-31T23:59:59+00:00"},
    lambda row: row | {"fields": "activity=exam"},
    lambda row: row | {"fields": [["activity"]]},
    lambda row: row | {"fields": [["activity", "exam\0"]]},
    lambda row: row | {"fields": [["activity", "\ud800"]]},
    lambda row: row | {"fields": [["activity", "exam"]] * 99},
    lambda row: row | {"fields": [["as_of", "0001-01-01"]]},
    lambda row: row | {"preset": "p" * 999},
    lambda row: row | {"kind": "request", "outcome": "open"},
    lambda row: row | {"kind": "request", "outcome": "refused", "mark": str(uuid4())},
    lambda row: row | {"kind": "request", "outcome": "refused", "words": "w" * 501},
    lambda row: row | {"kind": "outcome", "outcome": "done"},
    lambda row: row | {"kind": "outcome", "outcome": "done", "of": str(uuid4())},
    lambda row: row | {"kind": "check", "finding": "sound", "restraint": str(uuid4())},
]


@pytest.mark.parametrize("number", range(len(WRONG)))
def test_a_row_that_cannot_be_done_is_refused_with_a_sentence_and_stops_no_other(
    nurse: Client, stay: Encounter, number: int
) -> None:
    wrong = WRONG[number](write_mark(stay))

    answer = send(nurse, wrong, write_mark(stay))

    assert states(answer) == ["refused", "kept"]
    rows = json.loads(answer.content)["rows"]
    assert rows[0]["said"]
    assert Mark.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "wanted"),
    [(DatabaseError("busy"), ["again"]), (KeyError("slip"), ["refused", "refused"])],
    ids=["database", "slip"],
)
def test_what_nobody_expected_is_no_five_hundred_and_loses_no_row(
    nurse: Client,
    stay: Encounter,
    monkeypatch: pytest.MonkeyPatch,
    wrong: Exception,
    wanted: list[str],
) -> None:
    def break_down(*_: object) -> None:
        raise wrong

    monkeypatch.setattr(sync, "do_row", break_down)

    answer = send(nurse, write_mark(stay), write_mark(stay))

    assert states(answer) == wanted
    monkeypatch.setattr(sync, "do_row", acts.do_row)
    assert not Mark.objects.exists()
