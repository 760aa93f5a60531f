"""What a draft would do before anybody adopts it, and every place and day at once."""

from datetime import date
from pathlib import Path

import pytest
from rules_cast import DAY, REPOSITORY, Norms, make_book, make_norm, shipped

from bedside.rules.prove.conflicts import find_conflicts
from bedside.rules.prove.finding import Question
from bedside.rules.prove.impact import find_impact, lay_over, load_drafts, name_draft
from bedside.rules.prove.survey import find_days, find_places, survey
from bedside.rules.prove.world import World
from bedside.rules.vocabulary.problem import Problems

SAMPLE = REPOSITORY / "src/bedside/norms/hospital/sample"
UNSEEN = {"arrangement": {"position": {"sees": "no"}}}
SEEN = {"kind": "agency_policy", "binds": ["officer"], "arrangement": {"position": {"sees": "yes"}}}


def make_world(norms: Norms) -> World:
    return World(compiled=make_book(norms), on=DAY, jurisdiction="us/tx")


def shipped_in(place: str) -> World:
    return World(compiled=shipped(), on=DAY, jurisdiction=place)


def test_a_draft_that_opposes_a_norm_is_a_new_conflict() -> None:
    found = find_impact(make_world({"us/federal/a": SEEN}), [make_norm("us/federal/b", **UNSEEN)])

    assert [set(one.norms) for one in found.conflicts] == [{"us/federal/a", "us/federal/b"}]
    assert found.changes
    assert not found.undecided


def test_a_draft_that_speaks_where_nothing_spoke_closes_a_gap() -> None:
    world = make_world({"us/federal/a": {"when": "in_custody && activity != 'surgery'"}})
    draft = make_norm("us/federal/b", when="in_custody && activity == 'surgery'")

    (closed,) = find_impact(world, [draft]).closed

    assert (closed.question, closed.norms) == (Question.GAPS, ("us/federal/b",))
    assert closed.witness is not None
    assert closed.witness.facts == {"in_custody": True, "activity": "surgery"}
    assert closed.after == "clear: doorway_out_of_earshot"


def test_a_draft_that_speaks_only_where_others_do_closes_nothing() -> None:
    draft = make_norm("us/federal/b", when="in_custody && nursing")

    found = find_impact(make_world({"us/federal/a": {}}), [draft])

    assert (found.closed, found.changes, found.conflicts) == ((), (), ())


def test_a_draft_of_a_house_that_gives_officers_more_is_named() -> None:
    draft = make_norm(
        "hospital/draft/stay",
        kind="hospital_policy",
        modality="may",
        binds=["officer"],
        arrangement={"position": ["at_bedside"]},
    )

    (given,) = find_impact(make_world({}), [draft]).concessions

    assert (given.norms, given.after) == (("hospital/draft/stay",), "at_bedside")


def test_a_norm_laid_over_itself_changes_nothing() -> None:
    drafts = load_drafts(SAMPLE / "officers-may-stay-at-the-bedside.yaml", shipped_in("us/tx"))

    found = find_impact(shipped_in("us/tx"), drafts)

    assert not any((found.conflicts, found.closed, found.concessions, found.changes))


def test_an_edited_norm_of_a_house_is_compared_with_the_house_as_it_stands(
    tmp_path: Path,
) -> None:
    text = (SAMPLE / "officers-may-stay-at-the-bedside.yaml").read_text("utf-8")
    file = tmp_path / "hospital" / "sample" / "officers-may-stay-at-the-bedside.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(text.replace("modality: may", "modality: must"), "utf-8")
    world = shipped_in("us/tx")

    found = find_impact(world, load_drafts(file, world))

    edited = "hospital/sample/officers-may-stay-at-the-bedside"
    assert found.conflicts
    assert all(edited in one.norms for one in (*found.conflicts, *found.changes))
    assert {one.dimension for one in found.changes} == {"position"}
    assert not found.concessions  # it gave as much before


def test_a_draft_is_named_by_its_path_or_as_a_houses_draft(tmp_path: Path) -> None:
    assert name_draft(tmp_path / "us" / "tx" / "new.yaml") == "us/tx/new"
    assert name_draft(tmp_path / "new.yaml") == "hospital/draft/new"


