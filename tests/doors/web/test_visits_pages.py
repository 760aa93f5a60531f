"""The pages of visits at the door: what they keep, whom they refuse, what they never lose."""

import re
from datetime import timedelta
from urllib.parse import unquote
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from visits_web_cast import Desk, find_version
from web_cast import BACKEND, read

from bedside.doors.web import clock
from bedside.record.accounts.roles import Role
from bedside.record.journal.models import Event
from bedside.record.paging.models import Page
from bedside.record.visits.known import Known
from bedside.record.visits.models import Moment, Visit
from bedside.record.visits.operations import record_visit
from bedside.record.visits.queries import find_known
from record_cast import OTHER_SITE, begin, open_hospital, read_with

pytestmark = pytest.mark.usefixtures("cast")


def kinds_of(visit: Visit) -> list[str]:
    return list(
        Event.objects.filter(about=visit.about).order_by("id").values_list("kind", flat=True)
    )


def known_of(visit: Visit) -> Known:
    visit.refresh_from_db()
    known = find_known(read_with(), visit)
    assert known is not None
    return known


def test_four_taps_and_a_button_record_the_visit_and_page_the_contact() -> None:
    desk = Desk()

    visit = desk.begin_visit()

    page = Page.objects.get(about=visit.about)
    assert page.to_role == "administrator_on_duty"
    assert known_of(visit).paper == "agency"
    said = read(desk.get(f"visits/{visit.pk}"))
    assert "I can't give permission to come in." in said
    assert "The rules on file advise: Wait for counsel" in said
    assert "4-1000" not in said  # the tests' hospital has no number for this role
    assert "no number on file" in said


def test_nothing_has_to_be_answered_first() -> None:
    desk = Desk()

    response = desk.send("visits/new")

    visit = Visit.objects.get()
    assert response.status_code == 302
    assert known_of(visit) == Known()
    assert "I'll call the person who can help you." in read(desk.get(f"visits/{visit.pk}"))


def test_a_form_that_is_sent_twice_leads_to_the_one_visit() -> None:
    desk, key = Desk(), str(uuid4())

    first = desk.send("visits/new", key=key, asks="enter")
    second = desk.send("visits/new", key=key, asks="enter")

    assert first.headers["Location"] == second.headers["Location"]
    assert Visit.objects.count() == 1
    assert Page.objects.count() == 1


def test_a_word_that_nobody_can_answer_is_refused_with_the_nearest() -> None:
    desk = Desk()

    response = desk.send("visits/new", asks="entr")

    assert response.status_code == 400
    assert "`asks` is never `entr`; did you mean `enter`?" in read(response)
    assert not Visit.objects.exists()


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("moments", {"what": "tackled"}),
        ("moments", {"what": "masked", "ago": "7"}),
        ("moments", {"what": "let_in", "role": "officer"}),
        ("moments", {}),
        ("calls", {"role": "patient"}),
        ("moments", {"what": "declined", "words": "x" * 2001}),
        ("corrections", {"text": "x" * 2001}),
        ("corrections", {"text": " "}),
    ],
)
def test_what_is_not_understood_is_said_and_nothing_is_kept(
    path: str, fields: dict[str, str]
) -> None:
    desk = Desk()
    visit = desk.begin_visit()

    response = desk.send(f"visits/{visit.pk}/{path}", **fields)

    assert response.status_code == 400
    assert kinds_of(visit) == ["visit.opened"]


def test_a_text_that_is_too_long_stays_on_the_page() -> None:
    desk = Desk()
    visit = desk.begin_visit()
    version = find_version(desk.get(f"visits/{visit.pk}/details"))
    long = "word " * 500

    response = desk.send(f"visits/{visit.pk}/details", version=version, their_words=long)

    assert response.status_code == 400
    assert "at most 2000 fit; shorten it" in read(response)
    assert long.strip() in response.content.decode()
    assert known_of(visit).their_words == ""


@pytest.mark.parametrize("count", ["21", "-1", "٣", "many", "1e1"])
def test_a_number_of_officers_that_is_none_is_refused(count: str) -> None:
    desk = Desk()
    visit = desk.begin_visit()

    response = desk.send(f"visits/{visit.pk}/details", version="1", count=count)

    assert response.status_code == 400
    assert f"`{count}` is no number of officers" in read(response)


def test_a_stale_form_keeps_what_was_typed_beside_what_stands() -> None:
    desk, colleague = Desk(), Desk(Role.HOSPITAL_SECURITY)
    visit = desk.begin_visit()
    stale = find_version(desk.get(f"visits/{visit.pk}/details"))
    colleague.send(f"visits/{visit.pk}/details", version=stale, count="3", door="main")

    refused = desk.send(f"visits/{visit.pk}/details", version=stale, count="4", place="Ward 3")

    assert refused.status_code == 409
    assert "Somebody else wrote: 3" in read(refused)
    assert 'value="Ward 3"' in refused.content.decode()
    assert known_of(visit).count == 3
    again = desk.send(
        f"visits/{visit.pk}/details", version=find_version(refused), count="4", place="Ward 3"
    )
    assert again.status_code == 302
    assert (known_of(visit).count, known_of(visit).door) == (4, "main")


