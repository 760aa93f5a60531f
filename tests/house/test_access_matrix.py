"""Every address, every role, the own hospital, the other one and the street: who sees what.

The addresses come from the table of addresses, so a page that is new tomorrow is asked too.
"""

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from types import ModuleType
from uuid import UUID

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import clear_url_caches, path
from matrix_cast import (
    CANARY,
    METHODS,
    OF_A_SESSION,
    PUBLIC,
    Address,
    Rows,
    ask,
    begin_own,
    choose,
    choose_any,
    fill,
    find_addresses,
    find_roles,
    sign_in,
)

from bedside.config import urls
from bedside.doors.web import clock
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.staff import people
from bedside.record.accounts.models import Person
from bedside.record.accounts.roles import Role
from record_cast import NIGHT, OTHER_SITE

MOVED, BAD, FORBIDDEN, NOT_THERE, NOT_SO, BROKEN = 302, 400, 403, 404, 405, 500
REFUSED = {FORBIDDEN, NOT_SO}
# Without a key a form of another hospital's thing may be refused before the thing is looked for.
UNSEEN = {"get": {NOT_THERE, NOT_SO}, "post": {NOT_THERE, NOT_SO, BAD}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Hospitals:
    """The own hospital and the other."""

    own: Rows
    other: Rows


@pytest.fixture
def hospitals(db: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hospitals]:
    del db
    monkeypatch.setattr("django.conf.settings.BEDSIDE_IS_SAMPLE", True)
    find_shelf()
    monkeypatch.setattr(clock, "tell_time", lambda: NIGHT)
    yield Hospitals(own=begin_own(), other=fill(OTHER_SITE))
    clear_url_caches()


def test_nobody_from_the_street_opens_a_page_of_the_record(hospitals: Hospitals) -> None:
    assert find_open_doors(hospitals) == []


def test_no_role_opens_what_is_not_its_own(hospitals: Hospitals) -> None:
    assert find_overreach(hospitals) == []


def test_no_role_reaches_a_thing_of_another_hospital(hospitals: Hospitals) -> None:
    assert find_leaks(hospitals) == []


def test_every_page_of_the_record_is_asked(hospitals: Hospitals) -> None:
    del hospitals
    names = {one.name for one in find_addresses()}

    assert {"home", "people", "person", "openings", "glass", "kept", "settings"} <= names
    assert len([one for one in find_addresses() if one.may]) >= 15
    assert not set(PUBLIC) & {one.name for one in find_addresses() if one.may}


def test_a_page_without_the_gate_is_found(
    hospitals: Hospitals, monkeypatch: pytest.MonkeyPatch
) -> None:
    add_page(monkeypatch, "bare/<uuid:person_id>", show_bare)

    assert ("bare", "get", 200) in find_open_doors(hospitals)


def test_a_page_that_forgets_the_hospital_is_found(
    hospitals: Hospitals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people, "access_person", lambda _, id_: Person.objects.get(pk=id_))

    found = find_leaks(hospitals, [Role.STAFF_KEEPER])
    assert ("person", Role.STAFF_KEEPER, "get", 200) in found


def test_a_page_that_asks_too_little_is_found(
    hospitals: Hospitals, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bedside.doors.web.staff.signed_in.access", lambda _standing, _may: None)

    found = find_overreach(hospitals, [Role.BEDSIDE_NURSE])
    assert ("people", Role.BEDSIDE_NURSE, "get", 200) in found


def find_open_doors(hospitals: Hospitals) -> list[tuple[str, str, int]]:
    """Find every page that shows itself to somebody who is not signed in."""
    street, found = Client(), []
    for address in find_addresses():
        parts = choose_any(address, hospitals.own)
        for method in METHODS:
            status, to = ask(street, method, address.write(parts))
            is_sent_away = status == MOVED and to.startswith("/accounts/login/")
            is_fair = address.name in PUBLIC and status < BROKEN and CANARY not in to
            if not (is_fair or is_sent_away or status == NOT_SO):
                found.append((address.name, method, status))
    return found


def find_overreach(
    hospitals: Hospitals, roles: Iterable[Role] = Role
) -> list[tuple[str, Role, str, int]]:
    """Find every page that answers a role which may not open it, or that breaks."""
    found = []
    for role in roles:
        client = sign_in(role)
        for address in _find_gated():
            parts = choose_any(address, hospitals.own)
            for method in METHODS:
                status, _ = ask(client, method, address.write(parts))
                is_theirs = address.may is not None and role in find_roles(address.may)
                if status >= BROKEN or not (is_theirs or status in REFUSED):
                    found.append((address.name, role, method, status))
    return found


def find_leaks(
    hospitals: Hospitals, roles: Iterable[Role] = Role
) -> list[tuple[str, Role, str, int]]:
    """Find every page that tells somebody of a thing that belongs to the other hospital."""
    found = []
    for role in roles:
        client = sign_in(role)
        for address in _find_gated():
            if address.may is None or role not in find_roles(address.may):
                continue
            theirs = choose(address, hospitals.own, hospitals.other)
            for parts in theirs or [choose_any(address, hospitals.own)]:
                for method in METHODS:
                    status, body = ask(client, method, address.write(parts))
                    is_seen = bool(theirs) and status not in UNSEEN[method]
                    if is_seen or CANARY in body or status >= BROKEN:
                        found.append((address.name, role, method, status))
    return found


def _find_gated() -> list[Address]:
    return [a for a in find_addresses() if a.name not in (*PUBLIC, *OF_A_SESSION)]


def show_bare(request: HttpRequest, person_id: UUID) -> HttpResponse:
    """Show a person to anybody: a page whose author forgot the gate."""
    del request
    return HttpResponse(Person.objects.get(pk=person_id).name)


show_bare.__module__ = "bedside.doors.web.staff.bare"


def add_page(monkeypatch: pytest.MonkeyPatch, route: str, view: object) -> None:
    """Add a page to the table of addresses."""
    table = ModuleType("table_with_one_more")
    one_more = path(route, view, name="bare")  # type: ignore[call-overload]  # a view
    table.urlpatterns = [*urls.urlpatterns, one_more]  # type: ignore[attr-defined]  # modules are open
    monkeypatch.setitem(sys.modules, table.__name__, table)
    monkeypatch.setattr("django.conf.settings.ROOT_URLCONF", table.__name__)
    clear_url_caches()
