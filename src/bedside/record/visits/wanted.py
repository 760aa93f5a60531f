"""Which fields of the record a norm wants, and whether this visit has them: data, not judgement."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import ClassVar

from bedside.record.refusal import Refused
from bedside.record.visits.known import Known
from bedside.record.visits.queries import Call, Happened
from bedside.record.visits.tables import load_paper_kinds
from bedside.rules.attestation.tables import Table, load_table, read_text
from bedside.rules.vocabulary.problem import Text, find_near

FILE = Path(__file__).with_name("records.yaml")
SAID_NO = {  # a field that a refusal fills, once it is written down
    "officers": ({"name_refused"}, {"refused"}),
    "agency": (set(), {"refused"}),
    "badges": ({"badge_refused"}, {"refused"}),
    "paper": ({"paper_refused"}, set()),
    "signature": ({"paper_refused"}, set()),
}
WITNESSED = ("declined", "would_not_wait", "entered")
NO_PAPER, YES = "none", "yes"


class UnknownNorm(Refused):
    """A row of the table that names a norm which the rulebook does not have."""

    code: ClassVar[str] = "visits.unknown-norm"
    en: ClassVar[str] = "records.yaml names `{norm}`, which is in no rulebook; did you mean {near}?"
    es: ClassVar[str] = (
        "records.yaml nombra `{norm}`, que no está en ninguna regla; ¿quiso decir {near}?"
    )


class Filled(StrEnum):
    """Whether a field of the record is there."""

    GIVEN = "given"
    REFUSED = "refused"  # asked for and not given, and that is written down
    MISSING = "missing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Want:
    """The fields that one norm wants; without a norm they are our own wish."""

    norm: str
    fields: tuple[str, ...]
    to: tuple[str, ...]  # roles of which one has to be called


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitRecord:
    """All of a visit that fields are filled from."""

    known: Known
    outcome: str
    came_at: datetime
    happened: tuple[Happened, ...]
    calls: tuple[Call, ...]

    @property
    def whats(self) -> frozenset[str]:
        """What happened, by word."""
        return frozenset(one.what for one in self.happened)

    def find_call(self, to: Sequence[str]) -> Call | None:
        """Find the first call to one of the roles."""
        return next((call for call in self.calls if call.role in to), None)

    def find_moment(self, whats: Sequence[str]) -> Happened | None:
        """Find the first of these moments."""
        return next((one for one in self.happened if one.what in whats), None)


@cache
def load_fields() -> Mapping[str, Text]:
    """Load what the fields are called."""
    return {id_: read_text(text) for id_, text in load_table(FILE)["fields"].items()}


@cache
def load_ours() -> Want:
    """Load what we want of every record, whatever the state."""
    return _read(load_table(FILE)["ours"])


@cache
def load_wants(jurisdiction: str, norms: frozenset[str]) -> tuple[Want, ...]:
    """Load what a state's norms want; refuse a row whose norm is in no rulebook."""
    rows = [row for state in load_table(FILE)["states"].values() for row in state]
    for norm in (row["norm"] for row in rows):
        if norm not in norms:
            raise UnknownNorm(norm=norm, near=find_near(norm, norms))
    of_state = load_table(FILE)["states"].get(jurisdiction, [])
    return tuple(_read(row) for row in of_state)


@cache
def load_acts() -> Mapping[str, Want]:
    """Load what fills a duty, by what it asks to do."""
    return {act: _read(row) for act, row in load_table(FILE)["acts"].items()}


def fill(want: Want, record: VisitRecord) -> dict[str, Filled]:
    """Find for each field that is wanted whether it is there."""
    return {field: _fill(field, want, record) for field in want.fields}


def _fill(field: str, want: Want, record: VisitRecord) -> Filled:
    if _is_given(field, want, record):
        return Filled.GIVEN
    whats, identities = SAID_NO.get(field, (set(), set()))
    if record.whats & whats or record.known.identity in identities:
        return Filled.REFUSED
    return Filled.MISSING


def _is_given(field: str, want: Want, record: VisitRecord) -> bool:
    told = TOLD.get(field)
    return told(want, record) if told else bool(getattr(record.known, field))


def _is_signature_told(_want: Want, record: VisitRecord) -> bool:
    kind = load_paper_kinds().get(record.known.paper)
    says = kind is not None and (kind.id == NO_PAPER or "signature" in kind.gives)
    return says or bool(record.known.signature)


def _is_copied(_want: Want, record: VisitRecord) -> bool:
    return record.known.paper == NO_PAPER or record.known.paper_copied == YES


def _is_witnessed(_want: Want, record: VisitRecord) -> bool:
    return any(one.witness for one in record.happened if one.what in WITNESSED)


TOLD: Mapping[str, Callable[[Want, VisitRecord], bool]] = {  # fields that are more than a word
    "called": lambda want, record: record.find_call(want.to) is not None,
    "came_at": lambda _want, _record: True,
    "count": lambda _want, record: record.known.count is not None,
    "outcome": lambda _want, record: bool(record.outcome),
    "paper_copied": _is_copied,
    "signature": _is_signature_told,
    "witness": _is_witnessed,
}


def _read(row: Table) -> Want:
    return Want(norm=row.get("norm", ""), fields=tuple(row["wants"]), to=tuple(row.get("to", ())))
