"""What somebody would save, and everything that is wrong with it, before anything is saved."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bedside.record.accounts.access import Standing
from bedside.record.accounts.roles import Role
from bedside.record.directory.refusals import (
    CounselOnly,
    NoAuthority,
    NoEnd,
    NoOwner,
    NoReason,
    NotListed,
)
from bedside.record.directory.words import (
    AUTHORITIES,
    NORM,
    OWNERS,
    PATIENT,
    PROTECTED,
    WHAT,
    WHOM,
    WITHHELD_BY,
)
from bedside.record.refusal import Refused

MOST_DAYS = 30  # then somebody has to look again and say why it goes on
MOST_WORDS, MOST_NAME, MOST_PHONE = 500, 120, 40
NO_SOURCE_NEEDED = frozenset({NORM, PATIENT})


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What every limit needs; a restriction says whom and what too, a withholding an alias."""

    owner: str
    authority: str
    reason: str
    until: datetime | None
    source: str = ""
    norm: str = ""
    whom: str = ""
    what: str = ""
    alias: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """Somebody whom a patient names: who, which number, what they are, and whether in private."""

    name: str
    phone: str
    relation: str
    in_private: bool


def find_wrongs_of_restriction(
    draft: Draft, standing: Standing, *, at: datetime
) -> tuple[Refused, ...]:
    """Find everything for which a restriction cannot be saved."""
    wrongs = list(_find_wrongs(draft, at))
    if draft.whom not in WHOM or draft.what not in WHAT:
        wrongs.append(NotListed())
    if draft.authority not in AUTHORITIES or _lacks_source(draft):
        wrongs.append(NoAuthority())
    if draft.until is None:
        wrongs.append(NoEnd(days=MOST_DAYS))
    if draft.whom in PROTECTED and Role.COUNSEL not in standing.roles:
        wrongs.append(CounselOnly())
    return tuple(wrongs)


def find_wrongs_of_withholding(draft: Draft, *, at: datetime) -> tuple[Refused, ...]:
    """Find everything for which a name cannot be withheld."""
    wrongs = list(_find_wrongs(draft, at))
    if draft.authority not in WITHHELD_BY or _lacks_source(draft):
        wrongs.append(NoAuthority())
    if draft.until is None and draft.authority != PATIENT:
        wrongs.append(NoEnd(days=MOST_DAYS))
    if len(draft.alias) > MOST_NAME:
        wrongs.append(NotListed())
    return tuple(wrongs)


def _find_wrongs(draft: Draft, at: datetime) -> list[Refused]:
    wrongs: list[Refused] = []
    if draft.owner not in {role.value for role in OWNERS}:
        wrongs.append(NoOwner())
    if not draft.reason or max(len(draft.reason), len(draft.source)) > MOST_WORDS:
        wrongs.append(NoReason(most=MOST_WORDS))
    latest = at + timedelta(days=MOST_DAYS)
    if draft.until is not None and not at < draft.until <= latest:
        wrongs.append(NoEnd(days=MOST_DAYS))
    return wrongs


def _lacks_source(draft: Draft) -> bool:
    if draft.authority == NORM:
        return not draft.norm
    return draft.authority not in NO_SOURCE_NEEDED and not draft.source
