"""Counsel's pages: nobody else opens them, and a hold is told on the stay that it holds."""

import json

import pytest
from stays_web_cast import Clock, enter, look, open_stay, send
from web_cast import find_sample, read

from bedside.doors.web import clock
from bedside.record.accounts.roles import Role
from bedside.record.holds.models import Held, Hold
from bedside.record.journal.models import LegalEvent
from bedside.record.legal.models import Note
from record_cast import Cast, hire

CANARY = "canary: we should settle"
MATTER = "canary-matter about one night"


@pytest.fixture(autouse=True)
def time(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Turn the clock by hand at the sample hospital."""
    del cast
    find_sample()
    clock_ = Clock()
    monkeypatch.setattr(clock, "tell_time", clock_.tell)
    return clock_


def test_lc_05_counsel_adds_reads_and_takes_out_notes_and_nobody_else_does(cast: Cast) -> None:
    stay, counsel = open_stay(cast.nurse), enter(hire(Role.COUNSEL))

    send(counsel, "/legal/notes", text=CANARY, about=stay.code)

    page = read(look(counsel, "/legal/notes"))
    assert CANARY in page
    assert stay.code in page
    taken = send(counsel, "/legal/notes/exports")
    assert json.loads(taken.content)[0]["text"] == CANARY
    assert LegalEvent.objects.filter(kind="legal.exported").count() == 1
    for role in sorted(set(Role) - {Role.COUNSEL}):
        client = enter(hire(role))
        for path in ("/legal/notes", "/legal/holds"):
            answer = look(client, path)
            assert answer.status_code == 403
            assert "canary" not in answer.content.decode()
        assert send(client, "/legal/notes/exports").status_code == 403
        home = look(client, "/home").content.decode()
        assert "/legal/" not in home


def test_a_note_about_a_code_that_nobody_knows_is_asked_for_again(cast: Cast) -> None:
    del cast
    answer = send(enter(hire(Role.COUNSEL)), "/legal/notes", text=CANARY, about="ZZZ-999")

    assert answer.status_code == 400
    assert CANARY in answer.content.decode()
    assert not Note.objects.exists()


def test_lc_06_a_hold_is_set_by_code_or_address_told_on_the_stay_and_lifted(cast: Cast) -> None:
    stay, other = open_stay(cast.nurse), open_stay(cast.nurse, room="415")
    counsel = enter(hire(Role.COUNSEL))
    line = "Held for a legal matter"
    assert line not in read(look(enter(cast.nurse), f"/stays/{stay.pk}"))
    named = f"{stay.code}\nhttps://bedside.example/es/stays/{other.pk}/timeline"

    send(counsel, "/legal/holds", matter=MATTER, records=named)

    assert set(Held.objects.values_list("record", flat=True)) == {stay.about, other.about}
    for one in (stay, other):
        told = read(look(enter(cast.nurse), f"/stays/{one.pk}"))
        assert line in told
        assert "canary-matter" not in told
    assert MATTER in read(look(counsel, "/legal/holds"))
    send(counsel, f"/legal/holds/{Hold.objects.get().pk}/liftings")
    assert line not in read(look(enter(cast.nurse), f"/stays/{stay.pk}"))
    assert "lifted" in read(look(counsel, "/legal/holds"))


def test_lc_06_a_hold_on_a_time_is_told_on_the_stays_of_that_time(cast: Cast) -> None:
    stay, counsel = open_stay(cast.nurse), enter(hire(Role.COUNSEL))
    times = {"from_at": "2026-11-24T02:00", "until_at": "2026-11-24T03:00"}  # it is 02:50 there

    send(counsel, "/legal/holds", matter=MATTER, records="", **times)

    assert "Held for a legal matter" in read(look(enter(cast.nurse), f"/stays/{stay.pk}"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"records": "ZZZ-999"},
        {"records": "", "from_at": "2026-11-24T02:00"},
        {"records": "", "from_at": "yesterday", "until_at": "2026-11-24T03:00"},
        {"records": "stays/11111111-1111-4111-8111-111111111111"},
        {"records": "stays/not-an-id-at-all-but-36-characters-x"},
    ],
)
def test_what_names_nothing_here_is_said_back_and_nothing_is_held(
    cast: Cast, wrong: dict[str, str]
) -> None:
    del cast
    answer = send(enter(hire(Role.COUNSEL)), "/legal/holds", matter=MATTER, **wrong)

    assert answer.status_code == 400
    assert MATTER in answer.content.decode()
    assert not Hold.objects.exists()


@pytest.mark.parametrize("prefix", ["", "/es"])
def test_counsels_pages_speak_both_languages(cast: Cast, prefix: str) -> None:
    del cast
    counsel = enter(hire(Role.COUNSEL))
    for path in ("/legal/notes", "/legal/holds"):
        assert look(counsel, prefix + path).status_code == 200
