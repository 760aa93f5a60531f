"""A teaching case as its page shows it: what it is held against, what was found, who signed."""

from collections.abc import Mapping
from dataclasses import dataclass

from bedside.doors.web.directory.forms import Option
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.staff.signed_in import Staff
from bedside.doors.web.words import say
from bedside.record.accounts.roles import NAMES, Role
from bedside.record.consults.case_operations import MOST_STORY, MOST_TITLE
from bedside.record.consults.case_queries import (
    SIGNERS,
    House,
    Telling,
    check_telling,
    find_periods,
    find_signers,
    read_case,
)
from bedside.record.consults.models import Consult, TeachingCase
from bedside.record.consults.reidentify import Finding
from bedside.rules.vocabulary.problem import Language

AGENCY = "agency"
NO_AGENCY = "none"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """One case in a list."""

    row: TeachingCase
    title: str
    signed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """One case on its page."""

    row: TeachingCase
    telling: Telling
    found: tuple[tuple[str, str], ...]  # what it is, and the words
    signers: tuple[tuple[str, bool], ...]  # for whom, and whether they signed
    is_ready: bool
    may_sign: str  # the role for which this person signs; nothing if none


def find_house(staff: Staff) -> House:
    """Find what the hospital and the agencies are called."""
    site, agency = staff.site, find_shelf().vocabulary.facts[AGENCY]
    names = [site.name.en, site.name.es, *site.units]
    for word in agency.words:
        if word.id != NO_AGENCY:
            names += [word.label.en, word.label.es, word.id.upper()]
            names += [word.label.en.partition(" (")[0], word.label.es.partition(" (")[0]]
    return House(names=tuple(dict.fromkeys(names)), zone=site.timezone)


def find_found(staff: Staff, consult: Consult, telling: Telling) -> tuple[Finding, ...]:
    """Hold a case against the record as it is now."""
    return check_telling(staff.reader(), consult, telling, find_house(staff))


def build_case(staff: Staff, case: TeachingCase, language: Language) -> Shown:
    """Build the page of a case."""
    telling, signed = read_case(staff.reader(), case), find_signers(case)
    found = find_found(staff, case.consult, telling)
    own = [role for role in SIGNERS if role in staff.standing.roles and role.value not in signed]
    return Shown(
        row=case,
        telling=telling,
        found=tuple((say(f"cases_found_{one.what}", language), one.words) for one in found),
        signers=tuple((NAMES[role].say(language), role.value in signed) for role in SIGNERS),
        is_ready=not found and signed == {role.value for role in SIGNERS},
        may_sign=own[0].value if own and not found else "",
    )


def build_list(staff: Staff, cases: tuple[TeachingCase, ...], language: Language) -> list[CaseLine]:
    """Build the lines of the list."""
    reader = staff.reader()
    return [
        CaseLine(
            row=one,
            title=read_case(reader, one).title,
            signed=tuple(
                NAMES[role].say(language) for role in SIGNERS if role.value in find_signers(one)
            ),
        )
        for one in cases
    ]


def read_telling(
    staff: Staff, consult: Consult, sent: Mapping[str, str], language: Language
) -> Telling:
    """Read a case from its form; only a period and a setting that are offered are taken."""
    period, setting = sent.get("period", ""), sent.get("setting", "")
    periods = {one.value for one in list_periods(staff, consult, sent, language)}
    return Telling(
        title=_read(sent, "title", MOST_TITLE),
        story=_read(sent, "story", MOST_STORY),
        lesson=_read(sent, "lesson", MOST_STORY),
        period=period if period in periods else "",
        setting=setting if setting == consult.encounter.unit else "",
    )


def list_periods(
    staff: Staff, consult: Consult, sent: Mapping[str, str], language: Language
) -> tuple[Option, ...]:
    """List by what a case may be dated: half a year, a year, or nothing."""
    chosen = sent.get("period", "")
    known = ("", *find_periods(consult, staff.site.timezone))
    return tuple(
        Option(value=one, label=one or say("cases_withheld", language), is_chosen=one == chosen)
        for one in known
    )


def list_settings(
    consult: Consult, sent: Mapping[str, str], language: Language
) -> tuple[Option, ...]:
    """List where a case may be set: its unit, or nowhere said."""
    chosen, unit = sent.get("setting", ""), consult.encounter.unit
    return tuple(
        Option(value=one, label=one or say("cases_withheld", language), is_chosen=one == chosen)
        for one in ("", unit)
    )


def write_case(telling: Telling, kind: str, language: Language) -> bytes:
    """Write a case as the file that goes out: nothing in it names the hospital."""
    dated = ", ".join(one for one in (telling.period, telling.setting) if one)
    lines = [
        f"# {telling.title}",
        f"{say('cases_file_line', language)} {kind}. {dated}".strip(),
        telling.story,
        f"## {say('cases_lesson', language)}",
        telling.lesson,
    ]
    return ("\n\n".join(lines) + "\n").encode()


def find_signing_role(staff: Staff, sent: str) -> Role | None:
    """Find for whom a person signs; nothing if that is not their role."""
    return next((one for one in SIGNERS if one.value == sent and one in staff.standing.roles), None)


def _read(sent: Mapping[str, str], name: str, most: int) -> str:
    return sent.get(name, "").replace("\x00", "").replace("\r\n", "\n").strip()[: most + 1]
