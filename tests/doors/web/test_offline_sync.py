"""What waited on a device is taken once, in order; what is refused comes back with a sentence."""

import json
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.test import Client
from stays_web_cast import Clock, enter, open_stay
from sync_cast import (
    EARLIER,
    TAPS,
    open_earlier,
    send,
    states,
    write_mark,
    write_request,
)

from bedside.doors.web import clock
from bedside.doors.web.offline.rows import MOST_ROWS
from bedside.record.encounters.models import Encounter
from bedside.record.encounters.operations import record_closing
from bedside.record.journal.queries import find_event
from bedside.record.paging.models import Page
from bedside.record.presence.models import Asked, Check, Mark, Restraint
from bedside.rules.screening.find import find_worries
from record_cast import NIGHT, Cast, begin, read_with


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


def test_the_rows_a_device_sends_at_once_fit_through_the_gate(
    nurse: Client, stay: Encounter
) -> None:
    rows = [write_mark(stay) for _ in range(MOST_ROWS)]

    assert states(send(nurse, *rows)) == ["kept"] * MOST_ROWS
    assert Mark.objects.count() == MOST_ROWS
