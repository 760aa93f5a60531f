"""A claim: one bounded statement that somebody at the bedside saw or decided, with its time."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import NewType, TypeAlias

from bedside.rules.vocabulary.problem import NO_TEXT, Text

ClaimId = NewType("ClaimId", str)
ClauseId = NewType("ClauseId", str)
Filling: TypeAlias = str | int | datetime


class ClaimClass(StrEnum):
    """The kinds of statement a letter is asked for: A to K can be attested, L to R never."""

    COURSE = "A"
    STATUS_NOW = "B"
    CARE_NEEDS = "C"
    FOLLOW_UP = "D"
    WARNING_SIGNS = "E"
    RESTRAINT_LIMITS = "F"
    CONTAGION = "G"
    TRAVEL = "H"
    CAPACITY = "I"
    LIKELY_INJURY = "J"
    UNKNOWNS = "K"
    FIT_FOR_CUSTODY = "L"
    CLEARED_UNSCOPED = "M"
    FACILITY_ADEQUACY = "N"
    FUTURE = "O"
    NOT_CLINICAL = "P"
    GUARANTEED_TIME = "Q"
    DICTATED = "R"

    @property
    def is_attested(self) -> bool:
        """Tell whether a clinician may ever state such a claim."""
        return self not in NEVER


NEVER = frozenset(
    {
        ClaimClass.FIT_FOR_CUSTODY,
        ClaimClass.CLEARED_UNSCOPED,
        ClaimClass.FACILITY_ADEQUACY,
        ClaimClass.FUTURE,
        ClaimClass.NOT_CLINICAL,
        ClaimClass.GUARANTEED_TIME,
        ClaimClass.DICTATED,
    }
)


class Ground(StrEnum):
    """How the clinician knows it; what somebody else dictated is neither."""

    OBSERVED = "observed"
    DECIDED = "decided"


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """Who saw or decided it, when, and where in the chart that is written down."""

    ground: Ground
    by: str  # a reference to a person, never a name
    at: datetime
    evidence: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """One slot of a clause and what was put into it."""

    slot: str
    value: Filling


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One statement of a letter: a clause, its slots, who stands behind it, and for how long."""

    id: ClaimId
    clause: ClauseId
    clause_version: int
    filled: tuple[Filled, ...] = ()
    assessment: Assessment
    as_of: datetime
    expires_at: datetime
    addition: Text = field(default=NO_TEXT)  # free words; they stand only once the lint lets them

    def find(self, slot: str) -> Filling | None:
        """Find what was put into a slot."""
        return next((one.value for one in self.filled if one.slot == slot), None)
