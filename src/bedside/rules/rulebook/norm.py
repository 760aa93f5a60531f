"""One norm: who asks what of whom, when, since when, on whose authority."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bedside.rules.vocabulary.problem import Text


class Reading(StrEnum):
    """How well the source was read; a remembered norm never advises."""

    READ = "read"
    REPORTED = "reported"
    REMEMBERED = "remembered"


class Fit(StrEnum):
    """Whether the source says it, or we do."""

    TEXT = "text"
    INFERENCE = "inference"
    ANALOGY = "analogy"


class Kind(StrEnum):
    """What sort of source it is."""

    CONSTITUTION = "constitution"
    STATUTE = "statute"
    REGULATION = "regulation"
    EXECUTIVE_ORDER = "executive_order"
    ORDINANCE = "ordinance"
    COURT_ORDER = "court_order"
    AGENCY_POLICY = "agency_policy"
    DETENTION_STANDARD = "detention_standard"
    REGULATOR_GUIDANCE = "regulator_guidance"
    ACCREDITATION = "accreditation"
    HOSPITAL_POLICY = "hospital_policy"
    PROFESSIONAL_ETHICS = "professional_ethics"
    PROFESSIONAL_POLICY = "professional_policy"
    MODEL_POLICY = "model_policy"
    SOFT_LAW = "soft_law"
    PRACTICE = "practice"


class Modality(StrEnum):
    """How strongly it asks."""

    MUST = "must"
    MUST_NOT = "must_not"
    SHOULD = "should"
    MAY = "may"
    DEFINES = "defines"


class State(StrEnum):
    """Why a norm between its dates does not bind."""

    ENJOINED = "enjoined"
    STAYED = "stayed"
    PENDING = "pending"
    FAILED = "failed"
    VETOED = "vetoed"
    ABSENT = "absent"


class Rank(StrEnum):
    """What a norm weighs: law, the addressee's own rules, a profession, guidance."""

    LAW = "A"
    OWN_RULES = "B"
    PROFESSION = "C"
    GUIDANCE = "D"


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where the norm stands, and where and when somebody read it."""

    cite: str
    title: str
    url: str
    read_at: str | None
    read_on: date | None
    text_as_of: date | None
    quote: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unless:
    """An exception: when it closes the norm, who opens it, and the sentence that does."""

    when: str
    opened_by: str
    say: Text | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """What a norm asks in one dimension: the words that keep it, as bits over the dimension."""

    dimension: str
    keeps: int
    property: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """Something to be done, by when."""

    act: str
    to: str | None
    within: str | None
    counted: str
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Definition:
    """What a term means where the norm applies."""

    term: Text
    means: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A court, a veto or a calendar that keeps the norm from binding somebody for a time."""

    state: State
    as_to: frozenset[str]
    agency_levels: frozenset[str]
    start: date | None
    end: date | None
    court: str | None
    docket: str | None
    source: str | None

    def covers(self, on: date) -> bool:
        """Tell whether it lasts on that day; the end day is outside."""
        return (self.start or date.min) <= on < (self.end or date.max)


@dataclass(frozen=True, slots=True, kw_only=True)
class Norm:
    """One requirement of one source."""

    id: str
    source: Source
    reading: Reading
    fit: Fit
    authority: str
    kind: Kind
    binds: frozenset[str]
    modality: Modality
    asks: Text
    when: str
    unless: tuple[Unless, ...]
    arrangement: tuple[Ask, ...]
    duty: Duty | None
    defines: Definition | None
    defeats: tuple[str, ...]
    in_force_from: date
    in_force_to: date | None
    dates: str
    standing: tuple[Standing, ...]
    confidence_note: str | None
    reviewed: str | None
    overlay: str | None = None

    def is_in_force(self, *, on: date) -> bool:
        """Tell whether the norm was in force on that day; the end date is outside."""
        return self.in_force_from <= on < (self.in_force_to or date.max)


LAW = frozenset(
    {Kind.CONSTITUTION, Kind.STATUTE, Kind.REGULATION, Kind.EXECUTIVE_ORDER, Kind.COURT_ORDER}
)
PROFESSION = frozenset({Kind.PROFESSIONAL_ETHICS, Kind.PROFESSIONAL_POLICY})
GUIDANCE = frozenset({Kind.MODEL_POLICY, Kind.SOFT_LAW, Kind.PRACTICE})
RANKS = tuple(Rank)


def rank_of(norm: Norm) -> Rank:
    """Tell what the norm weighs: by its kind, less where we infer, least where it only should."""
    if norm.kind in GUIDANCE or norm.modality is Modality.SHOULD or norm.fit is Fit.ANALOGY:
        return Rank.GUIDANCE
    if norm.kind in PROFESSION or norm.fit is Fit.INFERENCE:
        return Rank.PROFESSION
    return Rank.LAW if norm.kind in LAW else Rank.OWN_RULES
