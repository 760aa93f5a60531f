"""How often one may try, what is closed, and what every page about people tells a browser."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from staff_pages import PASSWORD, fill_in, give_secrets, read, sign_in
from web_cast import find_sample

from bedside.config.sign_on import find_origins, find_providers
from bedside.record.accounts.models import CountedTry
from bedside.record.accounts.roles import Role
from record_cast import Cast, hire

CLOSED = (
    "signup/",
    "email/",
    "confirm-email/",
    "password/reset/",
    "password/reset/done/",
    "inactive/",
    "3rdparty/",
    "3rdparty/signup/",
    "3rdparty/login/cancelled/",
    "sessions/",
    "login/code/",
    "social/signup/",
)


@pytest.fixture
def keeper(cast: Cast) -> Client:
    del cast
    find_sample()
    return sign_in(give_secrets(hire(Role.STAFF_KEEPER)))


def miss(username: str, *, language: str = "") -> str:
    sent = {"login": username, "password": "not the password"}
    return read(Client().post(f"{language}/accounts/login/", sent))


def test_after_five_misses_for_a_name_the_right_password_waits_too(cast: Cast) -> None:
    find_sample()
    nurse = give_secrets(cast.nurse)
    said = [miss(nurse.username) for _ in range(5)]

    answer = Client().post(
        "/accounts/login/", {"login": nurse.username, "password": PASSWORD}, follow=True
    )

    assert all("do not go together" in one for one in said)
    assert "Too many tries. Wait five minutes" in read(answer)
    assert "Demasiados intentos" in miss(nurse.username, language="/es")


def test_misses_are_counted_in_the_record_which_all_processes_share(cast: Cast) -> None:
    find_sample()

    miss(cast.nurse.username)

    counted = [row.cache_key for row in CountedTry.objects.all()]
    assert [key for key in counted if "login_failed" in key]
    assert not [key for key in counted if cast.nurse.username in key]


def test_an_unknown_name_is_told_the_same_as_a_wrong_password(cast: Cast) -> None:
    find_sample()
    nurse = give_secrets(cast.nurse)

    known, unknown = miss(nurse.username), miss("nobody.at.all")

    assert known == unknown


def test_one_address_tries_ten_times_a_minute_whatever_the_names(cast: Cast) -> None:
    del cast
    find_sample()

    said = [miss(f"name{number}") for number in range(11)]

    assert "do not go together" in said[9]
    assert "Too many tries" in said[10]


@pytest.mark.parametrize("language", ["", "/es"])
@pytest.mark.parametrize("path", CLOSED)
def test_what_nobody_needs_is_closed(keeper: Client, language: str, path: str) -> None:
    for client in (keeper, Client()):
        for ask in (client.get, client.post):
            assert ask(f"{language}/accounts/{path}").status_code == 404


@pytest.mark.parametrize("path", ["/home", "/settings", "/people", "/accounts/2fa/", "/lock/x"])
def test_pages_load_from_their_own_origin_alone_and_are_not_kept(keeper: Client, path: str) -> None:
    answer = keeper.get(path)

    page = answer.content.decode()
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert "no-store" in answer["Cache-Control"]
    assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\b(?:src=|json))", page)


def test_a_form_may_lead_to_the_provider_and_to_nobody_else(tmp_path: Path) -> None:
    file = tmp_path / "sign_on.toml"
    text = 'name="x"\nissuer="https://login.hospital.example/realm"\nclient_id="x"\nsecret="x"\n'
    file.write_text(f'{text}also_at=["https://two.hospital.example"]')

    assert find_origins(file) == ["https://login.hospital.example", "https://two.hospital.example"]
    assert settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] == ["'self'"]
    file.write_text(text.replace("https://login", "http://login"))
    with pytest.raises(SystemExit, match="must begin with https"):
        find_providers(file)


def test_after_signing_in_from_a_spanish_page_one_lands_on_the_spanish_start(cast: Cast) -> None:
    find_sample()
    nurse = give_secrets(cast.nurse)

    sent = {"login": nurse.username, "password": PASSWORD}
    answer = Client().post("/es/accounts/login/", sent)

    assert answer["Location"] == "/es/home"


@pytest.mark.parametrize("back", ["https://evil.example/", "//evil.example", "/\\evil.example"])
def test_signing_in_leads_to_no_page_of_somebody_else(cast: Cast, back: str) -> None:
    find_sample()
    nurse = give_secrets(cast.nurse)

    sent = {"login": nurse.username, "password": PASSWORD, "next": back}
    answer = Client().post("/accounts/login/", sent)

    assert answer["Location"] == "/home"


def test_a_sent_form_without_its_key_is_refused(keeper: Client) -> None:
    form = fill_in(name="A nurse", username="new.nurse", role="ethics") | {"key": "x"}

    answer = keeper.post("/people", form)

    assert answer.status_code == 400
    assert "not whole" in read(answer)
