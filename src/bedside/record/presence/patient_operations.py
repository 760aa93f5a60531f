"""What a patient is told, what she answers and who could hear it, interpreters, copies for her."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from bedside.record.encounters.models import Encounter
from bedside.record.encounters.operations import add_answer, lock_open
from bedside.record.encounters.rooms import open_room
from bedside.record.journal.act import Act
from bedside.record.journal.operations import Content, Happening, append, operation
from bedside.record.presence.models import CopyAsked, Interpreter, OfficerAsked, Reply, RightsTold
from bedside.record.presence.patient_refusals import CopyGiven, WordsWritten
from bedside.record.presence.patient_words import Alone, Card, Coming, Hearing, Way
from bedside.record.presence.refusals import WordsTooLong
from bedside.rules.vocabulary.catalogue import Value

AGAIN: Final = timedelta(minutes=30)  # our proposal: when an answer within hearing is asked again
SOON: Final = timedelta(minutes=15)  # our proposal: when an interpreter should have been found
MOST_WORDS: Final = 500
IN_PRIVATE: Final = "wish_given_in_private"
HELP: Final = "language_help"
LANGUAGE_HELP: Final = {Coming.REMOTE: "qualified_remote", Coming.HERE: "qualified_in_person"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a patient answered and how it came about."""

    question: str
    answer: str  # a word of the question's own list
    how: Way
    hearing: Hearing
    language: str
    others: tuple[str, ...] = ()  # who else was there
    facts: Mapping[str, Value] = field(default_factory=dict)  # what the answer says to the rules
    is_settled: bool = True  # "I do not know" and "later" are asked again


@operation
def record_rights_told(
    act: Act, stay: Encounter, *, card: Card, how: Way, alone: Alone | None = None
) -> RightsTold:
    """Note that a patient was told her rights, and what became of the offer of time alone."""
    lock_open(stay)
    told = RightsTold.objects.create(
        id=act.draw_id(),
        encounter=stay,
        at=act.at,
        by=act.person,
        card=card,
        how=how,
        alone=alone or "",
    )
    content = {"alone": told.alone, "card": card.value, "how": how.value}
    _tell(act, stay, "rights.told", content)
    return told


@operation
def record_reply(act: Act, stay: Encounter, *, said: Said) -> Reply:
    """Keep what a patient answered; one given within hearing, or not settled, is asked again."""
    lock_open(stay)
    id_, room = act.draw_id(), open_room(act, stay)
    is_private = said.hearing is Hearing.NO
    again = None if is_private and said.is_settled else act.at + AGAIN
    earlier = Reply.objects.filter(encounter=stay, question=said.question, asked_again_at=None)
    earlier.update(asked_again_at=act.at)
    content = {
        "answer": said.answer,
        "hearing": said.hearing.value,
        "how": said.how.value,
        "language": said.language,
        "others": list(said.others),
        "question": said.question,
    }
    reply = Reply.objects.create(
        id=id_,
        encounter=stay,
        at=act.at,
        by=act.person,
        question=said.question,
        how=said.how,
        hearing=said.hearing,
        said=room.seal(json.dumps(content, sort_keys=True), "presence_reply", id_, "said"),
        ask_again_at=again,
    )
    for fact, value in sorted(said.facts.items()):
        add_answer(act, stay, fact=fact, value=value, answered_at=act.at)
    ask_again = again.isoformat() if again else None
    _tell(act, stay, "patient.replied", content | {"ask_again_at": ask_again, "reply": str(id_)})
    return reply


