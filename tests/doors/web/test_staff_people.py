"""The pages of whoever keeps staff accounts, of settings, of two hospitals, of openings."""

import re

import pytest
from allauth.usersessions.models import UserSession
from django.test import Client
from staff_pages import PASSWORD, SET_PIN, Watch, fill_in, give_secrets, read, sign_in
from web_cast import find_sample

from bedside.doors.web import clock
from bedside.record.accounts.models import Glass, Person
from bedside.record.accounts.operations import record_role
from bedside.record.accounts.roles import Role
from bedside.record.encounters.models import Encounter
from bedside.record.encounters.operations import Opening, record_encounter
from bedside.record.journal.queries import find_events_about
from bedside.record.paging.models import Page
from record_cast import NIGHT, OTHER_SITE, UNIT, Cast, begin, hire, open_hospital, read_with

REASON = "canary: her pressure fell and nobody else was there"


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    find_sample()
    watch = Watch()
    monkeypatch.setattr(clock, "tell_time", watch.tell)
    return watch


@pytest.fixture
def keeper(cast: Cast, watch: Watch) -> Client:
    del cast, watch
    return sign_in(give_secrets(hire(Role.STAFF_KEEPER)))


def list_kinds(person: Person) -> list[str]:
    return [told.kind.name for told in find_events_about(read_with(), f"person/{person.pk}")]


def test_a_person_is_added_once_however_often_the_form_is_sent(keeper: Client) -> None:
    form = fill_in(name="A nurse", username="new.nurse", role="bedside_nurse", unit=UNIT)

    first, second = (keeper.post("/people", form) for _ in range(2))

    person = Person.objects.get(username="new.nurse")
    assert first["Location"] == second["Location"] == f"/people/{person.pk}"
    assert list_kinds(person) == ["person.added"]
    assert "new.nurse" in read(keeper.get(f"/people/{person.pk}"))


def test_what_was_typed_stays_when_a_name_is_taken(keeper: Client, cast: Cast) -> None:
    form = fill_in(name="Typed name", username=cast.nurse.username, role="ethics")

    answer = keeper.post("/people", form)

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "choose another name" in read(answer)
    assert 'value="Typed name"' in page
    assert '<option value="ethics" selected>' in page


@pytest.mark.parametrize(
    "wrong", [{"role": "king"}, {"unit": "Moon"}, {"role": ""}], ids=["role", "unit", "none"]
)
def test_a_role_or_unit_that_the_hospital_does_not_have_is_refused(
    keeper: Client, wrong: dict[str, str]
) -> None:
    form = {"name": "A nurse", "username": "new.nurse", "role": "ethics", "unit": ""} | wrong

    answer = keeper.post("/people", fill_in(**form))

    assert answer.status_code == 400
    assert not Person.objects.filter(username="new.nurse").exists()


def test_a_new_person_sets_a_password_under_a_link_that_works_once(keeper: Client) -> None:
    form = fill_in(name="A nurse", username="new.nurse", role="bedside_nurse", unit="")
    keeper.post("/people", form)
    person = Person.objects.get(username="new.nurse")

    page = keeper.post(f"/people/{person.pk}/links", fill_in()).content.decode()
    link = re.search(r"http://testserver(/accounts/password/reset/key/[^<]+)", page)
    assert link
    visitor = Client()
    form_page = visitor.get(link[1], follow=True)
    sent = {"password1": PASSWORD, "password2": PASSWORD}
    done = visitor.post(form_page.redirect_chain[-1][0], sent, follow=True)

    assert "Your password is set" in read(done)
    assert sign_in(person).get("/home").status_code == 200
    assert "This link was used" in read(Client().get(link[1], follow=True))
    assert list_kinds(person)[:3] == [
        "person.signed-in",
        "person.secret-changed",
        "person.link-made",
    ]


def test_a_password_that_is_short_or_common_is_refused_with_a_sentence(keeper: Client) -> None:
    client = keeper
    sent = {"oldpassword": PASSWORD, "password1": "password", "password2": "password"}

    answer = client.post("/es/accounts/password/change/", sent)

    assert "12 caracteres" in read(answer)


