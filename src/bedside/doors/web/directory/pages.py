"""What the pages about contacts show, in one language."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from bedside.doors.web.staff.signed_in import Staff
from bedside.doors.web.words import say
from bedside.record.accounts.queries import find_names
from bedside.record.accounts.roles import NAMES, Role
from bedside.record.directory.models import Restriction
from bedside.record.directory.queries import Directory, Named, Told, find_directory
from bedside.record.directory.words import AUTHORITIES, OUTCOMES, RELATIONS, WHAT, WHOM, WITHHELD_BY
from bedside.record.encounters.models import Encounter
from bedside.rules.vocabulary.problem import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class LimitLine:
    """A limit as a page tells it."""

    told: Told
    title: str
    owner: str
    authority: str
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactLine:
    """A contact as a page tells it."""

    named: Named
    relation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StayPage:
    """All that is kept about the contacts of one stay."""

    stay: Encounter
    directory: Directory
    status: str
    withheld: LimitLine | None
    restrictions: tuple[LimitLine, ...]
    past: tuple[LimitLine, ...]
    contacts: tuple[ContactLine, ...]
    outcomes: tuple[tuple[str, str], ...]


def build_stay(staff: Staff, stay: Encounter, language: Language) -> StayPage:
    """Build the page of one stay."""
    directory = find_directory(staff.reader(), stay, at=staff.at)
    limits = (*directory.restrictions, *directory.withheld_before)
    limits += (directory.withheld,) if directory.withheld else ()
    names = find_names({told.limit.by for told in limits if told.limit.by})
    lines = {told.limit.pk: _line(told, names, language) for told in limits}
    restrictions = [lines[told.limit.pk] for told in directory.restrictions]
    before = [lines[told.limit.pk] for told in directory.withheld_before]
    return StayPage(
        stay=stay,
        directory=directory,
        status=say(f"directory_status_{directory.status}", language),
        withheld=lines[directory.withheld.limit.pk] if directory.withheld else None,
        restrictions=tuple(line for line in restrictions if line.told.is_running),
        past=(*(line for line in restrictions if not line.told.is_running), *before),
        contacts=tuple(name_contact(one, language) for one in directory.contacts),
        outcomes=tuple((value, text.say(language)) for value, text in OUTCOMES.items()),
    )


def name_contact(named: Named, language: Language) -> ContactLine:
    """Say what a contact is to the patient."""
    return ContactLine(named=named, relation=RELATIONS[named.contact.relation].say(language))


def _line(told: Told, names: Mapping[UUID, str], language: Language) -> LimitLine:
    limit = told.limit
    authority = {**WITHHELD_BY, **AUTHORITIES}[limit.authority].say(language)
    title = ""
    if isinstance(limit, Restriction):
        title = f"{WHOM[limit.whom].say(language)}: {WHAT[limit.what].say(language)}"
    return LimitLine(
        told=told,
        title=title,
        owner=NAMES[Role(limit.owner)].say(language),
        authority=authority,
        by=names.get(limit.by, "") if limit.by else "",
    )
