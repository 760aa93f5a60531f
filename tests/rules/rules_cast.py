"""What the tests of the rules share: the shipped book, small invented books, random conditions."""

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TypeAlias, cast

from hypothesis import strategies as st

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
)
from bedside.rules.condition.nodes import Test as Comparison
from bedside.rules.decide.advice import Advice
from bedside.rules.decide.advise import advise
from bedside.rules.decide.situation import Claim, Situation
from bedside.rules.rulebook.book import Rulebook, overlay_of
from bedside.rules.rulebook.form import Form
from bedside.rules.rulebook.norm import Norm
from bedside.rules.rulebook.read_norm import KEYS, read_norm
from bedside.rules.tables.compiled import SHIPPED, Compiled, compile_rulebook, load_compiled
from bedside.rules.vocabulary.catalogue import Fact, FactType, Value, Vocabulary
from bedside.rules.vocabulary.document import Document, Plain
from bedside.rules.vocabulary.load import load_vocabulary

REPOSITORY = Path(__file__).resolve().parents[2]
EXAMPLES = REPOSITORY / "examples"
CACHE = REPOSITORY / "build" / "tests" / "rulebook"
SOAK = os.environ.get("BEDSIDE_SOAK") == "1"
DAY = date(2026, 11, 23)

VOCABULARY = load_vocabulary()
Norms: TypeAlias = Mapping[str, Mapping[str, object]]
ORDERED = (Operator.LESS, Operator.AT_MOST, Operator.MORE, Operator.AT_LEAST)
# Few facts of every type, two of them derived, so that random conditions meet one another often.
FEW = (
    "in_custody",
    "nursing",
    "pregnancy",
    "trimester",
    "patient_wish",
    "agency",
    "agency_level",
    "activity",
    "clinical",
)


def times(short: int) -> int:
    """Tell how many examples to try: a short slice by default, fifty times as many in a soak."""
    return short * 50 if SOAK else short


@cache
def shipped() -> Compiled:
    """Load the shipped norms and the agencies of the examples, once in a process."""
    return load_compiled([SHIPPED, EXAMPLES], cache=CACHE)


def make_norm(id_: str, **changes: object) -> Norm:
    """Make an invented norm: law that lets no officer hear while in custody, but for `changes`."""
    title = changes.pop("title", f"Title of {id_}")
    table: dict[str, object] = {
        "source": {
            "cite": id_,
            "title": title,
            "url": None,
            "read_on": "2026-11-23",
            "text_as_of": "2026-01-01",
            "quote": None,
        },
        "reading": "read",
        "fit": "text",
        "authority": "us/federal",
        "kind": "statute",
        "binds": ["hospital"],
        "modality": "must",
        "asks": {"en": "Do this.", "es": "Hacer esto."},
        "when": "in_custody",
        "in_force_from": "2000-01-01",
        "in_force_to": None,
        "dates": "read",
        "cases": [],
        **changes,
    }
    if "duty" not in table and "defines" not in table:
        table.setdefault("arrangement", {"position": {"hears": "no"}})
    ordered = cast("Plain", {key: table[key] for key in KEYS if key in table})
    form = Form(Document(name=id_, value=ordered), VOCABULARY)
    norm = read_norm(form, id_=id_, overlay=overlay_of(id_))
    assert not form.problems, [p.say() for p in form.problems]
    return norm


def make_book(norms: Norms) -> Compiled:
    """Make a small rulebook of invented norms."""
    made = {id_: make_norm(id_, **changes) for id_, changes in norms.items()}
    return compile_rulebook(
        Rulebook(
            norms=made, vocabulary=VOCABULARY, sentences=(), ladders=(), edition="test", digest=""
        )
    )


def make_situation(**facts: Value) -> Situation:
    """Make a situation in Texas: a patient in custody, and these facts."""
    return Situation(as_of=DAY, jurisdiction="us/tx", facts={"in_custody": True, **facts})


def ask_book(
    norms: Norms,
    facts: Mapping[str, Value],
    *,
    stands: Mapping[str, str] | None = None,
    claims: tuple[Claim, ...] = (),
) -> Advice:
    """Advise from a small rulebook on a situation in Texas."""
    situation = replace(make_situation(**facts), arrangement=stands or {}, asserted=claims)
    return advise(make_book(norms), situation)


