"""What Bedside answers: one arrangement, the sentence, the person, and all the reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bedside.rules.rulebook.norm import Norm, Rank
from bedside.rules.vocabulary.answer import Answer
from bedside.rules.vocabulary.catalogue import Value
from bedside.rules.vocabulary.problem import Text

GUIDANCE = "guidance"


class Outcome(StrEnum):
    """How the norms in play stand to one another in one dimension."""

    CLEAR = "clear"
    DEPENDS = "depends"
    CONFLICT = "conflict"
    HOLD = "hold"
    SILENT = "silent"


class ClaimAnswer(StrEnum):
    """What the file says to a claim that somebody made."""

    NO_SOURCE = "no_source_on_file"
    SAYS_SO = "on_file_says_so"
    SAYS_LESS = "on_file_says_less"
    TO_BE_READ = "document_to_be_read"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opening:
    """An exception in the officer's own rule that would clear the way, and how to open it."""

    norm: str
    opened_by: str
    say: Text | None
    word: str  # the word that is clear once the exception is open


@dataclass(frozen=True, slots=True, kw_only=True)
class Collision:
    """A smallest set of norms that no word satisfies, whom they bind, and whom to call."""

    norms: tuple[str, ...]
    parties: tuple[str, ...]
    call: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """The answer in one dimension."""

    dimension: str
    outcome: Outcome
    advised: str | None
    stands: str | None = None  # how things stand, if that is known
    if_refused: str | None = None
    keeps: tuple[str, ...] = ()
    breaks: Mapping[str, tuple[str, ...]] | None = None
    because: tuple[str, ...] = ()
    collisions: tuple[Collision, ...] = ()
    exceptions: tuple[Opening, ...] = ()
    depends_on: tuple[str, ...] = ()
    without_reported: str | None = None
    touched: bool = True  # the activity, the request or the arrangement is about it
    is_guidance: bool = False  # nothing heavier than guidance speaks of it

    @property
    def standing(self) -> str:
        """Name how the norms stand: the outcome, or that only guidance stands behind it."""
        return (
            GUIDANCE if self.outcome is Outcome.CLEAR and self.is_guidance else self.outcome.value
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DutyDue:
    """Something a party has to do here."""

    norm: str
    party: str
    act: str
    to: str | None
    within: str | None
    counted: str
    after: str | None
    now: bool  # for the bedside, not for the house in office hours or for an event yet to come


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimAnswered:
    """A claim in somebody's words, and what is on file about it."""

    by: str
    words: str
    on_file: tuple[str, ...]
    answer: ClaimAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class SetAside:
    """A norm that would speak but does not count, and why."""

    norm: str
    why: str  # not_in_force, defeated, remembered, or a standing such as enjoined
    by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A norm that the answer names, with its weight and whether it speaks."""

    norm: Norm
    rank: Rank
    speaks: Answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """Which rulebook answered."""

    id: str
    digest: str
    in_force: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """The whole answer to one situation."""

    as_of: date
    jurisdiction: str
    edition: Edition
    preset: str | None
    differs: Mapping[str, str]
    assumed: Mapping[str, Value]
    dimensions: Mapping[str, Judgement]
    duties: tuple[DutyDue, ...]
    permissions: tuple[str, ...]
    definitions: tuple[str, ...]
    asserted: tuple[ClaimAnswered, ...]
    call: tuple[str, ...]
    say: Text
    ask: tuple[str, ...]
    set_aside: tuple[SetAside, ...]
    norms: Mapping[str, Named]

    @property
    def needs_a_person(self) -> bool:
        """Tell whether somebody has to decide: a conflict or a hold in what this is about."""
        unsettled = {Outcome.CONFLICT, Outcome.HOLD}
        return any(j.touched and j.outcome in unsettled for j in self.dimensions.values())
