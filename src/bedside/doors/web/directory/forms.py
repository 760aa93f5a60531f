"""What staff type about contacts and their limits, read by hand; nothing typed is lost."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict

from bedside.doors.web import moments
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.staff.signed_in import Staff
from bedside.record.accounts.roles import NAMES
from bedside.record.directory.drafts import Draft, Naming
from bedside.record.directory.words import (
    AUTHORITIES,
    NORM,
    OWNERS,
    RELATIONS,
    WHAT,
    WHOM,
    WITHHELD_BY,
)
from bedside.rules.vocabulary.problem import Language, Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One choice of a list, and whether it was chosen before."""

    value: str
    label: str
    is_chosen: bool


def list_options(known: Mapping[str, Text], chosen: str, language: Language) -> tuple[Option, ...]:
    """List the choices in the language."""
    return tuple(
        Option(value=value, label=text.say(language), is_chosen=value == chosen)
        for value, text in known.items()
    )


def find_lists(sent: QueryDict, language: Language) -> dict[str, tuple[Option, ...]]:
    """Find every list that the forms of this room show, as it was left."""
    owners = {role.value: NAMES[role] for role in OWNERS}
    known: Iterable[tuple[str, Mapping[str, Text]]] = (
        ("owner", owners),
        ("authority", AUTHORITIES),
        ("withheld_by", WITHHELD_BY),
        ("whom", WHOM),
        ("what", WHAT),
        ("relation", RELATIONS),
    )
    return {
        f"{name}_options": list_options(texts, sent.get(name, ""), language)
        for name, texts in known
    }


def read_draft(sent: QueryDict, staff: Staff) -> Draft:
    """Read a limit as it was typed; what is wrong with it the record says."""
    authority = _read(sent, "authority") or _read(sent, "withheld_by")
    norm = _read(sent, "norm")
    return Draft(
        owner=_read(sent, "owner"),
        authority=authority,
        source=_read(sent, "source"),
        norm=norm if authority == NORM and norm in find_shelf().norms else "",
        reason=_read(sent, "reason"),
        until=read_moment(_read(sent, "until"), staff),
        whom=_read(sent, "whom"),
        what=_read(sent, "what"),
        alias=_read(sent, "alias"),
    )


def read_naming(sent: QueryDict) -> Naming:
    """Read a contact as the patient named it."""
    return Naming(
        name=_read(sent, "contact_name"),
        phone=_read(sent, "contact_phone"),
        relation=_read(sent, "relation"),
        in_private=_read(sent, "in_private") == "yes",
    )


def read_moment(written: str, staff: Staff) -> datetime | None:
    """Read a day and time on the hospital's clock; nothing if it is none."""
    at = moments.read_moment(written, staff.site.timezone)
    return at.astimezone(staff.at.tzinfo) if at else None


def read_version(sent: QueryDict) -> int:
    """Read which version of a row the page had shown."""
    written = _read(sent, "version")
    return int(written) if written.isdecimal() and len(written) < 9 else 0  # noqa: PLR2004 - an integer of the database


def _read(sent: QueryDict, name: str) -> str:
    return sent.get(name, "").replace("\x00", "").strip()
