"""The collisions that people knew before there was a prover are found, and nothing beside them."""

from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML
from rules_cast import EXAMPLES, VOCABULARY, shipped

from bedside.rules.decide.advise import advise
from bedside.rules.decide.known import Case
from bedside.rules.decide.play import GUIDANCE
from bedside.rules.prove.conflicts import find_conflicts, is_conflict
from bedside.rules.prove.finding import Finding
from bedside.rules.prove.world import World

FILES = sorted(EXAMPLES.glob("collisions/[ck]*.yaml"))
KNOWN = {f"{kind}{n:02}" for kind, last in (("c", 12), ("k", 13)) for n in range(1, last + 1)}
TRUE = {  # the two norms that collide, in the notes' own words: no arrangement satisfies both
    "c01-own-exception-not-yet-spoken": (
        "agencies/lexington-police/72b-remain-in-area",
        "profession/ama/3-1-2-no-outside-observers",
    ),
    "c02-immediate-presence-in-psychiatry": (
        "agencies/fresno-sheriff/d-239-immediate-presence",
        "us/federal/hhs/cms/482-13-c-1-personal-privacy",
    ),
    "c07-cuffs-bind-the-officer-to-watch": (
        "us/id/16-03-14-229-cuffing-officer-supervises",
        "profession/ama/3-1-2-no-outside-observers",
    ),
    "c11-child-in-an-abuse-exam": (
        "agencies/cook-county-sheriff/eo-32-12-2-constant-sight",
        "profession/aap/care-of-children-in-custody-limits-trauma",
    ),
    "k03-family-notice-at-a-contracted-hospital": (
        "us/federal/dhs/236-6-family-told-on-behalf",
        "us/federal/hhs/cms/482-13-b-4-family-told-of-admission",
    ),
}


@cache
def example(file: Path) -> dict[str, Any]:
    read: dict[str, Any] = YAML(typ="safe").load(file.read_text("utf-8"))
    return read


@cache
def world_of(file: Path) -> World:
    given = example(file)
    day = given["as_of"]
    return World(
        compiled=shipped(),
        on=day if isinstance(day, date) else date.fromisoformat(day),
        jurisdiction=given["jurisdiction"],
        overlays=tuple(given.get("overlays", ())),
    )


@cache
def conflicts_of(file: Path) -> tuple[Finding, ...]:
    return find_conflicts(world_of(file))


def find_in(file: Path) -> list[Finding]:
    """Find the conflicts all of whose norms speak in the example's situation."""
    world = world_of(file)
    case = Case(compiled=world.compiled, situation=world.place(example(file)["facts"]))
    speaking = {entry.norm.id for entry in case.entries}
    return [one for one in conflicts_of(file) if set(one.norms) <= speaking]


def test_there_is_a_situation_for_each_known_collision() -> None:
    assert {file.stem[:3] for file in FILES} == KNOWN


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_prove_finds_a_known_collision_exactly_where_the_decider_meets_one(file: Path) -> None:
    world, expected = world_of(file), example(file)["expect"].get("outcome", {})
    claimed = {d for one in example(file).get("asserted", ()) for d in one.get("arrangement", ())}

    found = find_in(file)

    witness = world.place(example(file)["facts"])
    for dimension, outcome in expected.items():
        own = [one for one in found if one.dimension == dimension]
        if dimension not in claimed:  # a claim is no norm, and prove ranges over norms
            assert bool(own) is (outcome == "conflict"), dimension
        for one in own:
            assert set(one.norms) & set(example(file)["expect"]["must_name"])
            assert is_conflict(world, replace(one, witness=witness))


