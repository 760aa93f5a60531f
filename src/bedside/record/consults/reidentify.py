"""Whether a teaching case could tell who somebody is: what is looked for, and what is found.

The check is strict and knows no exceptions: what it finds is said in other words, or left out.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bedside.rules.screening.find import find_worries
from bedside.trust.publication.publish import LEAST_THRESHOLD

RUN: Final = 6  # words in a row that are the record's own
LEAST_NAME: Final = 3  # letters of a name that is looked for
MONTHS: Final = (
    "jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    "|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?|enero|febrero|marzo|abril|mayo|junio|julio|agosto"
    "|septiembre|octubre|noviembre|diciembre"
)
TIMES: Final = re.compile(
    rf"\b(?:\d{{4}}-\d\d?(?:-\d\d?)?|\d{{1,2}}[/.]\d{{1,2}}(?:[/.]\d{{2,4}})?|\d{{1,2}}:\d\d"
    rf"|(?:19|20)\d\d|\d{{1,2}}\s?(?:am|pm|a\.m\.|p\.m\.)"
    rf"|(?:{MONTHS})\.?(?:\s+de)?\s+\d{{1,4}}|\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+|de\s+)?(?:{MONTHS})"
    r"|(?:mon|tues|wednes|thurs|fri|satur|sun)day|lunes|martes|miércoles|jueves|viernes|sábado"
    r"|domingo)\b",
    re.IGNORECASE,
)
AGES: Final = re.compile(
    r"\b\d{1,3}\s*-?\s*(?:years?|yrs?|months?|weeks?|días?|años?|meses|semanas?)(?:\s*-?\s*old)?\b",
    re.IGNORECASE,
)
TITLED: Final = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Dra|Sr|Sra|Officer|Agent|Nurse|Agente|Doctora?)\.?\s+[A-ZÁÉÍÓÚÑ]\w+"
)
# A capital letter within a sentence is a name of somebody, of a place or of an agency.
CAPITAL: Final = re.compile(r"(?<=[a-záéíóúñ,;:)'0-9\"])\s+[(\"]?([A-ZÁÉÍÓÚÑ][\w'-]*)")
NO_NAMES: Final = frozenset({"I", "I'm", "I'd", "I'll", "I've", "ED", "ICU", "QR"})
STRAIGHT: Final = str.maketrans(
    {0x2018: "'", 0x2019: "'", 0x201C: '"', 0x201D: '"', 0xAB: '"', 0xBB: '"'}
)
NUMBERS: Final = re.compile(r"(?<!\w)\d{3,}(?!\w)")


class Found(StrEnum):
    """What a check finds."""

    KNOWN = "known"  # a name, a code or a place of the record itself
    NAME = "name"
    TIME = "time"
    AGE = "age"
    NUMBER = "number"
    RECORD = "record"  # a number, a phone or words that are never kept
    COPIED = "copied"
    FEW = "few"
    UNCHECKED = "unchecked"


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """What a case is held against: the names of the record, its words, and how many were alike."""

    names: Collection[str]
    words: Collection[str]
    alike: int  # stays that period and setting fit
    is_readable: bool = True  # the stay's record still opens


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that could tell who somebody is."""

    what: Found
    words: str = ""


def check_case(texts: Iterable[str], around: Around) -> tuple[Finding, ...]:
    """Find everything in a case that could tell who somebody is; nothing is a pass."""
    found = [] if around.is_readable else [Finding(what=Found.UNCHECKED)]
    if around.alike < LEAST_THRESHOLD:
        found.append(Finding(what=Found.FEW))
    for text in (one.translate(STRAIGHT) for one in texts):
        found += _find_known(text, around.names)
        found += _find_copied(text, around.words)
        found += _find_shaped(text)
    first: dict[str, Finding] = {}
    for one in found:  # the same words are told once, by what they surely are
        first.setdefault(one.words or one.what.value, one)
    return tuple(first.values())


def _find_known(text: str, names: Iterable[str]) -> Iterator[Finding]:
    told = f" {_even_out(text)} "
    for name in names:
        wanted = _even_out(name)
        if len(wanted) >= LEAST_NAME and f" {wanted} " in told:
            yield Finding(what=Found.KNOWN, words=name)


def _find_copied(text: str, sources: Iterable[str]) -> Iterator[Finding]:
    words = _even_out(text).split()
    runs = {tuple(words[at : at + RUN]) for at in range(len(words) - RUN + 1)}
    for source in sources:
        own = _even_out(source).split()
        hit = next(
            (run for at in range(len(own) - RUN + 1) if (run := tuple(own[at : at + RUN])) in runs),
            None,
        )
        if hit:
            yield Finding(what=Found.COPIED, words=" ".join(hit))


def _find_shaped(text: str) -> Iterator[Finding]:
    for worry in find_worries(text):
        yield Finding(what=Found.RECORD, words=text[worry.start : worry.end])
    for what, pattern in ((Found.TIME, TIMES), (Found.AGE, AGES), (Found.NAME, TITLED)):
        yield from (Finding(what=what, words=hit[0].strip()) for hit in pattern.finditer(text))
    yield from (Finding(what=Found.NUMBER, words=hit[0]) for hit in NUMBERS.finditer(text))
    for hit in CAPITAL.finditer(text):
        if hit[1] not in NO_NAMES:
            yield Finding(what=Found.NAME, words=hit[1])


def _even_out(text: str) -> str:
    """Write a text so that only its letters and digits count."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign))
    return " ".join(re.findall(r"\w+", plain))
