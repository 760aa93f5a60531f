"""`bedside ask`: asks one question after another, and only those that could change the answer."""

import sys
from dataclasses import replace
from typing import Annotated

import typer

from bedside.doors.cli.door import (
    ANSWERED,
    NEEDS_SOMEBODY,
    AsOf,
    Lang,
    Norms,
    Tongue,
    load_rules,
    put,
    read_day,
    speaking,
    today,
)
from bedside.doors.cli.show import Page
from bedside.doors.cli.words import word
from bedside.rules.decide.advise import advise
from bedside.rules.decide.read_situation import check_place
from bedside.rules.decide.situation import Situation
from bedside.rules.vocabulary.catalogue import Fact, FactType, Value
from bedside.rules.vocabulary.problem import Language

MOST_QUESTIONS = 20
MOST_TRIES = 3
STOP = "q"
OPENING = {"in_custody": True}  # whoever asks stands beside a patient in custody
FIRST = "activity"

Place_ = Annotated[str, typer.Option("--jurisdiction", help="Where, such as us/tx.")]


def ask_command(
    *,
    jurisdiction: Place_ = "us/tx",
    as_of: AsOf = None,
    lang: Lang = Tongue.EN,
    norms: Norms = None,
) -> None:
    """Ask what matters, one question at a time, then answer."""
    language = lang.language
    with speaking(lang):
        day, place = read_day(as_of) or today(), check_place(jurisdiction)
        compiled = load_rules(norms)
        situation = Situation(as_of=day, jurisdiction=place, facts=OPENING)
        advice = advise(compiled, situation)
        passed: set[str] = set()
        question: str | None = FIRST
        for _ in range(MOST_QUESTIONS):
            if question is None or question in passed:
                break
            answer = _put_question(compiled.vocabulary.facts[question], language)
            if answer == STOP:
                break
            passed.add(question)
            if answer is not None:
                situation = replace(situation, facts={**situation.facts, question: answer})
            advice = advise(compiled, situation)
            question = advice.ask[0] if advice.ask else None
        put()
        for line in Page(advice, compiled.vocabulary, language).lines():
            put(line)
    raise typer.Exit(NEEDS_SOMEBODY if advice.needs_a_person else ANSWERED)


def _put_question(fact: Fact, language: Language) -> Value | None:
    """Ask one fact, again if the answer is none; nothing comes back where it is not known."""
    choices = _find_choices(fact, language)
    for _ in range(MOST_TRIES):
        sys.stderr.write(f"\n{fact.question.say(language)}\n")
        for number, (label, _value) in enumerate(choices, 1):
            sys.stderr.write(f"  {number:2} {label}\n")
        sys.stderr.write(f"{word('answers', language)} ")
        sys.stderr.flush()
        line = sys.stdin.readline()
        said = line.strip().lower()
        if not line or said == STOP:
            return STOP
        found = _find_choice(said, choices)
        if not said or found is not None:
            return found
    return None


def _find_choice(said: str, choices: list[tuple[str, Value]]) -> Value | None:
    """Find a choice by its number, its id or its label."""
    if said.isascii() and said.isdigit() and 1 <= int(said) <= len(choices):
        return choices[int(said) - 1][1]
    named = {label.lower(): value for label, value in choices}
    named |= {str(value).lower(): value for _, value in choices}
    return named.get(said)


def _find_choices(fact: Fact, language: Language) -> list[tuple[str, Value]]:
    if fact.type is FactType.WORD:
        return [(fact.words[fact.places[v]].label.say(language), v) for v in fact.domain]
    if fact.type is FactType.FLAG:
        yes, no = ("sí", "no") if language == "es" else ("yes", "no")
        return [(yes, True), (no, False)]
    return [(str(value), value) for value in fact.domain]
