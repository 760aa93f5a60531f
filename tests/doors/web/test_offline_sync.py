"""What waited on a device is taken once, in order, from its author alone, whatever goes wrong."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError
from django.http import HttpResponse
from django.test import Client
from stays_web_cast import Clock, enter, open_stay
from web_cast import NURSING

from bedside.doors.web import clock
from bedside.doors.web.offline import acts, sync
from bedside.doors.web.offline.rows import MOST_ROWS
from bedside.record.accounts.roles import Role
from bedside.record.encounters.models import Encounter
from bedside.record.encounters.operations import record_closing
from bedside.record.journal.queries import find_event
from bedside.record.paging.models import Page
from bedside.record.presence.models import Asked, Check, Mark, Restraint
from bedside.rules.screening.find import find_worries
from record_cast import NIGHT, OTHER_SITE, Cast, begin, hire, open_hospital, read_with

TAPS = [[name, value] for name, value in NURSING.items() if name != "as_of"]
EARLIER = timedelta(minutes=40)
Row = dict[str, Any]


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
    found = open_stay(cast.nurse)
    Encounter.objects.filter(pk=found.pk).update(opened_at=NIGHT - timedelta(hours=6))
    return Encounter.objects.get(pk=found.pk)


def write_mark(stay: Encounter, **changes: object) -> Row:
    """Write the row of six taps as a device does."""
    row: Row = {
        "kind": "mark",
        "key": str(uuid4()),
        "stay": str(stay.pk),
        "device_at": (NIGHT - EARLIER).isoformat(),
        "fields": TAPS,
        "preset": "private",
    }
    return row | changes


def write_request(stay: Encounter, after: Row, **changes: object) -> Row:
    """Write the row of a request that was refused."""
    row: Row = {
        "kind": "request",
        "key": str(uuid4()),
        "stay": str(stay.pk),
        "device_at": (NIGHT - EARLIER).isoformat(),
        "after": after["key"],
        "preset": "private",
        "outcome": "refused",
        "words": "Please wait outside this door.",
        "answer": "I was told to stay.",
    }
    return row | changes


def send(client: Client, *rows: object, path: str = "/sync", **changes: str) -> HttpResponse:
    """Send rows as a device does, with what the house told it before."""
    greeting = json.loads(client.get("/sync").content)
    form = {"who": greeting["who"], "sent_at": NIGHT.isoformat(), "rows": json.dumps(rows)}
    answer = client.post(path, form | changes)
    assert isinstance(answer, HttpResponse)
    return answer


def states(answer: HttpResponse) -> list[str]:
    """Read what became of each row."""
    assert answer.status_code == 200
    return [row["state"] for row in json.loads(answer.content)["rows"]]


def said(answer: HttpResponse) -> str:
    """Read the sentence of the last row."""
    return str(json.loads(answer.content)["rows"][-1]["said"])


def test_rows_are_taken_in_order_with_the_time_at_which_they_happened(
    nurse: Client, stay: Encounter
) -> None:
    first = write_mark(stay, fields=[*TAPS, ["limb", "right_wrist"]])

    answer = send(nurse, first, write_request(stay, first))

    assert states(answer) == ["kept", "kept"]
    mark, asked = Mark.objects.get(), Asked.objects.get()
    assert (mark.position, mark.preset, mark.happened_at) == (
        "at_bedside",
        "private",
        NIGHT - EARLIER,
    )
    assert mark.noted_at == NIGHT
    assert (asked.mark, asked.outcome, asked.asked_at) == (mark, "refused", NIGHT - EARLIER)
    assert Restraint.objects.get().limb == "right_wrist"
    assert Page.objects.get().to_role == "charge_nurse"


def test_sending_twice_or_after_a_lost_answer_does_nothing_twice(
    nurse: Client, stay: Encounter
) -> None:
    first = write_mark(stay, fields=[*TAPS, ["limb", "waist"]])
    rows = [first, write_request(stay, first)]
    send(nurse, *rows)

    answers = [send(nurse, *rows), send(nurse, *rows, rows[0])]

    assert [states(one) for one in answers] == [["before"] * 2, ["before"] * 3]
    assert (Mark.objects.count(), Asked.objects.count(), Restraint.objects.count()) == (1, 1, 1)
    assert Page.objects.count() == 1


def test_two_devices_of_one_person_bring_their_rows_in_any_order(
    cast: Cast, stay: Encounter
) -> None:
    phone, tablet = enter(cast.nurse), enter(cast.nurse)
    rows = [write_mark(stay) for _ in range(4)]

    answers = [send(phone, *rows[:2]), send(tablet, *rows[2:]), send(phone, *rows)]

    assert [states(one) for one in answers] == [["kept"] * 2, ["kept"] * 2, ["before"] * 4]
    assert Mark.objects.count() == 4


@pytest.mark.parametrize("off", [timedelta(days=1), -timedelta(days=1)], ids=["fast", "slow"])
def test_a_clock_that_is_a_day_off_is_kept_shown_and_not_believed(
    nurse: Client, stay: Encounter, off: timedelta
) -> None:
    row = write_mark(stay, device_at=(NIGHT - EARLIER + off).isoformat())

    answer = send(nurse, row, sent_at=(NIGHT + off).isoformat())

    assert json.loads(answer.content)["clock"] == int(off.total_seconds())
    assert Mark.objects.get().happened_at == NIGHT - EARLIER
    told = find_event(read_with(), UUID(row["key"]))
    assert told is not None
    assert (told.at, told.device_at) == (NIGHT, NIGHT - EARLIER + off)


def test_what_happened_lies_neither_ahead_nor_before_the_stay(
    nurse: Client, stay: Encounter
) -> None:
    early = write_mark(stay, device_at=(NIGHT - timedelta(days=9)).isoformat())
    late = write_mark(stay, device_at=(NIGHT + timedelta(days=9)).isoformat())

    send(nurse, early, late)

    assert sorted(Mark.objects.values_list("happened_at", flat=True)) == [stay.opened_at, NIGHT]


def test_a_look_at_a_restraint_is_due_again_from_when_it_was_taken(
    nurse: Client, stay: Encounter, hand: Clock
) -> None:
    send(nurse, write_mark(stay, fields=[*TAPS, ["limb", "left_wrist"]]))
    held = Restraint.objects.get()
    hand.at = NIGHT + timedelta(minutes=4)
    look = {
        "kind": "check",
        "key": str(uuid4()),
        "stay": str(stay.pk),
        "device_at": (NIGHT + timedelta(minutes=1)).isoformat(),
        "restraint": str(held.pk),
        "finding": "sound",
    }
    off = look | {"key": str(uuid4()), "finding": "off"}

    answer = send(nurse, look, off, sent_at=hand.at.isoformat())

    assert states(answer) == ["kept", "kept"]
    assert Check.objects.get().at == NIGHT + timedelta(minutes=1)
    held.refresh_from_db()
    assert held.check_due_at == NIGHT + timedelta(minutes=121)
    assert held.ended_at is not None
    assert states(send(nurse, look, off, sent_at=hand.at.isoformat())) == ["before", "before"]


def test_what_came_of_a_request_later_is_a_row_of_its_own(nurse: Client, stay: Encounter) -> None:
    first = write_mark(stay)
    asked = write_request(stay, first)
    later = asked | {"kind": "outcome", "key": str(uuid4()), "of": asked["key"], "outcome": "done"}
    later.pop("after")

    answer = send(nurse, first, asked, later)

    assert states(answer) == ["kept"] * 3
    assert Asked.objects.get().outcome == "done"


def test_a_closed_stay_refuses_with_its_sentence_and_the_next_row_goes_on(
    cast: Cast, nurse: Client, stay: Encounter
) -> None:
    other = open_stay(cast.nurse, room="9")
    record_closing(begin(by=cast.nurse), stay, why="left_hospital", version=stay.version)

    answer = send(nurse, write_mark(stay), write_mark(other))

    rows = json.loads(answer.content)["rows"]
    assert [row["state"] for row in rows] == ["refused", "kept"]
    assert "closed" in rows[0]["said"]
    assert Mark.objects.get().encounter_id == other.pk


def test_a_request_whose_note_was_refused_stands_alone(nurse: Client, stay: Encounter) -> None:
    wrong = write_mark(stay, fields=[["activity", "dancing"]])

    answer = send(nurse, wrong, write_request(stay, wrong))

    assert states(answer) == ["refused", "kept"]
    assert Asked.objects.get().mark is None


def test_words_that_may_not_be_kept_come_back_with_what_to_write_instead(
    nurse: Client, stay: Encounter
) -> None:
    first = write_mark(stay)
    words = "Call 212-555-0147 about her."
    assert all(worry.may_keep for worry in find_worries(words))

    row = write_request(stay, first, answer=words)
    answer = send(nurse, first, row)

    assert states(answer) == ["kept", "refused"]
    assert json.loads(answer.content)["rows"][1]["may_keep"] is True
    assert states(send(nurse, row | {"keep_anyway": True})) == ["kept"]
    never = write_request(stay, first, answer="She is undocumented.", keep_anyway=True)
    assert states(send(nurse, never)) == ["refused"]
    assert Asked.objects.count() == 1


# --- who may send


def test_rows_of_somebody_else_are_never_taken_under_this_name(
    cast: Cast, nurse: Client, stay: Encounter
) -> None:
    theirs = json.loads(enter(cast.physician).get("/sync").content)["who"]

    answer = send(nurse, write_mark(stay), who=theirs)

    assert answer.status_code == 403
    assert not Mark.objects.exists()


def test_two_people_get_two_keys_and_one_gets_the_same_again(cast: Cast) -> None:
    nurse, physician = enter(cast.nurse), enter(cast.physician)

    one, again = (json.loads(nurse.get("/sync").content) for _ in range(2))
    other = json.loads(physician.get("/sync").content)

    assert (one["who"], one["secret"]) == (again["who"], again["secret"])
    assert not {one["who"], one["secret"]} & {other["who"], other["secret"]}
    assert str(cast.nurse.pk) not in json.dumps(one)


def test_a_stay_of_another_hospital_is_not_there(stay: Encounter) -> None:
    open_hospital(OTHER_SITE)
    stranger = enter(hire(Role.BEDSIDE_NURSE, OTHER_SITE))

    answer = send(stranger, write_mark(stay))

    assert states(answer) == ["refused"]
    assert "nothing here" in said(answer)
    assert not Mark.objects.exists()


def test_a_forged_sending_is_refused(cast: Cast, stay: Encounter) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.nurse, backend="allauth.account.auth_backends.AuthenticationBackend")
    greeting = json.loads(client.get("/sync").content)
    form = {
        "who": greeting["who"],
        "sent_at": NIGHT.isoformat(),
        "rows": json.dumps([write_mark(stay)]),
    }

    without = client.post("/sync", form)
    elsewhere = client.post(
        "/sync",
        form | {"csrfmiddlewaretoken": greeting["token"]},
        headers={"Sec-Fetch-Site": "same-site"},
    )
    asked = client.get("/sync", headers={"Sec-Fetch-Site": "cross-site"})

    assert {without.status_code, elsewhere.status_code, asked.status_code} == {403}
    assert not Mark.objects.exists()
    client.post("/sync", form | {"csrfmiddlewaretoken": greeting["token"]})
    assert Mark.objects.count() == 1


def test_an_ended_or_locked_session_takes_nothing_and_leads_to_sign_in(
    nurse: Client, stay: Encounter, hand: Clock
) -> None:
    row = write_mark(stay)
    greeting = json.loads(nurse.get("/sync").content)
    form = {"who": greeting["who"], "sent_at": NIGHT.isoformat(), "rows": json.dumps([row])}
    hand.at = NIGHT + timedelta(minutes=6)

    locked = nurse.post("/sync", form)
    nurse.logout()
    ended = nurse.post("/sync", form)

    assert [one.status_code for one in (locked, ended)] == [302, 302]
    assert not Mark.objects.exists()


def test_a_person_who_may_not_write_gets_no_key(cast: Cast) -> None:
    answer = enter(cast.privacy_officer).get("/sync")

    assert answer.status_code == 403


# --- what is no row


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


def test_the_rows_a_device_sends_at_once_fit_through_the_gate(
    nurse: Client, stay: Encounter
) -> None:
    rows = [write_mark(stay) for _ in range(MOST_ROWS)]

    assert states(send(nurse, *rows)) == ["kept"] * MOST_ROWS
    assert Mark.objects.count() == MOST_ROWS
