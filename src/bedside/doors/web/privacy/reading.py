"""What a privacy officer typed, read by hand; nothing typed is lost, and nothing unread is kept."""

from datetime import date, datetime
from typing import Final

from django.http import QueryDict

from bedside.doors.web.moments import read_moment
from bedside.doors.web.staff.signed_in import Staff
from bedside.record.privacy.assessing import Answer, Weighed
from bedside.record.privacy.evidence import Shown
from bedside.record.privacy.operations import Stated
from bedside.record.privacy.refusals import NoMoment
from bedside.record.privacy.tables import load_factors

MOST_DIGITS: Final = 8


def read(sent: QueryDict, name: str) -> str:
    """Read a text."""
    return sent.get(name, "").replace("\x00", "").strip()


def read_number(sent: QueryDict, name: str, *, otherwise: int = 0) -> int:
    """Read a whole number; what is none becomes zero, so that it is refused in words."""
    written = read(sent, name)
    if not written:
        return otherwise
    return int(written) if written.isdecimal() and len(written) <= MOST_DIGITS else 0


def read_time(sent: QueryDict, name: str, staff: Staff) -> datetime | None:
    """Read a day and time on the hospital's clock; nothing if nothing was typed."""
    written = read(sent, name)
    if not written:
        return None
    at = read_moment(written, staff.site.timezone)
    if at is None:
        raise NoMoment
    return at.astimezone(staff.at.tzinfo)


def read_day(sent: QueryDict, name: str, staff: Staff) -> date | None:
    """Read a day; nothing if nothing was typed."""
    at = read_time(sent, name, staff)
    return at.astimezone(staff.site.timezone).date() if at else None


def find_today(staff: Staff) -> date:
    """Find the day on the clock of the hospital."""
    return staff.at.astimezone(staff.site.timezone).date()


def read_weighed(sent: QueryDict, shown: Shown) -> Weighed:
    """Read an assessment as it was typed, with the notes that were found for it."""
    return Weighed(
        limb=read(sent, "limb"),
        limb_says=read(sent, "limb_says"),
        exclusion=read(sent, "exclusion"),
        factors={
            name: Answer(
                chosen=tuple(one for one in sent.getlist(name) if one),
                reason=read(sent, f"{name}_reason"),
            )
            for name in load_factors()
        },
        result=read(sent, "result"),
        result_says=read(sent, "result_says"),
        evidence=tuple(one.write() for one in shown.notes),
    )


def read_stated(sent: QueryDict, staff: Staff) -> Stated:
    """Read what an official stated."""
    return Stated(
        form=read(sent, "form"),
        ground=read(sent, "ground"),
        official=read(sent, "official"),
        words=read(sent, "words"),
        stated_on=read_day(sent, "stated_on", staff),
        until=read_day(sent, "until", staff),
    )
