"""How long something may take, in words, from how norms write it (ISO 8601)."""

import re

from bedside.doors.web.words import say
from bedside.rules.vocabulary.problem import Language

PERIOD = re.compile(
    r"P(?:(\d+)Y)?(?:(\d+)M)?(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?"
)
UNITS = ("year", "month", "week", "day", "hour", "minute", "second")


def say_span(within: str | None, counted: str, language: Language) -> str:
    """Say within what time; nothing where no time is set."""
    found = PERIOD.fullmatch(within or "")
    if not within or found is None:
        return ""
    parts = [(int(n), unit) for n, unit in zip(found.groups(), UNITS, strict=True) if int(n or 0)]
    if not parts:
        return say("at_once", language)
    said = " ".join(_say_part(n, unit, counted, language) for n, unit in parts)
    return say("within", language, span=said)


def _say_part(number: int, unit: str, counted: str, language: Language) -> str:
    many = "one" if number == 1 else "many"
    kind = "working_day" if unit == "day" and counted == "working" else unit
    return say(f"span_{kind}_{many}", language, n=number)
