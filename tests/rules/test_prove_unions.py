"""Gaps, dead and covered norms, concessions: questions that need the solver, on small rulebooks."""

from datetime import date

import pytest
from rules_cast import DAY, Norms, make_book, shipped

from bedside.rules.decide.advise import advise
from bedside.rules.prove.concessions import find_concessions
from bedside.rules.prove.finding import Finding, Question, Undecided
from bedside.rules.prove.formulas import Formulas, Found, Verdict
from bedside.rules.prove.report import prove
from bedside.rules.prove.unions import find_covered, find_dead, find_gap
from bedside.rules.prove.world import World
from bedside.rules.vocabulary.answer import Answer

MAY_STAY = {
    "kind": "hospital_policy",
    "modality": "may",
    "binds": ["officer"],
    "arrangement": {"position": ["at_bedside", "in_room"]},
}


def make_world(norms: Norms, *overlays: str) -> World:
    return World(compiled=make_book(norms), on=DAY, jurisdiction="us/tx", overlays=overlays)


def ask(world: World, *questions: Question) -> tuple[Finding, ...]:
    report = prove(world, questions)
    assert not report.undecided
    return report.findings


def find_position_gap(world: World) -> Finding | Undecided | None:
    dimension = world.vocabulary.dimensions["position"]
    return find_gap(world, Formulas(world.vocabulary), dimension)


# --- gaps


def test_where_nothing_speaks_of_a_patient_in_custody_there_is_a_gap_with_a_witness() -> None:
    world = make_world({"us/federal/a": {"when": "in_custody && activity != 'surgery'"}})

    found = find_position_gap(world)

    assert isinstance(found, Finding)
    assert found.witness is not None
    assert found.witness.facts["activity"] == "surgery"
    assert found.call == ("house_supervisor", "counsel")
    judged = advise(world.compiled, found.witness).dimensions.get("position")
    assert judged is None or judged.outcome.value == "silent"


def test_a_norm_for_everybody_in_custody_leaves_no_gap() -> None:
    assert find_position_gap(make_world({"us/federal/a": {}})) is None


def test_two_norms_that_together_cover_everybody_leave_no_gap() -> None:
    world = make_world(
        {
            "us/federal/a": {"when": "in_custody && nursing"},
            "us/federal/b": {"when": "in_custody && !nursing"},
        }
    )

    # Where it is not known whether somebody is nursing, one of the two may speak: no gap either.
    assert find_position_gap(world) is None


def test_a_permission_alone_leaves_the_gap_open() -> None:
    assert find_position_gap(make_world({"us/federal/a": {"modality": "may"}})) is not None


# --- dead and covered norms


def test_a_norm_that_only_an_impossible_situation_meets_is_dead() -> None:
    never = "patient_age_band == 'adult' && minor_unaccompanied"
    world = make_world({"us/federal/a": {"when": never}, "us/federal/b": {}})

    found = ask(world, Question.DEAD)

    assert [one.norms for one in found] == [("us/federal/a",)]
    assert found[0].witness is None


def test_a_norm_is_covered_by_one_that_always_speaks_with_it_and_asks_as_much() -> None:
    world = make_world(
        {
            "us/federal/narrow": {"when": "in_custody && nursing"},
            "us/federal/wide": {"when": "in_custody", "binds": ["hospital", "clinician"]},
        }
    )

    (found,) = ask(world, Question.COVERED)

    assert (found.norms, found.others) == (("us/federal/narrow",), ("us/federal/wide",))


@pytest.mark.parametrize(
    "change",
    [
        {"binds": ["clinician"]},  # it binds somebody else
        {"modality": "should"},  # it weighs less
        {"arrangement": {"position": {"sees": "no"}}},  # it asks for something else
        {"when": "in_custody && activity == 'exam'"},  # it does not always speak
        {"when": "in_custody", "unless": [{"when": "nursing", "opened_by": "anyone"}]},
    ],
)
def test_a_norm_is_not_covered_by_one_that_says_less(change: dict[str, object]) -> None:
    world = make_world(
        {"us/federal/narrow": {"when": "in_custody && nursing"}, "us/federal/wide": change}
    )

    assert not [one for one in ask(world, Question.COVERED) if "us/federal/narrow" in one.norms]


