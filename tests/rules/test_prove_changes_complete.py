"""Changes are complete: beside what was found no situation, known in part or whole, differs."""

import random
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import product
from typing import cast

import pytest
import z3
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from rules_cast import (
    DAY,
    VOCABULARY,
    Norms,
    conditions,
    make_book,
    shipped,
    times,
    write_condition,
)

from bedside.rules.condition.parse import parse_condition
from bedside.rules.condition.sets import is_possible
from bedside.rules.prove import burdens, differences
from bedside.rules.prove.answers import SILENT, Difference, compare
from bedside.rules.prove.changes import find_changes
from bedside.rules.prove.differences import Sight, find_differences
from bedside.rules.prove.finding import Finding, NotReplayedError, Question
from bedside.rules.prove.formulas import Formulas
from bedside.rules.prove.pairwise import find_changes_nearby
from bedside.rules.prove.scale import Scale
from bedside.rules.prove.world import World
from bedside.rules.tables.cubes import Cube, find_cubes
from bedside.rules.tables.index import find_bits
from bedside.rules.vocabulary.catalogue import Value

SEEN = {"kind": "agency_policy", "binds": ["officer"], "arrangement": {"position": {"sees": "yes"}}}
UNSEEN = {"arrangement": {"position": {"sees": "no"}}}
# Flags whose every combination can be listed; one of them says how a restraint stands.
FACTS = ("in_custody", "nursing", "admitted", "legal_restraint")
SMALL = ("restraint", "visits", "feeding_support", "letter_claim")
WORDS = {d: [word.id for word in VOCABULARY.dimensions[d].words] for d in (*SMALL, "position")}
KINDS = ("statute", "agency_policy", "hospital_policy", "professional_ethics", "model_policy")
BASES = [fact for fact in VOCABULARY.facts.values() if fact.derived is None]
PLACE_FACTS = {
    **{
        id_: VOCABULARY.facts[id_].domain for id_ in (*FACTS[:3], "patient_wish", "room_has_window")
    },
    **{
        id_: VOCABULARY.facts[id_].domain
        for id_ in ("wish_given_in_private", "court_order_on_file")
    },
    "activity": ("exam", "code", "feeding", "rest"),
}
PARTIES = (["hospital"], ["officer"], ["clinician", "officer"])


def make_world(norms: Norms) -> World:
    return World(compiled=make_book(norms), on=DAY, jurisdiction="us/tx")


def told(finding: Finding) -> set[Difference]:
    """Take a finding apart: where words stand together it may speak of several."""
    dimension, before, after = finding.dimension or "", finding.before or "", finding.after or ""
    if dimension != "letter_claim":
        return {Difference(dimension=dimension, before=before, after=after)}
    words = next(s for s in (before, after) if s != SILENT).partition(": ")[2].split(", ")
    said = [
        [s if s == SILENT else f"{s.partition(': ')[0]}: {w}" for w in words]
        for s in (before, after)
    ]
    rows = zip(*said, strict=True)
    return {Difference(dimension=dimension, before=one, after=other) for one, other in rows}


def find_all(before: World, after: World) -> set[Difference]:
    findings, undecided = find_changes(before, after, milliseconds=60_000)
    assert not undecided
    return {d for f in findings if f.before != f.after for d in told(f)}


def list_situations(facts: Mapping[str, tuple[Value, ...]]) -> Iterator[dict[str, Value]]:
    """List every situation over these facts, each of which may be left out."""
    for chosen in product(*((None, *domain) for domain in facts.values())):
        rows = zip(facts, chosen, strict=True)
        yield {fact: value for fact, value in rows if value is not None}


def list_differences(worlds: tuple[World, World], *facts: str) -> set[Difference]:
    """Ask about everything in every situation, those that are about a dimension among them."""
    domains = {fact: VOCABULARY.facts[fact].domain for fact in facts}
    return {
        difference
        for situation in list_situations(domains)
        for about in ({}, *TOUCHES)
        if worlds[0].is_possible(situation | about)
        for difference in compare(situation | about, worlds)
    }


def find_touches(dimension: str) -> list[dict[str, Value]]:
    """Find facts that make a situation be about the dimension."""
    tree = parse_condition(VOCABULARY.dimensions[dimension].touched_by)
    cubes = find_cubes(tree, VOCABULARY) or ()
    drawn = [
        {f: VOCABULARY.facts[f].domain[next(find_bits(a))] for f, a in c.items()} for c in cubes
    ]
    return [facts for facts in drawn if facts and not facts.keys() & set(FACTS)][:1]


