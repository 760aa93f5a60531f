"""Every shipped situation gets the answer that its file expects, and says why.

A file below `examples/scenes`, `examples/cases` or `examples/collisions` with an `expect` table is
one situation. `examples/README.md` tells what each key of that table means.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from statistics import median
from typing import TypeAlias, cast

import pytest

from bedside.rules.decide.advice import Advice, Judgement
from bedside.rules.decide.advise import advise
from bedside.rules.decide.read_situation import read_situation
from bedside.rules.decide.situation import Situation
from bedside.rules.rulebook.norm import Reading
from bedside.rules.tables.compiled import SHIPPED, Compiled, compile_rulebook, load_compiled
from bedside.rules.vocabulary.catalogue import Value
from bedside.rules.vocabulary.document import Document, Plain, load_document
from bedside.rules.vocabulary.problem import LANGUAGES

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
TODAY = date(2026, 11, 23)
SITE_KNOWS = frozenset({"site", "prefill", "check_in"})  # filled in before anybody taps
PATHS = 12  # ways in which a nurse may answer the questions of one situation
MOST_QUESTIONS, USUAL_QUESTIONS = 6, 4

Table: TypeAlias = dict[str, Plain]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipped:
    """One situation file: what it says, and what it expects."""

    name: str
    document: Document
    expect: Mapping[str, Plain]

    @property
    def situation(self) -> Situation:
        """The situation, read as the command line reads it."""
        return read_situation(self.document, shipped_rules(), today=TODAY)


def find_shipped() -> Iterator[Shipped]:
    """Find every situation that says what it expects."""
    for folder in ("scenes", "cases", "collisions"):
        for file in sorted((EXAMPLES / folder).rglob("*.yaml")):
            document = load_document(file)
            plain = document.value
            if isinstance(plain, dict) and isinstance(plain.get("expect"), dict):
                name = file.relative_to(EXAMPLES).with_suffix("").as_posix()
                yield Shipped(name=name, document=document, expect=cast("Table", plain["expect"]))


@cache
def shipped_rules() -> Compiled:
    """Load the shipped norms and the example agencies, once."""
    return load_compiled([SHIPPED, EXAMPLES])


@cache
def read_rules() -> Compiled:
    """Keep of the shipped norms only those whose own words somebody read."""
    rulebook = shipped_rules().rulebook
    norms = {id_: n for id_, n in rulebook.norms.items() if n.reading is Reading.READ}
    return compile_rulebook(replace(rulebook, norms=norms))


ALL = tuple(find_shipped())
every_situation = pytest.mark.parametrize("shipped", ALL, ids=[one.name for one in ALL])


# --- What a file may expect: each function returns what the answer says instead, or nothing.


def _check_words(wanted: Plain, found: Callable[[Judgement], object], advice: Advice) -> list[str]:
    """Hold one word or list of each dimension against the answer's."""
    wrong = []
    for dimension, word in cast("Table", wanted).items():
        judgement = advice.dimensions.get(dimension)
        has = found(judgement) if judgement is not None else "silent"
        if has != word:
            wrong.append(f"{dimension}: {has}, not {word}")
    return wrong


def _check_preset(wanted: Plain, advice: Advice) -> list[str]:
    return [] if advice.preset == wanted else [f"{advice.preset}, not {wanted}"]


def _check_differs(wanted: Plain, advice: Advice) -> list[str]:
    return [] if dict(advice.differs) == wanted else [f"{dict(advice.differs)}, not {wanted}"]


def _check_advised(wanted: Plain, advice: Advice) -> list[str]:
    return _check_words(wanted, lambda judgement: judgement.advised, advice)


def _check_outcome(wanted: Plain, advice: Advice) -> list[str]:
    return _check_words(wanted, lambda judgement: judgement.outcome.value, advice)


def _check_keeps(wanted: Plain, advice: Advice) -> list[str]:
    return _check_words(wanted, lambda judgement: list(judgement.keeps), advice)


