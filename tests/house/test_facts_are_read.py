"""Every fact is read by something, or says what it waits for; nobody must ask the officer alone."""

from collections.abc import Iterator
from functools import cache

from shipped import VOCABULARY, find_shipped

from bedside.rules.condition.nodes import Condition, find_facts
from bedside.rules.condition.parse import parse_condition
from bedside.rules.rulebook.sentences import load_ladders, load_sentences
from bedside.rules.vocabulary.catalogue import FactType
from bedside.rules.vocabulary.document import Plain, load_document
from bedside.rules.vocabulary.load import CATALOGUE

ASKED_OF = {"site", "prefill", "check_in", "nurse", "clinician", "security", "counsel"}
SHORTEST_REASON = 20


def _conditions() -> Iterator[Condition]:
    for row in find_shipped():
        yield from row.conditions
    for dimension in VOCABULARY.dimensions.values():
        yield parse_condition(dimension.touched_by)
        yield from (parse_condition(need) for need in dimension.needs.values())
    for impossible in VOCABULARY.impossible:
        yield parse_condition(impossible.when)
    yield from (sentence.fit.when for sentence in load_sentences(VOCABULARY))
    yield from (ladder.fit.when for ladder in load_ladders(VOCABULARY))


@cache
def find_read() -> frozenset[str]:
    """Find the facts that something reads, by name or through a fact that follows from them."""
    read = {fact for condition in _conditions() for fact in find_facts(condition)}
    derived = [VOCABULARY.facts[fact].derived for fact in read]
    return frozenset(read | {of.fact for of in derived if of is not None})


def _waits_for() -> dict[str, Plain]:
    catalogue = load_document(CATALOGUE).value
    assert isinstance(catalogue, dict)
    waits_for = catalogue["waits_for"]
    assert isinstance(waits_for, dict)
    return waits_for


def test_every_fact_is_read_or_says_what_it_waits_for() -> None:
    unread = set(VOCABULARY.facts) - find_read() - set(_waits_for())

    assert unread == set()


def test_no_fact_waits_any_longer_once_it_is_read() -> None:
    assert set(_waits_for()) & find_read() == set()


def test_what_a_fact_waits_for_is_said_in_a_sentence() -> None:
    short = [
        fact
        for fact, reason in _waits_for().items()
        if not isinstance(reason, str) or len(reason) < SHORTEST_REASON or reason[-1] != "."
    ]

    assert short == []
    assert set(_waits_for()) <= set(VOCABULARY.facts)


def test_every_fact_can_be_answered_by_staff_without_asking_the_officer() -> None:
    others = {
        fact.id: fact.who
        for fact in VOCABULARY.facts.values()
        if fact.derived is None and fact.who not in ASKED_OF
    }

    assert others == {}


def test_every_norm_reads_only_facts_that_somebody_is_asked() -> None:
    read = {test.fact for row in find_shipped() for test in row.tests}
    unasked = [
        fact
        for fact in read
        if VOCABULARY.facts[fact].derived is None
        and not (VOCABULARY.facts[fact].question.en and VOCABULARY.facts[fact].question.es)
    ]

    assert unasked == []


def test_every_word_of_a_fact_has_a_button_in_both_languages() -> None:
    bare = [
        f"{fact.id}.{word.id}"
        for fact in VOCABULARY.facts.values()
        if fact.type is FactType.WORD
        for word in fact.words
        if not (word.label.en and word.label.es)
    ]

    assert bare == []
