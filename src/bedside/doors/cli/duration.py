"""A duration such as PT48H, as people say it."""

import re

from bedside.rules.vocabulary.problem import Language, Text

PART = re.compile(r"(\d+)([YMWDHS])")
# The letter of a unit, with T before it in the part for the time of day: one of them, several.
UNITS = {
    "Y": (Text(en="year", es="año"), Text(en="years", es="años")),
    "M": (Text(en="month", es="mes"), Text(en="months", es="meses")),
    "W": (Text(en="week", es="semana"), Text(en="weeks", es="semanas")),
    "D": (Text(en="day", es="día"), Text(en="days", es="días")),
    "TH": (Text(en="hour", es="hora"), Text(en="hours", es="horas")),
    "TM": (Text(en="minute", es="minuto"), Text(en="minutes", es="minutos")),
    "TS": (Text(en="second", es="segundo"), Text(en="seconds", es="segundos")),
}


def say_duration(written: str, language: Language) -> str:
    """Say an ISO 8601 duration in words."""
    days, _, hours = written.removeprefix("P").partition("T")
    parts = [(count, unit) for count, unit in PART.findall(days)]
    parts += [(count, f"T{unit}") for count, unit in PART.findall(hours)]
    return " ".join(
        f"{count} {UNITS[unit][int(count) != 1].say(language)}" for count, unit in parts
    )
