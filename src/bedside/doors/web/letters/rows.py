"""The rows of the editor: one sentence each, with its gaps, its free words, and what is wrong."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo

from bedside.doors.web.letters.proposals import STATUS, Proposal
from bedside.doors.web.moments import read_moment
from bedside.doors.web.screening.screened import Shown, screen
from bedside.doors.web.words import say
from bedside.rules.attestation.claim import Claim, Filling
from bedside.rules.attestation.classes import load_classes
from bedside.rules.attestation.clause import (
    LONGEST_NAME,
    Clause,
    Reader,
    Slot,
    SlotType,
    load_library,
)
from bedside.rules.attestation.lint import MOST_LETTERS, Hit, lint_addition
from bedside.rules.vocabulary.problem import Language

MOST_ROWS = 20
GAP = re.compile(r"\{\w+\}")
CODES = ("new_finding", "correction", "clearer_wording")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One sentence as it stands in the form."""

    number: int
    claim: str  # the name of the claim within its letter
    clause: Clause
    values: Mapping[str, str]
    is_kept: bool = True
    more: str = ""
    code: str = ""
    language: Language
    problems: tuple[str, ...] = ()
    has_travel: bool = False

    @property
    def title(self) -> str:
        """The sentence with its gaps left open."""
        return GAP.sub("…", self.clause.say[_fullest(self.clause)].say(self.language))

    @property
    def label(self) -> str:
        """The name of its class."""
        return load_classes()[self.clause.letter].label.say(self.language)

    @property
    def gaps(self) -> tuple["Gap", ...]:
        """What is to be filled in."""
        return tuple(
            Gap(
                id=slot.id,
                name=f"r{self.number}-s-{slot.id}",
                label=say(f"letter_slot_{slot.id}", self.language),
                slot=slot,
                value=self.values.get(slot.id, ""),
                language=self.language,
            )
            for slot in self.clause.slots.values()
        )

    @property
    def hits(self) -> tuple[tuple[str, str], ...]:
        """What free words may not say, each with the honest replacement."""
        hits: tuple[Hit, ...] = lint_addition(self.more, has_travel=self.has_travel)
        return tuple((hit.found, hit.say(self.language)) for hit in hits)

    @property
    def worries(self) -> tuple[Shown, ...]:
        """What may not be kept of anybody, in the free words and the names."""
        names = [self.values.get(gap.id, "") for gap in self.gaps if gap.is_name]
        return tuple(one for text in (self.more, *names) for one in screen(text, self.language))


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """One gap of a sentence, as a field."""

    id: str
    name: str
    label: str
    slot: Slot
    value: str
    language: Language

    @property
    def is_name(self) -> bool:
        """Tell whether somebody types it freely."""
        return self.slot.type is SlotType.NAME

    @property
    def kind(self) -> str:
        """How the field is shown."""
        return self.slot.type.value

    @property
    def options(self) -> tuple[tuple[str, str], ...]:
        """The choices in the language."""
        return tuple((id_, text.say(self.language)) for id_, text in self.slot.choices.items())


@dataclass(frozen=True, slots=True, kw_only=True)
class Typing:
    """How what was typed is read: in which language, on which clock."""

    language: Language
    zone: tzinfo
    has_travel: bool = field(default=False)


def rows_of_proposals(proposals: Iterable[Proposal], typing: Typing) -> tuple[Row, ...]:
    """Begin with what the stay tells."""
    rows = []
    for number, one in enumerate(proposals):
        clause = load_library().clauses.get(one.clause)  # type: ignore[call-overload]  # its own id
        if clause is not None:
            row = Row(
                number=number,
                claim=f"c{number + 1}",
                clause=clause,
                values=one.filled,
                is_kept=one.is_kept,
                language=typing.language,
            )
            rows.append(row)
    return tuple(rows)


def rows_of_claims(claims: Iterable[Claim], typing: Typing) -> tuple[Row, ...]:
    """Begin with the claims of an earlier version."""
    found = [(one, load_library().find(one.clause)) for one in claims if one.clause not in STATUS]
    return tuple(
        Row(
            number=number,
            claim=str(claim.id),
            clause=clause,
            values={one.slot: _write(one.value, typing) for one in claim.filled},
            more=claim.addition.say(typing.language) or claim.addition.en or claim.addition.es,
            language=typing.language,
        )
        for number, (claim, clause) in enumerate(found)
        if clause is not None
    )


def read_rows(sent: Mapping[str, str], typing: Typing) -> tuple[Row, ...]:
    """Read the rows as they were sent; one of an unknown sentence is left out."""
    rows = []
    for number in range(MOST_ROWS):
        clause = load_library().clauses.get(sent.get(f"r{number}-clause", ""))  # type: ignore[call-overload]  # checked by the look-up
        if clause is None:
            continue
        code = sent.get(f"r{number}-code", "")
        row = Row(
            number=number,
            claim=sent.get(f"r{number}-id", "")[:40] or f"c{number + 1}",
            clause=clause,
            values={id_: _clean(sent.get(f"r{number}-s-{id_}", "")) for id_ in clause.slots},
            is_kept=sent.get(f"r{number}-keep") == "yes",
            more=sent.get(f"r{number}-more", "").strip()[: MOST_LETTERS * 4],
            code=code if code in CODES else "",
            language=typing.language,
        )
        rows.append(row)
    has_travel = any(row.is_kept and row.clause.id.startswith("travel/") for row in rows)
    return tuple(replace(row, has_travel=has_travel) for row in rows)


def add_row(rows: tuple[Row, ...], clause_id: str, typing: Typing) -> tuple[Row, ...]:
    """Put one more sentence below the others."""
    clause = load_library().clauses.get(clause_id)  # type: ignore[call-overload]  # checked by the look-up
    free = next((n for n in range(MOST_ROWS) if n not in {row.number for row in rows}), None)
    if clause is None or free is None:
        return rows
    taken = {row.claim for row in rows}
    name = next(f"c{n}" for n in range(1, 10_000) if f"c{n}" not in taken)
    new = Row(number=free, claim=name, clause=clause, values={}, language=typing.language)
    return (*rows, new)


def read_value(slot: Slot, written: str, typing: Typing) -> Filling | None:
    """Read what was typed into a gap; nothing for what does not fit."""
    match slot.type:
        case SlotType.COUNT:
            number = int(written) if written.isdecimal() and len(written) < 5 else None  # noqa: PLR2004 - no count is longer
            return number if number is not None and slot.low <= number <= slot.high else None
        case SlotType.MOMENT:
            return read_moment(written, typing.zone)
        case SlotType.CHOICE:
            return written if written in slot.choices else None
        case SlotType.NAME:
            return written if 0 < len(written) <= LONGEST_NAME else None


def _write(value: Filling, typing: Typing) -> str:
    if isinstance(value, datetime):
        return f"{value.astimezone(typing.zone):%Y-%m-%dT%H:%M}"
    return str(value)


def _fullest(clause: Clause) -> Reader:
    return Reader.CLINICIAN if Reader.CLINICIAN in clause.say else next(iter(clause.say))


def _clean(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())
