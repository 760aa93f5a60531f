"""The brief of a question: one page, built from what was noted, with every norm's source."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bedside.doors.web.answer_reasons import OwnException, Reasons
from bedside.doors.web.consults.voices import Voices, build_voices
from bedside.doors.web.norm_lines import NormLine
from bedside.doors.web.presence.timeline import Line, build_timeline
from bedside.doors.web.questions.situation_file import open_situation
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.staff.signed_in import Staff
from bedside.doors.web.stays.stay_page import Teller, say_value
from bedside.doors.web.words import say
from bedside.record.consults.models import Consult
from bedside.record.consults.queries import Advised, find_advice, is_late, read_consult
from bedside.record.consults.sources import NeverDecides, Order, find_order, load_never
from bedside.record.consults.words import ASSENTS, GUARDIANS, KINDS, Assent, Guardian, Kind, Minor
from bedside.rules.decide.advice import Advice, Judgement
from bedside.rules.decide.advise import advise
from bedside.rules.vocabulary.problem import Language, Problems

MOST_NORMS, MOST_FACTS, MOST_TRIED = 3, 8, 5  # what one printed page takes
DENSE = 1400  # characters of quoted words beyond which the page is set smaller, in columns


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """Norms that ask for the same, the heaviest first."""

    title: str
    lines: tuple[NormLine, ...]
    more: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Norms:
    """What the rules in force say on each side."""

    label: str  # of the aspect
    standing: str
    sides: tuple[Side, ...] = ()
    exceptions: tuple[OwnException, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Deciding:
    """Who may decide for the patient here, as far as anything is on file."""

    order: Order | None
    names: tuple[str, ...]
    never: NeverDecides
    say: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Noted:
    """One fact as it was noted before the question was put."""

    label: str
    value: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Brief:
    """Everything that one page shows of a question."""

    consult: Consult
    kind: str
    question: str
    clock: str
    is_late: bool
    voices: Voices
    facts: tuple[Noted, ...]
    facts_more: int
    norms: Norms | None
    tried: tuple[Line, ...]
    tried_more: int
    assent: str
    guardian: str
    deciding: Deciding | None
    advice: tuple[Advised, ...]
    edition: str

    @property
    def is_dense(self) -> bool:
        """Tell whether so much was said that the page has to be set smaller."""
        voices = (*self.voices.patient, *self.voices.officer, *self.voices.others)
        return sum(len(one.words) + len(one.translated) for one in voices) > DENSE


def build_brief(staff: Staff, consult: Consult, language: Language) -> Brief:
    """Build the brief of a question that was reached."""
    read, teller = read_consult(staff.reader(), consult), Teller(staff=staff, language=language)
    facts = _build_facts(read.noted, teller)
    tried = build_timeline(staff, consult.encounter, teller)
    is_minor = consult.minor == Minor.YES
    return Brief(
        consult=consult,
        kind=KINDS[Kind(consult.kind)].say(language),
        question=read.question,
        clock="" if consult.advised_at else teller.until(consult.due_at)[0],
        is_late=is_late(consult, staff.at),
        voices=build_voices(staff, consult, language),
        facts=facts[:MOST_FACTS],
        facts_more=max(0, len(facts) - MOST_FACTS),
        norms=_build_norms(read.situation, consult, language),
        tried=tuple(reversed(tried[:MOST_TRIED])),
        tried_more=max(0, len(tried) - MOST_TRIED),
        assent=ASSENTS[Assent(consult.assent)].say(language) if is_minor else "",
        guardian=GUARDIANS[Guardian(consult.guardian)].say(language) if is_minor else "",
        deciding=_build_deciding(staff, language) if consult.kind == Kind.SURROGATE else None,
        advice=find_advice(staff.reader(), consult),
        edition=f"{consult.edition} {consult.digest[7:19]}",
    )


def _build_facts(noted: str, teller: Teller) -> tuple[Noted, ...]:
    facts = find_shelf().vocabulary.facts
    plain = [one for one in json.loads(noted or "[]") if one["fact"] in facts]
    ids = [UUID(one["by"]) if one["by"] else None for one in plain]
    names = teller.roles(ids)
    return tuple(
        Noted(
            label=facts[one["fact"]].label.say(teller.language),
            value=say_value(one["fact"], one["value"], teller.language),
            by=names[id_],
            at=datetime.fromisoformat(one["at"]),
        )
        for one, id_ in zip(plain, ids, strict=True)
    )


def _build_norms(situation: str, consult: Consult, language: Language) -> Norms | None:
    """Ask the rules in force about how things stood; nothing if they know its words no more."""
    compiled = find_shelf().compiled
    if not consult.dimension or consult.dimension not in compiled.vocabulary.dimensions:
        return None
    try:
        asked = open_situation(situation, compiled)
    except Problems:
        return None
    advice = advise(compiled, asked)
    judged = advice.dimensions.get(consult.dimension)
    if judged is None:
        return None
    reasons = Reasons(advice, compiled.vocabulary, language, asked.facts.get("agency"))
    part = reasons.build_part(judged)
    return Norms(
        label=part.label,
        standing=part.standing_word,
        sides=tuple(_build_sides(reasons, advice, judged)),
        exceptions=part.exceptions,
    )


def _build_sides(reasons: Reasons, advice: Advice, judged: Judgement) -> Iterable[Side]:
    """Build what speaks for the advised word, and what it would break."""
    language, breaks = reasons.language, judged.breaks or {}
    against = breaks.get(judged.advised or "", ())
    standing = breaks.get(judged.stands or "", ())
    supporting = [*judged.because, *(id_ for id_ in standing if id_ not in against)]
    if judged.advised is None:  # nothing is advised: what contradicts each other stands together
        supporting = [id_ for one in judged.collisions for id_ in one.norms]
    word = reasons.name_word(judged.dimension, judged.advised)
    title = say("consults_for", language, word=word) if word else say("consults_both", language)
    yield _build_side(title, supporting, reasons, advice)
    yield _build_side(say("consults_against", language), against, reasons, advice)


def _build_side(title: str, ids: Iterable[str], reasons: Reasons, advice: Advice) -> Side:
    lines = reasons.find_lines(dict.fromkeys(id_ for id_ in ids if id_ in advice.norms))
    more = max(0, len(lines) - MOST_NORMS)
    return Side(title=title, lines=lines[:MOST_NORMS], more=more)


def _build_deciding(staff: Staff, language: Language) -> Deciding:
    order, never = find_order(staff.site.jurisdiction), load_never()
    return Deciding(
        order=order,
        names=tuple(one.say(language) for one in order.names) if order else (),
        never=never,
        say=never.say.say(language),
        note=never.note.say(language),
    )
