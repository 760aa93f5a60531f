"""Raising a question about an answer, answering it, and noting what a manager told staff."""

from dataclasses import dataclass
from typing import ClassVar

from bedside.record.accounts.roles import Role
from bedside.record.journal.act import Act
from bedside.record.journal.operations import Content, Happening, append, operation
from bedside.record.paging.operations import add_page
from bedside.record.questions.models import Asked, Dispute, Instruction
from bedside.record.questions.queries import OPEN
from bedside.record.refusal import Refused
from bedside.record.vault.sealed import SITE_RECORD, Strongroom, open_strongroom

MOST_WORDS, MOST_SITUATION = 1000, 20_000
ANSWERED, NORM_CHANGED = "answered", "norm_changed"
DOCUMENTS = ("none", "described", "seen", "copied")


class NothingSaid(Refused):
    """A disagreement without a reason, or an answer without a sentence."""

    code: ClassVar[str] = "questions.nothing-said"
    status: ClassVar[int] = 400
    en: ClassVar[str] = "Say it in a sentence, at most {most} characters."
    es: ClassVar[str] = "Dígalo en una oración, {most} caracteres como máximo."


class NotAChoice(Refused):
    """A role, a paper or a state that is on no list."""

    code: ClassVar[str] = "questions.not-a-choice"
    status: ClassVar[int] = 400
    en: ClassVar[str] = "Choose who said it and whether there was a paper, from the lists."
    es: ClassVar[str] = "Elija de las listas quién lo dijo y si había un papel."


class AnsweredAlready(Refused):
    """A question that somebody answered since the page was opened."""

    code: ClassVar[str] = "questions.answered-already"
    en: ClassVar[str] = "Somebody answered this since you opened the page. Look again."
    es: ClassVar[str] = "Alguien contestó esto desde que abrió la página. Mire otra vez."


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What was on the page when somebody disagreed: the situation and the edition that answered."""

    situation: str  # the file that `bedside decide` reads
    edition: str
    digest: str
    stay: str = ""  # encounter/<id>, if it was the answer of a stay
    advised: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What somebody in charge said: their role, their words, what it asks, and what is on file."""

    role: str
    words: str
    asks: str
    document: str
    found: str


@operation
def record_dispute(act: Act, *, seen: Seen, reason: str) -> Dispute:
    """Raise a question about an answer; the rulebook's owner is paged."""
    _verify_said(reason)
    dispute = Dispute(id=act.draw_id(), state=OPEN)
    room = _fill(dispute, act, seen)
    dispute.advised = room.seal(seen.advised, "questions_dispute", dispute.pk, "advised")
    dispute.reason = room.seal(reason, "questions_dispute", dispute.pk, "reason")
    dispute.save(force_insert=True)
    add_page(act, about=dispute.about, to_role=Role.RULEBOOK_OWNER.value, reason="question-raised")
    content = {"advised": seen.advised, "reason": reason, **_say(seen)}
    _tell(act, dispute, room, "dispute.raised", content)
    return dispute


@operation
def record_dispute_answered(
    act: Act, dispute: Dispute, *, answer: str, norm_changed: bool, version: int
) -> None:
    """Answer a question in a sentence, and say whether a norm was changed for it."""
    _verify_said(answer)
    room = _open(act, dispute)
    state = NORM_CHANGED if norm_changed else ANSWERED
    rows = Dispute.objects.filter(pk=dispute.pk, version=version)
    changed = rows.update(
        answer=room.seal(answer, "questions_dispute", dispute.pk, "answer"),
        answered_at=act.at,
        answered_by=act.by,
        state=state,
        version=version + 1,
    )
    if not changed:
        raise AnsweredAlready
    _tell(act, dispute, room, "dispute.answered", {"answer": answer, "state": state})


@operation
def record_instruction(act: Act, *, seen: Seen, told: Told) -> Instruction:
    """Note what somebody in charge told staff to do, as a claim is noted."""
    _verify_said(told.words)
    if told.role not in {role.value for role in Role} or told.document not in DOCUMENTS:
        raise NotAChoice
    instruction = Instruction(
        id=act.draw_id(),
        role=told.role,
        asks=told.asks,
        document=told.document,
        found=told.found,
    )
    room = _fill(instruction, act, seen)
    instruction.words = room.seal(told.words, "questions_instruction", instruction.pk, "words")
    instruction.save(force_insert=True)
    content = {
        "asks": told.asks,
        "document": told.document,
        "found": told.found,
        "role": told.role,
        "words": told.words,
        **_say(seen),
    }
    _tell(act, instruction, room, "instruction.logged", content)
    return instruction


@operation
def record_asked_viewed(act: Act, asked: Dispute | Instruction) -> None:
    """Note that somebody other than who raised it read a question or an instruction."""
    kind = "dispute.viewed" if isinstance(asked, Dispute) else "instruction.viewed"
    _tell(act, asked, _open(act, asked), kind, {})


def _verify_said(words: str) -> None:
    if not words or len(words) > MOST_WORDS:
        raise NothingSaid(most=MOST_WORDS)


def _fill(asked: Asked, act: Act, seen: Seen) -> Strongroom:
    if act.by is None or len(seen.situation) > MOST_SITUATION:
        raise NothingSaid(most=MOST_WORDS)
    asked.site_id, asked.by, asked.at = act.site, act.by, act.at
    asked.record = seen.stay or SITE_RECORD
    asked.edition, asked.digest = seen.edition, seen.digest
    room, table = _open(act, asked), asked._meta.db_table  # noqa: SLF001 - Django names its open door so
    asked.situation = room.seal(seen.situation, table, asked.pk, "situation")
    return room


def _open(act: Act, asked: Asked) -> Strongroom:
    key = act.master.care_key(act.site)
    return open_strongroom(act.site, asked.record, key=key, random=act.random)


def _say(seen: Seen) -> dict[str, object]:
    return {"digest": seen.digest, "edition": seen.edition, "situation": seen.situation}


def _tell(
    act: Act, asked: Dispute | Instruction, room: Strongroom, kind: str, content: Content
) -> None:
    append(
        act,
        Happening(kind=kind, about=asked.about, record=asked.record, content=content, room=room),
    )
