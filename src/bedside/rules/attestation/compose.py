"""Three documents from one set of claims: each line with its reason, and what was left out."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo

from bedside.rules.attestation.check import check_claims, is_current
from bedside.rules.attestation.claim import Claim, ClaimClass, ClaimId, Ground
from bedside.rules.attestation.clause import Clause, Library, Reader
from bedside.rules.attestation.phrase import phrase_claim
from bedside.rules.attestation.readers import (
    Disclosure,
    Ruling,
    Standing,
    judge_class,
    load_readers,
)
from bedside.rules.attestation.scope import say_scope
from bedside.rules.vocabulary.problem import ENGLISH, NO_TEXT, SPANISH, Problem, Text

STAYS = "status/stay-goes-on"
OVER = Text(
    en="It is no longer true as stated; assess again.",
    es="Ya no es cierto como se dijo; evalúe de nuevo.",
)
NOT_SOUND = Text(
    en="It cannot be signed as it stands: {problem}",
    es="No se puede firmar así: {problem}",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What a document is made with, besides its claims: when, where, and which rules speak."""

    at: datetime
    expires_at: datetime
    zone: tzinfo
    scope_version: int
    ruling: Ruling


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """For whom a document is made, and on what ground it is given."""

    reader: Reader
    disclosure: Disclosure


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a document, and why it stands there."""

    claim: ClaimId
    letter: ClaimClass
    text: Text
    addition: Text
    ground: Ground
    assessed_by: str
    assessed_at: datetime
    as_of: datetime
    needed: Text  # why this reader needs it: the minimum necessary, line by line
    norms: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """One claim that this reader does not get, and why."""

    claim: ClaimId
    letter: ClaimClass | None  # nothing where the sentence itself is not known
    why: Text
    norms: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One of the three documents, in both languages."""

    reader: Reader
    title: Text
    for_whom: Text
    lines: tuple[Line, ...]
    left_out: tuple[LeftOut, ...]
    scope: Text
    scope_version: int
    disclosure: Disclosure
    as_of: datetime
    expires_at: datetime


def compose(
    claims: Iterable[Claim], library: Library, *, addressee: Addressee, page: Page
) -> Document:
    """Make the document of one reader; what may not stand there is left out and named."""
    claims = tuple(claims)
    problems = _find_problems(claims, library)
    judged = [
        _judge(
            claim,
            library.find(claim.clause),
            problem=problems.get(claim.id),
            addressee=addressee,
            page=page,
        )
        for claim in claims
    ]
    words = load_readers()[addressee.reader]
    lines = [one for one in judged if isinstance(one, Line)]
    return Document(
        reader=addressee.reader,
        title=words.title,
        for_whom=words.for_whom,
        lines=tuple(sorted(lines, key=lambda line: line.letter)),
        left_out=tuple(one for one in judged if isinstance(one, LeftOut)),
        scope=_say_scope(claims, page),
        scope_version=page.scope_version,
        disclosure=addressee.disclosure,
        as_of=page.at,
        expires_at=page.expires_at,
    )


def _judge(
    claim: Claim,
    clause: Clause | None,
    *,
    problem: Problem | None,
    addressee: Addressee,
    page: Page,
) -> Line | LeftOut:
    """Ask the five questions of a claim, and leave it out at the first no."""
    if clause is None or problem is not None:
        letter = clause.letter if clause else None
        return LeftOut(claim=claim.id, letter=letter, why=_say_problem(problem), norms=())
    if not is_current(claim, page.at):
        return LeftOut(claim=claim.id, letter=clause.letter, why=OVER, norms=())
    standing = judge_class(clause.letter, addressee.reader, addressee.disclosure, page.ruling)
    text = phrase_claim(claim, clause, addressee.reader, zone=page.zone)
    if not standing.may or text is None:
        withheld = standing.why if not standing.may else load_readers()[addressee.reader].withheld
        return LeftOut(claim=claim.id, letter=clause.letter, why=withheld, norms=standing.norms)
    return _write_line(claim, clause, text, standing, addressee.reader)


def _write_line(
    claim: Claim, clause: Clause, text: Text, standing: Standing, reader: Reader
) -> Line:
    # Free words are written for people who treat: a custodian reads the library's sentences only.
    addition = NO_TEXT if reader is Reader.CUSTODY else claim.addition
    return Line(
        claim=claim.id,
        letter=clause.letter,
        text=text,
        addition=addition,
        ground=claim.assessment.ground,
        assessed_by=claim.assessment.by,
        assessed_at=claim.assessment.at,
        as_of=claim.as_of,
        needed=standing.why,
        norms=standing.norms,
    )


def _find_problems(claims: tuple[Claim, ...], library: Library) -> Mapping[str, Problem]:
    """Find the first problem of each claim that cannot be signed."""
    found: dict[str, Problem] = {}
    for problem in check_claims(claims, library):
        found.setdefault(problem.place.file, problem)
    return found


def _say_problem(problem: Problem | None) -> Text:
    if problem is None:
        return OVER
    en, es = problem.say(ENGLISH), problem.say(SPANISH)
    return Text(en=NOT_SOUND.en.format(problem=en), es=NOT_SOUND.es.format(problem=es))


def _say_scope(claims: tuple[Claim, ...], page: Page) -> Text:
    stays = any(claim.clause == STAYS for claim in claims)
    return say_scope(page.scope_version, expires_at=page.expires_at, zone=page.zone, stays=stays)
