"""A condition is said as one clean sentence, in both languages, that cannot be read two ways."""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bedside.rules.condition.holds import compile_closure
from bedside.rules.condition.nodes import (
    Always,
    Among,
    And,
    Compare,
    Condition,
    Flag,
    Literal,
    Not,
    Operator,
    Or,
    find_facts,
)
from bedside.rules.condition.parse import parse_condition
from bedside.rules.condition.phrase import phrase
from bedside.rules.vocabulary.catalogue import Fact, FactType
from bedside.rules.vocabulary.load import load_vocabulary
from bedside.rules.vocabulary.problem import ENGLISH, LANGUAGES, SPANISH, Language

VOCABULARY = load_vocabulary()
ORDERED = [Operator.LESS, Operator.AT_MOST, Operator.MORE, Operator.AT_LEAST]
SAME_OR_NOT = [Operator.EQUAL, Operator.UNEQUAL]

EXAMPLES = {
    "true": ("always", "siempre"),
    "!true": ("never", "nunca"),
    "in_custody && activity in ['exam', 'procedure']": (
        "the patient is in custody, and this is an exam or a procedure",
        "el paciente está bajo custodia de la autoridad, y esto es un examen o un procedimiento",
    ),
    "activity == 'exam' || activity == 'procedure' || activity == 'birth'": (
        "this is an exam, a procedure or a birth",
        "esto es un examen, un procedimiento o un parto",
    ),
    "activity != 'exam' && activity != 'birth'": (
        "this is not an exam or a birth",
        "esto no es un examen ni un parto",
    ),
    "!(in_custody && !nursing)": (
        "the patient is not in custody or the patient is nursing",
        "el paciente no está bajo custodia de la autoridad o hay lactancia en curso",
    ),
    "in_custody && (nursing || newborn_present)": (
        "the patient is in custody, and either the patient is nursing or the newborn is here",
        (
            "el paciente está bajo custodia de la autoridad, y además o bien hay lactancia en curso"
            " o bien el recién nacido está aquí"
        ),
    ),
    "in_custody && nursing || newborn_present": (
        "either the patient is in custody and the patient is nursing, or the newborn is here",
        (
            "o bien el paciente está bajo custodia de la autoridad y hay lactancia en curso,"
            " o bien el recién nacido está aquí"
        ),
    ),
    "in_custody && (nursing || clinical && (newborn_present || life_support))": (
        (
            "all of these hold: (1) the patient is in custody; (2) at least one of these holds:"
            " (2.1) the patient is nursing; (2.2) care is being given, and either the newborn is"
            " here or the patient is on life support"
        ),
        (
            "se cumple todo lo siguiente: (1) el paciente está bajo custodia de la autoridad;"
            " (2) se cumple al menos una de estas condiciones: (2.1) hay lactancia en curso;"
            " (2.2) se está dando atención clínica, y además o bien el recién nacido está aquí"
            " o bien el paciente está con soporte vital"
        ),
    ),
    "pregnancy != 'none'": (
        "the patient is pregnant, in labor or postpartum",
        "la situación obstétrica es de embarazo, de trabajo de parto o de posparto",
    ),
    "legal_restraint != 'none'": (
        "the patient is not free of custody restraint",
        "el paciente no está libre de sujeción de custodia",
    ),
    "days_since_birth < 8": (
        "the number of days since the birth is less than 8",
        "el número de días desde el parto es menor que 8",
    ),
    "!(days_since_birth > 42)": (
        "the number of days since the birth is at most 42",
        "el número de días desde el parto es como máximo 42",
    ),
    "days_since_birth >= 8 && days_since_birth <= 42": (
        "the number of days since the birth is at least 8 and at most 42",
        "el número de días desde el parto es como mínimo 8 y como máximo 42",
    ),
    "trimester == 3": (
        "the number of the trimester is exactly 3",
        "el número del trimestre es exactamente 3",
    ),
    "officer_count in [7, 8]": (
        "the number of officers here is 7 or 8",
        "el número de agentes presentes es 7 u 8",
    ),
    "agency_level == 'federal' && !clinical": (
        "the level of the agency is federal and no care is being given",
        "el nivel de la agencia es federal y no se está dando atención clínica",
    ),
}


@pytest.mark.parametrize("text", EXAMPLES)
def test_a_condition_reads_as_a_person_would_say_it(text: str) -> None:
    condition = parse_condition(text)

    english, spanish = EXAMPLES[text]

    assert phrase(condition, ENGLISH, VOCABULARY) == english
    assert phrase(condition, SPANISH, VOCABULARY) == spanish


def test_spanish_or_changes_before_its_own_sound() -> None:
    condition = parse_condition(
        "facility_kind in ['clinic', 'hospital'] || officer_count in [7, 11]"
    )

    said = phrase(condition, SPANISH, VOCABULARY)

    assert said == (
        "el centro es una clínica o un hospital, o el número de agentes presentes es 7 u 11"
    )


def literals(fact: Fact) -> st.SearchStrategy[Condition]:
    values: st.SearchStrategy[Literal] = st.sampled_from(fact.domain)
    operators = SAME_OR_NOT + (ORDERED if fact.type is FactType.COUNT else [])
    tests: list[st.SearchStrategy[Condition]] = [
        st.builds(
            Compare, fact=st.just(fact.id), operator=st.sampled_from(operators), value=values
        ),
        st.lists(values, min_size=1, max_size=3, unique=True).map(
            lambda chosen: Among(fact=fact.id, values=tuple(chosen))
        ),
    ]
    if fact.type is FactType.FLAG:
        tests.append(st.just(Flag(fact=fact.id)))
    return st.one_of(tests)


