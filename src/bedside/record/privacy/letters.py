"""The letters of the privacy officer: to the patient in plain words, and to an agency.

The patient's holds what 45 CFR 164.404(c)(1) lists. The agency's names no patient. Nothing here
knows a field that could tell of anybody's status, and nothing in a letter names an agency.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final

from bedside.record.privacy.operations import MOST_BODY, say_missing
from bedside.record.privacy.refusals import NothingSaid
from bedside.rules.attestation.tables import load_table
from bedside.rules.vocabulary.problem import ENGLISH, SPANISH, Language, Text

LETTERS: Final = Path(__file__).with_name("letters.yaml")
MOST_TYPED: Final = 2000
PATIENT, AGENCY = "patient", "agency"
NEEDS: Final = {
    PATIENT: ("happened", "nature", "steps", "doing", "contact"),
    AGENCY: ("happened", "contact"),
}
BLANK: Final = re.compile(r"\{(\w+)\}")
Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a letter is filled with: the hospital, the days, and what the officer typed."""

    hospital: Text
    happened_on: date
    known_on: date
    answer_by: date
    typed: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph under its heading."""

    heading: str
    text: str
    holds: str  # which item of 45 CFR 164.404(c)(1) it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """A letter as it is printed."""

    language: Language
    subject: str
    paragraphs: tuple[Paragraph, ...]
    closing: str

    def write(self) -> str:
        """Write it as plain text, as it is kept."""
        parts = [self.subject]
        parts += [f"{one.heading}\n{one.text}" for one in self.paragraphs]
        return "\n\n".join([*parts, self.closing])


def compose(to: str, facts: Facts, language: Language) -> Letter:
    """Compose a letter, or say which part of it is still missing."""
    _verify(to, facts)
    entry = _load()[to]
    filled = {
        **facts.typed,
        "hospital": facts.hospital.say(language),
        "happened_on": tell_day(facts.happened_on, language),
        "known_on": tell_day(facts.known_on, language),
        "answer_by": tell_day(facts.answer_by, language),
    }
    return Letter(
        language=language,
        subject=_say(entry["subject"], language, filled),
        paragraphs=tuple(
            Paragraph(
                heading=_say(one["heading"], language, filled),
                text=_say(one["text"], language, filled),
                holds=one["holds"],
            )
            for one in entry["paragraphs"]
        ),
        closing=_say(entry["closing"], language, filled),
    )


def choose_language(wanted: Language, *, is_sample: bool) -> Language:
    """Choose the language of a letter: Spanish that nobody reviewed leaves no real hospital."""
    return wanted if is_sample or _load()["reviewer"] else ENGLISH


def tell_day(day: date, language: Language) -> str:
    """Tell a day as people write it in a letter."""
    month = Text(**_load()["months"][day.month - 1]).say(language)
    if language == SPANISH:
        return f"{day.day} de {month} de {day.year}"
    return f"{month} {day.day}, {day.year}"


def is_reviewed() -> bool:
    """Tell whether a named person has reviewed the Spanish."""
    return bool(_load()["reviewer"])


def _verify(to: str, facts: Facts) -> None:
    texts = _load()["missing"]
    typed = facts.typed
    missing = tuple(Text(**texts[name]) for name in NEEDS[to] if not typed.get(name, "").strip())
    if missing:
        raise NothingSaid(most=MOST_TYPED, **say_missing(missing))
    long = tuple(Text(**texts[n]) for n in NEEDS[to] if len(typed[n]) > MOST_TYPED)
    if long or sum(map(len, typed.values())) > MOST_BODY // 2:
        raise NothingSaid(most=MOST_TYPED, **say_missing(long))


def _say(entry: Entry, language: Language, filled: Mapping[str, str]) -> str:
    words = Text(en=entry["en"], es=entry["es"]).say(language)
    parts = BLANK.split(words)  # in one pass: what somebody typed is never read as a blank
    return "".join(filled.get(one, "").strip() if n % 2 else one for n, one in enumerate(parts))


@cache
def _load() -> Entry:
    return load_table(LETTERS)