def _check_if_refused(wanted: Plain, advice: Advice) -> list[str]:
    return _check_words(wanted, lambda judgement: judgement.if_refused, advice)


def _check_must_name(wanted: Plain, advice: Advice) -> list[str]:
    return [f"does not name {id_}" for id_ in cast("list[str]", wanted) if id_ not in advice.norms]


def _check_must_not_name(wanted: Plain, advice: Advice) -> list[str]:
    return [f"names {id_}" for id_ in cast("list[str]", wanted) if id_ in find_drivers(advice)]


def _check_must_not_advise(wanted: Plain, advice: Advice) -> list[str]:
    """No word here may be advised; where several stand together, none may be kept."""
    wrong = []
    for dimension, words in cast("dict[str, list[str]]", wanted).items():
        judgement = advice.dimensions.get(dimension)
        if judgement is None:
            continue
        many = shipped_rules().vocabulary.dimensions[dimension].many
        stand = judgement.keeps if many else (judgement.advised,)
        wrong += [f"{dimension}: advises {word}" for word in words if word in stand]
    return wrong


def _check_asserted(wanted: Plain, advice: Advice) -> list[str]:
    found = [claim.answer.value for claim in advice.asserted]
    return [] if found == wanted else [f"{found}, not {wanted}"]


def _check_set_aside(wanted: Plain, advice: Advice) -> list[str]:
    found = {one.norm: one.why for one in advice.set_aside}
    return [
        f"{id_}: {found.get(id_)}, not {why}"
        for id_, why in cast("Table", wanted).items()
        if found.get(id_) != why
    ]


def _check_duties(wanted: Plain, advice: Advice) -> list[str]:
    found = {duty.act for duty in advice.duties}
    return [f"asks nobody to {act}" for act in cast("list[str]", wanted) if act not in found]


def _check_exceptions(wanted: Plain, advice: Advice) -> list[str]:
    found = {o.norm for j in advice.dimensions.values() for o in j.exceptions}
    return [f"does not offer {id_}" for id_ in cast("list[str]", wanted) if id_ not in found]


def _check_ask(wanted: Plain, advice: Advice) -> list[str]:
    return [] if list(advice.ask) == wanted else [f"{list(advice.ask)}, not {wanted}"]


def _check_call(wanted: Plain, advice: Advice) -> list[str]:
    first = wanted[0] if isinstance(wanted, list) else wanted
    return [] if advice.call[0] == first else [f"{advice.call[0]}, not {first}"]


def _check_say_contains(wanted: Plain, advice: Advice) -> list[str]:
    return [
        f"says in {language}: {getattr(advice.say, language)}"
        for language, part in cast("dict[str, str]", wanted).items()
        if part not in getattr(advice.say, language)
    ]


def _check_exit(wanted: Plain, advice: Advice) -> list[str]:
    found = int(advice.needs_a_person)
    return [] if found == wanted else [f"{found}, not {wanted}"]


def _check_reason(wanted: Plain, _: Advice) -> list[str]:
    said = cast("Table", wanted)
    return [f"no reason in {language}" for language in LANGUAGES if not said.get(language)]


CHECKS: Mapping[str, Callable[[Plain, Advice], list[str]]] = {
    "preset": _check_preset,
    "differs": _check_differs,
    "advised": _check_advised,
    "outcome": _check_outcome,
    "keeps": _check_keeps,
    "if_refused": _check_if_refused,
    "must_name": _check_must_name,
    "must_not_name": _check_must_not_name,
    "must_not_advise": _check_must_not_advise,
    "asserted": _check_asserted,
    "set_aside": _check_set_aside,
    "duties": _check_duties,
    "exceptions": _check_exceptions,
    "ask": _check_ask,
    "call": _check_call,
    "say_contains": _check_say_contains,
    "exit": _check_exit,
    "reason": _check_reason,
}


