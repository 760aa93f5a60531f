"""A clock as a page tells it in one language: by which day, how many are left, who says so."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from bedside.doors.web.words import say
from bedside.record.privacy.queries import Running
from bedside.rules.calendars.clocks import load_regulators
from bedside.rules.calendars.source import Reading, Source
from bedside.rules.vocabulary.problem import SPANISH, Language

DAYS: Final = {
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
    "es": ("lun", "mar", "mié", "jue", "vie", "sáb", "dom"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockLine:
    """One clock."""

    id: str
    title: str
    who: str
    by: str  # the last day; nothing where it is as soon as can be
    left: str
    safe: str  # the earlier day on the strictest reading, if it is another
    safe_left: str
    says: str
    doubt: str
    quote: str
    source: str
    is_late: bool
    is_paused: bool
    given: str  # on which day it was answered
    file_at: str  # where, and how that is known
    days_left: int | None


def tell_day(day: date, language: Language) -> str:
    """Tell a day with its weekday."""
    return f"{DAYS[language][day.weekday()]} {day.isoformat()}"


def tell_moment(at: datetime, language: Language) -> str:
    """Tell a moment that is already on the hospital's clock."""
    return f"{tell_day(at.date(), language)} {at:%H:%M}"


def tell_source(source: Source, language: Language) -> str:
    """Tell a source and how it was read."""
    return f"{source.cite} · {tell_reading(source.reading, language)}"


def tell_reading(reading: Reading, language: Language) -> str:
    """Tell how a source was read."""
    return say(f"privacy_reading_{reading}", language)


def tell_clock(running: Running, language: Language) -> ClockLine:
    """Tell a clock as it stands."""
    due, clock = running.due, running.due.clock
    left = (due.on - running.today).days if due.on else None
    is_doubtful = running.is_open and due.safe_on is not None and due.safe_on != due.on
    safe_left = running.days_left if is_doubtful else None
    return ClockLine(
        id=clock.id,
        title=clock.title.say(language),
        who=clock.who.say(language),
        by=_tell_by(running, language),
        left="" if left is None or not running.is_open else tell_left(left, language),
        safe=tell_day(due.safe_on, language) if is_doubtful and due.safe_on else "",
        safe_left="" if safe_left is None else tell_left(safe_left, language),
        says=clock.says.say(language),
        doubt=clock.doubt.say(language),
        quote=clock.quote,
        source=tell_source(clock.source, language),
        is_late=running.is_open and left is not None and left < 0,
        is_paused=running.is_paused,
        given=tell_day(running.given_on, language) if running.given_on else "",
        file_at=_tell_regulator(clock.file_at, language),
        days_left=running.days_left,
    )


def tell_left(days: int, language: Language) -> str:
    """Say how many days are left."""
    if days < 0:
        return say("privacy_days_over", language, number=-days)
    if days == 0:
        return say("privacy_today", language)
    if days == 1:
        return say("privacy_day_left", language)
    return say("privacy_days_left", language, number=days)


def say_list(words: list[str], language: Language) -> str:
    """Say several things in one sentence."""
    if len(words) < 2:  # noqa: PLR2004 - one thing needs no "and"
        return "".join(words)
    return f"{', '.join(words[:-1])} {'y' if language == SPANISH else 'and'} {words[-1]}"


def _tell_by(running: Running, language: Language) -> str:
    due = running.due
    if due.at is not None:
        return tell_moment(due.at, language)
    return tell_day(due.on, language) if due.on else ""


def _tell_regulator(name: str, language: Language) -> str:
    one = load_regulators().get(name)
    if one is None:
        return ""
    reading = tell_reading(one.reading, language)
    return " · ".join(part for part in (one.how.say(language), one.address, reading) if part)
