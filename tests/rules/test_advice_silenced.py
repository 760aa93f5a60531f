"""What silences a norm, for whom and for which words: defeats, standings, days, places."""

import pytest
from advice_cast import HERE, OFFICER, Changes, ask, inside, position, private
from rules_cast import make_book, make_situation

from bedside.rules.decide.explain import explain
from bedside.rules.vocabulary.answer import Answer


def test_a_permission_never_charges_and_makes_no_conflict() -> None:
    norms: dict[str, Changes] = {
        "us/federal/a": private(),
        "us/federal/may": inside(modality="may", kind="statute"),
    }

    advice = ask(
        norms,
    )

    assert advice.dimensions["position"].outcome == "clear"
    assert "us/federal/may" in advice.permissions
    assert not any(
        "us/federal/may" in ids for ids in (advice.dimensions["position"].breaks or {}).values()
    )


def test_a_permission_of_which_nothing_is_lawful_for_the_same_party_is_not_shown() -> None:
    norms: dict[str, Changes] = {
        "us/federal/law": {"arrangement": {"position": {"hears": "no"}}},
        "us/federal/may": {
            "modality": "may",
            "kind": "hospital_policy",
            "arrangement": {"position": ["at_bedside", "in_room"]},
        },
    }

    assert (
        ask(
            norms,
        ).permissions
        == ()
    )
    norms["us/federal/may"] = {**norms["us/federal/may"], "binds": ["officer"]}
    assert ask(
        norms,
    ).permissions == ("us/federal/may",)


def test_a_permission_alone_advises_nothing() -> None:
    advice = ask(
        {"us/federal/may": inside(modality="may")},
    )

    assert "position" not in advice.dimensions or advice.dimensions["position"].advised is None


def test_a_defeater_silences_for_the_words_that_it_permits() -> None:
    norms: dict[str, Changes] = {
        "us/federal/no-one-hears": {"arrangement": {"position": {"hears": "no"}}},
        "us/federal/but": {
            "modality": "may",
            "arrangement": {"position": ["in_doorway"]},
            "defeats": ["us/federal/no-one-hears"],
        },
    }

    found = position(norms, stands="at_bedside")

    assert "in_doorway" not in (found.breaks or {})
    assert {"at_bedside", "in_room"} <= set(found.breaks or {})
    assert found.advised == "in_doorway"


def test_a_defeater_without_an_arrangement_silences_altogether() -> None:
    norms: dict[str, Changes] = {
        "us/federal/a": {},
        "us/federal/b": {"modality": "may", "arrangement": None, "defeats": ["us/federal/a"]},
    }

    advice = ask(
        norms,
    )

    assert "position" not in advice.dimensions
    assert [(s.norm, s.why, s.by) for s in advice.set_aside] == [
        ("us/federal/a", "defeated", "us/federal/b")
    ]


def test_a_defeater_that_speaks_of_something_else_silences_nothing() -> None:
    norms: dict[str, Changes] = {
        "us/federal/a": {},
        "us/federal/b": {"arrangement": {"device": ["put_away"]}, "defeats": ["us/federal/a"]},
    }

    assert position(norms).because == ("us/federal/a",)


def test_a_defeater_that_does_not_speak_or_is_not_in_force_silences_nothing() -> None:
    for change in ({"when": "nursing"}, {"in_force_to": "2020-01-01"}, {"reading": "remembered"}):
        norms: dict[str, Changes] = {
            "us/federal/a": {},
            "us/federal/b": {
                "modality": "may",
                "arrangement": None,
                "defeats": ["us/federal/a"],
                **change,
            },
        }
        assert position(norms, nursing=False).because == ("us/federal/a",)


def test_a_defeater_that_is_itself_defeated_does_not_count() -> None:
    chain: dict[str, Changes] = {
        "us/federal/a": {},
        "us/federal/b": {"modality": "may", "arrangement": None, "defeats": ["us/federal/a"]},
        "us/federal/c": {"modality": "may", "arrangement": None, "defeats": ["us/federal/b"]},
    }

    assert position(chain).because == ("us/federal/a",)
    chain["us/federal/d"] = {
        "modality": "may",
        "arrangement": None,
        "defeats": ["us/federal/c"],
    }
    assert (
        "position"
        not in ask(
            chain,
        ).dimensions
    )


def test_a_defeater_silences_only_the_parties_that_both_bind() -> None:
    norms: dict[str, Changes] = {
        "us/federal/duty": {
            "binds": ["hospital", "clinician"],
            "duty": {"act": "record_officer_identity"},
        },
        "us/federal/off": {
            "binds": ["clinician"],
            "modality": "may",
            "arrangement": None,
            "defeats": ["us/federal/duty"],
        },
    }

    advice = ask(
        norms,
    )

    assert [duty.party for duty in advice.duties] == ["hospital"]


def test_a_permission_that_opens_a_law_for_its_own_party_is_shown() -> None:
    norms: dict[str, Changes] = {
        "us/federal/closed": {
            "binds": ["clinician", "hospital"],
            "arrangement": {"disclosure": ["nothing"]},
        },
        "us/federal/open": {
            "modality": "may",
            "arrangement": {"disclosure": ["presence_confirmed"]},
            "defeats": ["us/federal/closed"],
        },
    }

    advice = ask(norms)

    assert advice.permissions == ("us/federal/open",)
    assert "presence_confirmed" in (advice.dimensions["disclosure"].breaks or {})


