"""Whose words a brief shows: the patient's first, the officer's verbatim, who sees it otherwise."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain

from bedside.doors.web.staff.signed_in import Staff
from bedside.doors.web.words import say
from bedside.record.consults.models import Consult
from bedside.record.consults.queries import Heard, find_voices
from bedside.record.consults.words import LANGUAGES, SPEAKERS, TRANSLATORS, Speaker, Translator
from bedside.record.encounters.case_queries import find_calls
from bedside.record.letters.queries import find_history, find_letters
from bedside.record.presence.queries import Said, find_said
from bedside.record.presence.words import OUTCOMES, Outcome
from bedside.rules.vocabulary.problem import Language

MOST_OFFICER, MOST_PATIENT, MOST_OTHERS = 2, 2, 2  # the newest: what one printed page takes
OFFICERS = (Speaker.OFFICER, Speaker.OFFICER_SUPERVISOR)
COUNTED = (Outcome.DONE, Outcome.PARTLY, Outcome.REFUSED, Outcome.NOT_SAFE, Outcome.OPEN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quoted:
    """Words as they were said, whose they are, and where they were kept."""

    who: str
    words: str
    at: datetime
    language: str = ""  # nothing: it was not noted
    tongue: str = ""
    translated: str = ""
    how: str = ""  # who translated it, or where it was said


@dataclass(frozen=True, slots=True, kw_only=True)
class Voices:
    """Everybody's words about one question."""

    patient: tuple[Quoted, ...]
    officer: tuple[Quoted, ...]
    officer_more: int
    others: tuple[Quoted, ...]
    more: int  # words of the patient and of others that are not shown
    asked: str  # how often something was asked of the officer, and what came of it


def build_voices(staff: Staff, consult: Consult, language: Language) -> Voices:
    """Gather the words; nothing of the officer's is shortened or told in our words."""
    heard, said = find_voices(staff.reader(), consult), find_said(staff.reader(), consult.encounter)
    kept = [_quote(one, language) for one in heard if one.speaker in set(OFFICERS)]
    noted = chain(
        _quote_answers(said, language),
        _quote_calls(staff, consult, language),
        _quote_requests(staff, consult, language),
    )
    officer = sorted([*kept, *noted], key=lambda one: one.at, reverse=True)
    not_others = {Speaker.PATIENT, *OFFICERS}
    patient = [_quote(one, language) for one in heard if one.speaker == Speaker.PATIENT]
    others = [_quote(one, language) for one in heard if one.speaker not in not_others]
    hidden = len(patient[:-MOST_PATIENT]) + len(others[:-MOST_OTHERS])
    return Voices(
        patient=tuple(patient[-MOST_PATIENT:]),
        officer=tuple(officer[:MOST_OFFICER]),
        officer_more=max(0, len(officer) - MOST_OFFICER),
        others=tuple(others[-MOST_OTHERS:]),
        more=hidden,
        asked=_count(said, language),
    )


def _quote(one: Heard, language: Language) -> Quoted:
    translator = Translator(one.translator)
    how = ""
    if translator is not Translator.NOT_NEEDED:
        how = f"{TRANSLATORS[translator].say(language)}: {one.interpreter}"
    return Quoted(
        who=SPEAKERS[Speaker(one.speaker)].say(language),
        words=one.words,
        at=one.at,
        language=one.language,
        tongue=LANGUAGES[one.language].say(language),
        translated=one.translated,
        how=how,
    )


def _quote_answers(said: tuple[Said, ...], language: Language) -> Iterable[Quoted]:
    who = SPEAKERS[Speaker.OFFICER].say(language)
    for one in said:
        if one.answer:
            how = OUTCOMES[one.outcome].say(language)
            yield Quoted(who=who, words=one.answer, at=one.answered_at or one.asked_at, how=how)


def _quote_calls(staff: Staff, consult: Consult, language: Language) -> Iterable[Quoted]:
    who = SPEAKERS[Speaker.OFFICER_SUPERVISOR].say(language)
    for one in find_calls(staff.reader(), consult.encounter):
        if one.words:
            how = say(f"stay_call_{one.outcome}", language)
            yield Quoted(who=who, words=one.words, at=one.called_at, how=how)


def _quote_requests(staff: Staff, consult: Consult, language: Language) -> Iterable[Quoted]:
    """Quote who asked for other words in a letter, and what they added to it."""
    who, how = say("consults_requester", language), say("consults_in_letter", language)
    for letter in find_letters(consult.encounter):
        for request in find_history(staff.reader(), letter).requests:
            yield Quoted(who=who, words=request.asked.words, at=request.asked.at, how=how)
            for one in request.statements:
                yield Quoted(who=who, words=one.words, at=one.at, how=how)


def _count(said: tuple[Said, ...], language: Language) -> str:
    """Count what was asked and what came of it; kept and refused stand side by side."""
    numbers = [(one, sum(asked.outcome is one for asked in said)) for one in COUNTED]
    return ", ".join(
        f"{OUTCOMES[one].say(language).lower()} {number}" for one, number in numbers if number
    )
