"""What a proof finds: norms, a dimension, and one situation anybody can replay."""

from dataclasses import dataclass
from enum import StrEnum

from bedside.rules.decide.situation import Situation


class Question(StrEnum):
    """What can be asked of all situations at once."""

    CONFLICTS = "conflicts"
    GAPS = "gaps"
    DEAD = "dead"
    COVERED = "covered"
    CHANGES = "changes"
    CONCESSIONS = "concessions"
    DOMINATED = "dominated"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing found, with the situation in which it shows."""

    question: Question
    norms: tuple[str, ...]
    dimension: str | None = None
    witness: Situation | None = None  # none: nothing can show it, as with a dead norm
    parties: tuple[str, ...] = ()
    call: tuple[str, ...] = ()
    before: str | None = None  # a change's two answers, or what a house concedes
    after: str | None = None
    others: tuple[str, ...] = ()  # norms that stand beside it: what covers it, what it breaks
    count: int = 1  # how many norms or sets this finding stands for


@dataclass(frozen=True, slots=True, kw_only=True)
class Theorem:
    """A word that breaks, in every situation, all that a better one breaks, and sometimes more.

    The exceptions are norms that keep the worse word and not the better one. Where none of them
    speaks the theorem holds; where there is none, it holds everywhere.
    """

    dimension: str
    worse: str
    better: str
    premises: tuple[str, ...]  # every norm in force that charges something in the dimension
    exceptions: tuple[Finding, ...]
    example: Situation  # the worse word breaks what the better one keeps


@dataclass(frozen=True, slots=True, kw_only=True)
class Undecided:
    """A question that the solver did not settle in its time: said, never guessed."""

    question: Question
    norms: tuple[str, ...]
    dimension: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """The findings of some questions over one rulebook, day and place."""

    findings: tuple[Finding, ...]
    undecided: tuple[Undecided, ...] = ()
    resolved: int = 0  # opposed sets that a defeating norm settles
    theorems: tuple[Theorem, ...] = ()  # of the officer's place
    is_complete: bool = False  # of changes: it is proved that there is no other


class NotReplayedError(Exception):
    """A finding that the ordinary decider does not confirm: a fault of ours, which stops it all."""

    def __init__(self, finding: Finding) -> None:
        """Name the finding."""
        super().__init__(f"{finding.question.value}: {', '.join(finding.norms)}")
        self.finding = finding