def test_immigration_status_is_never_kept_and_the_page_offers_other_words() -> None:
    desk = Desk()
    visit = desk.begin_visit()

    response = desk.send(
        f"visits/{visit.pk}/moments",
        what="would_not_wait",
        words="He said she is undocumented.",
        keep_anyway="yes",
    )

    assert response.status_code == 422
    assert not Moment.objects.exists()
    assert "would_not_wait" in response.content.decode()  # the form goes on from where it was


def test_another_hospitals_visit_is_not_there_for_any_page() -> None:
    desk = Desk()
    open_hospital(OTHER_SITE)
    other = record_visit(begin(OTHER_SITE), known=Known(asks="enter"), came_at=begin().at)

    for page in ("", "/details", "/packet"):
        assert desk.get(f"visits/{other.pk}{page}").status_code == 404
    for page in ("moments", "calls", "corrections", "closings", "details"):
        sent = desk.send(f"visits/{other.pk}/{page}", what="masked", role="counsel", text="x")
        assert sent.status_code == 404
    assert len(kinds_of(other)) == 1


@pytest.mark.parametrize(
    ("role", "reads", "writes"),
    [
        (Role.FRONT_DESK, 200, 302),
        (Role.HOSPITAL_SECURITY, 200, 302),
        (Role.COUNSEL, 200, 403),
        (Role.ADMINISTRATOR_ON_DUTY, 200, 403),
        (Role.ETHICS, 403, 403),
        (Role.STAFF_KEEPER, 403, 403),
    ],
)
def test_a_role_reaches_what_it_may(role: Role, reads: int, writes: int) -> None:
    visit = Desk().begin_visit()
    somebody = Desk(role)

    assert somebody.get("visits").status_code == reads
    assert somebody.get(f"visits/{visit.pk}").status_code == reads
    assert somebody.send(f"visits/{visit.pk}/moments", what="masked").status_code == writes
    assert somebody.send("visits/new").status_code == writes


def test_reading_somebody_elses_visit_is_an_event_and_ones_own_is_not() -> None:
    desk, counsel = Desk(), Desk(Role.COUNSEL)
    visit = desk.begin_visit()

    desk.get(f"visits/{visit.pk}")
    counsel.get(f"visits/{visit.pk}")

    assert kinds_of(visit) == ["visit.opened", "visit.viewed"]


def test_the_administrator_answers_the_page_and_nobody_else_can() -> None:
    desk, administrator = Desk(), Desk(Role.ADMINISTRATOR_ON_DUTY)
    visit = desk.begin_visit()
    page = Page.objects.get()

    refused = desk.send(f"visits/{visit.pk}/calls/{page.pk}")
    answered = administrator.send(f"visits/{visit.pk}/calls/{page.pk}")

    page.refresh_from_db()
    assert (refused.status_code, answered.status_code) == (404, 302)
    assert page.answered_by_id == administrator.person.pk
    assert "answered at" in read(desk.get(f"visits/{visit.pk}"))


def test_the_list_shows_whom_a_page_waits_for() -> None:
    Desk().begin_visit()

    assert "You are called" in read(Desk(Role.ADMINISTRATOR_ON_DUTY).get("visits"))
    assert "You are called" not in read(Desk().get("visits"))


