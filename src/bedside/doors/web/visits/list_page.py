"""The list of visits: the open ones first, and the pages that wait for whoever asks."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.staff.signed_in import Staff
from bedside.doors.web.visits.forms import find_choices
from bedside.doors.web.visits.visit_page import say_outcome
from bedside.record.paging.queries import find_open_pages
from bedside.record.visits.models import Visit
from bedside.record.visits.queries import find_known, find_visits
from bedside.rules.vocabulary.problem import Language

ROOM = "visit/"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One visit in the list."""

    visit: Visit
    asks: str
    agency: str
    outcome: str
    calls_me: bool  # a page about it waits for whoever asks


@dataclass(frozen=True, slots=True, kw_only=True)
class ListPage:
    """The list."""

    open: tuple[Row, ...]
    closed: tuple[Row, ...]


def build_list(staff: Staff, language: Language) -> ListPage:
    """Build the list."""
    rows = tuple(_build_rows(staff, language))
    return ListPage(
        open=tuple(row for row in rows if row.visit.closed_at is None),
        closed=tuple(row for row in rows if row.visit.closed_at is not None),
    )


def _build_rows(staff: Staff, language: Language) -> Iterable[Row]:
    choices = find_choices(find_shelf().vocabulary, language)
    reader = staff.reader()
    calling = set(_find_calling(staff))
    for visit in find_visits(staff.standing):
        known = find_known(reader, visit)
        yield Row(
            visit=visit,
            asks=choices["asks"].get(known.asks, "") if known else "",
            agency=choices["agency"].get(known.agency, "") if known else "",
            outcome=say_outcome(visit, language),
            calls_me=visit.pk in calling,
        )


def _find_calling(staff: Staff) -> Iterable[UUID]:
    for page in find_open_pages(staff.standing):
        if page.about.startswith(ROOM):
            yield UUID(page.about.removeprefix(ROOM))
