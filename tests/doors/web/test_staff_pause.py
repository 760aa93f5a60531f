"""A session that rests is locked, what was typed comes back, and the lock shows nothing."""

import pytest
from django.test import Client
from staff_pages import SET_PIN, Watch, fill_in, find_hidden, give_secrets, read, sign_in
from web_cast import find_sample

from bedside.doors.web import clock
from bedside.record.accounts.models import KeptForm, Person
from bedside.record.accounts.roles import Role
from bedside.record.journal.queries import find_events_about
from record_cast import Cast, hire, read_with

TYPED = "canary: she said it hurts"


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    find_sample()
    watch = Watch()
    monkeypatch.setattr(clock, "tell_time", watch.tell)
    return watch


@pytest.fixture
def keeper(cast: Cast) -> Person:
    del cast
    return give_secrets(hire(Role.STAFF_KEEPER))


def unlock(client: Client, pin: str = SET_PIN, **more: str) -> object:
    return client.post("/lock", {"pin": pin, **more})


@pytest.mark.parametrize(("device", "minutes"), [("shared", 5), ("own", 15)])
def test_a_session_locks_after_its_time_and_not_before(
    watch: Watch, keeper: Person, device: str, minutes: int
) -> None:
    client = sign_in(keeper, device=device)

    watch.wait(minutes=minutes, seconds=-1)
    assert client.get("/home").status_code == 200
    watch.wait(minutes=minutes)
    answer = client.get("/people")

    assert answer.status_code == 302
    assert answer["Location"] == "/lock?next=/people"


def test_a_device_is_shared_unless_somebody_says_otherwise(watch: Watch, keeper: Person) -> None:
    client = sign_in(keeper, device="")

    watch.wait(minutes=5)

    assert client.get("/home")["Location"] == "/lock?next=/home"


def test_using_it_keeps_a_session_open_and_a_page_that_asks_by_itself_does_not(
    watch: Watch, keeper: Person
) -> None:
    client = sign_in(keeper)
    for _ in range(4):
        watch.wait(minutes=4)
        assert client.get("/home").status_code == 200

    watch.wait(minutes=3)
    unattended = client.get("/home", headers={"X-Bedside-Unattended": "yes"})
    watch.wait(minutes=2)

    assert unattended.status_code == 200
    assert client.get("/home").status_code == 302


def test_a_locked_session_opens_nothing_about_its_person(watch: Watch, keeper: Person) -> None:
    client = sign_in(keeper)
    client.post("/lock/now")

    for path in ("/home", "/people", "/settings", "/still-here", "/sites"):
        assert client.get(path)["Location"].startswith("/lock?next="), path
    for path in ("/accounts/password/change/", "/accounts/2fa/", "/es/accounts/2fa/webauthn/"):
        assert "/lock?next=" in client.get(path)["Location"], path
    del watch


def test_the_lock_shows_nothing_of_the_record_and_is_not_kept(watch: Watch, keeper: Person) -> None:
    client = sign_in(keeper)
    watch.wait(hours=1)

    page = client.get("/lock?next=/people")

    assert page.status_code == 200
    assert "no-store" in page["Cache-Control"]
    assert keeper.name not in read(page)
    assert "staffbar" not in page.content.decode()


def test_the_pin_opens_the_session_and_leads_back(watch: Watch, keeper: Person) -> None:
    client = sign_in(keeper)
    watch.wait(hours=1)

    answer = unlock(client, next="/people")

    assert answer.status_code == 302  # type: ignore[attr-defined]  # a response
    assert answer["Location"] == "/people"  # type: ignore[index]  # a response
    assert client.get("/people").status_code == 200


def test_the_lock_leads_to_no_page_of_somebody_else(watch: Watch, keeper: Person) -> None:
    client = sign_in(keeper)
    watch.wait(hours=1)

    for bad in ("https://evil.example/", "//evil.example", "javascript:alert(1)"):
        client.post("/lock/now")
        assert unlock(client, next=bad)["Location"] == "/home"  # type: ignore[index]  # a response


def test_five_misses_end_the_session_and_a_sign_in_lets_the_pin_count_again(
    watch: Watch, keeper: Person
) -> None:
    client = sign_in(keeper)
    watch.wait(hours=1)

    said = [read(unlock(client, "27183")) for _ in range(4)]
    last = unlock(client, "27183", next="/people")

    assert "Tries left: 1" in said[-1]
    assert last["Location"] == "/accounts/login/?next=/people"  # type: ignore[index]  # a response
    assert unlock(client)["Location"].startswith("/accounts/login/")  # type: ignore[index]  # same
    again = sign_in(keeper)
    again.post("/lock/now")
    assert unlock(again)["Location"] == "/home"  # type: ignore[index]  # a response
    told = [e.kind.name for e in find_events_about(read_with(), f"person/{keeper.pk}")]
    assert told.count("person.pin-missed") == 5
    assert "person.session-ended" in told
    assert "person.resumed" in told