def test_po_09_whoever_leaves_today_is_signed_out_everywhere_at_once(
    keeper: Client, cast: Cast
) -> None:
    nurse = give_secrets(cast.nurse)
    phone, desk = sign_in(nurse), sign_in(nurse)
    assert UserSession.objects.filter(user=nurse).count() == 2

    keeper.post(f"/people/{nurse.pk}/departures", fill_in())

    assert UserSession.objects.filter(user=nurse).count() == 0
    for client in (phone, desk):
        assert client.get("/home")["Location"].startswith("/accounts/login/")
    sent = {"login": nurse.username, "password": PASSWORD}
    assert "no role at this hospital" in read(Client().post("/accounts/login/", sent, follow=True))
    assert nurse.name in read(keeper.get("/people"))
    assert "person.left" in list_kinds(nurse)


def test_a_role_that_ends_closes_its_pages_with_the_next_request(
    keeper: Client, cast: Cast
) -> None:
    nurse = give_secrets(cast.nurse)
    record_role(begin(), nurse, role=Role.STAFF_KEEPER)
    client = sign_in(nurse)
    assert client.get("/people").status_code == 200

    post = nurse.posts.get(role=Role.STAFF_KEEPER)
    keeper.post(f"/roles/{post.pk}/ends", fill_in())

    assert client.get("/people").status_code == 403
    assert client.get("/home").status_code == 200


def test_a_person_of_two_hospitals_chooses_and_sees_one_at_a_time(watch: Watch, cast: Cast) -> None:
    del watch
    open_hospital(OTHER_SITE)
    keeper, elsewhere = give_secrets(cast.physician), hire(Role.ETHICS, OTHER_SITE)
    record_role(begin(), keeper, role=Role.STAFF_KEEPER)
    record_role(begin(OTHER_SITE), keeper, role=Role.STAFF_KEEPER)
    client = sign_in(keeper)

    first = client.get("/people")
    client.post("/sites", {"site": OTHER_SITE, "next": "/people"})
    there = client.get("/people").content.decode()
    client.post("/sites", {"site": "sample"})
    here = client.get("/people").content.decode()

    assert first["Location"] == "/sites?next=/people"
    assert str(elsewhere.pk) in there
    assert str(cast.nurse.pk) not in there
    assert str(cast.nurse.pk) in here
    assert str(elsewhere.pk) not in here
    assert client.get(f"/people/{elsewhere.pk}").status_code == 404


def test_nobody_chooses_a_hospital_at_which_they_are_nobody(watch: Watch, cast: Cast) -> None:
    del watch
    open_hospital(OTHER_SITE)
    client = sign_in(give_secrets(cast.nurse))

    client.post("/sites", {"site": OTHER_SITE})

    assert client.session.get("site") is None


def test_sessions_are_listed_without_address_or_make_and_ended_one_by_one(
    watch: Watch, cast: Cast
) -> None:
    del watch
    nurse = give_secrets(cast.nurse)
    this, lost = sign_in(nurse), sign_in(nurse, device="own")
    rows = UserSession.objects.filter(user=nurse).order_by("pk")
    assert {(row.ip, row.user_agent) for row in rows} == {("::", "")}

    page = read(this.get("/settings"))
    ended = this.post(f"/settings/sessions/{rows[1].pk}", fill_in())

    assert "Own device" in page
    assert ended.status_code == 302
    assert lost.get("/home").status_code == 302
    assert this.get("/home").status_code == 200
    assert "person.session-ended" in list_kinds(nurse)


def test_nobody_ends_a_session_of_somebody_else(watch: Watch, cast: Cast) -> None:
    del watch
    nurse = sign_in(give_secrets(cast.nurse))
    sign_in(give_secrets(cast.physician))
    theirs = UserSession.objects.get(user=cast.physician)

    assert nurse.post(f"/settings/sessions/{theirs.pk}", fill_in()).status_code == 404