def test_of_two_equal_norms_one_is_named_once() -> None:
    assert len(ask(make_world({"us/federal/a": {}, "us/federal/b": {}}), Question.COVERED)) == 1


def test_no_shipped_norm_is_dead_in_the_border_states() -> None:
    for place in ("us/az", "us/ca", "us/nm", "us/tx"):
        world = World(compiled=shipped(), on=DAY, jurisdiction=place)
        assert not list(find_dead(world, Formulas(world.vocabulary)))


# --- concessions


def test_what_the_sample_hospital_concedes_is_named_one_by_one() -> None:
    world = World(compiled=shipped(), on=DAY, jurisdiction="us/tx", overlays=("hospital/sample",))

    found = ask(world, Question.CONCESSIONS)

    assert [(one.norms, one.dimension, one.after) for one in found] == [
        (("hospital/sample/officers-may-stay-at-the-bedside",), "position", "at_bedside")
    ]
    assert found[0].call == ("house_supervisor", "counsel")
    assert "profession/ama/3-1-2-no-outside-observers" in found[0].others
    assert found[0].witness is not None
    speaks = advise(shipped(), found[0].witness).norms[found[0].norms[0]].speaks
    assert speaks is Answer.YES


def test_nobody_concedes_before_the_houses_norm_is_in_force_or_laid() -> None:
    for overlays, day in (((), DAY), (("hospital/sample",), date(2026, 1, 31))):
        world = World(compiled=shipped(), on=day, jurisdiction="us/tx", overlays=overlays)
        assert not ask(world, Question.CONCESSIONS)


def test_a_house_that_must_admit_officers_concedes_and_one_that_keeps_them_out_does_not() -> None:
    must = {**MAY_STAY, "modality": "must"}
    out = {**MAY_STAY, "modality": "must", "arrangement": {"position": {"hears": "no"}}}

    assert ask(make_world({"hospital/h/a": must}, "hospital/h"), Question.CONCESSIONS)
    assert not ask(make_world({"hospital/h/a": out}, "hospital/h"), Question.CONCESSIONS)


def test_what_a_norm_that_binds_anyone_asks_as_well_is_no_concession() -> None:
    asked = {
        "kind": "agency_policy",
        "binds": ["officer"],
        "arrangement": {"position": ["at_bedside"]},
    }
    world = make_world({"hospital/h/a": MAY_STAY, "us/federal/b": asked}, "hospital/h")
    only_ice = make_world(
        {"hospital/h/a": MAY_STAY, "us/federal/b": {**asked, "when": "agency == 'ice'"}},
        "hospital/h",
    )

    assert not ask(world, Question.CONCESSIONS)
    (finding,) = ask(only_ice, Question.CONCESSIONS)
    assert finding.witness is not None
    assert finding.witness.facts.get("agency") != "ice"


# --- a solver that runs out of its time


def test_what_the_solver_did_not_settle_is_said_and_never_guessed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(Formulas, "ask", lambda *_, **__: Found(verdict=Verdict.UNDECIDED))
    world = make_world(
        {
            "us/federal/a": {"when": "patient_age_band == 'adult' && minor_unaccompanied"},
            "us/federal/b": {"when": "nursing"},
            "us/federal/c": {"when": "nursing || activity == 'exam'"},
            "hospital/h/d": MAY_STAY,
        },
        "hospital/h",
    )
    formulas = Formulas(world.vocabulary)

    dead, given = list(find_dead(world, formulas)), list(find_concessions(world, formulas))
    covered = list(find_covered(world, formulas))

    assert [one.norms for one in dead] == [("us/federal/a",)]
    assert [(one.norms, one.dimension) for one in given] == [(("hospital/h/d",), "position")]
    assert isinstance(find_position_gap(world), Undecided)
    assert all(isinstance(one, Undecided) for one in (*dead, *given))
    # What the cubes settle by themselves needs no solver.
    assert {one.norms for one in covered if isinstance(one, Finding)} == {("us/federal/b",)}
    assert any(isinstance(one, Undecided) for one in covered)
