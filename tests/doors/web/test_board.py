"""The board: what needs somebody first, nothing of other units, nothing new in a few bytes."""

from datetime import timedelta

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from web_cast import find_sample, read

from bedside.doors.web import clock
from bedside.record.accounts.models import Person
from bedside.record.accounts.roles import Role
from bedside.record.encounters.models import Encounter
from bedside.record.encounters.operations import Opening, record_encounter
from bedside.record.paging.models import Page
from bedside.record.paging.operations import record_page_answered
from bedside.record.presence.ladder import Ladder
from bedside.record.presence.operations import Noted, record_mark
from bedside.record.presence.request_operations import CameOf, Request, record_request
from bedside.record.presence.words import Outcome
from record_cast import UNIT, Cast, begin, hire, stand

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def supervisor(cast: Cast) -> Person:
    """Hire the house supervisor."""
    del cast
    find_sample()
    return hire(Role.HOUSE_SUPERVISOR)


def open_board(person: Person, path: str = "/board", **headers: str) -> HttpResponse:
    """Sign somebody in and open the board."""
    client = Client()
    client.force_login(person, backend=BACKEND)
    response = client.get(path, headers=headers)
    assert isinstance(response, HttpResponse)
    return response


def add_stay(cast: Cast, room: str, unit: str = UNIT) -> Encounter:
    """Open a stay."""
    now = clock.tell_time()
    return record_encounter(
        begin(by=cast.nurse, at=now), opening=Opening(unit=unit, room=room), facts={}
    )


def refuse(cast: Cast, stay: Encounter, *, minutes_ago: int) -> None:
    """Let an officer refuse, some minutes ago."""
    at = clock.tell_time() - timedelta(minutes=minutes_ago)
    record_request(
        begin(by=cast.nurse, at=at),
        stay,
        request=Request(preset="private", words="Could you step out?"),
        came=CameOf(outcome=Outcome.REFUSED),
        ladder=Ladder(),
    )


def test_hs_02_a_refusal_that_nobody_answered_stands_on_top(cast: Cast, supervisor: Person) -> None:
    for room in ("1", "2", "3"):
        add_stay(cast, room)
    refuse(cast, add_stay(cast, "412"), minutes_ago=6)
    refuse(cast, add_stay(cast, "7"), minutes_ago=1)

    page = open_board(supervisor).content.decode()

    rooms = [part.split("</b>")[0] for part in page.split('class="r-room"><b>')[1:]]
    assert rooms[:2] == ["412", "7"]
    assert set(rooms[2:]) == {"1", "2", "3"}


def test_an_answered_refusal_says_that_somebody_is_on_it(cast: Cast, supervisor: Person) -> None:
    refuse(cast, add_stay(cast, "412"), minutes_ago=6)
    charge = hire(Role.CHARGE_NURSE, unit=UNIT)
    at = clock.tell_time()

    record_page_answered(begin(by=charge, at=at), stand(charge, at=at), Page.objects.get().pk)

    assert "somebody is on it" in read(open_board(supervisor))


def test_a_nurse_sees_her_own_unit_only(cast: Cast) -> None:
    find_sample()
    add_stay(cast, "412")
    add_stay(cast, "9", unit="Emergency")

    text = read(open_board(cast.nurse))

    assert "412" in text
    assert "Emergency" not in text


def test_not_observed_is_said_and_never_looks_like_no(cast: Cast, supervisor: Person) -> None:
    add_stay(cast, "412")

    assert "Not observed" in read(open_board(supervisor))


def test_a_poll_without_news_is_answered_in_a_few_bytes(
    cast: Cast, supervisor: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    stay = add_stay(cast, "412")
    now = clock.tell_time()
    monkeypatch.setattr(clock, "tell_time", lambda: now)
    page = open_board(supervisor).content.decode()
    seen = page.split('"X-Bedside-Seen": "')[1].split('"')[0]

    quiet = open_board(supervisor, "/board/rows", **{"X-Bedside-Seen": seen})
    record_mark(begin(by=cast.nurse, at=now), stay, noted=Noted(position="at_window", facts={}))
    loud = open_board(supervisor, "/board/rows", **{"X-Bedside-Seen": seen})

    assert (quiet.status_code, quiet.content) == (204, b"")
    assert loud.status_code == 200


def test_the_board_asks_as_much_of_the_database_for_many_stays_as_for_few(
    cast: Cast, supervisor: Person
) -> None:
    counts = []

    for number in range(12):
        refuse(cast, add_stay(cast, str(number)), minutes_ago=2)
        if number in {1, 11}:
            with CaptureQueriesContext(connection) as asked:
                open_board(supervisor)
            counts.append(len(asked))

    assert counts[0] == counts[1]