def test_how_long_it_took_to_call_is_told_from_the_times_in_the_record(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    desk = Desk()
    opened = clock.tell_time()
    monkeypatch.setattr(clock, "tell_time", lambda: opened + timedelta(seconds=42))

    visit = desk.begin_visit(began=opened.isoformat())

    assert visit.came_at == opened
    assert "paged · 42 seconds after they came" in read(desk.get(f"visits/{visit.pk}"))


@pytest.mark.parametrize("began", ["", "yesterday", "2020-01-01T00:00:00+00:00", "2999-01-01"])
def test_a_page_that_lay_open_says_nothing_of_when_they_came(began: str) -> None:
    visit = Desk().begin_visit(began=began)

    assert visit.came_at == visit.noted_at


def test_a_visit_that_ended_is_closed_and_then_takes_corrections_only() -> None:
    desk = Desk()
    visit = desk.begin_visit()
    desk.send(f"visits/{visit.pk}/moments", what="left")
    desk.send(f"visits/{visit.pk}/closings")

    late = desk.send(f"visits/{visit.pk}/moments", what="masked")
    corrected = desk.send(f"visits/{visit.pk}/corrections", text="Three officers, not two.")

    assert (late.status_code, corrected.status_code) == (409, 302)
    page = read(desk.get(f"visits/{visit.pk}"))
    assert "Three officers, not two." in page
    assert "What happens now?" not in page


def test_the_packet_is_not_kept_by_a_browser_and_taking_it_is_an_event() -> None:
    desk = Desk()
    visit = desk.begin_visit()

    response = desk.get(f"es/visits/{visit.pk}/packet")

    assert response.headers["Cache-Control"] == "no-store"
    assert kinds_of(visit)[-1] == "visit.exported"
    assert "Paquete de una visita" in read(response)
    assert "Aún falta:" in read(response)


def test_a_session_that_is_over_leads_to_signing_in_and_records_nothing() -> None:
    desk = Desk()
    desk.client.logout()

    response = desk.send("visits/new", asks="enter")

    assert response.status_code == 302
    assert "/accounts/login/" in response.headers["Location"]
    assert not Visit.objects.exists()


def test_a_slip_in_a_form_does_not_make_a_stale_form_new() -> None:
    desk, colleague = Desk(), Desk(Role.HOSPITAL_SECURITY)
    visit = desk.begin_visit()
    stale = find_version(desk.get(f"visits/{visit.pk}/details"))
    colleague.send(f"visits/{visit.pk}/details", version=stale, count="3")

    slip = desk.send(f"visits/{visit.pk}/details", version=stale, count="many", door="main")
    again = desk.send(f"visits/{visit.pk}/details", version=find_version(slip), count="4")

    assert (slip.status_code, again.status_code) == (400, 409)
    assert known_of(visit).count == 3


def test_a_form_that_says_nothing_new_leaves_no_event() -> None:
    desk = Desk()
    visit = desk.begin_visit()

    response = desk.send(f"visits/{visit.pk}/details", version="1", asks="enter", count="")

    assert response.status_code == 302
    assert kinds_of(visit) == ["visit.opened"]


def test_a_closed_visit_pages_nobody() -> None:
    desk = Desk()
    visit = desk.begin_visit()
    desk.send(f"visits/{visit.pk}/closings")

    response = desk.send(f"visits/{visit.pk}/calls", role="counsel")

    assert response.status_code == 409
    assert Page.objects.count() == 1


def test_a_page_about_another_visit_is_not_answered_here() -> None:
    desk, administrator = Desk(), Desk(Role.ADMINISTRATOR_ON_DUTY)
    first, second = desk.begin_visit(), desk.begin_visit()
    page = Page.objects.get(about=second.about)

    response = administrator.send(f"visits/{first.pk}/calls/{page.pk}")

    page.refresh_from_db()
    assert response.status_code == 404
    assert page.answered_at is None


def test_a_page_that_nobody_can_hear_says_so() -> None:
    desk = Desk()
    visit = desk.begin_visit()

    before = read(desk.get(f"visits/{visit.pk}"))
    Desk(Role.ADMINISTRATOR_ON_DUTY)

    assert "Nobody has this role here now; use the telephone." in before
    assert "Nobody has this role here now" not in read(desk.get(f"visits/{visit.pk}"))


def test_when_they_came_can_be_corrected_and_is_never_later_than_now() -> None:
    desk = Desk()
    visit = desk.begin_visit()
    local = visit.came_at.astimezone(ZoneInfo("America/Chicago"))
    later = (local + timedelta(minutes=2)).strftime("%H:%M")

    desk.send(f"visits/{visit.pk}/details", version="1", came=later)

    visit.refresh_from_db()
    assert visit.came_at < visit.noted_at
    wrong = desk.send(f"visits/{visit.pk}/details", version="2", came="25:00")
    assert wrong.status_code == 400
    assert "`25:00` is no time of day" in read(wrong)


def test_what_was_typed_comes_back_after_the_session_ended() -> None:
    desk = Desk()
    visit = desk.begin_visit()
    form = desk.get(f"visits/{visit.pk}/details").content.decode()
    typed_by = re.search(r'name="typed_by" value="([^"]*)"', form)
    assert typed_by
    desk.client.logout()

    ended = desk.send(
        f"visits/{visit.pk}/details", version="1", typed_by=typed_by[1], our_words="Please wait."
    )
    desk.client.force_login(desk.person, backend=BACKEND)
    back = desk.get(unquote(ended.headers["Location"].partition("next=")[2]).lstrip("/"))

    assert "Please wait." in back.content.decode()
    assert known_of(visit).our_words == ""


def test_one_tap_for_an_entry_without_consent_pages_administrator_and_counsel() -> None:
    desk = Desk()
    visit = desk.begin_visit()

    desk.send(f"visits/{visit.pk}/moments", what="entered")

    pages = Page.objects.filter(about=visit.about, reason="visit_entered")
    assert {page.to_role for page in pages} == {"administrator_on_duty", "counsel"}
    assert kinds_of(visit)[-1] == "visit.entered"
    assert "I won't stand in your way." in read(desk.get(f"visits/{visit.pk}"))