@operation
def record_interpreter_asked(
    act: Act, stay: Encounter, *, language: str, spoken: str
) -> Interpreter:
    """Ask for an interpreter of a language; until one comes nobody speaks for the patient.

    `spoken` is the language in which our own texts may be shown; nothing, if we have none.
    """
    lock_open(stay)
    Encounter.objects.filter(pk=stay.pk).update(language=spoken)
    open_ = Interpreter.objects.filter(encounter=stay).exclude(state=Coming.ENDED)
    open_.update(state=Coming.ENDED, state_at=act.at)
    id_ = act.draw_id()
    asked = Interpreter.objects.create(
        id=id_,
        encounter=stay,
        language=open_room(act, stay).seal(language, "presence_interpreter", id_, "language"),
        asked_at=act.at,
        by=act.person,
        due_at=act.at + SOON,
        state=Coming.ASKED,
        state_at=act.at,
    )
    add_answer(act, stay, fact=HELP, value="none", answered_at=act.at)
    _tell(act, stay, "interpreter.asked", {"interpreter": str(id_), "language": language})
    return asked


@operation
def record_interpreter_moved(act: Act, interpreter: Interpreter, *, state: Coming) -> Interpreter:
    """Note what became of a request for an interpreter."""
    stay = lock_open(interpreter.encounter)
    interpreter.state, interpreter.state_at = state, act.at
    interpreter.save(update_fields=["state", "state_at"])
    if state in LANGUAGE_HELP:
        add_answer(act, stay, fact=HELP, value=LANGUAGE_HELP[state], answered_at=act.at)
    content = {"interpreter": str(interpreter.pk), "state": state.value}
    _tell(act, stay, "interpreter.moved", content)
    return interpreter


@operation
def record_officer_asked(
    act: Act, stay: Encounter, *, what: str, given: str, words: str = ""
) -> OfficerAsked:
    """Note that an officer asked for something, and the allowed answer that he was given."""
    _bound(given, words)
    lock_open(stay)
    id_, room = act.draw_id(), open_room(act, stay)
    asked = OfficerAsked.objects.create(
        id=id_,
        encounter=stay,
        at=act.at,
        by=act.person,
        what=what,
        given=room.seal(given, "presence_officerasked", id_, "given"),
        words=room.seal(words, "presence_officerasked", id_, "words"),
        words_at=act.at if words else None,
    )
    add_answer(act, stay, fact="officer_asks", value=what, answered_at=act.at)
    content = {"asked": str(id_), "given": given, "what": what, "words": words}
    _tell(act, stay, "officer.asked", content)
    return asked


@operation
def record_exact_words(act: Act, asked: OfficerAsked, *, words: str) -> OfficerAsked:
    """Add an officer's exact words to what he asked for, once; what stood before stays."""
    _bound(words)
    stay = lock_open(asked.encounter)
    asked.refresh_from_db()
    if asked.words_at is not None:
        raise WordsWritten
    asked.words = open_room(act, stay).seal(words, "presence_officerasked", asked.pk, "words")
    asked.words_at = act.at
    asked.save(update_fields=["words", "words_at"])
    _tell(act, stay, "officer.quoted", {"asked": str(asked.pk), "words": words})
    return asked


@operation
def record_copy_asked(act: Act, stay: Encounter) -> CopyAsked:
    """Note that a patient asks for a copy of what is kept about her; a closed stay has one too."""
    asked = CopyAsked.objects.create(id=act.draw_id(), encounter=stay, at=act.at, by=act.person)
    _tell(act, stay, "copy.asked", {"copy": str(asked.pk)})
    return asked


@operation
def record_copy_given(act: Act, asked: CopyAsked) -> CopyAsked:
    """Give a patient the copy that she asked for."""
    asked = CopyAsked.objects.select_for_update().get(pk=asked.pk)
    if asked.given_at is not None:
        raise CopyGiven
    asked.given_at, asked.given_by = act.at, act.person
    asked.save(update_fields=["given_at", "given_by"])
    _tell(act, asked.encounter, "copy.given", {"copy": str(asked.pk)})
    return asked


def _bound(*texts: str) -> None:
    if any(len(text) > MOST_WORDS for text in texts):
        raise WordsTooLong(most=MOST_WORDS)


def _tell(act: Act, stay: Encounter, kind: str, content: Content) -> None:
    append(act, Happening(kind=kind, about=stay.about, record=stay.about, content=content))
