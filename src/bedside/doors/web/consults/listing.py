"""Questions and what rules leave open, as a list tells them in one language."""

from collections.abc import Iterable
from dataclasses import dataclass

from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.staff.signed_in import Staff
from bedside.doors.web.stays.stay_page import Teller
from bedside.record.accounts.roles import NAMES, Role
from bedside.record.consults.models import Consult, Gap
from bedside.record.consults.queries import (
    Advised,
    find_advice,
    is_late,
    read_consult,
    read_gap_answer,
)
from bedside.record.consults.words import KINDS, Kind
from bedside.rules.vocabulary.problem import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One question in a list."""

    row: Consult
    kind: str
    question: str
    clock: str
    is_late: bool
    is_waiting: bool
    advice: tuple[Advised, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GapLine:
    """One thing that rules leave open."""

    row: Gap
    kind: str
    aspect: str
    count: int
    owner: str
    answer: str


def build_lines(consults: Iterable[Consult], staff: Staff, language: Language) -> tuple[Line, ...]:
    """Build the lines in the order of the questions."""
    teller, reader = Teller(staff=staff, language=language), staff.reader()
    return tuple(
        Line(
            row=one,
            kind=KINDS[Kind(one.kind)].say(language),
            question=read_consult(reader, one).question,
            clock="" if one.advised_at else teller.until(one.due_at)[0],
            is_late=is_late(one, staff.at),
            is_waiting=one.advised_at is None,
            advice=find_advice(reader, one),
        )
        for one in consults
    )


def tell_gap(gap: Gap, staff: Staff, language: Language) -> GapLine:
    """Tell what is left open; nothing of any patient is in it."""
    dimension = find_shelf().vocabulary.dimensions.get(gap.dimension)
    return GapLine(
        row=gap,
        kind=KINDS[Kind(gap.kind)].say(language),
        aspect=dimension.label.say(language) if dimension else "",
        count=gap.consults.count(),
        owner=NAMES[Role(gap.owner)].say(language),
        answer=read_gap_answer(staff.reader(), gap),
    )