def known_of(vocabulary: Vocabulary = VOCABULARY, /, **facts: Value) -> dict[str, int]:
    """Turn answers into what is known, with nothing presumed."""
    return {id_: vocabulary.facts[id_].bit(value) for id_, value in facts.items()}


def base_of(fact: str) -> str:
    """Find the fact that is asked: a derived one stands for the one it follows from."""
    derived = VOCABULARY.facts[fact].derived
    return derived.fact if derived else fact


def write_condition(tree: Condition) -> str:
    """Write a tree as text, with brackets around every part that is not a test."""
    match tree:
        case Always():
            return "true"
        case Not(inner=inner):
            return f"!({write_condition(inner)})"
        case And(parts=parts):
            return " && ".join(_bracket(part) for part in parts)
        case Or(parts=parts):
            return " || ".join(_bracket(part) for part in parts)
    return _write_test(tree)


def _write_test(test: Comparison) -> str:
    match test:
        case Flag(fact=fact):
            return fact
        case Compare(fact=fact, operator=operator, value=value):
            return f"{fact} {operator.value} {write_literal(value)}"
        case Among(fact=fact, values=values):
            return f"{fact} in [{', '.join(write_literal(v) for v in values)}]"


def write_literal(value: Literal) -> str:
    """Write a constant."""
    if isinstance(value, bool):
        return "true" if value else "false"
    return str(value) if isinstance(value, int) else f"'{value}'"


def _bracket(tree: Condition) -> str:
    text = write_condition(tree)
    return f"({text})" if isinstance(tree, And | Or) else text


def without_columns(tree: Condition) -> Condition:
    """Forget where each test stood."""
    match tree:
        case Always():
            return tree
        case Not(inner=inner):
            return Not(inner=without_columns(inner))
        case And(parts=parts):
            return And(parts=tuple(without_columns(part) for part in parts))
        case Or(parts=parts):
            return Or(parts=tuple(without_columns(part) for part in parts))
    return replace(tree, column=0)


def draw_test(fact: Fact) -> st.SearchStrategy[Comparison]:
    """Draw a test of the fact."""
    values = st.sampled_from(fact.domain)
    operators = [Operator.EQUAL, Operator.UNEQUAL]
    if fact.type is FactType.COUNT:
        operators += ORDERED
    lists = st.lists(values, min_size=1, max_size=4, unique=True)
    kinds: list[st.SearchStrategy[Comparison]] = [
        st.builds(
            Compare, fact=st.just(fact.id), operator=st.sampled_from(operators), value=values
        ),
        st.builds(Among, fact=st.just(fact.id), values=lists.map(tuple)),
    ]
    if fact.type is FactType.FLAG:
        kinds.append(st.just(Flag(fact=fact.id)))
    return st.one_of(kinds)


def conditions(facts: Iterable[str] = FEW, *, most_tests: int = 12) -> st.SearchStrategy[Condition]:
    """Draw a condition over these facts."""
    leaves = st.one_of([draw_test(VOCABULARY.facts[id_]) for id_ in facts])
    return st.recursive(leaves, _join, max_leaves=most_tests)


def _join(inner: st.SearchStrategy[Condition]) -> st.SearchStrategy[Condition]:
    parts = st.lists(inner, min_size=2, max_size=4).map(tuple)
    return st.one_of(
        st.builds(Not, inner=inner), st.builds(And, parts=parts), st.builds(Or, parts=parts)
    )


def knowns(facts: Iterable[str] = FEW, *, sure: bool = False) -> st.SearchStrategy[dict[str, int]]:
    """Draw what is known: some facts left out; the rest one answer, or (unless sure) several."""
    bases = sorted({base_of(fact) for fact in facts})

    def draw(fact: Fact) -> st.SearchStrategy[int]:
        one = st.sampled_from(fact.domain).map(fact.bit)
        return one if sure else st.one_of(one, st.integers(1, fact.every))

    return st.fixed_dictionaries({}, optional={id_: draw(VOCABULARY.facts[id_]) for id_ in bases})
