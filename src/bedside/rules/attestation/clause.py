"""The clause library: every sentence that a letter can hold, in both languages, for each reader."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cache
from pathlib import Path

from bedside.rules.attestation.claim import ClaimClass, ClauseId
from bedside.rules.attestation.classes import is_limit
from bedside.rules.attestation.tables import Table, load_table, read_text
from bedside.rules.vocabulary.problem import Text

CLAUSES = Path(__file__).with_name("clauses.yaml")
LONGEST_NAME = 80  # letters in the name of a medicine, a test, a service or a place


class Reader(StrEnum):
    """Whom a document is for."""

    CUSTODY = "custody"
    CLINICIAN = "clinician"
    PATIENT = "patient"


class SlotType(StrEnum):
    """What a slot takes."""

    COUNT = "count"
    MOMENT = "moment"
    CHOICE = "choice"
    NAME = "name"


class Stronger(StrEnum):
    """Which way a slot makes the claim say more."""

    MORE = "more"
    LESS = "less"
    LATER = "later"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """One gap in a clause."""

    id: str
    type: SlotType
    stronger: Stronger = Stronger.NEITHER
    low: int = 0
    high: int = 0
    choices: Mapping[str, Text] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """One sentence of the library; what changes its meaning gets a new version."""

    id: ClauseId
    letter: ClaimClass
    version: int
    reviewer: str | None
    topic: str
    about: str | None  # the slot that tells claims of one topic apart
    strength: int
    is_limit: bool
    slots: Mapping[str, Slot]
    say: Mapping[Reader, Text]


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """All clauses by their id."""

    clauses: Mapping[ClauseId, Clause]

    def find(self, id_: ClauseId) -> Clause | None:
        """Find a clause."""
        return self.clauses.get(id_)


def find_unreviewed(ids: Iterable[ClauseId], library: Library) -> tuple[ClauseId, ...]:
    """Find the clauses whose sentences no named person has reviewed yet."""
    found = [library.find(id_) for id_ in dict.fromkeys(ids)]
    return tuple(clause.id for clause in found if clause is not None and clause.reviewer is None)


@cache
def load_library(path: Path = CLAUSES) -> Library:
    """Read the clause library."""
    table = load_table(path)
    choices = {
        id_: {word: read_text(said) for word, said in words.items()}
        for id_, words in table["choices"].items()
    }
    clauses = [_read_clause(entry, choices) for entry in table["clauses"]]
    return Library(clauses={clause.id: clause for clause in clauses})


def _read_clause(entry: Table, choices: Mapping[str, Mapping[str, Text]]) -> Clause:
    letter = ClaimClass(entry["class"])
    return Clause(
        id=ClauseId(entry["id"]),
        letter=letter,
        version=entry["version"],
        reviewer=entry["reviewer"],
        topic=entry["topic"],
        about=entry.get("about"),
        strength=entry.get("strength", 0),
        is_limit=entry.get("limit", is_limit(letter)),
        slots={i: _read_slot(i, slot, choices) for i, slot in (entry.get("slots") or {}).items()},
        say={Reader(reader): read_text(said) for reader, said in entry["say"].items()},
    )


def _read_slot(id_: str, entry: Table, choices: Mapping[str, Mapping[str, Text]]) -> Slot:
    return Slot(
        id=id_,
        type=SlotType(entry["type"]),
        stronger=Stronger(entry.get("stronger", "neither")),
        low=entry.get("from", 0),
        high=entry.get("to", 0),
        choices=choices[entry["of"]] if "of" in entry else {},
    )
