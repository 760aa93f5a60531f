"""A report under a name that waited on a device is filed once, as its page would have filed it."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from stays_web_cast import Clock, enter
from sync_cast import EARLIER, Row, open_earlier, said, send, states, write_mark

from bedside.doors.web import clock
from bedside.record.encounters.models import Encounter
from bedside.record.journal.models import Event, SafetyEvent
from bedside.record.journal.queries import find_event
from bedside.record.presence.models import Mark
from bedside.record.reports.choices import MOST_WORDS
from bedside.record.reports.models import Report
from bedside.record.reports.queries import read_report
from bedside.trust.ledger.leaf import Lane
from record_cast import NIGHT, UNIT, Cast, read_with

WORDS = "The curtain was left open."
FIELDS = [
    ["lane", "safety"],
    ["type", "P2"],
    ["reached", "yes"],
    ["harm_psychological", "LA21150-0"],
    ["when", "now"],
    ["unit", UNIT],
    ["present", "officer"],
    ["words", WORDS],
]
Change = Callable[[Row], Row]


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


def write_report(**changes: object) -> Row:
    """Write the row of a report as a device does."""
    row: Row = {
        "kind": "report",
        "key": str(uuid4()),
        "stay": "",
        "device_at": (NIGHT - EARLIER).isoformat(),
        "fields": FIELDS,
    }
    return row | changes


def put(name: str, value: str) -> list[list[str]]:
    """Put another value in the place of what a field says."""
    return [*(pair for pair in FIELDS if pair[0] != name), [name, value]]


def test_it_is_filed_once_with_the_moments_of_the_device_however_often_it_comes(
    cast: Cast, nurse: Client
) -> None:
    row = write_report()

    answers = [send(nurse, row), send(nurse, row, row), send(enter(cast.nurse), row)]

    assert [states(one) for one in answers] == [["kept"], ["before"] * 2, ["before"]]
    report = Report.objects.get()
    assert (report.route, report.named_by, report.unit) == ("offline", cast.nurse.pk, UNIT)
    assert (report.types, report.reached_patient) == (["P2"], "yes")
    assert (report.discovered_at, report.happened_at) == (NIGHT - EARLIER,) * 2
    assert report.filed_at == NIGHT
    assert read_report(replace(read_with(), lane=Lane.SAFETY), report.pk).words == WORDS


def test_what_its_page_filed_before_the_answer_was_lost_is_not_filed_again(nurse: Client) -> None:
    row = write_report()
    nurse.post("/reports/new", {"key": row["key"], **dict(FIELDS)})

    assert states(send(nurse, row)) == ["before"]
    assert Report.objects.get().route == "icon"


@pytest.mark.parametrize("lane", [Lane.SAFETY, Lane.OPERATIONAL])
def test_it_stands_in_the_lane_that_its_form_chose_and_in_no_other(
    nurse: Client, lane: Lane
) -> None:
    row = write_report(fields=put("lane", lane.value))

    assert states(send(nurse, row)) == ["kept"]

    report = Report.objects.get()
    assert report.lane == lane
    told = find_event(replace(read_with(), lane=lane), UUID(row["key"]))
    assert told is not None
    assert (told.about, told.device_at) == (report.about, NIGHT - EARLIER)
    counts = {
        Lane.OPERATIONAL: Event.objects.filter(kind="report.filed").count(),
        Lane.SAFETY: SafetyEvent.objects.filter(kind="report.filed").count(),
    }
    assert counts == {one: int(one is lane) for one in counts}


def test_a_clock_that_is_off_is_set_right_and_a_moment_that_was_typed_stays(nurse: Client) -> None:
    off = timedelta(hours=5)
    row = write_report(
        device_at=(NIGHT - EARLIER + off).isoformat(),
        fields=[*FIELDS, ["happened", "2026-11-24T01:10"]],
    )

    send(nurse, row, sent_at=(NIGHT + off).isoformat())

    report = Report.objects.get()
    assert report.discovered_at == NIGHT - EARLIER
    assert report.happened_at is not None
    assert report.happened_at.minute == 10


def test_it_names_the_stay_and_the_note_that_it_was_made_from(
    nurse: Client, stay: Encounter
) -> None:
    send(nurse, write_mark(stay))
    mark = Mark.objects.get()
    rows = [write_report(stay=str(stay.pk)), write_report(stay=str(stay.pk), mark=str(mark.pk))]

    assert states(send(nurse, *rows)) == ["kept", "kept"]

    assert {one.mark for one in Report.objects.filter(stay=stay.pk)} == {None, mark.pk}


def test_a_row_of_another_person_is_refused_whole(cast: Cast, nurse: Client) -> None:
    who = json.loads(enter(cast.physician).get("/sync").content)["who"]

    assert send(nurse, write_report(), who=who).status_code == 403
    assert not Report.objects.exists()


@pytest.mark.parametrize("name", ["words", "narrative", "place", "asked"])
def test_words_that_are_never_kept_are_refused_though_they_are_meant(
    nurse: Client, name: str
) -> None:
    row = write_report(fields=put(name, "He said she is undocumented."), keep_anyway=True)

    answer = send(nurse, row)

    assert states(answer) == ["refused"]
    assert "undocumented" in said(answer)
    assert not Report.objects.exists()


def test_a_name_in_it_is_asked_about_and_kept_if_it_is_meant(nurse: Client) -> None:
    row = write_report(fields=put("words", "Officer Smithson stayed in the room."))

    answer = send(nurse, row)

    assert states(answer) == ["refused"]
    assert "Smithson" in said(answer)
    assert json.loads(answer.content)["rows"][0]["may_keep"] is True
    assert states(send(nurse, row | {"keep_anyway": True})) == ["kept"]


def test_a_patients_words_wait_for_her_consent_also_here(nurse: Client) -> None:
    spoken = put("patient_words", "Se rieron de mí.")
    row = write_report(fields=spoken)

    answer = send(nurse, row)

    assert states(answer) == ["refused"]
    assert "agrees" in said(answer)
    assert states(send(nurse, row | {"fields": [*spoken, ["agreed_to_file", "yes"]]})) == ["kept"]
    assert Report.objects.get().agreed_to_file is True


WRONG: list[Change] = [
    lambda row: row | {"fields": []},
    lambda row: row | {"fields": put("lane", "legal")},
    lambda row: row | {"fields": put("lane", "")},
    lambda row: row | {"fields": put("type", "Z9")},
    lambda row: row | {"fields": put("reached", "perhaps")},
    lambda row: row | {"fields": put("fact", "spell=yes")},
    lambda row: row | {"fields": put("when", "tomorrow")},
    lambda row: row | {"fields": put("words", "w" * (MOST_WORDS + 1))},
    lambda row: row | {"fields": put("place", "w" * 201)},
    lambda row: row | {"fields": put("words", "\ud800")},
    lambda row: row | {"fields": [["lane", "safety"]]},
    lambda row: row | {"fields": [*FIELDS, *([["type", "P2"]] * 120)]},
    lambda row: row | {"fields": [["lane", 7]]},
    lambda row: row | {"stay": "no"},
    lambda row: row | {"stay": str(uuid4())},
    lambda row: row | {"mark": str(uuid4())},
    lambda row: row | {"device_at": ""},
    lambda row: row | {"key": ""},
]


@pytest.mark.parametrize("number", range(len(WRONG)))
def test_a_report_that_cannot_be_filed_is_refused_with_a_sentence_and_stops_no_other(
    nurse: Client, number: int
) -> None:
    answer = send(nurse, WRONG[number](write_report()), write_report())

    assert states(answer) == ["refused", "kept"]
    assert json.loads(answer.content)["rows"][0]["said"]
    assert Report.objects.count() == 1


def test_a_note_of_the_stay_that_is_not_there_is_refused(nurse: Client, stay: Encounter) -> None:
    row = write_report(stay=str(stay.pk), mark=str(uuid4()))

    assert states(send(nurse, row)) == ["refused"]


def test_only_a_report_may_be_of_no_stay(nurse: Client, stay: Encounter) -> None:
    assert states(send(nurse, write_mark(stay) | {"stay": ""})) == ["refused"]
