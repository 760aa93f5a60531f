"""Somebody's own ways of being reached, and what a message without content leads to."""

import json
from uuid import uuid4

import pytest
from django.test import Client
from pytest_django import Settings
from web_cast import find_sample, read

from bedside.record.accounts.models import Person, Site
from bedside.record.accounts.roles import Role
from bedside.record.paging.models import Channel, Page
from bedside.record.paging.operations import record_page
from paging_stage import Browser
from record_cast import PLAIN, SITE, UNIT, Cast, begin, hire

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PAGING = {
    "address": "https://bedside.hospital.example",
    "mail_from": "bedside@hospital.example",
    "mail_domains": ["hospital.example"],
    "sms_gateway": "https://gateway.hospital.example/send",
    "push_hosts": ["push.example"],
}


@pytest.fixture
def charge(cast: Cast, settings: Settings) -> Person:
    """Set every way up, and hire the charge nurse."""
    del cast
    find_sample()
    settings.EMAIL_HOST = "mail.hospital.example"
    settings.BEDSIDE_SMS_KEY = "k" * 32
    Site.objects.filter(pk=SITE).update(plain=PLAIN | {"paging": PAGING})
    return hire(Role.CHARGE_NURSE, unit=UNIT)


def sign_in(person: Person) -> Client:
    """Sign somebody in."""
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


@pytest.mark.parametrize("prefix", ["/", "/es/"])
def test_each_way_is_turned_on_by_oneself_and_off_again(charge: Person, prefix: str) -> None:
    client, page = sign_in(charge), f"{prefix}settings/channels"
    device = Browser("https://push.example/abc").subscription()

    for sent in (
        {"email": "charge@hospital.example"},
        {"phone": "+1 (956) 555-0142"},
        {"subscription": device},
    ):
        assert client.post(page, {"key": str(uuid4()), **sent}).status_code == 302

    text = read(client.get(page))  # type: ignore[arg-type]  # Django's own answer
    assert "charge@hospital.example" in text
    assert "+19565550142" in text
    assert "push.example" not in text
    for channel in Channel.objects.filter(ended_at=None):
        client.post(f"{page}/{channel.pk}/ends", {"key": str(uuid4())})
    assert not Channel.objects.filter(ended_at=None).exists()


@pytest.mark.parametrize(
    "sent",
    [
        {"email": "charge@elsewhere.example"},
        {"email": "charge@hospital.example\nBcc: x@hospital.example"},
        {"email": "not an address"},
        {"phone": "4-1182"},
        {"phone": "+1956555014212345678"},
        {"subscription": "{}"},
        {"subscription": "[" * 4000},
        {"subscription": Browser("https://push.example.evil.example/").subscription()},
        {"subscription": Browser("https://push.example/" + "x" * 2000).subscription()},
        {"subscription": json.dumps({"endpoint": "https://push.example/", "keys": {}})},
        {},
    ],
)
def test_what_nothing_can_be_sent_to_is_refused_with_a_sentence(
    charge: Person, sent: dict[str, str]
) -> None:
    answer = sign_in(charge).post("/settings/channels", {"key": str(uuid4()), **sent})

    assert answer.status_code == 400
    assert b'role="alert"' in answer.content
    assert not Channel.objects.exists()


def test_a_hospital_that_set_nothing_up_says_so(cast: Cast) -> None:
    find_sample()

    page = sign_in(cast.nurse).get("/settings/channels").content.decode()

    assert "set up no way" in page
    assert "<form" not in page.split("<main")[1].split("</main>")[0]


def test_nobody_ends_the_way_of_somebody_else(charge: Person, cast: Cast) -> None:
    sent = {"key": str(uuid4()), "email": "charge@hospital.example"}
    sign_in(charge).post("/settings/channels", sent)

    answer = sign_in(cast.nurse).post(
        f"/settings/channels/{Channel.objects.get().pk}/ends", {"key": str(uuid4())}
    )

    assert answer.status_code == 404
    assert Channel.objects.get().ended_at is None


def test_opening_a_notice_is_seen_and_pressing_it_is_answered(charge: Person, cast: Cast) -> None:
    about = f"person/{cast.nurse.pk}"
    page = record_page(begin(), about=about, to_role="charge_nurse", reason="refused")
    client, address = sign_in(charge), f"/notices/{page.pk}"

    assert "not yet" in client.get(address).content.decode()
    seen = Page.objects.get()
    client.get(address)
    answer = client.post(address, {"key": str(uuid4())})

    answered = Page.objects.get()
    assert (seen.seen_by_id, seen.answered_at) == (charge.pk, None)
    assert answered.answered_by_id == charge.pk
    assert answer.status_code == 302
    assert sign_in(cast.nurse).get(address).status_code == 404


def test_the_worker_is_the_same_for_everybody_and_holds_no_data() -> None:
    find_sample()

    answer = Client().get("/notices/worker.js")

    assert answer.status_code == 200
    assert answer.headers["Content-Type"].startswith("text/javascript")
    assert b"showNotification" in answer.content
