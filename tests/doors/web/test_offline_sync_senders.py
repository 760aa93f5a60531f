"""What waited on a device is taken from its author alone, while the session stands."""

import json
from datetime import timedelta

import pytest
from django.test import Client
from stays_web_cast import Clock, enter
from sync_cast import open_earlier, said, send, states, write_mark

from bedside.doors.web import clock
from bedside.record.accounts.roles import Role
from bedside.record.encounters.models import Encounter
from bedside.record.presence.models import Mark
from record_cast import NIGHT, OTHER_SITE, Cast, hire, open_hospital


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


def test_whoever_may_not_write_of_a_stay_may_send_reports_and_no_note(
    cast: Cast, stay: Encounter
) -> None:
    client = enter(cast.privacy_officer)

    answer = send(client, write_mark(stay))

    assert states(answer) == ["refused"]
    assert not Mark.objects.exists()
