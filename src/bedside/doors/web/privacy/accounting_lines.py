"""An accounting as a page and as a table, in one language."""

import csv
import io
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bedside.doors.web.privacy.clock_lines import tell_day, tell_moment
from bedside.doors.web.staff.signed_in import Staff
from bedside.doors.web.words import say
from bedside.record.privacy.accounting import Accounting, Granted, Line
from bedside.rules.vocabulary.problem import Language

FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would reckon with
COLUMNS: Final = ("sort", "day", "to", "address", "what", "purpose", "paragraph")


@dataclass(frozen=True, slots=True, kw_only=True)
class LineTold:
    """One disclosure."""

    id: str
    day: str
    to: str
    address: str
    what: str
    purpose: str
    limb: str
    cite: str
    left_out_by: str
    held_until: str
    may_be_held: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantedTold:
    """One thing that was asked for and granted."""

    day: str
    who: str
    words: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountingPage:
    """The page."""

    since: str
    told: tuple[LineTold, ...]
    left_out: tuple[LineTold, ...]
    held: tuple[LineTold, ...]
    granted: tuple[GrantedTold, ...]


def tell_accounting(accounting: Accounting, staff: Staff, language: Language) -> AccountingPage:
    """Tell an accounting."""

    def tell(lines: tuple[Line, ...]) -> tuple[LineTold, ...]:
        return tuple(_tell_line(line, staff, language) for line in lines)

    return AccountingPage(
        since=tell_day(accounting.since, language),
        told=tell(accounting.told),
        left_out=tell(accounting.left_out),
        held=tell(accounting.held),
        granted=tuple(_tell_granted(one, staff, language) for one in accounting.granted),
    )


def write_table(page: AccountingPage, language: Language) -> str:
    """Write what the accounting tells, and what was granted, as a table."""
    file = io.StringIO()
    table = csv.writer(file)
    table.writerow([say(f"privacy_column_{name}", language) for name in COLUMNS])
    disclosed, granted = say("privacy_disclosure", language), say("privacy_granted_one", language)
    for line in page.told:
        row = (disclosed, line.day, line.to, line.address, line.what, line.purpose, line.cite)
        table.writerow([_guard(cell) for cell in row])
    for one in page.granted:
        row = (granted, one.day, one.who, "", one.words, one.answer, "")
        table.writerow([_guard(cell) for cell in row])
    return file.getvalue()


def _guard(cell: str) -> str:
    """Keep a spreadsheet from reckoning with somebody's words."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _tell_line(line: Line, staff: Staff, language: Language) -> LineTold:
    return LineTold(
        id=line.row.partition("/")[2],
        day=_tell_at(line.at, staff, language),
        to=line.to.say(language),
        address=line.address,
        what=line.what.say(language),
        purpose=line.purpose.say(language),
        limb=line.limb.title.say(language),
        cite=line.limb.cite,
        left_out_by=line.limb.left_out_by,
        held_until=tell_day(line.held_until, language) if line.held_until else "",
        may_be_held=line.limb.may_be_suspended,
    )


def _tell_granted(one: Granted, staff: Staff, language: Language) -> GrantedTold:
    who = "privacy_asked_by_officer" if one.by_officer else "privacy_asked_by_staff"
    return GrantedTold(
        day=_tell_at(one.at, staff, language),
        who=say(who, language),
        words=one.words,
        answer=one.answer.say(language),
    )


def _tell_at(at: datetime, staff: Staff, language: Language) -> str:
    return tell_moment(at.astimezone(staff.site.timezone), language)
