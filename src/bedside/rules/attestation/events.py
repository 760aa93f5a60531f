"""What can happen to one letter, in order; each event is kept, none is ever changed."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType, TypeAlias

from bedside.rules.attestation.claim import Claim, ClaimId
from bedside.rules.attestation.clause import Reader
from bedside.rules.attestation.wanted import WantedEffect

RequestId = NewType("RequestId", str)


class ReasonCode(StrEnum):
    """The clinical reasons for which a signed claim may change; somebody's wish is none of them."""

    NEW_FINDING = "new_finding"
    CORRECTION = "correction"
    CLEARER_WORDING = "clearer_wording"


class SignerRole(StrEnum):
    """Who signs; a resident signs on an attending's order that was read back."""

    ATTENDING = "attending"
    RESIDENT = "resident"


class AgencyLevel(StrEnum):
    """What kind of agency asked; counted for counsel, never by person."""

    FEDERAL = "federal"
    STATE = "state"
    COUNTY = "county"
    CITY = "city"
    CONTRACTOR = "contractor"
    HOSPITAL = "hospital"  # a manager may press as well
    OTHER = "other"


class Channel(StrEnum):
    """How words reached somebody."""

    IN_PERSON = "in_person"
    PHONE = "phone"
    MESSAGE = "message"
    PAPER = "paper"


class Decision(StrEnum):
    """What was answered to a request for other words."""

    ACCEPT = "accept"
    ACCEPT_IN_PART = "accept_in_part"
    DECLINE = "decline"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why one claim changes, and where the chart shows it."""

    claim: ClaimId
    code: ReasonCode
    evidence: str
    found_by: str
    found_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """Somebody wrote a version that nobody has signed yet."""

    at: datetime
    by: str
    version: int
    claims: tuple[Claim, ...]
    expires_at: datetime
    scope_version: int
    reasons: tuple[Reason, ...] = ()
    request: RequestId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VerbalOrder:
    """An attending's spoken order to sign, and when it was read back to them."""

    by: str
    read_back_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """A clinician signed a version as it was drafted."""

    at: datetime
    by: str
    version: int
    role: SignerRole
    order: VerbalOrder | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Superseded:
    """A signed version stepped back behind a later signed one."""

    at: datetime
    by: str
    version: int
    by_version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingRequested:
    """Somebody asked for other words; the words are kept as they were said."""

    at: datetime
    by: str
    request: RequestId
    version: int
    asked_by: str
    agency: AgencyLevel
    channel: Channel
    words: str
    effects: tuple[WantedEffect, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingDecided:
    """A clinician answered the request, with the norms that say so."""

    at: datetime
    by: str
    request: RequestId
    decision: Decision
    norms: tuple[str, ...]
    why: str
    escalated_to: str | None = None
    is_counsel_told: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class RequesterSpoke:
    """Whoever asked added a statement of their own, kept beside the answer."""

    at: datetime
    by: str
    request: RequestId
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivered:
    """A document of a version was handed over."""

    at: datetime
    by: str
    version: int
    reader: Reader
    to: str
    channel: Channel


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged:
    """The receiving side said what it got, and which needs it can and cannot meet."""

    at: datetime
    by: str
    version: int
    accepted_by: str
    papers: int
    medicines: int
    cannot_meet: tuple[ClaimId, ...]
    off_formulary: tuple[str, ...]
    is_restraint_read: bool
    next_dose_at: datetime | None

    @property
    def has_unmet_need(self) -> bool:
        """Tell whether the letter's precondition fails, so that discharge pauses."""
        return bool(self.cannot_meet or self.off_formulary)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expired:
    """A version reached its end."""

    at: datetime
    by: str
    version: int


LetterEvent: TypeAlias = (
    Drafted
    | Signed
    | Superseded
    | WordingRequested
    | WordingDecided
    | RequesterSpoke
    | Delivered
    | Acknowledged
    | Expired
)
EVENTS: tuple[type[LetterEvent], ...] = (
    Drafted,
    Signed,
    Superseded,
    WordingRequested,
    WordingDecided,
    RequesterSpoke,
    Delivered,
    Acknowledged,
    Expired,
)