ANY_LITERAL = st.sampled_from(list(VOCABULARY.facts.values())).flatmap(literals)
TREES: st.SearchStrategy[Condition] = st.recursive(
    ANY_LITERAL,
    lambda inner: st.one_of(
        inner.map(lambda part: Not(inner=part)),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: And(parts=tuple(parts))),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Or(parts=tuple(parts))),
    ),
    max_leaves=8,
)


def frames(fact: Fact, language: Language) -> Iterator[str]:
    """The fixed words around what a clause of the fact is filled with."""
    for text in (fact.says.say(language), fact.denies.say(language)):
        yield max(text.split("{}"), key=len).strip()


@settings(max_examples=60, deadline=None)
@given(tree=TREES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_condition_is_said_cleanly_and_names_each_of_its_facts(
    tree: Condition, language: Language
) -> None:
    said = phrase(tree, language, VOCABULARY)

    assert not re.search(r"[{}_]|None|  |not \(|no \(|\.$", said)
    assert said == said.strip()
    for id_ in find_facts(tree):
        assert any(frame in said for frame in frames(VOCABULARY.facts[id_], language)), id_


@settings(max_examples=60, deadline=None)
@given(tree=TREES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_double_negation_is_said_like_the_condition_itself(
    tree: Condition, language: Language
) -> None:
    doubled = Not(inner=Not(inner=tree))

    assert phrase(doubled, language, VOCABULARY) == phrase(tree, language, VOCABULARY)


@st.composite
def trees_and_a_change(draw: st.DrawFn) -> tuple[Condition, Condition]:
    """Two trees over different facts each, alike but for the value of one test."""
    with_values = [fact.id for fact in VOCABULARY.facts.values() if fact.type is not FactType.FLAG]
    chosen = draw(st.lists(st.sampled_from(with_values), min_size=2, max_size=4, unique=True))
    facts = [VOCABULARY.facts[id_] for id_ in chosen]
    one, other = draw(
        st.lists(st.sampled_from(facts[0].domain), min_size=2, max_size=2, unique=True)
    )
    operators = SAME_OR_NOT + (ORDERED if facts[0].type is FactType.COUNT else [])
    test = Compare(fact=facts[0].id, operator=draw(st.sampled_from(operators)), value=one)
    changed: Condition = replace(test, value=other)
    tree: Condition = test
    for fact in facts[1:]:
        beside = draw(literals(fact))
        join: type[And | Or] = And if draw(st.booleans()) else Or
        tree, changed = join(parts=(tree, beside)), join(parts=(changed, beside))
        if draw(st.booleans()):
            tree, changed = Not(inner=tree), Not(inner=changed)
    return tree, changed


@settings(max_examples=60, deadline=None)
@given(pair=trees_and_a_change())
@pytest.mark.parametrize("language", LANGUAGES)
def test_conditions_that_differ_in_one_constant_are_said_differently(
    pair: tuple[Condition, Condition], language: Language
) -> None:
    tree, changed = pair

    assert phrase(tree, language, VOCABULARY) != phrase(changed, language, VOCABULARY)


def small_trees() -> Iterator[Condition]:
    """Every tree of up to two levels over three facts, two of them flags."""
    leaves: list[Condition] = [
        Flag(fact="in_custody"),
        Flag(fact="nursing"),
        Compare(fact="activity", operator=Operator.EQUAL, value="exam"),
        Compare(fact="activity", operator=Operator.EQUAL, value="birth"),
        Compare(fact="activity", operator=Operator.UNEQUAL, value="exam"),
    ]
    joins: tuple[type[And | Or], ...] = (And, Or)
    pairs: list[Condition] = [join(parts=two) for join in joins for two in product(leaves, leaves)]
    nodes: list[Condition] = [*leaves, *pairs]
    yield from nodes
    yield from (join(parts=two) for join in joins for two in product(nodes, nodes))


SITUATIONS = [
    {
        "in_custody": VOCABULARY.facts["in_custody"].bit(custody),
        "nursing": VOCABULARY.facts["nursing"].bit(nursing),
        "activity": VOCABULARY.facts["activity"].bit(activity),
    }
    for custody in (False, True)
    for nursing in (False, True)
    for activity in ("exam", "birth", "rest")
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_conditions_that_are_said_alike_mean_the_same(language: Language) -> None:
    meanings: dict[str, tuple[object, ...]] = {}

    for tree in small_trees():
        closure = compile_closure(tree, VOCABULARY)
        meaning = tuple(closure(situation) for situation in SITUATIONS)
        said = phrase(tree, language, VOCABULARY)
        assert meanings.setdefault(said, meaning) == meaning, said


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_always_holds_falls_away_within_a_condition(language: Language) -> None:
    custody = Flag(fact="in_custody")

    said = phrase(custody, language, VOCABULARY)

    assert phrase(And(parts=(Always(), custody)), language, VOCABULARY) == said
    assert phrase(Or(parts=(Not(inner=Always()), custody)), language, VOCABULARY) == said


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_condition_of_the_catalogue_can_be_said(language: Language) -> None:
    conditions = [impossible.when for impossible in VOCABULARY.impossible]
    conditions += [dimension.touched_by for dimension in VOCABULARY.dimensions.values()]

    for text in conditions:
        assert phrase(parse_condition(text), language, VOCABULARY)
