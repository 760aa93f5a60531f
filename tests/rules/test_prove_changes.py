"""Changes: which answers differ between two days or two rulebooks, with one witness each."""

import random
from datetime import date, timedelta

import pytest
from rules_cast import DAY, Norms, make_book, shipped

from bedside.rules.decide.advise import advise
from bedside.rules.prove.answers import compare
from bedside.rules.prove.finding import Finding
from bedside.rules.prove.formulas import Formulas, Found, Verdict
from bedside.rules.prove.pairwise import find_changes_nearby
from bedside.rules.prove.report import prove_changes
from bedside.rules.prove.world import World

MEMO = "us/federal/dhs/2021-protected-areas-no-enforcement-at-medical-facilities"
RESCISSION = "us/federal/dhs/2025-rescission-discretion-in-any-place"
NURSING = "us/federal/dhs/cbp/2021-privacy-for-breastfeeding"
SUPPLIES = "us/federal/dhs/cbp/2021-supplies-for-nursing"
UNSEEN = {"arrangement": {"position": {"sees": "no"}}}


def make_world(norms: Norms, on: date = DAY) -> World:
    return World(compiled=make_book(norms), on=on, jurisdiction="us/tx")


def across(day: date, place: str = "us/tx") -> tuple[Finding, ...]:
    after = World(compiled=shipped(), on=day, jurisdiction=place)
    before = World(compiled=shipped(), on=day - timedelta(days=1), jurisdiction=place)
    report = prove_changes(before, after)
    assert not report.undecided
    return report.findings


def test_the_memorandum_on_protected_places_ends_and_the_answer_with_it() -> None:
    found = across(date(2025, 1, 20))

    changed = {(one.before, one.after) for one in found if one.dimension == "enforcement"}
    assert {
        ("clear: deferred", "silent: -"),
        ("clear: deferred", "clear: proceed_public_area"),
        ("clear: deferred", "depends: -"),
    } <= changed
    assert {MEMO, RESCISSION} <= {id_ for one in found for id_ in one.norms}
    for one in found:
        assert one.witness is not None
        after = advise(shipped(), one.witness).dimensions.get("enforcement")
        assert after is None or after.advised != "deferred"


@pytest.mark.parametrize("day", [date(2011, 10, 24), date(2013, 1, 18)])
def test_the_memoranda_of_2011_and_2013_bring_the_answer(day: date) -> None:
    found = across(day)

    assert any(one.after == "clear: deferred" for one in found if one.dimension == "enforcement")


@pytest.mark.parametrize("day", [date(2021, 11, 30), date(2025, 5, 5)])
def test_a_policy_that_changes_no_answer_is_told_with_the_answer_that_stays(day: date) -> None:
    found = [one for one in across(day) if set(one.norms) <= {NURSING, SUPPLIES}]

    assert {id_ for one in found for id_ in one.norms} == {NURSING, SUPPLIES}
    assert {(one.dimension, one.before, one.after) for one in found} == {
        ("position", "clear: outside_door", "clear: outside_door"),
        ("feeding_support", "clear: direct", "clear: direct"),
    }


def test_between_two_days_without_a_turn_nothing_changes() -> None:
    assert across(date(2026, 11, 10)) == ()


def test_a_new_norm_shows_where_it_speaks_alone() -> None:
    found = prove_changes(make_world({}), make_world({"us/federal/a": UNSEEN})).findings

    assert {(one.norms, one.before) for one in found} == {(("us/federal/a",), "silent: -")}
    assert len({one.after for one in found}) == len(found)
    assert {"in_custody": True} in [one.witness.facts for one in found if one.witness]


def test_a_norm_that_is_gone_shows_as_well() -> None:
    found = prove_changes(make_world({"us/federal/a": UNSEEN}), make_world({})).findings

    assert {(one.norms, one.after) for one in found} == {(("us/federal/a",), "silent: -")}


