"""What the page of a letter shows: each claim before its three readers, and how it stands."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bedside.doors.web.letters.house import name_of
from bedside.doors.web.staff.signed_in import Staff
from bedside.doors.web.words import say
from bedside.record.letters.models import Letter
from bedside.rules.attestation.claim import Claim
from bedside.rules.attestation.classes import load_classes
from bedside.rules.attestation.clause import Reader, load_library
from bedside.rules.attestation.compare import compare_claims
from bedside.rules.attestation.compose import Document
from bedside.rules.attestation.history import History, Request, Version, VersionStatus
from bedside.rules.attestation.neutral import say_request
from bedside.rules.vocabulary.problem import Language

COLUMNS = ((Reader.CUSTODY, "c1"), (Reader.CLINICIAN, "c2"), (Reader.PATIENT, "c3"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one reader gets of a claim, or why they do not."""

    column: str
    text: str
    more: str
    withheld: str
    needed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimLine:
    """One claim, who stands behind it, and the three cells."""

    letter: str
    label: str
    seen: datetime
    by: str
    evidence: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestLine:
    """One request for other words as the page shows it."""

    id: str
    line: str
    is_open: bool
    words: str
    statements: tuple[str, ...]


def find_shown(history: History) -> Version:
    """Find the version that the page is about: the draft if there is one, else the last signed."""
    return history.versions[-1]


def build_lines(
    version: Version, documents: Mapping[Reader, Document], language: Language
) -> tuple[ClaimLine, ...]:
    """Build the table of claims and readers."""
    lines = [_build_line(claim, documents, language) for claim in version.claims]
    return tuple(sorted(lines, key=lambda line: line.letter))


def _build_line(
    claim: Claim, documents: Mapping[Reader, Document], language: Language
) -> ClaimLine:
    clause = load_library().find(claim.clause)
    letter = clause.letter if clause else None
    return ClaimLine(
        letter=letter.value if letter else "?",
        label=load_classes()[letter].label.say(language) if letter else claim.clause,
        seen=claim.assessment.at,
        by=name_of(claim.assessment.by),
        evidence=claim.assessment.evidence,
        cells=tuple(
            _build_cell(claim, documents[reader], column, language) for reader, column in COLUMNS
        ),
    )


def _build_cell(claim: Claim, document: Document, column: str, language: Language) -> Cell:
    line = next((one for one in document.lines if one.claim == claim.id), None)
    out = next((one for one in document.left_out if one.claim == claim.id), None)
    more = line.addition if line else None
    return Cell(
        column=column,
        text=line.text.say(language) if line else "",
        more=(more.say(language) or more.en or more.es) if more else "",
        withheld=out.why.say(language) if out else "",
        needed=line.needed.say(language) if line else "",
    )


def build_requests(history: History, staff: Staff, language: Language) -> tuple[RequestLine, ...]:
    """Build the requests for other words, the latest first."""
    return tuple(_build_request(one, staff, language) for one in reversed(history.requests))


def _build_request(one: Request, staff: Staff, language: Language) -> RequestLine:
    return RequestLine(
        id=one.asked.request,
        line=say_request(one, zone=staff.site.timezone).say(language),
        is_open=one.answer is None,
        words=one.asked.words,
        statements=tuple(spoke.words for spoke in one.statements),
    )


def say_state(letter: Letter, version: Version, language: Language, *, at: datetime) -> str:
    """Say how the version that is shown stands."""
    state = version.status
    if state is VersionStatus.SIGNED and letter.ends_at is not None and letter.ends_at <= at:
        state = VersionStatus.EXPIRED
    return say(f"letter_state_{state.value}", language, number=version.number)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeLine:
    """One claim in which two versions differ, by its class, and the clinical reason."""

    letter: str
    label: str
    verb: str
    reason: str
    is_added: bool


def build_changes(history: History, language: Language) -> tuple[ChangeLine, ...]:
    """Build the difference between the version that is shown and the signed one before it."""
    version = find_shown(history)
    before = history.find_version(version.number - 1)
    if before is None:
        return ()
    reasons = {one.claim: one.code for one in version.draft.reasons}
    return tuple(
        ChangeLine(
            letter=change.letter.value if change.letter else "?",
            label=load_classes()[change.letter].label.say(language) if change.letter else "",
            verb=say(f"letter_effect_{change.effect}", language),
            reason=say(f"letter_code_{reasons[change.claim]}", language)
            if change.claim in reasons
            else "",
            is_added=change.before is None,
        )
        for change in compare_claims(before.claims, version.claims, load_library())
    )
