"""What the pages for the patient of a stay share: her language, the questions as she reads them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bedside.doors.web.patient.cards import find_card
from bedside.doors.web.patient.texts import (
    PatientText,
    Question,
    Spoken,
    Tongue,
    choose,
    load_texts,
    load_tongues,
)
from bedside.doors.web.staff.signed_in import Staff
from bedside.doors.web.stays.case import find_freshness
from bedside.doors.web.stays.stay_page import Teller
from bedside.record.accounts.access import NotThere
from bedside.record.encounters.models import Encounter
from bedside.record.encounters.queries import find_known, mark_stale
from bedside.record.presence.patient_queries import ReplySeen, find_interpreter, find_replies
from bedside.record.presence.patient_words import COMING, HEARINGS, WAYS, Card, Coming, Hearing
from bedside.rules.vocabulary.catalogue import Value
from bedside.rules.vocabulary.problem import SPANISH, Language

WAITING = frozenset({Coming.ASKED, Coming.COMING, Coming.NOT_FOUND})


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceSeen:
    """One answer as the patient sees it."""

    id: str
    icon: str
    text: str
    for_staff: str


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionSeen:
    """One question in the patient's language, and again in that of staff."""

    id: str
    text: str
    for_staff: str
    choices: tuple[ChoiceSeen, ...]
    spoken: Spoken
    touch: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyLine:
    """One answer that was given, with how it came about."""

    at: datetime
    by: str
    question: str
    answer: str
    how: str
    hearing: str
    was_heard: bool
    is_open: bool
    clock: str
    is_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguageLine:
    """The language that was chosen, and where the interpreter is."""

    id: UUID
    tongue: Tongue
    name: str
    state: Coming
    word: str
    at: datetime
    clock: str
    is_late: bool


def find_fresh(staff: Staff, stay: Encounter) -> dict[str, Value]:
    """Find what still counts of a stay."""
    found = find_known(staff.reader(), stay)
    known = mark_stale(found, stay, freshness=find_freshness(), at=staff.at)
    return {one.fact: one.value for one in known if not one.is_stale}


def find_fitting_card(staff: Staff, stay: Encounter) -> Card:
    """Find which card fits the patient of a stay."""
    return find_card(find_fresh(staff, stay))


def find_wanted(stay: Encounter) -> Language | None:
    """Find the language in which our texts may be shown; Spanish only if it was chosen."""
    return SPANISH if stay.language == SPANISH else None


def find_question(id_: str) -> Question:
    """Find a question, or refuse."""
    question = load_texts().questions.get(id_)
    if question is None:
        raise NotThere
    return question


def build_question(
    staff: Staff, stay: Encounter, question: Question, language: Language
) -> QuestionSeen:
    """Build a question as the patient reads it."""
    text, touch = question.text_for(find_fitting_card(staff, stay)), load_texts().words["touch"]
    texts: list[PatientText] = [text, touch, *(one.text for one in question.choices)]
    spoken = choose(texts, find_wanted(stay), is_sample=staff.site.is_sample)
    return QuestionSeen(
        id=question.id,
        text=text.say(spoken.language),
        for_staff=text.say(language) if language != spoken.language else "",
        choices=tuple(
            ChoiceSeen(
                id=one.id,
                icon=one.icon,
                text=one.text.say(spoken.language),
                for_staff=one.text.say(language) if language != spoken.language else "",
            )
            for one in question.choices
        ),
        spoken=spoken,
        touch=touch.say(spoken.language),
    )


def build_replies(staff: Staff, stay: Encounter, teller: Teller) -> tuple[ReplyLine, ...]:
    """Build the answers that were given, the newest first."""
    replies = find_replies(staff.reader(), stay)
    names = teller.roles(one.by for one in replies)
    return tuple(_build_reply(one, teller, names[one.by]) for one in replies)


def build_language(staff: Staff, stay: Encounter, teller: Teller) -> LanguageLine | None:
    """Build the line about the language; nothing, if none was chosen."""
    seen = find_interpreter(staff.reader(), stay)
    if seen is None:
        return None
    tongue = load_tongues()[seen.language]
    clock, is_late = teller.until(seen.due_at)
    return LanguageLine(
        id=seen.id,
        tongue=tongue,
        name=tongue.say(teller.language),
        state=seen.state,
        word=COMING[seen.state].say(teller.language),
        at=seen.state_at,
        clock=clock if seen.state in WAITING else "",
        is_late=is_late and seen.state in WAITING,
    )


def _build_reply(one: ReplySeen, teller: Teller, by: str) -> ReplyLine:
    language = teller.language
    question = load_texts().questions.get(one.question)
    choice = question.find(one.answer) if question else None
    clock, is_late = teller.until(one.ask_again_at) if one.ask_again_at else ("", False)
    return ReplyLine(
        at=one.at,
        by=by,
        question=question.adult.say(language) if question else one.question,
        answer=choice.text.say(language) if choice else one.answer,
        how=WAYS[one.how].say(language),
        hearing=HEARINGS[one.hearing].say(language),
        was_heard=one.hearing is not Hearing.NO,
        is_open=one.is_open,
        clock=clock if one.is_open else "",
        is_late=is_late and one.is_open,
    )
