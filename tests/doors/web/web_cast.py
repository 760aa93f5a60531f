"""A visitor to the pages of the sample hospital, and how a page is read in a test."""

import re
from html import unescape

from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from bedside.doors.web.shelf import Shelf, find_shelf
from bedside.record.accounts.models import Person

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
PAGES = ("", "norms", "officer", "about")
NORM = "norms/us/federal/hhs/cms/482-13-c-1-personal-privacy"
NURSING = {
    "activity": "feeding",
    "patient_wish": "not_asked",
    "position": "at_bedside",
    "danger": "none",
    "device": "in_use",
    "as_of": "2026-11-23",
}


def find_sample() -> Shelf:
    """Find the shelf of the sample hospital; tests are started by no command that names one."""
    settings.BEDSIDE_IS_SAMPLE = True
    return find_shelf()


def enter(person: Person) -> Client:
    """Sign somebody in."""
    find_sample()
    client = Client()
    client.force_login(person, backend=BACKEND)
    return client


def visit(path: str) -> HttpResponse:
    """Ask for a page."""
    find_sample()
    response = Client().get(f"/{path}")
    assert isinstance(response, HttpResponse)
    return response


def tap(path: str = "answer", **taps: str | list[str]) -> HttpResponse:
    """Send taps to a page."""
    find_sample()
    response = Client().post(f"/{path}", taps)
    assert isinstance(response, HttpResponse)
    return response


def read(response: HttpResponse) -> str:
    """Read a page as a person does: words only, spaces evened out."""
    page = response.content.decode()
    page = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", page, flags=re.DOTALL)
    page = re.sub(r"</?(b|small|span|i)\b[^>]*>", "", page)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def find_addresses(response: HttpResponse) -> list[str]:
    """Find every address that a page leads to or loads."""
    return re.findall(
        r'(?:href|src|action|formaction|hx-\w+)="([^"#]*)"', response.content.decode()
    )