def test_a_pin_is_set_with_the_password_and_never_shown_again(watch: Watch, cast: Cast) -> None:
    del watch
    nurse = give_secrets(cast.nurse, pin="")
    client = sign_in(nurse)
    right = {"pin": SET_PIN, "again": SET_PIN, "password": PASSWORD}

    for wrong in ({"again": "2718"}, {"password": "x"}, {"pin": "1234", "again": "1234"}):
        answer = client.post("/settings/pin", fill_in(**(right | wrong)))
        assert answer.status_code == 400
        assert SET_PIN not in answer.content.decode()
    client.post("/settings/pin", fill_in(**right))

    client.post("/lock/now")
    assert client.post("/lock", {"pin": SET_PIN})["Location"] == "/home"


def open_elsewhere(cast: Cast) -> Encounter:
    opening = Opening(unit="Intensive care", room="2", patient="", number="")
    return record_encounter(begin(by=cast.physician), opening=opening, facts={})


def test_a_record_of_another_unit_is_opened_with_a_reason_and_reviewed(
    watch: Watch, cast: Cast
) -> None:
    stay = open_elsewhere(cast)
    nurse = sign_in(give_secrets(cast.nurse))
    officer = sign_in(give_secrets(cast.privacy_officer))
    address = f"/glass/encounter/{stay.pk}"

    refused = nurse.post(address, fill_in(reason="urgent"))
    done = nurse.post(address, fill_in(reason=REASON))
    home, review = read(officer.get("/home")), officer.get("/openings")
    glass = Glass.objects.get()
    officer.post(f"/openings/{glass.pk}", fill_in())

    assert refused.status_code == 400
    assert "urgent" in refused.content.decode()
    assert done["Location"] == f"/stays/{stay.pk}"
    assert "A record was opened in an emergency" in home
    assert REASON in read(review)
    assert f"Seen by {cast.privacy_officer.name}" in read(officer.get("/openings"))
    watch.wait(hours=2, minutes=59)
    assert nurse.post("/lock", {"pin": SET_PIN}).status_code == 302
    assert nurse.get(address)["Location"] == f"/stays/{stay.pk}"
    watch.wait(minutes=1)
    assert nurse.get(address).status_code == 200  # the form again: the three hours are over


def test_only_whoever_reviews_reads_the_reasons(watch: Watch, cast: Cast) -> None:
    del watch
    nurse = sign_in(give_secrets(cast.nurse))

    assert nurse.get("/openings").status_code == 403


def test_a_page_is_answered_once_from_the_start_page(watch: Watch, cast: Cast) -> None:
    stay = open_elsewhere(cast)
    nurse = sign_in(give_secrets(cast.nurse))
    nurse.post(f"/glass/encounter/{stay.pk}", fill_in(reason=REASON))
    officer = sign_in(give_secrets(cast.privacy_officer))
    page = Page.objects.get()

    officer.post(f"/pages/{page.pk}", fill_in())

    page.refresh_from_db()
    assert (page.answered_by, page.answered_at) == (cast.privacy_officer, watch.now)
    assert "Nobody waits for you" in read(officer.get("/home"))
    assert nurse.post(f"/pages/{page.pk}", fill_in()).status_code == 404
    assert watch.now >= NIGHT


def test_the_start_page_lists_what_a_role_opens_and_no_more(watch: Watch, cast: Cast) -> None:
    del watch
    keeper = read(sign_in(give_secrets(hire(Role.STAFF_KEEPER))).get("/home"))
    nurse = read(sign_in(give_secrets(cast.nurse)).get("/home"))

    assert "Who works here, roles" in keeper
    assert "Who works here, roles" not in nurse
    assert "Emergency openings" not in nurse
    assert "Stays" in nurse
    assert "At the door" in read(sign_in(give_secrets(hire(Role.FRONT_DESK))).get("/home"))


def test_nobody_who_works_elsewhere_gets_a_link_from_this_keeper(keeper: Client) -> None:
    open_hospital(OTHER_SITE)
    person = hire(Role.BEDSIDE_NURSE)
    record_role(begin(OTHER_SITE), person, role=Role.COUNSEL)

    response = keeper.post(f"/people/{person.pk}/links", fill_in())

    assert response.status_code == 403
    assert "password/reset/key" not in response.content.decode()
