"""How one letter stands: its versions, the requests for other words, and where it went."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bedside.rules.attestation.claim import Claim
from bedside.rules.attestation.events import (
    Acknowledged,
    Delivered,
    Drafted,
    RequesterSpoke,
    RequestId,
    Signed,
    WordingDecided,
    WordingRequested,
)


class VersionStatus(StrEnum):
    """How far a version has come."""

    DRAFT = "draft"
    SIGNED = "signed"
    SUPERSEDED = "superseded"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One edition of the letter; once signed, its claims never change."""

    number: int
    status: VersionStatus
    draft: Drafted
    signature: Signed | None = None

    @property
    def claims(self) -> tuple[Claim, ...]:
        """The claims as they were drafted."""
        return self.draft.claims

    @property
    def is_signed(self) -> bool:
        """Tell whether somebody has signed it, whatever became of it later."""
        return self.signature is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request for other words, its answer, and what the requester added."""

    asked: WordingRequested
    answer: WordingDecided | None = None
    statements: tuple[RequesterSpoke, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """Everything that its events make of one letter."""

    versions: tuple[Version, ...] = ()
    requests: tuple[Request, ...] = ()
    deliveries: tuple[Delivered, ...] = ()
    acknowledgements: tuple[Acknowledged, ...] = ()
    last_at: datetime | None = None

    @property
    def in_force(self) -> Version | None:
        """The latest signed version, if it has not expired."""
        signed = [version for version in self.versions if version.is_signed]
        return signed[-1] if signed and signed[-1].status is VersionStatus.SIGNED else None

    @property
    def last_signed(self) -> Version | None:
        """The latest signed version, expired or not."""
        signed = [version for version in self.versions if version.is_signed]
        return signed[-1] if signed else None

    def find_version(self, number: int) -> Version | None:
        """Find a version."""
        return next((one for one in self.versions if one.number == number), None)

    def find_request(self, id_: RequestId) -> Request | None:
        """Find a request."""
        return next((one for one in self.requests if one.asked.request == id_), None)

    def with_version(self, version: Version) -> "History":
        """Put a version in the place of the one with its number, or behind the others."""
        others = tuple(one for one in self.versions if one.number != version.number)
        ordered = sorted((*others, version), key=lambda one: one.number)
        return replace(self, versions=tuple(ordered))

    def with_request(self, request: Request) -> "History":
        """Put a request in the place of the one with its id, or behind the others."""
        kept = {one.asked.request: one for one in self.requests}
        kept[request.asked.request] = request
        return replace(self, requests=tuple(kept.values()))


EMPTY = History()
