"""Conflicts: the smallest sets, one for each source, with a witness that the decider confirms."""

from dataclasses import replace

import pytest
from rules_cast import DAY, VOCABULARY, Norms, make_book, shipped

from bedside.rules.prove import conflicts
from bedside.rules.prove.conflicts import Meeting, find_conflicts
from bedside.rules.prove.finding import Finding, NotReplayedError
from bedside.rules.prove.survey import find_places
from bedside.rules.prove.world import World

SEEN = {"kind": "agency_policy", "binds": ["officer"], "arrangement": {"position": {"sees": "yes"}}}
UNSEEN = {"arrangement": {"position": {"sees": "no"}}}
UNHEARD = {"arrangement": {"position": {"hears": "no"}}}


def make_world(norms: Norms, *overlays: str) -> World:
    return World(compiled=make_book(norms), on=DAY, jurisdiction="us/tx", overlays=overlays)


def sets(found: tuple[Finding, ...]) -> list[set[str]]:
    return [set(one.norms) for one in found]


def test_two_norms_that_no_word_keeps_are_found_with_their_parties_and_whom_to_call() -> None:
    world = make_world({"us/federal/a": SEEN, "us/federal/b": UNSEEN})

    (finding,) = find_conflicts(world)

    assert set(finding.norms) == {"us/federal/a", "us/federal/b"}
    assert finding.parties == ("hospital", "officer")
    assert finding.call == ("shift_supervisor", "house_supervisor")
    assert finding.witness is not None
    assert finding.witness.facts == {"in_custody": True}


def test_norms_that_some_word_keeps_are_no_conflict() -> None:
    assert not find_conflicts(make_world({"us/federal/a": SEEN, "us/federal/b": UNHEARD}))


def test_norms_that_never_speak_together_are_no_conflict() -> None:
    world = make_world(
        {
            "us/federal/a": {**SEEN, "when": "activity == 'exam'"},
            "us/federal/b": {**UNSEEN, "when": "activity == 'feeding'"},
        }
    )

    assert not find_conflicts(world)


def test_a_situation_that_nobody_can_be_in_is_no_witness() -> None:
    world = make_world(
        {
            "us/federal/a": {**SEEN, "when": "patient_age_band == 'adult'"},
            "us/federal/b": {**UNSEEN, "when": "minor_unaccompanied"},
        }
    )

    assert not find_conflicts(world)


def test_guidance_and_permissions_make_no_conflict() -> None:
    weaker: tuple[dict[str, object], ...] = (
        {"modality": "should"},
        {"kind": "model_policy"},
        {"modality": "may"},
    )

    for weak in weaker:
        norms: Norms = {"us/federal/a": SEEN, "us/federal/b": {**UNSEEN, **weak}}
        assert not find_conflicts(make_world(norms)), weak


def test_two_norms_of_one_source_that_ask_the_same_count_as_one() -> None:
    twice = {**UNSEEN, "title": "One code"}
    world = make_world({"us/federal/a": SEEN, "us/federal/b": twice, "us/federal/c": twice})
    apart = make_world(
        {"us/federal/a": SEEN, "us/federal/b": twice, "us/federal/c": {**UNSEEN, "title": "Other"}}
    )

    assert len(find_conflicts(world)) == 1
    assert len(find_conflicts(apart)) == 2


def test_three_norms_collide_where_no_two_of_them_do() -> None:
    def keep(*words: str) -> dict[str, object]:
        return {"arrangement": {"position": list(words)}}

    world = make_world(
        {
            "us/federal/a": keep("in_doorway", "at_window"),
            "us/federal/b": keep("at_window", "outside_door"),
            "us/federal/c": keep("in_doorway", "outside_door"),
        }
    )

    assert sets(find_conflicts(world)) == [{"us/federal/a", "us/federal/b", "us/federal/c"}]


def test_four_norms_collide_and_a_fifth_is_not_drawn_in() -> None:
    words = [word.id for word in VOCABULARY.dimensions["restraint"].words][-4:]
    norms = {
        f"us/federal/without-{gone}": {
            "arrangement": {"restraint": [word for word in words if word != gone]}
        }
        for gone in words
    }
    fifth = {"us/federal/all": {"arrangement": {"restraint": words}}}

    found = find_conflicts(make_world({**norms, **fifth}))

    assert sets(found) == [set(norms)]


def test_a_norm_that_asks_two_things_is_named_once() -> None:
    both = {"arrangement": {"position": {"sees": "no", "hears": "no"}}}
    near = {**SEEN, "arrangement": {"position": {"sees": "yes", "hears": "yes"}}}
    world = make_world({"us/federal/a": near, "us/federal/b": both})

    assert sets(find_conflicts(world)) == [{"us/federal/a", "us/federal/b"}]


def test_a_defeated_norm_is_no_conflict_where_its_defeater_speaks() -> None:
    norms: Norms = {
        "us/federal/a": SEEN,
        "us/federal/b": UNSEEN,
        "us/federal/c": {
            **SEEN,
            "modality": "may",
            "binds": ["hospital"],
            "arrangement": {"position": ["at_window"]},
            "when": "in_custody && danger == 'weapon'",
            "defeats": ["us/federal/b"],
        },
    }

    (finding,) = find_conflicts(make_world(norms))

    assert finding.witness is not None
    assert finding.witness.facts.get("danger") != "weapon"


def test_in_no_place_does_one_conflict_contain_another() -> None:
    overlays = shipped().rulebook.overlays

    for place in find_places(shipped().rulebook):
        world = World(compiled=shipped(), on=DAY, jurisdiction=place, overlays=overlays)
        found = [(one.dimension, frozenset(one.norms)) for one in find_conflicts(world)]
        assert len(found) == len(set(found))
        for dimension, norms in found:
            assert not [n for d, n in found if d == dimension and n < norms]


def test_a_finding_that_the_decider_does_not_confirm_stops_everything(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    world = make_world(
        {
            "us/federal/a": {**SEEN, "when": "activity == 'exam'"},
            "us/federal/b": {**UNSEEN, "when": "activity == 'feeding'"},
        }
    )
    planted = Meeting(dimension="position", entries=world.play.entries, cube={})
    monkeypatch.setattr(conflicts, "find_meetings", lambda _: [planted])

    with pytest.raises(NotReplayedError, match="us/federal/a"):
        find_conflicts(world)


def test_what_is_confirmed_depends_on_the_witness() -> None:
    world = make_world(
        {
            "us/federal/a": {**SEEN, "when": "activity == 'exam'"},
            "us/federal/b": {**UNSEEN, "when": "in_custody"},
        }
    )
    (finding,) = find_conflicts(world)
    elsewhere = replace(finding, witness=world.place({"in_custody": True, "activity": "feeding"}))

    assert conflicts.is_conflict(world, finding)
    assert not conflicts.is_conflict(world, elsewhere)