def test_a_difference_that_only_shows_beside_another_norm_is_found() -> None:
    officer = {"kind": "agency_policy", "binds": ["officer"], "when": "agency == 'ice'"}
    sees = {**officer, "arrangement": {"position": {"sees": "yes"}}}
    draft = {**UNSEEN, "when": "in_custody"}

    found = prove_changes(
        make_world({"us/federal/a": sees}),
        make_world({"us/federal/a": sees, "us/federal/b": draft}),
    ).findings

    assert any((one.after or "").startswith("conflict") for one in found)


def test_a_norm_that_defeats_another_is_blamed_for_what_it_silences() -> None:
    beaten = {"us/federal/a": UNSEEN}
    silence = {
        "modality": "may",
        "arrangement": {"position": ["at_bedside"]},
        "defeats": ["us/federal/a"],
    }

    found = prove_changes(
        make_world(beaten), make_world({**beaten, "us/federal/b": silence})
    ).findings

    assert [one.norms for one in found] == [("us/federal/b",)]


def test_a_new_duty_is_a_changed_answer() -> None:
    duty = {"duty": {"act": "record_officer_identity", "to": None, "within": "PT0S"}}

    found = prove_changes(make_world({}), make_world({"us/federal/a": duty})).findings

    assert [one.dimension for one in found] == ["duties"]


def test_a_witness_names_no_fact_that_the_difference_does_not_need() -> None:
    for one in across(date(2025, 1, 20)):
        assert one.witness is not None
        worlds = (
            World(compiled=shipped(), on=date(2025, 1, 19), jurisdiction="us/tx"),
            World(compiled=shipped(), on=date(2025, 1, 20), jurisdiction="us/tx"),
        )
        wanted = (one.dimension, one.before, one.after)
        for fact in set(one.witness.facts) - {"in_custody"}:
            fewer = {id_: v for id_, v in one.witness.facts.items() if id_ != fact}
            seen = {(d.dimension, d.before, d.after) for d in compare(fewer, worlds)}
            assert wanted not in seen


def test_in_drawn_situations_no_dimension_changes_that_was_not_named() -> None:
    chance = random.Random(4)  # noqa: S311 - situations to compare on, no secrets
    worlds = (
        World(compiled=shipped(), on=date(2025, 1, 19), jurisdiction="us/tx"),
        World(compiled=shipped(), on=date(2025, 1, 20), jurisdiction="us/tx"),
    )
    named = {one.dimension for one in across(date(2025, 1, 20))}
    facts = [fact for fact in shipped().vocabulary.facts.values() if fact.derived is None]

    seen = set()
    for _ in range(150):
        drawn = {fact.id: chance.choice(fact.domain) for fact in chance.sample(facts, 12)}
        drawn |= {"agency": chance.choice(["ice", "cbp"]), "officer_asks": "arrest"}
        seen |= {difference.dimension for difference in compare(drawn, worlds)}

    assert seen
    assert seen <= named


def test_what_the_quick_search_did_not_settle_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Formulas, "ask", lambda *_, **__: Found(verdict=Verdict.UNDECIDED))
    after = make_world({"us/federal/a": UNSEEN})

    findings, undecided = find_changes_nearby(make_world({}), after, Formulas(after.vocabulary))

    assert [one.norms for one in undecided] == [("us/federal/a",)]
    assert {one.norms for one in findings} == {("us/federal/a",)}


@pytest.mark.parametrize("day", [date(2013, 1, 18), date(2021, 11, 30), date(2025, 1, 20)])
def test_whatever_the_quick_search_finds_is_among_all_that_there_is(day: date) -> None:
    after = World(compiled=shipped(), on=day, jurisdiction="us/tx")
    before = World(compiled=shipped(), on=day - timedelta(days=1), jurisdiction="us/tx")

    quick, _ = find_changes_nearby(before, after, Formulas(after.vocabulary))

    said = {(one.dimension, one.before, one.after) for one in across(day)}
    assert {(f.dimension, f.before, f.after) for f in quick if f.before != f.after} <= said
