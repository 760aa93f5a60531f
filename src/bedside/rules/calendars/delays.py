"""What an official's statement does to a clock: it pauses only on paper, or dated and oral.

45 CFR 164.412 delays what is due "for the time period specified"; it does not say that the days of
the delay are added to the sixty. So the day after the delay, or the old last day if that is later,
is shown: the earlier of the two readings.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum

from bedside.rules.calendars.clocks import TERM_AGAIN, DelayRule, Due

DAY = timedelta(days=1)
ORAL_MOST = 30  # days from the statement: 45 CFR 164.412(b)


class Form(StrEnum):
    """How an official stated that telling would do harm."""

    WRITTEN = "written"  # it says for how long
    ORAL = "oral"  # documented with who said it, thirty days at most


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """An official's statement: its form, its day, and until when it asks to wait."""

    form: Form
    stated_on: date
    until: date | None = None  # an oral one need not say


def find_end(statement: Statement, rule: DelayRule) -> date:
    """Find the last day of a delay: the day asked for, and never later than the rule lets it be."""
    is_oral = statement.form is Form.ORAL
    most = rule.oral_most if is_oral else rule.written_most
    longest = statement.stated_on + most * DAY if most else None
    ends = [day for day in (statement.until, longest) if day is not None]
    return min(ends) if ends else statement.stated_on


def pause(due: Due, statements: Iterable[Statement]) -> Due:
    """Put off what is due behind the latest delay that holds for it; nothing else pauses it."""
    rule = due.clock.delay
    ends = [find_end(one, rule) for one in statements] if rule else []
    if not ends or rule is None or due.on is None or due.safe_on is None:
        return due
    end, term = max(ends), due.clock.term
    if rule.then == TERM_AGAIN and term is not None:
        on = max(due.on, term.find_last(end, term.calendar))
        safe = max(due.safe_on, term.find_last(end, due.clock.strict or term.calendar))
        return replace(due, on=on, safe_on=min(on, safe))
    return replace(due, on=max(due.on, end + DAY), safe_on=max(due.safe_on, end + DAY))


def is_paused(due: Due, statements: Iterable[Statement], *, today: date) -> bool:
    """Tell whether telling has to wait today."""
    rule = due.clock.delay
    return rule is not None and any(
        one.stated_on <= today <= find_end(one, rule) for one in statements
    )
