"""Opening stays: one by hand, ten at a time, from a paper packet; the same few fields."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.staff.signed_in import Staff
from bedside.doors.web.stays.forms import MOST_SHORT, Typed, read_answers
from bedside.doors.web.taps_page import Tile, build_answers
from bedside.doors.web.words import say
from bedside.record.accounts.roles import ALLOWED, May
from bedside.record.encounters.access import access_unit
from bedside.record.encounters.models import Encounter
from bedside.record.encounters.operations import Opening
from bedside.rules.vocabulary.catalogue import Value
from bedside.rules.vocabulary.problem import Language, Problem, Problems

MOST_ROOM, MOST_NUMBER, MOST_ROWS = 20, 32, 10
ASKED_FIRST = ("agency",)
ASKED_AFTER = (
    "in_custody_before_arrival",
    "patient_age_band",
    "pregnancy",
    "capacity",
    "setting",
    "language_help",
)
IN_CUSTODY = "in_custody"
FIELDS = ("unit", "room", "patient", "number")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question of the opening form, with what was chosen before."""

    fact: str
    question: str
    answers: tuple[Tile, ...]
    chosen: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the batch, as it was typed."""

    number: int
    prefix: str
    typed: Mapping[str, str]
    problems: tuple[str, ...] = ()
    code: str = ""


def find_labels(language: Language) -> dict[str, str]:
    """Name the fields as the page does."""
    return {name: say(f"stay_field_{name}", language) for name in (*FIELDS, "opened_at")}


def find_units(staff: Staff) -> tuple[str, ...]:
    """Find the units in which the person may open stays, their own first."""
    own = [unit for role, unit in staff.standing.posts if May.OPEN_STAYS in ALLOWED[role] and unit]
    known = staff.site.units or tuple(dict.fromkeys(own))
    may = [unit for unit in known if staff.standing.may_in(May.OPEN_STAYS, unit)]
    return tuple(sorted(may, key=lambda unit: unit not in own))


def find_move_units(staff: Staff, stay: Encounter) -> tuple[str, ...]:
    """Find the units that a patient may be moved to: every unit of the house."""
    return tuple(dict.fromkeys((stay.unit, *staff.site.units)))


def read_opening(
    typed: Typed, sent: QueryDict, staff: Staff, language: Language, *, how: str = "hand"
) -> tuple[Opening, dict[str, Value]]:
    """Read what a stay is opened with, or raise `Problems` with all that is wrong."""
    typed.labels = find_labels(language)
    unit = typed.choice("unit", find_units(staff) or ("",))
    opening = Opening(
        unit=unit,
        room=typed.text("room", most=MOST_ROOM, needed=True),
        how=how,
        patient=typed.text("patient", most=MOST_SHORT),
        number=typed.text("number", most=MOST_NUMBER),
        opened_at=typed.moment("opened_at", staff.site, now=staff.at),
    )
    facts: dict[str, Value] = {}
    try:
        facts = read_answers(_find_facts(sent, typed.prefix), staff.site)
    except Problems as found:
        typed.problems += found.problems
    if typed.problems:
        raise Problems(typed.problems)
    access_unit(staff.standing, unit, to=May.OPEN_STAYS)
    return opening, {IN_CUSTODY: True, **facts}


def build_opening_page(
    staff: Staff,
    language: Language,
    sent: Mapping[str, str],
    problems: Iterable[Problem] = (),
) -> dict[str, Any]:
    """Build the form with what was typed before."""
    units = find_units(staff)
    return {
        "units": units,
        "unit": sent.get("unit") or (units[0] if units else ""),
        "sent": sent,
        "first": [_ask(fact, sent, language) for fact in ASKED_FIRST],
        "after": [_ask(fact, sent, language) for fact in ASKED_AFTER],
        "problems": [problem.say(language) for problem in problems],
    }


def build_rows(staff: Staff, language: Language, sent: Mapping[str, str]) -> dict[str, Any]:
    """Build the ten lines of the batch with what was typed before."""
    units = find_units(staff)
    agency = find_shelf().vocabulary.facts["agency"]
    rows = [
        Row(number=n, prefix=f"r{n}-", typed=_find_row(sent, n)) for n in range(1, MOST_ROWS + 1)
    ]
    return {
        "units": units,
        "unit": sent.get("unit") or (units[0] if units else ""),
        "agencies": build_answers(agency, language),
        "agency_label": agency.label.say(language),
        "rows": rows,
    }


def read_search(sent: Mapping[str, str], language: Language) -> str:
    """Read what is looked for: a number of the hospital's, or a code."""
    typed = Typed(sent, {"number": say("stay_field_number", language)})
    number = typed.text("number", most=MOST_NUMBER, needed=True)
    if typed.problems:
        raise Problems(typed.problems)
    return number


def _ask(fact_id: str, sent: Mapping[str, str], language: Language) -> Asked:
    fact = find_shelf().vocabulary.facts[fact_id]
    return Asked(
        fact=fact_id,
        question=fact.question.say(language),
        answers=build_answers(fact, language),
        chosen=sent.get(fact_id, ""),
    )


def _find_facts(sent: QueryDict, prefix: str) -> QueryDict:
    """Find the fields of one row, under their own names."""
    if not prefix:
        return sent
    found = QueryDict(mutable=True)
    for name, values in sent.lists():
        if name.startswith(prefix):
            found.setlist(name.removeprefix(prefix), values)
    return found


def _find_row(sent: Mapping[str, str], number: int) -> dict[str, str]:
    prefix = f"r{number}-"
    return {n.removeprefix(prefix): v for n, v in sent.items() if n.startswith(prefix)}
