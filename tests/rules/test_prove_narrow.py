"""A world narrowed to what has a say in a dimension answers there as the whole rulebook does."""

import random
from dataclasses import replace
from datetime import date

import pytest
from rules_cast import DAY, VOCABULARY, Norms, make_book, shipped

from bedside.rules.prove.answers import read_answers
from bedside.rules.prove.concessions import find_concessions_in
from bedside.rules.prove.conflicts import find_meetings_in
from bedside.rules.prove.finding import Finding, Undecided
from bedside.rules.prove.formulas import Formulas
from bedside.rules.prove.unions import find_gap
from bedside.rules.prove.world import DUTIES, World
from bedside.rules.tables.index import find_bits
from bedside.rules.vocabulary.catalogue import Value

PLACES = [
    ("us/tx", date(2012, 6, 1), ()),
    ("us/ca", DAY, ("hospital/sample",)),
    ("us/il", DAY, ("agencies/cook-county-sheriff",)),
]


def make_world(norms: Norms) -> World:
    return World(compiled=make_book(norms), on=DAY, jurisdiction="us/tx")


def draw(world: World, chance: random.Random) -> dict[str, Value]:
    """Draw facts near what some norms ask for, others unknown."""
    facts: dict[str, Value] = {}
    for entry in chance.sample(world.play.entries, 5):
        for cube in world.cubes_of(entry)[:1]:
            for fact, allowed in cube.items():
                domain = VOCABULARY.facts[fact].domain
                facts[fact] = domain[chance.choice(list(find_bits(allowed)))]
    return facts


def without_witness(found: Finding | Undecided | None) -> object:
    """Forget which of many situations the solver happened to show."""
    return replace(found, witness=None) if isinstance(found, Finding) else found


@pytest.mark.parametrize(("place", "day", "overlays"), PLACES)
def test_the_decider_answers_the_same(place: str, day: date, overlays: tuple[str, ...]) -> None:
    world = World(compiled=shipped(), on=day, jurisdiction=place, overlays=overlays)
    chance = random.Random(3)  # noqa: S311 - situations to compare on, no secrets

    for _ in range(15):
        facts = draw(world, chance)
        whole = world.advise(facts)
        for dimension in VOCABULARY.dimensions.values():
            narrow = world.narrow(frozenset({dimension.id})).advise(facts)
            assert [*read_answers(narrow, dimension)] == [*read_answers(whole, dimension)], facts
        assert world.narrow(frozenset({DUTIES})).advise(facts).duties == whole.duties


@pytest.mark.parametrize(("place", "day", "overlays"), PLACES)
def test_the_same_is_found(place: str, day: date, overlays: tuple[str, ...]) -> None:
    world = World(compiled=shipped(), on=day, jurisdiction=place, overlays=overlays)

    for id_, dimension in VOCABULARY.dimensions.items():
        narrow = world.narrow(frozenset({id_}))
        both = (world, narrow)
        met = [[(m.norms, m.witness) for m in find_meetings_in(w, id_)] for w in both]
        gaps = [find_gap(w, Formulas(VOCABULARY), dimension) for w in both]
        given = [[*find_concessions_in(w, Formulas(VOCABULARY), id_)] for w in both]
        assert met[0] == met[1]
        assert [*map(without_witness, gaps[:1])] == [*map(without_witness, gaps[1:])]
        assert [*map(without_witness, given[0])] == [*map(without_witness, given[1])]


def test_what_may_silence_a_norm_stays_and_what_it_silences_elsewhere_goes() -> None:
    elsewhere = {"arrangement": {"visits": ["none"]}}
    norms: Norms = {
        "us/federal/a": {},
        "us/federal/b": {**elsewhere, "defeats": ["us/federal/a"]},
        "us/federal/c": {**elsewhere, "defeats": ["us/federal/b"]},
        "us/federal/d": elsewhere,
    }

    narrow = make_world(norms).narrow(frozenset({"position"}))

    assert set(narrow.compiled.rulebook.norms) == {"us/federal/a", "us/federal/b", "us/federal/c"}


def test_without_the_duties_no_norm_that_only_asks_a_duty_stays() -> None:
    duty = {"duty": {"act": "record_officer_identity", "to": None, "within": "PT0S"}}
    world = make_world({"us/federal/a": duty, "us/federal/b": {}})

    kept = [
        set(world.narrow(frozenset({subject})).compiled.rulebook.norms)
        for subject in ("position", DUTIES)
    ]

    assert kept == [{"us/federal/b"}, {"us/federal/a"}]
