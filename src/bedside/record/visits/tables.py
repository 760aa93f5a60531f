"""The tables of the door: what may be asked for, which paper it is, what is said, what is wanted.

They are read once; ids are held against the vocabulary and the rulebook by `tests/record`, and
those of norms at the first page too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bedside.record.visits.known import Known
from bedside.rules.attestation.tables import Table, load_table, read_text
from bedside.rules.vocabulary.catalogue import Value
from bedside.rules.vocabulary.problem import Text

HERE = Path(__file__).parent
DOORS = ("main", "emergency", "unit", "staff", "parking", "other")
PAPER_FIELDS = {  # a question about the paper, and the field of `Known` that holds its answer
    "kind": "paper",
    "signature": "signature",
    "place": "paper_place",
    "person": "paper_person",
    "until": "paper_until",
}
OUTCOMES = ("waits", "left", "let_in", "entered")
REFUSALS = ("name_refused", "badge_refused", "masked", "paper_refused", "would_not_wait")
PHONED = ("phoned_answered", "phoned_no_answer")
DECLINED = "declined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """One sentence to say and one thing to do."""

    id: str
    say: Text
    do: Text
    label: Text
    icon: str
    reviewer: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One thing that officers ask for."""

    id: str
    label: Text
    icon: str
    facts: Mapping[str, Value]
    about: tuple[str, ...]
    says: str  # rules or script
    script: str
    call: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperKind:
    """A kind of paper, and what the word itself says of it."""

    id: str
    label: Text
    icon: str
    gives: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperQuestion:
    """One question that is asked of every paper."""

    id: str
    question: Text
    answers: Mapping[str, Text]


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperRow:
    """What follows from the answers about a paper."""

    id: str
    when: Mapping[str, tuple[str, ...]]
    facts: Mapping[str, Value]
    line: Text
    do: Text
    reviewer: str | None


@cache
def load_asks() -> Mapping[str, Asked]:
    """Load what officers ask for."""
    return {row["id"]: _read_asked(row) for row in load_table(HERE / "asks.yaml")["asks"]}


@cache
def load_scripts() -> Mapping[str, Script]:
    """Load what is said where the rulebook has no sentence of its own."""
    return {row["id"]: _read_script(row) for row in load_table(HERE / "scripts.yaml")["scripts"]}


@cache
def load_moments() -> Mapping[str, Script]:
    """Load what may happen at the door, and what is said then."""
    return {row["id"]: _read_script(row) for row in load_table(HERE / "scripts.yaml")["moments"]}


@cache
def load_paper_kinds() -> Mapping[str, PaperKind]:
    """Load the kinds of paper."""
    return {
        row["id"]: PaperKind(
            id=row["id"], label=read_text(row["label"]), icon=row["icon"], gives=row["gives"]
        )
        for row in load_table(HERE / "papers.yaml")["kinds"]
    }


@cache
def load_paper_questions() -> Mapping[str, PaperQuestion]:
    """Load what is asked of every paper."""
    return {
        row["id"]: PaperQuestion(
            id=row["id"],
            question=read_text(row["question"]),
            answers={answer["id"]: read_text(answer["label"]) for answer in row["answers"]},
        )
        for row in load_table(HERE / "papers.yaml")["questions"]
    }


@cache
def load_paper_rows() -> tuple[PaperRow, ...]:
    """Load what follows from the answers, row by row."""
    return tuple(
        PaperRow(
            id=row["id"],
            when={question: tuple(words) for question, words in row["when"].items()},
            facts=row["facts"],
            line=read_text(row["line"]),
            do=read_text(row["do"]),
            reviewer=row["reviewer"],
        )
        for row in load_table(HERE / "papers.yaml")["rows"]
    )


def find_paper_row(known: Known) -> PaperRow | None:
    """Find what follows from what is known of the paper; nothing before somebody said which."""
    kind = load_paper_kinds().get(known.paper)
    if kind is None:
        return None
    answers = {question: getattr(known, field) for question, field in PAPER_FIELDS.items()}
    answers = {**kind.gives, **{q: answer for q, answer in answers.items() if answer}}
    fitting = (row for row in load_paper_rows() if _fits(row, answers))
    return next(fitting, None)


def _fits(row: PaperRow, answers: Mapping[str, str]) -> bool:
    return all(answers.get(question, "") in words for question, words in row.when.items())


def _read_asked(row: Table) -> Asked:
    return Asked(
        id=row["id"],
        label=read_text(row["label"]),
        icon=row["icon"],
        facts=row["facts"],
        about=tuple(row["about"]),
        says=row["says"],
        script=row["script"],
        call=tuple(row["call"]),
    )


def _read_script(row: Table) -> Script:
    return Script(
        id=row["id"],
        say=read_text(row["say"]),
        do=read_text(row["do"]),
        label=read_text(row["label"]) if "label" in row else Text(en="", es=""),
        icon=row.get("icon", ""),
        reviewer=row["reviewer"],
    )
