"""Whoever has no part in reviews finds no word of the safety lane, on any page and in any file."""

import io
import zipfile
from collections.abc import Iterator
from uuid import UUID

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from stays_web_cast import Clock, enter, send
from web_cast import find_sample

from bedside.doors.web import clock
from bedside.record.accounts.roles import ALLOWED, Role
from bedside.record.incidents.evaluation_operations import record_evaluation
from bedside.record.incidents.evaluations import Evaluated
from bedside.record.incidents.words import Heard
from incidents_cast import answer, fresh, hear, open_stay, rate, report, take
from record_cast import Cast, begin, hire

SAFETY, EVALUATED = "canary-of-the-safety-lane", "canary-of-an-evaluation"
LEAST_PAGES = 10
DAYS = {"since": "2026-11-20", "until": "2026-11-24"}


@pytest.fixture
def stay_id(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> UUID:
    """A stay with an evaluation, and a review full of canaries."""
    find_sample()
    monkeypatch.setattr(clock, "tell_time", Clock().tell)
    stay = open_stay(cast.nurse)
    review, reviewer = take(report(cast.nurse, words=SAFETY, stay=stay.pk))
    rate(review, reviewer)
    hear(review, reviewer, Heard.ASKED, words=SAFETY)
    answer(fresh(review), reviewer, text=SAFETY)
    evaluated = Evaluated(texts={"told": EVALUATED})
    record_evaluation(begin(by=cast.physician), stay, evaluated=evaluated)
    return stay.pk


@pytest.mark.parametrize("role", [Role.COUNSEL, Role.HOUSE_SUPERVISOR, Role.ETHICS])
def test_po_10_no_page_and_no_export_tells_them_anything_of_lane_two_or_of_an_evaluation(
    stay_id: UUID, role: Role
) -> None:
    client = enter(hire(role))

    asked = [(path, body) for path, body in read_everything(client, role, stay_id)]

    assert len(asked) >= LEAST_PAGES
    assert [path for path, body in asked if SAFETY in body or EVALUATED in body] == []


def test_a_reviewer_finds_the_canary_so_that_the_search_above_could_fail(stay_id: UUID) -> None:
    client = enter(hire(Role.RISK_MANAGER))

    found = [
        path for path, body in read_everything(client, Role.RISK_MANAGER, stay_id) if SAFETY in body
    ]

    assert found == ["/reviews/exports/files"]


def read_everything(client: Client, role: Role, stay_id: UUID) -> Iterator[tuple[str, str]]:
    """Open every page that the role may open, and send every form that takes something out."""
    for one in find_patterns():
        may = getattr(one.callback, "may", None)
        parts = set(one.pattern.converters)
        if may not in ALLOWED[role] or not parts <= {"stay_id"}:
            continue
        path = reverse(f"en:{one.name}", kwargs={"stay_id": stay_id} if parts else None)
        yield path, read_body(client.get(path).content)
        if "export" in path or "bundle" in path or "copies" in path:
            yield path, read_body(send(client, path, what="csv", **DAYS).content)


def find_patterns() -> list[URLPattern]:
    """Find every page of ours, from the table of addresses."""
    (english,) = (
        one for one in _find_resolvers(get_resolver().url_patterns) if one.namespace == "en"
    )
    return [one for one in english.url_patterns if isinstance(one, URLPattern)]


def read_body(content: bytes) -> str:
    """Read a page, or every file of an archive."""
    if not zipfile.is_zipfile(io.BytesIO(content)):
        return content.decode(errors="replace")
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return "".join(packed.read(name).decode(errors="replace") for name in packed.namelist())


def _find_resolvers(patterns: list[URLResolver | URLPattern]) -> Iterator[URLResolver]:
    for one in patterns:
        if isinstance(one, URLResolver):
            yield one
            if one.namespace is None:
                yield from _find_resolvers(one.url_patterns)
