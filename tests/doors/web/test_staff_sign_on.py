"""Signing on with a real provider: by a verified address, and never on its word alone."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from socket import socket
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

import pytest
import requests
from allauth.socialaccount.models import SocialAccount, SocialToken
from django.test import Client
from oidc_liar import LIES, Liar, lying, tell_truth
from oidc_provider import CLIENT_ID, CLIENT_SECRET
from staff_pages import read
from web_cast import find_sample

from bedside.config.sign_on import find_origins, find_providers
from bedside.record.accounts.models import Person
from bedside.record.accounts.operations import record_leaving, record_person
from bedside.record.accounts.roles import Role
from bedside.record.journal.queries import find_events_about
from record_cast import Cast, begin, read_with

FAILED = "did not work"
LOGIN = "/accounts/oidc/hospital/login/"


@pytest.fixture(scope="module")
def provider(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the provider as a program of its own."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    program = Path(__file__).with_name("oidc_provider.py")
    folder = tmp_path_factory.mktemp("provider")
    started = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, program, str(port), str(folder)], stdout=subprocess.PIPE, text=True
    )
    try:
        assert started.stdout is not None
        assert started.stdout.readline() == "ready\n"
        yield f"http://127.0.0.1:{port}/o"
    finally:
        started.terminate()
        started.communicate(timeout=20)


@pytest.fixture
def nurse(cast: Cast) -> Person:
    del cast
    find_sample()
    address = "Nurse@hospital.example"
    return record_person(
        begin(), username="night.nurse", name="A nurse", email=address, first_role=(Role.ETHICS, "")
    )


def use(monkeypatch: pytest.MonkeyPatch, folder: Path, issuer: str) -> None:
    """Name the provider as a hospital does, in a file."""
    file = folder / "sign_on.toml"
    file.write_text(
        f'name = "Hospital accounts"\nissuer = "{issuer}"\n'
        f'client_id = "{CLIENT_ID}"\nsecret = {json.dumps(CLIENT_SECRET)}\n'
    )
    monkeypatch.setattr("django.conf.settings.SOCIALACCOUNT_PROVIDERS", find_providers(file))
    assert find_origins(file) == [issuer.removesuffix("/o")]


@pytest.fixture
def honest(provider: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, nurse: Person) -> str:
    del nurse
    use(monkeypatch, tmp_path, provider)
    return provider


@pytest.fixture
def liar(
    provider: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, nurse: Person
) -> Iterator[Liar]:
    del nurse
    with lying(provider) as liar:
        use(monkeypatch, tmp_path, liar.address)
        yield liar


def go_there(client: Client, *, language: str = "", back: str = "") -> str:
    """Press the button, and find where the browser is sent."""
    answer = client.post(f"{language}{LOGIN}", {"device": "own", "next": back})
    assert answer.status_code == 302, read(answer)
    return str(answer["Location"])


def come_back(there: str, user: str = "nurse") -> str:
    """Sign in at the provider, and find where it sends the browser back to."""
    answer = requests.get(there, headers={"X-User": user}, allow_redirects=False, timeout=9)
    assert answer.status_code == 302, answer.text
    parts = urlsplit(answer.headers["Location"])
    return f"{parts.path}?{parts.query}"


def sign_on(client: Client, user: str = "nurse", *, back: str = "") -> object:
    return client.get(come_back(go_there(client, back=back), user))


def is_signed_in(client: Client) -> bool:
    return client.get("/home").status_code == 200


def test_a_person_whom_the_provider_vouches_for_is_signed_in(honest: str, nurse: Person) -> None:
    del honest
    client = Client()

    answer = sign_on(client)

    assert answer["Location"] == "/home"  # type: ignore[index]  # a response
    assert is_signed_in(client)
    told = find_events_about(read_with(), f"person/{nurse.pk}")[0]
    assert told.kind.name == "person.signed-in"
    assert told.content == {"device": "own", "how": "socialaccount"}


def test_the_second_time_the_provider_is_known_by_its_own_name_for_the_person(
    honest: str, nurse: Person
) -> None:
    del honest
    sign_on(Client())
    nurse.email = ""
    nurse.save()
    client = Client()

    sign_on(client)

    assert is_signed_in(client)


def test_of_all_that_a_provider_tells_only_the_address_is_kept(honest: str, nurse: Person) -> None:
    del honest
    sign_on(Client())

    (kept,) = SocialAccount.objects.filter(user=nurse)
    assert kept.extra_data.keys() == {"id_token"}
    assert kept.extra_data["id_token"].keys() == {"sub", "email", "email_verified"}
    assert not SocialToken.objects.exists()


def test_signing_on_leads_back_to_where_somebody_was_and_in_their_language(
    honest: str, nurse: Person
) -> None:
    del honest, nurse
    spanish, back = Client(), Client()

    there = go_there(spanish, language="/es")
    answer = spanish.get(come_back(there))

    assert answer["Location"] == "/es/home"
    assert sign_on(back, back="/settings")["Location"] == "/settings"  # type: ignore[index]  # a response


def test_the_question_carries_a_state_a_nonce_and_a_challenge_and_nothing_from_the_address(
    honest: str, nurse: Person
) -> None:
    del nurse
    client = Client()

    answer = client.post(f"{LOGIN}?scope=admin&auth_params=prompt%3Dnone")

    asked = dict(parse_qsl(urlsplit(answer["Location"]).query))
    assert answer["Location"].startswith(f"{honest}/authorize/")
    assert {"state", "nonce", "code_challenge"} <= asked.keys()
    assert asked["code_challenge_method"] == "S256"
    assert set(asked["scope"].split()) == {"openid", "profile", "email"}
    assert "prompt" not in asked


@pytest.mark.parametrize("user", ["stranger", "unverified"])
def test_whom_the_hospital_does_not_know_is_refused_with_a_sentence(
    honest: str, nurse: Person, user: str
) -> None:
    del honest
    client = Client()

    answer = sign_on(client, user)

    assert answer.status_code == 403  # type: ignore[attr-defined]  # a response
    assert "no account for you" in read(answer)
    assert not is_signed_in(client)
    assert not SocialAccount.objects.filter(user=nurse).exists()


def test_whoever_left_is_refused_though_the_provider_still_knows_them(
    honest: str, nurse: Person
) -> None:
    del honest
    sign_on(Client())
    record_leaving(begin(), nurse)
    client = Client()

    answer = sign_on(client)

    assert answer.status_code == 403  # type: ignore[attr-defined]  # a response
    assert not is_signed_in(client)


def test_a_sign_on_that_is_sent_again_is_refused(honest: str, nurse: Person) -> None:
    del honest, nurse
    client = Client()
    back = come_back(go_there(client))
    assert client.get(back).status_code == 302

    for replayer in (client, Client()):
        again = replayer.get(back)
        assert again.status_code == 502
        assert FAILED in read(again)


def test_a_code_that_was_used_is_refused_under_a_new_question(honest: str, nurse: Person) -> None:
    del honest, nurse
    client, thief = Client(), Client()
    used = come_back(go_there(client))
    client.get(used)
    fresh = dict(parse_qsl(urlsplit(go_there(thief)).query))
    parts = urlsplit(used)
    query = dict(parse_qsl(parts.query)) | {"state": fresh["state"]}

    answer = thief.get(urlunsplit(("", "", parts.path, urlencode(query), "")))

    assert answer.status_code == 502
    assert not is_signed_in(thief)


@pytest.mark.parametrize("query", ["", "code=x", "code=x&state=y", "error=access_denied&state=y"])
def test_an_answer_to_no_question_is_refused(honest: str, nurse: Person, query: str) -> None:
    del honest, nurse
    answer = Client().get(f"{LOGIN}callback/?{query}")

    assert answer.status_code == 502
    assert FAILED in read(answer)


def test_another_persons_answer_does_not_fit_my_question(honest: str, nurse: Person) -> None:
    del honest, nurse
    victim, attacker = Client(), Client()
    go_there(victim)

    answer = victim.get(come_back(go_there(attacker)))

    assert answer.status_code == 502
    assert not is_signed_in(victim)


def test_a_provider_that_is_down_is_told_with_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, nurse: Person
) -> None:
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        use(monkeypatch, tmp_path, f"http://127.0.0.1:{free.getsockname()[1]}/o")
    del nurse

    for language, said in (("", FAILED), ("/es", "No se pudo iniciar")):
        answer = Client().post(f"{language}{LOGIN}")
        assert answer.status_code == 502
        assert said in read(answer)


def test_a_provider_that_goes_down_on_the_way_is_told_with_a_sentence(
    liar: Liar, nurse: Person
) -> None:
    del nurse
    client = Client()
    back = come_back(go_there(client))
    liar.garbage["/token/"] = b"<html>bad gateway"

    answer = client.get(back)

    assert answer.status_code == 502
    assert FAILED in read(answer)


@pytest.mark.parametrize(
    ("path", "said"),
    [
        ("/.well-known/openid-configuration", b"<html>"),
        ("/.well-known/openid-configuration", b"[]"),
        ("/.well-known/openid-configuration", b"{}"),
        ("/.well-known/jwks.json", b"<html>"),
        ("/.well-known/jwks.json", b'{"keys": [{"kty": "RSA"}]}'),
        ("/.well-known/jwks.json", b"{}"),
        ("/token/", b"[1]"),
        ("/token/", b'{"access_token": 7}'),
        ("/token/", b'{"access_token": "a", "id_token": 7, "expires_in": "soon"}'),
    ],
)
def test_an_answer_of_another_shape_is_refused_and_breaks_nothing(
    liar: Liar, nurse: Person, path: str, said: bytes
) -> None:
    client = Client()
    back = come_back(go_there(client))
    liar.garbage[path] = said
    del nurse

    answer = client.get(back)

    assert answer.status_code == 502
    assert not is_signed_in(client)


def test_the_liar_is_believed_while_it_tells_the_truth(liar: Liar, nurse: Person) -> None:
    del nurse
    client = Client()
    liar.lie = tell_truth

    sign_on(client)

    assert is_signed_in(client)
    assert liar.told


@pytest.mark.parametrize("lie", LIES)
def test_a_provider_that_lies_is_refused(liar: Liar, nurse: Person, lie: str) -> None:
    client = Client()
    liar.lie = LIES[lie]

    answer = sign_on(client)

    assert liar.told
    assert answer.status_code in {403, 502}  # type: ignore[attr-defined]  # a response
    assert not is_signed_in(client)
    assert not SocialAccount.objects.filter(user=nurse).exists()


def test_a_provider_under_another_name_is_refused(liar: Liar, nurse: Person) -> None:
    del nurse
    liar.issuer = "https://elsewhere.example"

    answer = Client().post(LOGIN)

    assert answer.status_code == 502
    assert FAILED in read(answer)


def test_without_a_provider_there_is_no_such_address(cast: Cast) -> None:
    del cast
    find_sample()

    assert Client().get(f"{LOGIN}callback/").status_code == 404
    assert Client().post(LOGIN).status_code == 404