TOUCHES = [facts for dimension in SMALL for facts in find_touches(dimension)]


WHENS = (
    conditions(FACTS, most_tests=4)
    .filter(lambda tree: is_possible(tree, VOCABULARY))
    .map(write_condition)
)


@st.composite
def draw_norms(draw: st.DrawFn, dimensions: tuple[str, ...]) -> dict[str, dict[str, object]]:
    """Draw a few norms that read few facts, and may silence the ones before them."""
    norms: dict[str, dict[str, object]] = {}
    for number in range(draw(st.integers(1, 4))):
        dimension = draw(st.sampled_from(dimensions))
        words = st.lists(
            st.sampled_from(WORDS[dimension]),
            min_size=1,
            max_size=len(WORDS[dimension]) - 1,
            unique=True,
        )
        asked: dict[str, object] = {"arrangement": {dimension: draw(words)}}
        if draw(st.integers(0, 5)) == 0:
            asked = {"duty": {"act": "record_officer_identity", "to": None, "within": "PT0S"}}
        norms[f"us/federal/n{number}"] = {
            **asked,
            "kind": draw(st.sampled_from(KINDS)),
            "binds": draw(st.sampled_from(PARTIES)),
            "modality": draw(st.sampled_from(["must", "must", "must_not", "should", "may"])),
            "when": draw(WHENS),
            "title": draw(st.sampled_from(["One source", "Another"])),
            "defeats": draw(st.lists(st.sampled_from(sorted(norms)), unique=True, max_size=2))
            if norms
            else [],
        }
    return norms


def split(norms: Norms, left_out: int) -> tuple[World, World]:
    """Make the world without one of the norms, and the world with all of them."""
    gone = sorted(norms)[left_out % len(norms)]
    fewer = {
        id_: {**norm, "defeats": [d for d in cast("list[str]", norm["defeats"]) if d != gone]}
        for id_, norm in norms.items()
        if id_ != gone
    }
    return make_world(fewer), make_world(norms)


