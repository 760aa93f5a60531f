"""Acts on the pages of a stay: duties, searches, officers, calls, closing."""

from datetime import timedelta

import pytest
from django.test import Client
from stays_web_cast import Clock, enter, look, open_stay, send
from web_cast import read

from bedside.doors.web import clock
from bedside.record.accounts.models import Person
from bedside.record.encounters.models import Call
from bedside.record.encounters.operations import Opening, record_encounter
from record_cast import NIGHT, Cast, begin


@pytest.fixture(autouse=True)
def watch(monkeypatch: pytest.MonkeyPatch) -> Clock:
    watch = Clock()
    monkeypatch.setattr(clock, "tell_time", watch.tell)
    return watch


def test_a_stranger_is_led_to_sign_in(cast: Cast) -> None:
    stay = open_stay(cast.nurse)

    response = Client().get(f"/stays/{stay.pk}")

    assert response["Location"].startswith("/accounts/login/")
    assert isinstance(cast.nurse, Person)


def test_a_duty_is_done_from_the_page_and_not_twice(cast: Cast) -> None:
    stay, client = (
        open_stay(cast.nurse, legal_restraint="one_limb", agency="ice"),
        enter(cast.nurse),
    )
    client.get(f"/stays/{stay.pk}")
    duty = stay.duties.first()
    assert duty is not None

    done = send(client, f"/stays/{stay.pk}/duties/{duty.pk}")
    late = send(client, f"/stays/{stay.pk}/duties/{duty.pk}")

    assert (done.status_code, late.status_code) == (302, 409)
    assert "Done or closed" in read(look(client, f"/stays/{stay.pk}"))


def test_a_stay_is_found_by_number_and_by_code_and_a_wrong_one_says_so(cast: Cast) -> None:
    stay, client = open_stay(cast.nurse), enter(cast.nurse)

    by_number = send(client, "/stays/searches", number="canary-4711")
    by_code = send(client, "/stays/searches", number=stay.code)
    none = send(client, "/stays/searches", number="canary-4712")

    assert by_number["Location"] == by_code["Location"] == f"/stays/{stay.pk}"
    assert none.status_code == 404
    assert "That you looked is noted" in read(none)


def test_a_search_does_not_open_a_stay_of_another_unit(cast: Cast) -> None:
    opening = Opening(unit="Emergency", room="7", number="4713")
    record_encounter(begin(), opening=opening, facts={})

    found = send(enter(cast.nurse), "/stays/searches", number="4713")

    assert found.status_code == 403


def test_the_relief_signs_and_the_authority_is_checked(cast: Cast, watch: Clock) -> None:
    stay, client = open_stay(cast.nurse), enter(cast.nurse)
    send(client, f"/stays/{stay.pk}/officers", agency="ice", identity="first")
    first = stay.officers.get()
    assert client.get(f"/stays/{stay.pk}/officers/{first.pk}/reliefs").status_code == 200

    signed = {"leaving_signed": "yes", "coming_signed": "yes", "oriented": "yes"}
    path = f"/stays/{stay.pk}/officers/{first.pk}/reliefs"
    send(client, path, agency="ice", identity="second", **signed)
    watch.at = NIGHT + timedelta(minutes=1)
    send(client, f"/stays/{stay.pk}/authority", outcome="same_paper")

    page = read(look(client, f"/stays/{stay.pk}"))
    assert "second" in page
    assert "first" not in page
    assert "Terms passed on, both signed" in page
    assert "Authority to be checked: due in 12 hours" in page


def test_an_officer_who_left_is_no_longer_shown(cast: Cast) -> None:
    stay, client = open_stay(cast.nurse), enter(cast.nurse)
    send(client, f"/stays/{stay.pk}/officers", agency="cbp", identity="kanarienvogel")
    officer = stay.officers.get()

    send(client, f"/stays/{stay.pk}/officers/{officer.pk}/departures")

    assert "kanarienvogel" not in read(look(client, f"/stays/{stay.pk}"))


def test_a_call_without_anybody_answering_needs_no_name(cast: Cast) -> None:
    stay, client = open_stay(cast.physician, agency="ice"), enter(cast.physician)
    path = f"/stays/{stay.pk}/calls"

    nameless = send(client, path, outcome="agreed", words="fine")
    silent = send(client, path, outcome="no_answer", agency="ice", phone="555-0142")

    assert nameless.status_code == 400
    assert "Who answered: nothing is written here" in read(nameless)
    assert "fine" in nameless.content.decode()
    assert silent.status_code == 302
    assert Call.objects.get().outcome == "no_answer"


def test_closing_says_why_and_the_list_forgets_the_stay(cast: Cast) -> None:
    stay, client = open_stay(cast.nurse), enter(cast.nurse)

    send(client, f"/stays/{stay.pk}/closings", why="custody_ended", version="1")

    stay.refresh_from_db()
    assert (stay.closed_at, stay.closed_why) == (NIGHT, "custody_ended")
    assert stay.code not in read(look(client, "/stays"))
