"""What the start page shows: pages that wait for an answer, and where the person's roles lead.

A room of pages is listed here by itself: whoever adds a page without parts says where it leads with
the word `go_<name of the page>`, and in one line why with `go_<name of the page>_line`. The lists
with which most begin stand here under their own titles where nobody gave them such a word.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import URLPattern, URLResolver, get_resolver

from bedside.doors.web.addresses import find_address
from bedside.doors.web.staff.signed_in import Staff, find_page_about
from bedside.doors.web.words import SAID
from bedside.record.accounts.roles import NAMES, May
from bedside.record.paging.models import Page
from bedside.record.paging.queries import find_open_pages
from bedside.rules.vocabulary.problem import Language

ICONS = {
    "people": "users",
    "board": "list",
    "letters": "file-text",
    "instructions": "megaphone",
    "openings": "eye",
    "settings": "lock",
    "journal": "history",
    "stays": "bed",
    "visits": "door-open",
    "questions": "message-circle-question-mark",
    "directory": "phone",
    "callers": "phone-call",
    "letter_patterns": "pen-line",
    "reports": "clipboard-pen",
    "reviews": "inbox",
    "ratings": "scale",
    "changes": "check",
    "agency_reports": "files",
    "lanes": "scale",
    "evaluation_stays": "lock",
    "consults": "scale",
    "holds": "lock",
    "legal_notes": "lock",
}
ANY_ICON = "chevron-right"
LISTS = ("stays", "visits")


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A page to which a role leads."""

    address: str
    icon: str
    title: str
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A page that waits for somebody with this role."""

    page: Page
    to: str
    title: str
    address: str  # of the thing that it is about


def find_ways(staff: Staff, language: Language) -> tuple[Way, ...]:
    """Find the pages that the person's roles open, in the order of the rooms."""
    said = SAID[language]
    return tuple(
        Way(
            address=find_address(name, language),
            icon=ICONS.get(name, ANY_ICON),
            title=title,
            line=said.get(f"go_{name}_line", ""),
        )
        for name, may in _find_pages(language)
        if (title := _find_title(name, said)) and staff.standing.may(may)
    )


def find_waiting(request: HttpRequest, staff: Staff, language: Language) -> tuple[Waiting, ...]:
    """Find the pages that wait for this person, the oldest first."""
    said, names = SAID[language], {role.value: name for role, name in NAMES.items()}
    return tuple(
        Waiting(
            page=page,
            to=names[page.to_role].say(language) if page.to_role in names else "",
            title=said.get(f"paged_{page.reason.replace('-', '_')}", said["paged"]),
            address=find_page_about(request, page.about),
        )
        for page in find_open_pages(staff.standing)
    )


def _find_title(name: str, said: Mapping[str, str]) -> str:
    own = said.get(f"{name}_title", "") if name in LISTS else ""
    return said.get(f"go_{name}", own)


def _find_pages(language: Language) -> list[tuple[str, May]]:
    """Find the pages that need nothing but their address, and what opens each."""
    resolvers = [one for one in get_resolver().url_patterns if isinstance(one, URLResolver)]
    return [
        (str(one.name), may)
        for one in _find_in(resolvers, language)
        if isinstance(may := getattr(one.callback, "may", None), May) and not one.pattern.converters
    ]


def _find_in(resolvers: list[URLResolver], language: Language) -> list[URLPattern]:
    found: list[URLPattern] = []
    for resolver in resolvers:
        if resolver.namespace == language:
            return [one for one in resolver.url_patterns if isinstance(one, URLPattern)]
        found = found or _find_in(
            [one for one in resolver.url_patterns if isinstance(one, URLResolver)], language
        )
    return found
