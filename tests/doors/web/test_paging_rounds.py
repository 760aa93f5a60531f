"""A round outlives whatever one address is made of, and two rounds at once send a page once."""

import json
import secrets
import socket
from datetime import timedelta
from functools import partial

import pytest

from bedside.config.rounds import begin_at
from bedside.doors.web.paging import outward, push_message
from bedside.doors.web.paging.deliver import deliver_pages, route_pages
from bedside.doors.web.paging.outward import NotAllowed, Post, Unreachable, send
from bedside.doors.web.paging.senders import PostOffice
from bedside.record.accounts.models import Site
from bedside.record.accounts.roles import Role
from bedside.record.paging.channel_operations import record_channel
from bedside.record.paging.delivery_operations import HELD, claim
from bedside.record.paging.models import Delivery, Page
from bedside.record.paging.operations import record_page
from bedside.record.paging.outbound import Outbound
from bedside.record.paging.queries import find_due_deliveries
from bedside.record.paging.words import Failure, Way
from paging_stage import Browser, receive
from record_cast import NIGHT, SITE, UNIT, Cast, begin, find_master, hire, read_with, stand

ABOUT = "encounter/00000000-0000-4000-8000-000000000412"
OUTBOUND = Outbound(
    address="https://bedside.hospital.example", push_hosts=("127.0.0.1",), private_network=True
)


def open_office() -> PostOffice:
    """Open the office from which pages go out."""
    secret = find_master().secret(push_message.PUSH)
    return PostOffice(
        outbound=OUTBOUND, sms_key="", push_secret=secret, at=NIGHT, random=secrets.token_bytes
    )


def page_by(endpoint: str) -> Page:
    """Page a charge nurse, who turned notices on in a browser."""
    charge = hire(Role.CHARGE_NURSE, unit=UNIT)
    address = Browser(endpoint).subscription()
    record_channel(begin(by=charge), stand(charge), way=Way.PUSH, address=address)
    return record_page(begin(), about=ABOUT, to_role="charge_nurse", reason="refused")


def route() -> None:
    """Hand what waits to people's ways."""
    act = partial(begin_at, SITE, NIGHT)
    route_pages(Site.objects.get(pk=SITE), act, at=NIGHT, find_unit=lambda _: UNIT)


def deliver() -> dict[str, int]:
    """Try what is due."""
    return deliver_pages(
        open_office(), read_with(), partial(begin_at, SITE, NIGHT), seconds=lambda: 0.0
    )


@pytest.mark.parametrize("path", ["ñ", "a?ñ", "\ud800"])
def test_an_address_that_cannot_be_written_stops_nobody_elses_page(cast: Cast, path: str) -> None:
    del cast
    with receive() as service:
        page_by(f"{service.address}/{path}")
        page_by(f"{service.address}/good")

        route()
        counted = deliver()

    assert counted == {"failed": 2, "delivered": 2}
    assert set(Delivery.objects.filter(delivered_at=None).values_list("why", "next_at")) == {
        (Failure.NOT_ALLOWED, None)
    }


@pytest.mark.parametrize(
    "address",
    [
        "64:ff9b::a00:7",  # 10.0.0.7 behind a translator
        "64:ff9b:1::a00:7",
        "2002:a00:7::1",  # and behind a tunnel
        "::10.0.0.7",
        "fec0::1",
    ],
)
def test_an_address_that_carries_another_one_leads_nowhere(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [(10, 1, 6, "", (address, 443))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: answers)
    monkeypatch.setattr(outward, "_connect", _never)

    with pytest.raises(NotAllowed):
        send(Post(to="https://gateway.example/", body=b""))


def _never(*_: object) -> None:
    raise AssertionError


@pytest.mark.parametrize("host", ["a b.push.example", "\ud800.push.example", ".push.example"])
def test_a_name_that_is_none_is_not_asked(host: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: [(2, 1, 6, "", ("8.8.8.8", 443))])
    ours, theirs = socket.socketpair()
    monkeypatch.setattr(outward, "_connect", lambda *_: ours)

    theirs.close()

    with ours, pytest.raises((NotAllowed, Unreachable)):
        send(Post(to=f"https://{host}/", body=b""))


def test_two_rounds_at_once_hand_a_page_on_once(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    del cast
    page = page_by("http://127.0.0.1:9/push")
    monkeypatch.setattr("bedside.doors.web.paging.deliver.find_unrouted", lambda *_, **__: (page,))

    route()
    route()

    assert Delivery.objects.count() == 1


def test_what_one_round_is_sending_another_leaves_alone_for_a_while(cast: Cast) -> None:
    del cast
    with receive() as service:
        page_by(f"{service.address}/push")
        route()
        (seen_by_both,) = find_due_deliveries(SITE, at=NIGHT)
        assert claim(seen_by_both, at=NIGHT)

        counted = deliver()

        assert (counted, service.got) == ({}, [])
        assert not claim(seen_by_both, at=NIGHT)
        assert find_due_deliveries(SITE, at=NIGHT + HELD) != ()
    assert timedelta(seconds=30) < HELD


def test_a_device_whose_subscription_was_lost_is_gone(cast: Cast) -> None:
    del cast
    charge = hire(Role.CHARGE_NURSE, unit=UNIT)
    record_channel(begin(by=charge), stand(charge), way=Way.PUSH, address=json.dumps({}))
    record_page(begin(), about=ABOUT, to_role="charge_nurse", reason="refused")

    route()

    assert deliver() == {"failed": 1}
    assert Delivery.objects.get().why == Failure.GONE