def find_drivers(advice: Advice) -> set[str]:
    """Find the norms that the answer rests on: all that it names but those set aside or cited."""
    found = {*advice.permissions, *advice.definitions, *(duty.norm for duty in advice.duties)}
    for judgement in advice.dimensions.values():
        found |= {*judgement.because, *(opening.norm for opening in judgement.exceptions)}
        found |= {id_ for broken in (judgement.breaks or {}).values() for id_ in broken}
        found |= {id_ for collision in judgement.collisions for id_ in collision.norms}
    return found


def test_the_folders_hold_situations() -> None:
    names = {one.name.split("/")[0] for one in ALL}

    assert {"scenes", "cases"} <= names


@every_situation
def test_a_situation_gets_the_answer_that_it_expects(shipped: Shipped) -> None:
    unknown = set(shipped.expect) - set(CHECKS)
    assert not unknown, f"{shipped.name} expects what nobody checks: {sorted(unknown)}"

    advice = advise(shipped_rules(), shipped.situation)

    wrong = [
        f"{key}: {said}"
        for key, want in shipped.expect.items()
        for said in CHECKS[key](want, advice)
    ]
    assert not wrong, "\n".join([shipped.name, *wrong])


@every_situation
def test_a_situation_says_what_happened_and_why_the_answer_is_right(shipped: Shipped) -> None:
    plain = cast("Table", shipped.document.value)

    assert plain.get("title")
    assert shipped.expect.get("reason")


@every_situation
def test_no_rule_out_of_force_drives_an_answer(shipped: Shipped) -> None:
    situation = shipped.situation

    advice = advise(shipped_rules(), situation)

    norms = shipped_rules().rulebook.norms
    drivers = [norms[id_] for id_ in sorted(find_drivers(advice))]
    assert [n.id for n in drivers if not n.is_in_force(on=situation.as_of)] == []
    assert [n.id for n in drivers if n.reading is Reading.REMEMBERED] == []


@every_situation
def test_an_answer_says_what_it_would_be_without_rules_that_were_only_reported(
    shipped: Shipped,
) -> None:
    advice = advise(shipped_rules(), shipped.situation)

    read = advise(read_rules(), shipped.situation)

    said = {id_: j.without_reported for id_, j in advice.dimensions.items()}
    would = {id_: read.dimensions[id_].advised for id_ in said if id_ in read.dimensions}
    assert said == {id_: would.get(id_) for id_ in said}


def _count_questions(situation: Situation, path: int, known: Mapping[str, Value]) -> int:
    """Count the questions until none is left, answered from what is known or else by the path."""
    facts = shipped_rules().vocabulary.facts
    passed: set[str] = set()
    while True:
        asked = advise(shipped_rules(), situation).ask
        if not asked or asked[0] in passed:
            return len(passed)
        fact = facts[asked[0]]
        answer = known.get(fact.id, fact.domain[(path * 7 + len(passed)) % len(fact.domain)])
        passed.add(fact.id)
        situation = replace(situation, facts={**situation.facts, fact.id: answer})


def test_few_questions_settle_every_situation_as_it_is_written() -> None:
    longest = [
        max(_count_questions(one.situation, path, {}) for path in range(PATHS)) for one in ALL
    ]

    assert median(longest) <= USUAL_QUESTIONS
    assert max(longest) <= MOST_QUESTIONS


def test_few_questions_settle_every_situation_of_which_only_the_site_is_known() -> None:
    facts = shipped_rules().vocabulary.facts
    counts = []
    for one in ALL:
        told = one.situation.facts
        before = {id_: v for id_, v in told.items() if facts[id_].who in SITE_KNOWS}
        start = replace(one.situation, facts=before)
        counts.append(_count_questions(start, 0, told))

    assert median(counts) <= USUAL_QUESTIONS
    assert max(counts) <= MOST_QUESTIONS