def test_a_draft_that_cannot_be_read_is_refused_with_all_that_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "new.yaml").write_text("source: 1\nwhen: in_custdy\n", "utf-8")

    with pytest.raises(Problems) as found:
        load_drafts(tmp_path / "new.yaml", shipped_in("us/tx"))

    assert len(found.value.problems) > 1


def test_a_draft_stands_in_place_of_the_norm_with_its_id() -> None:
    after = lay_over(make_world({"us/federal/a": SEEN}), [make_norm("us/federal/a", **UNSEEN)])

    assert [entry.norm.kind.value for entry in after.play.entries] == ["statute"]


# --- every place and every day


def test_a_survey_says_for_each_place_from_when_to_when_a_finding_stands() -> None:
    world = make_world(
        {
            "us/federal/a": SEEN,
            "us/tx/b": {**UNSEEN, "in_force_from": "2021-03-01", "in_force_to": "2023-05-01"},
            "us/ca/c": {**UNSEEN, "in_force_from": "2022-01-01"},
        }
    )
    steps: list[tuple[int, int]] = []

    found = survey(world, date(2020, 1, 1), ("us/ca", "us/tx"), lambda *at: steps.append(at))

    spans = {
        tuple(sorted(one.finding.norms)): one.spans
        for one in found.sightings
        if one.finding.question is Question.CONFLICTS
    }
    days = [date(2020, 1, 1), date(2021, 3, 1), date(2022, 1, 1), date(2023, 5, 1), DAY]
    assert found.days == tuple(days)
    assert spans == {
        ("us/federal/a", "us/tx/b"): {"us/tx": [(1, 3)]},
        ("us/ca/c", "us/federal/a"): {"us/ca": [(2, 5)]},
    }
    assert [(turn.day, turn.begins, turn.ends) for turn in found.turns] == [
        (days[1], ("us/tx/b",), ()),
        (days[2], ("us/ca/c",), ()),
        (days[3], (), ("us/tx/b",)),
        (days[4], (), ()),
    ]
    assert steps[-1] == (6, 6)


def test_a_finding_that_comes_back_has_two_spans() -> None:
    stayed = {
        "state": "stayed",
        "as_to": None,
        "agency_levels": None,
        "from": "2021-01-01",
        "to": "2022-01-01",
        "court": "A court",
        "docket": "1",
        "source": None,
    }
    world = make_world({"us/federal/a": SEEN, "us/federal/b": {**UNSEEN, "standing": [stayed]}})

    found = survey(world, date(2020, 1, 1), ("us/tx",), lambda *_: None)

    (conflict,) = [o for o in found.sightings if o.finding.question is Question.CONFLICTS]
    assert conflict.spans == {"us/tx": [(0, 1), (2, 4)]}
    assert conflict.finding.witness is not None
    assert conflict.finding.witness.as_of == DAY


def test_a_survey_agrees_with_what_is_asked_of_one_place_and_day() -> None:
    world = shipped_in("us/nm")
    found = survey(world, date(2026, 6, 1), ("us/nm",), lambda *_: None)

    for number, day in enumerate(found.days):
        alone = World(compiled=shipped(), on=day, jurisdiction="us/nm")
        wanted = {(one.dimension, one.norms) for one in find_conflicts(alone)}
        seen = {
            (one.finding.dimension, one.finding.norms)
            for one in found.sightings
            if one.finding.question is Question.CONFLICTS
            and any(start <= number < end for start, end in one.spans["us/nm"])
        }
        assert seen == wanted


def test_the_surveyed_places_are_the_states_with_norms_of_their_own() -> None:
    places = find_places(shipped().rulebook)

    assert {"us/az", "us/ca", "us/nm", "us/tx"} <= set(places)
    assert all(place.count("/") == 1 and place.startswith("us/") for place in places)


def test_the_surveyed_days_hold_the_turns_of_the_policy_on_protected_places() -> None:
    days = find_days(shipped().rulebook, date(2010, 1, 1), DAY, ())

    turns = ("2011-10-24", "2013-01-18", "2021-10-27", "2021-11-30", "2025-01-20", "2025-05-05")
    assert {date.fromisoformat(day) for day in turns} <= set(days)
    assert days == sorted(set(days))