@pytest.mark.parametrize("name", sorted(TRUE))
def test_the_two_norms_of_a_true_collision_are_named_with_a_witness_that_replays(name: str) -> None:
    file = EXAMPLES / "collisions" / f"{name}.yaml"

    (finding,) = [one for one in find_in(file) if set(one.norms) == set(TRUE[name])]

    assert finding.witness is not None
    assert finding.call
    assert finding.parties
    judged = advise(world_of(file).compiled, finding.witness).dimensions[finding.dimension or ""]
    words = [word.id for word in VOCABULARY.dimensions[judged.dimension].words]
    never = VOCABULARY.dimensions[judged.dimension].never_advised
    for word in (word for word in words if word not in never):
        assert set((judged.breaks or {}).get(word, ())) & set(finding.norms), word


PAIRS = [  # apparent collisions: both may bind at once, and some word keeps both
    (
        "c03-feed-first-then-visit",
        "agencies/fresno-sheriff/visits-curtains-open",
        "profession/ncchc/2023-breastfeeding-in-hospital",
    ),
    (
        "c04b-five-weeks-after-birth",
        "profession/awhonn/no-restraint-within-eight-weeks-of-birth",
        "profession/ncchc/no-restraint-by-default-until-six-weeks",
    ),
    (
        "c05b-medicines-without-agreement",
        "us/federal/hhs/hipaa/164-512-k-5-i-custody-representation",
        "profession/acep/information-only-by-consent-law-or-order",
    ),
    (
        "c06-spouse-phones-an-unlisted-patient",
        "profession/security-info-watch/custody-patients-not-listed",
        "us/federal/hhs/cms/482-13-b-4-family-told-of-admission",
    ),
    (
        "c08-danger-found-by-the-clinician",
        "world/istanbul-protocol/313-hospital-security-out-of-earshot",
        "world/istanbul-protocol/313-examined-in-private",
    ),
    (
        "c09-shackled-and-sedated",
        "us/federal/hhs/cms/a-0154-police-restraints",
        "profession/jgim/replace-routine-shackling",
    ),
    (
        "k07-taken-before-stable",
        "us/federal/hhs/cms/489-24-e-1-no-discharge-before-stable",
        "us/federal/hhs/cms/489-24-b-transfer-means",
    ),
    (
        "k11-unaccompanied-minor-inpatient",
        "us/federal/dhs/236-3-f-2-tell-orr-in-48-hours",
        "us/federal/hhs/cms/489-24-e-1-no-discharge-before-stable",
    ),
]


@pytest.mark.parametrize(("name", "one", "other"), PAIRS)
def test_an_apparent_collision_is_proved_to_be_none(name: str, one: str, other: str) -> None:
    file = EXAMPLES / "collisions" / f"{name}.yaml"
    assert {one, other} <= shipped().rulebook.norms.keys()

    assert not [f for f in conflicts_of(file) if {one, other} <= set(f.norms)]


APPARENT = [file for file in FILES if file.stem not in TRUE]


@pytest.mark.parametrize("file", APPARENT, ids=lambda file: file.stem)
def test_where_nothing_true_collides_the_norms_of_the_notes_meet_and_some_word_keeps_all(
    file: Path,
) -> None:
    world, named = world_of(file), set(example(file)["expect"]["must_name"])
    case = Case(compiled=world.compiled, situation=world.place(example(file)["facts"]))

    speaking = {entry.norm.id for entry in case.entries}

    # The example is the witness: all of them speak here, and here and everywhere none collide.
    assert named <= speaking
    assert not [one for one in conflicts_of(file) if len(named & set(one.norms)) > 1]
    for dimension in world.vocabulary.dimensions.values():
        charges = case.find_matter(dimension.id, case.board, case.known).charges
        left = world.find_candidates(dimension.id)
        for charge in charges:
            if charge.entry is not None and charge.entry.norm.id in named:
                left &= charge.keeps if charge.weight < GUIDANCE else dimension.every
        assert dimension.many or left, dimension.id


def test_every_collision_of_the_notes_is_either_true_or_apparent() -> None:
    true, apparent = {name[:3] for name in TRUE}, {file.stem[:3] for file in APPARENT}

    assert true | apparent == KNOWN
    assert true == {"c01", "c02", "c07", "c11", "k03"}