def test_a_partys_own_exception_leaves_it_bound_as_to_every_other_word() -> None:
    norms: dict[str, Changes] = {
        "us/federal/a": private(binds=["hospital", "officer"], kind="hospital_policy"),
        "us/federal/may": {
            "modality": "may",
            "arrangement": {"position": ["in_doorway"]},
            "defeats": ["us/federal/a"],
        },
        "us/federal/stay": {**OFFICER, "arrangement": {"position": ["at_bedside", "in_doorway"]}},
    }

    found = position(norms, stands="at_bedside")

    assert (found.outcome, found.advised) == ("conflict", "in_doorway")


def test_a_word_is_free_only_where_some_exception_reaches_each_party() -> None:
    def may(party: str, word: str) -> Changes:
        return {
            "modality": "may",
            "binds": [party],
            "arrangement": {"position": [word]},
            "defeats": ["us/federal/a"],
        }

    norms: dict[str, Changes] = {
        "us/federal/a": private(binds=["hospital", "officer"]),
        "us/federal/b": may("officer", "in_room"),
        "us/federal/c": may("hospital", "in_doorway"),
        "us/federal/d": may("hospital", "in_room"),
    }

    broken = position(norms).breaks or {}

    assert "in_room" not in broken
    assert "in_doorway" in broken


@pytest.mark.parametrize(
    "content",
    [
        {"duty": {"act": "record_officer_identity"}},
        {"modality": "may"},
        {
            "modality": "defines",
            "defines": {"term": {"en": "a", "es": "a"}, "means": {"en": "b", "es": "b"}},
        },
    ],
)
def test_whatever_is_silenced_is_left_out_and_set_aside(content: Changes) -> None:
    silent: Changes = {"modality": "may", "arrangement": None, "defeats": ["us/federal/a"]}
    norms: dict[str, Changes] = {"us/federal/a": content, "us/federal/b": silent}

    advice = ask(norms)
    found = explain(make_book(norms), make_situation(**HERE), "us/federal/a")

    shown = (*advice.permissions, *advice.definitions, *(duty.norm for duty in advice.duties))
    assert "us/federal/a" not in shown
    assert [(s.norm, s.why, s.by) for s in advice.set_aside] == [
        ("us/federal/a", "defeated", "us/federal/b")
    ]
    assert (found.counts, found.obstacles) == (False, ("defeated",))


def test_a_norm_of_which_something_is_left_still_counts() -> None:
    norms: dict[str, Changes] = {
        "us/federal/a": {},
        "us/federal/b": {
            "modality": "may",
            "arrangement": {"position": ["in_doorway"]},
            "defeats": ["us/federal/a"],
        },
    }

    found = explain(make_book(norms), make_situation(**HERE), "us/federal/a")

    assert (found.counts, found.obstacles) == (True, ())
    assert found.defeated_by == ("us/federal/b",)


def test_a_norm_enjoined_for_the_officer_still_binds_the_hospital() -> None:
    standing = [{"state": "enjoined", "as_to": ["officer"], "from": "2026-01-01", "to": None}]
    norms: dict[str, Changes] = {
        "us/federal/a": inside(binds=["officer", "hospital"], kind="statute", standing=standing)
    }

    found = position(norms)

    assert found.because == ("us/federal/a",)
    norms["us/federal/a"] = {**norms["us/federal/a"], "binds": ["officer"]}
    advice = ask(
        norms,
    )
    assert [(s.norm, s.why) for s in advice.set_aside] == [("us/federal/a", "enjoined")]
    assert "position" not in advice.dimensions


def test_a_norm_suspended_at_one_level_binds_at_the_others() -> None:
    standing = [{"state": "stayed", "as_to": ["officer"], "agency_levels": ["federal"]}]
    norms: dict[str, Changes] = {"us/federal/a": inside(kind="statute", standing=standing)}

    assert "position" not in ask(norms, agency="ice").dimensions
    assert position(norms, agency="county_jail").because == ("us/federal/a",)
    found = explain(make_book(norms), make_situation(**HERE, agency="ice"), "us/federal/a")
    assert (found.speaks, found.counts, found.obstacles) == (Answer.YES, False, ("stayed",))
    assert [(s.norm, s.why) for s in ask(norms, agency="ice").set_aside] == [
        ("us/federal/a", "stayed")
    ]
    assert ask(norms, agency="county_jail").set_aside == ()


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"in_force_from": "2026-11-24"}, "not_in_force"),
        ({"in_force_to": "2026-11-23"}, "not_in_force"),
        ({"reading": "remembered"}, "remembered"),
        ({"standing": [{"state": "pending", "as_to": ["hospital"]}]}, "pending"),
        ({"standing": [{"state": "vetoed", "as_to": []}]}, "vetoed"),
    ],
)
def test_what_does_not_count_is_set_aside_with_the_reason(change: Changes, why: str) -> None:
    advice = ask(
        {"us/federal/a": change, "us/federal/b": {}},
    )

    assert [(s.norm, s.why) for s in advice.set_aside] == [("us/federal/a", why)]
    assert advice.dimensions["position"].because == ("us/federal/b",)


def test_a_norm_is_in_force_from_its_first_day_to_the_day_before_its_end() -> None:
    for change in ({"in_force_from": "2026-11-23"}, {"in_force_to": "2026-11-24"}):
        assert position({"us/federal/a": change}).because == ("us/federal/a",)


@pytest.mark.parametrize(
    ("id_", "is_here"),
    [
        ("us/tx/a", True),
        ("us/federal/a", True),
        ("profession/a/b", True),
        ("world/a/b", True),
        ("us/ca/a", False),
        ("us/t/a", False),
        ("us/tx/austin/a", False),
        ("hospital/sample/a", False),
    ],
)
def test_a_norm_applies_in_its_place_and_an_overlay_where_it_is_laid(
    id_: str, *, is_here: bool
) -> None:
    assert (
        "position"
        in ask(
            {id_: {}},
        ).dimensions
    ) is is_here
