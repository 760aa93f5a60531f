"""Keeping who asked for other words, what was answered, and what the requester says of it."""

from dataclasses import dataclass

from bedside.record.accounts.roles import Role
from bedside.record.journal.act import Act
from bedside.record.journal.operations import Happening, append, operation
from bedside.record.letters.incident_operations import add_raised
from bedside.record.letters.models import Letter
from bedside.record.letters.operations import name_person
from bedside.record.letters.refusals import NothingSaid
from bedside.record.letters.steps_operations import add_steps, lock_letter
from bedside.record.paging.operations import add_page
from bedside.rules.attestation.compare import Effect
from bedside.rules.attestation.events import (
    AgencyLevel,
    Channel,
    Decision,
    RequesterSpoke,
    RequestId,
    WordingDecided,
    WordingRequested,
)
from bedside.rules.attestation.wanted import WantedEffect

MOST_WORDS, MOST_WHO = 10_000, 200
WORDING = "letter-wording"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who asked for other words, how, in which words, and what they would do to the claims."""

    number: int
    asked_by: str
    agency: AgencyLevel
    channel: Channel
    words: str
    effects: tuple[WantedEffect, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What a clinician answered, on which norms, why, and who else was told."""

    decision: Decision
    norms: tuple[str, ...]
    why: str
    escalated_to: str = ""  # a word of `Role`
    is_counsel_told: bool = False


@operation
def record_wording_requested(act: Act, letter: Letter, *, asked: Asked, seen: int) -> RequestId:
    """Keep a request for other words, before anybody opens the letter to change it."""
    _verify_said(asked.words, MOST_WORDS, "the exact words", "las palabras exactas")
    _verify_said(asked.asked_by, MOST_WHO, "who asked", "quién pidió")
    held, request = lock_letter(letter, seen=seen), RequestId(str(act.draw_id()))
    event = WordingRequested(
        at=act.at,
        by=name_person(act),
        request=request,
        version=asked.number,
        asked_by=asked.asked_by,
        agency=asked.agency,
        channel=asked.channel,
        words=asked.words,
        effects=asked.effects,
    )
    _, plain = add_steps(act, held, [event])
    raised = [add_raised(act, held, "D2")] if is_pressure(asked.effects) else []
    content = {"raised": raised, "steps": plain}
    append(
        act,
        Happening(
            kind="letter.wording-requested", about=held.about, record=held.about, content=content
        ),
    )
    return request


def is_pressure(effects: tuple[WantedEffect, ...]) -> bool:
    """Tell whether a request wants what no letter says, or a limit taken out."""
    return any(one.is_never or one.effect is Effect.DELETE_LIMIT for one in effects)


@operation
def record_wording_decided(
    act: Act, letter: Letter, request: RequestId, *, answered: Answered, seen: int
) -> None:
    """Keep what was answered to a request; whoever it is escalated to is paged."""
    _verify_said(answered.why, MOST_WORDS, "the reason", "el motivo")
    held = lock_letter(letter, seen=seen)
    event = WordingDecided(
        at=act.at,
        by=name_person(act),
        request=request,
        decision=answered.decision,
        norms=answered.norms,
        why=answered.why,
        escalated_to=answered.escalated_to or None,
        is_counsel_told=answered.is_counsel_told,
    )
    _, plain = add_steps(act, held, [event])
    told = {answered.escalated_to} - {""}
    if answered.is_counsel_told:
        told.add(Role.COUNSEL.value)
    for role in sorted(told):
        add_page(act, about=held.about, to_role=role, reason=WORDING)
    content = {"steps": plain, "told": sorted(told)}
    append(
        act,
        Happening(
            kind="letter.wording-decided", about=held.about, record=held.about, content=content
        ),
    )


@operation
def record_statement(
    act: Act, letter: Letter, request: RequestId, *, words: str, seen: int
) -> None:
    """Keep what the requester says of it, beside the answer."""
    _verify_said(words, MOST_WORDS, "the statement", "la declaración")
    held = lock_letter(letter, seen=seen)
    event = RequesterSpoke(at=act.at, by=name_person(act), request=request, words=words)
    _, plain = add_steps(act, held, [event])
    append(
        act,
        Happening(
            kind="letter.statement-added",
            about=held.about,
            record=held.about,
            content={"steps": plain},
        ),
    )


def _verify_said(text: str, most: int, what_en: str, what_es: str) -> None:
    if not text.strip() or len(text) > most:
        raise NothingSaid(what_en=what_en, what_es=what_es, most=most)