def test_misses_count_over_all_sessions_of_a_person(watch: Watch, keeper: Person) -> None:
    first, second = sign_in(keeper), sign_in(keeper)
    watch.wait(hours=1)
    for client in (first, second, first, second):
        unlock(client, "27183")

    last = unlock(first, "27183")

    assert last["Location"].startswith("/accounts/login/")  # type: ignore[index]  # a response
    assert unlock(second)["Location"].startswith("/accounts/login/")  # type: ignore[index]  # same


def test_whoever_has_no_pin_is_asked_to_sign_in_again(watch: Watch, cast: Cast) -> None:
    client = sign_in(give_secrets(cast.nurse, pin=""))
    watch.wait(hours=1)

    page = client.get("/lock")

    assert "You have no PIN" in read(page)
    assert 'name="pin"' not in page.content.decode()


def test_a_session_ends_after_a_shift_however_much_it_is_used(watch: Watch, keeper: Person) -> None:
    client = sign_in(keeper)
    for _ in range(12 * 15):
        watch.wait(minutes=4)
        answer = client.get("/home")

    assert answer["Location"] == "/accounts/login/?next=/home"


def test_what_was_typed_while_locked_comes_back_after_the_pin_and_can_be_sent(
    watch: Watch, keeper: Person
) -> None:
    client = sign_in(keeper)
    form = fill_in(keeper, name=TYPED, username="new.nurse", role="bedside_nurse", unit="")
    watch.wait(minutes=6)

    to_lock = client.post("/people", form)
    back = to_lock["Location"].removeprefix("/lock?next=")
    unlock(client, next=back)
    page = client.get(back)

    assert back.startswith("/kept/")
    assert TYPED in read(page)
    again = form | {"kept": find_hidden(page, "kept"), "typed_by": ""}
    assert 'action="/people"' in page.content.decode()
    assert client.post("/people", again).status_code == 302
    assert Person.objects.get(username="new.nurse").name == TYPED
    assert not KeptForm.objects.exists()


def test_what_was_typed_after_the_session_ended_comes_back_after_signing_in(
    watch: Watch, keeper: Person
) -> None:
    form = fill_in(keeper, name=TYPED, username="new.nurse", role="bedside_nurse", unit="")
    del watch

    answer = Client().post("/es/people", form)
    back = answer["Location"].removeprefix("/es/accounts/login/?next=")
    client = sign_in(keeper)

    assert back.startswith("/es/kept/")
    assert TYPED in read(client.get(back))


def test_a_kept_form_is_for_who_typed_it_alone(watch: Watch, keeper: Person, cast: Cast) -> None:
    answer = Client().post("/people", fill_in(keeper, name=TYPED))
    back = answer["Location"].removeprefix("/accounts/login/?next=")
    colleague = sign_in(give_secrets(cast.nurse))
    del watch

    page = colleague.get(back)

    assert page.status_code == 404
    assert TYPED not in read(page)


def test_a_form_that_says_nobody_or_a_forged_typist_is_not_kept(
    watch: Watch, keeper: Person
) -> None:
    del watch
    for form in (fill_in(name=TYPED), fill_in(name=TYPED, typed_by=f"{keeper.pk}:forged")):
        answer = Client().post("/people", form)
        assert answer["Location"] == "/accounts/login/?next=/people"

    assert not KeptForm.objects.exists()


def test_a_kept_form_is_gone_after_half_an_hour(watch: Watch, keeper: Person) -> None:
    answer = Client().post("/people", fill_in(keeper, name=TYPED))
    back = answer["Location"].removeprefix("/accounts/login/?next=")

    watch.wait(minutes=30)
    page = sign_in(keeper).get(back)

    assert page.status_code == 404
    assert not KeptForm.objects.exists()


def test_no_secret_is_kept_and_no_more_than_twenty_forms_of_a_person(
    watch: Watch, keeper: Person
) -> None:
    for number in range(25):
        watch.wait(seconds=1)
        form = fill_in(keeper, pin="99881", password="x" * 20, name=f"{TYPED} {number}")
        Client().post("/settings/pin", form)

    client = sign_in(keeper)
    pages = [read(client.get(f"/kept/{one.pk}")) for one in KeptForm.objects.order_by("until")]
    assert len(pages) == 20
    assert f"{TYPED} 24" in pages[-1]
    assert not [page for page in pages if "99881" in page or "x" * 20 in page]


def test_a_stale_token_loses_nothing_that_was_typed(watch: Watch, keeper: Person) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = sign_in(keeper).cookies
    form = fill_in(keeper, name=TYPED, username="new.nurse", role="bedside_nurse")
    del watch

    answer = strict.post("/people", form)

    assert answer["Location"].startswith("/kept/")
    assert TYPED in read(strict.get(answer["Location"]))


def test_a_form_that_somebody_else_opened_on_this_device_is_not_shown_to_who_came_next(
    watch: Watch, keeper: Person, cast: Cast
) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = sign_in(give_secrets(cast.nurse)).cookies
    del watch

    answer = strict.post("/people", fill_in(keeper, name=TYPED))

    assert answer.status_code == 403
    assert "opened before somebody signed in" in read(answer)
    assert not KeptForm.objects.exists()