@pytest.mark.slow
@given(norms=draw_norms(SMALL), left_out=st.integers(0, 3))
@settings(
    max_examples=times(4),
    phases=(Phase.explicit, Phase.generate),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
def test_of_small_rulebooks_every_difference_is_found_and_none_beside(
    norms: Norms, left_out: int
) -> None:
    before, after = split(norms, left_out)

    assert find_all(before, after) == list_differences((before, after), *FACTS)


@pytest.mark.slow
@given(norms=draw_norms(("position",)), left_out=st.integers(0, 3), seed=st.integers(0, 999))
@settings(
    max_examples=times(6),
    phases=(Phase.explicit, Phase.generate),
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
def test_of_the_officers_place_no_drawn_situation_shows_another_difference(
    norms: Norms, left_out: int, seed: int
) -> None:
    before, after = split(norms, left_out)
    chance = random.Random(seed)  # noqa: S311 - situations to compare on, no secrets
    found = find_all(before, after)

    for _ in range(150):
        facts = {f: chance.choice(d) for f, d in PLACE_FACTS.items() if chance.random() < 0.7}
        if before.is_possible(facts):
            assert set(compare(facts, (before, after))) <= found, facts


@pytest.mark.slow
@pytest.mark.parametrize(
    ("day", "place", "overlays"),
    [
        (date(2021, 10, 27), "us/tx", ((), ())),
        (date(2025, 1, 20), "us/nm", ((), ())),
        (DAY, "us/tx", ((), ("hospital/sample",))),
        (DAY, "us/ca", ((), ("agencies/fresno-sheriff",))),
    ],
)
def test_of_the_shipped_rulebook_no_drawn_situation_shows_another_difference(
    day: date, place: str, overlays: tuple[tuple[str, ...], tuple[str, ...]]
) -> None:
    eve = day - timedelta(days=1)
    before, after = (
        World(compiled=shipped(), on=on, jurisdiction=place, overlays=laid)
        for on, laid in zip((eve, day), overlays, strict=True)
    )
    found = find_all(before, after)
    cubes = [c for world in (before, after) for e in world.play.entries for c in world.cubes_of(e)]
    chance = random.Random(5)  # noqa: S311 - likewise

    assert found
    for _ in range(times(100)):
        facts = draw_near(cubes, chance)
        if before.is_possible(facts):
            assert set(compare(facts, (before, after))) <= found, facts


def draw_near(cubes: list[Cube], chance: random.Random) -> dict[str, Value]:
    """Draw a situation in which some norms speak, and all else is perhaps unknown."""
    share = chance.choice((0.0, 0.3, 1.0))
    facts = {f.id: chance.choice(f.domain) for f in BASES if chance.random() < share}
    for cube in chance.sample(cubes, 5):
        for fact, allowed in cube.items():
            domain = VOCABULARY.facts[fact].domain
            facts[fact] = domain[chance.choice(list(find_bits(allowed)))]
    return facts


def test_a_difference_that_needs_three_norms_to_meet_is_found() -> None:
    def keep(when: str, *words: str) -> dict[str, object]:
        return {"when": when, "arrangement": {"restraint": list(words)}}

    known: Norms = {
        "us/federal/a": keep("nursing", "one_limb", "none"),
        "us/federal/b": keep("admitted == 'inpatient'", "waist_or_leg", "none"),
    }
    draft = {"us/federal/c": keep("in_custody", "waist_or_leg", "one_limb")}
    before, after = make_world(known), make_world({**known, **draft})
    opposed = Difference(dimension="restraint", before="clear: none", after="hold: -")

    nearby, _ = find_changes_nearby(before, after, Formulas(VOCABULARY))
    findings, undecided = find_changes(before, after)

    assert opposed not in {d for f in nearby for d in told(f)}
    (shown,) = [f for f in findings if opposed in told(f)]
    assert shown.witness is not None
    assert shown.witness.facts == {"nursing": True, "admitted": "inpatient", "in_custody": True}
    assert not undecided


def test_words_that_change_together_are_told_together() -> None:
    norm = {"arrangement": {"letter_claim": ["course", "unknowns"]}}

    findings, _ = find_changes(make_world({}), make_world({"us/federal/a": norm}))

    assert {(f.before, f.after) for f in findings if f.after and "keeps" in f.after} == {
        (SILENT, "keeps: course, unknowns")
    }


def test_a_dimension_in_which_nothing_that_differs_has_a_say_is_not_asked_about(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[str] = []

    def watch(one: World, other: World, dimension: str, *, milliseconds: int) -> Iterator[Sight]:
        asked.append(dimension)
        return find_differences(one, other, dimension, milliseconds=milliseconds)

    monkeypatch.setattr("bedside.rules.prove.changes.find_differences", watch)
    find_changes(make_world({"us/federal/a": SEEN}), make_world({"us/federal/b": SEEN}))

    assert asked == ["position"]


def test_a_norm_held_up_for_one_level_of_agencies_differs() -> None:
    stayed = {
        "state": "stayed",
        "as_to": None,
        "agency_levels": ["federal"],
        "from": "2021-01-01",
        "to": None,
        "court": "A court",
        "docket": "1",
        "source": None,
    }

    findings, _ = find_changes(
        make_world({"us/federal/a": UNSEEN}),
        make_world({"us/federal/a": {**UNSEEN, "standing": [stayed]}}),
    )

    assert findings
    for one in findings:
        assert one.witness is not None
        assert one.witness.facts.get("agency_level", "federal") == "federal"


# --- what was not settled is named, and what does not replay stops everything


def test_a_dimension_that_the_solver_did_not_settle_is_named_with_the_norms_that_differ(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    worlds = (make_world({"us/federal/a": SEEN}), make_world({"us/federal/b": UNSEEN}))

    monkeypatch.setattr(z3.Solver, "check", lambda *_: z3.unknown)

    _, undecided = find_changes(*worlds)

    (one,) = undecided
    assert (one.question, one.dimension) == (Question.CHANGES, "position")
    assert one.norms == ("us/federal/a", "us/federal/b")


def test_what_was_found_before_the_rounds_ran_out_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(differences, "MOST_ROUNDS", 4)

    findings, undecided = find_changes(make_world({}), make_world({"us/federal/a": UNSEEN}))

    assert findings
    assert [one.dimension for one in undecided] == ["position"]


def test_a_norm_that_too_many_others_may_silence_is_named_and_not_guessed_about(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(burdens, "MOST_BEATERS", 0)
    known: Norms = {
        "us/federal/a": UNSEEN,
        "us/federal/b": {**SEEN, "binds": ["hospital"], "defeats": ["us/federal/a"]},
    }

    findings, undecided = find_changes(make_world({}), make_world(known))

    assert not findings
    assert [one.dimension for one in undecided] == ["position"]


def test_a_difference_that_the_decider_does_not_see_stops_everything(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Scale, "is_bound_by", lambda *_: True)  # guidance would make it depend
    monkeypatch.setattr(Scale, "read", lambda *_, **__: "clear: at_bedside")

    with pytest.raises(NotReplayedError, match="us/federal/a"):
        find_changes(make_world({}), make_world({"us/federal/a": UNSEEN}))
