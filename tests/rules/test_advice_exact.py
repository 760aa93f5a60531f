"""Small invented rulebooks whose right answer a person can work out."""

import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import TypeAlias

import pytest
from rules_cast import ask_book, make_book, make_situation

from bedside.rules.decide import play
from bedside.rules.decide.advice import Advice, Judgement
from bedside.rules.decide.advise import advise
from bedside.rules.decide.explain import explain
from bedside.rules.decide.situation import Claim
from bedside.rules.tables import index
from bedside.rules.vocabulary.answer import Answer
from bedside.rules.vocabulary.catalogue import Value

Changes: TypeAlias = Mapping[str, object]

HERE: dict[str, Value] = {
    "activity": "exam",
    "room_has_window": True,
    "patient_wish": "not_asked",
}
OFFICER = {"binds": ["officer"], "kind": "agency_policy"}
CLAIM = Claim(by="officer", words="I must be with her at all times", arrangement={"position": 3})


def ask(
    norms: Mapping[str, Changes],
    *,
    stands: str | None = None,
    claims: tuple[Claim, ...] = (),
    **facts: Value,
) -> Advice:
    at = {"position": stands} if stands else {}
    return ask_book(norms, {**HERE, **facts}, stands=at, claims=claims)


def position(norms: Mapping[str, Changes], stands: str | None = None, **facts: Value) -> Judgement:
    at = {"position": stands} if stands else {}
    return ask_book(norms, {**HERE, **facts}, stands=at).dimensions["position"]


def private(**changes: object) -> Changes:
    return {"arrangement": {"position": {"hears": "no", "sees": "no"}}, **changes}


def inside(**changes: object) -> Changes:
    return {**OFFICER, "arrangement": {"position": {"in_room": "yes"}}, **changes}


# --- one norm


def test_one_law_is_clear_and_the_word_nearest_to_how_things_stand_is_advised() -> None:
    found = position({"us/federal/a": private()}, stands="at_bedside")

    assert (found.outcome, found.advised) == ("clear", "outside_door")
    assert found.because == ("us/federal/a",)
    assert found.keeps == ("outside_door",)  # behind a curtain he hears; the rest cannot be had
    assert set(found.breaks or {}) == {
        "at_bedside",
        "in_room",
        "behind_curtain",
        "in_doorway",
        "doorway_out_of_earshot",
        "at_window",
    }


def test_without_a_place_the_usual_word_of_the_activity_is_nearest() -> None:
    assert position({"us/federal/a": {}}).advised == "at_window"
    assert position({"us/federal/a": {}}, activity="feeding").advised == "outside_door"


def test_where_nothing_is_usual_the_word_that_asks_least_of_the_officer_is_advised() -> None:
    assert position({"us/federal/a": {}}, activity="triage").advised == "doorway_out_of_earshot"


def test_a_word_whose_need_fails_is_not_advised() -> None:
    found = position({"us/federal/a": {}}, room_has_window=False)

    assert found.advised == "doorway_out_of_earshot"


def test_a_word_that_is_never_advised_is_not_advised_even_where_it_breaks_nothing() -> None:
    norms: dict[str, Changes] = {
        "us/federal/a": {"arrangement": {"position": ["behind_curtain", "at_bedside"]}}
    }

    assert position(norms).advised == "at_bedside"


def test_a_norm_that_does_not_speak_says_nothing() -> None:
    advice = ask({"us/federal/a": {"when": "nursing"}}, nursing=False)

    assert (dict(advice.dimensions), advice.preset) == ({}, None)


def test_a_dimension_that_is_named_and_of_which_nothing_speaks_is_silent() -> None:
    found = position({"us/federal/a": {"when": "!in_custody"}}, stands="in_room")

    assert (found.outcome, found.advised, found.because) == ("silent", None, ())


# --- weight


@pytest.mark.parametrize(
    "weak",
    [
        {"modality": "should"},
        {"fit": "analogy"},
        {"kind": "practice"},
        {"kind": "soft_law"},
        {"kind": "model_policy"},
    ],
)
def test_what_only_guides_makes_no_conflict_and_chooses_among_clear_words(
    weak: dict[str, str],
) -> None:
    found = position({"us/federal/a": private(), "us/federal/b": inside(**weak)})

    assert (found.outcome, found.advised) == ("clear", "outside_door")


@pytest.mark.parametrize(
    "strong",
    [
        {"kind": "agency_policy"},
        {"kind": "detention_standard"},
        {"kind": "statute"},
        {"kind": "professional_ethics", "binds": ["clinician"]},
        {"kind": "agency_policy", "fit": "inference"},
    ],
)
def test_what_binds_makes_a_conflict(strong: Changes) -> None:
    found = position({"us/federal/a": private(), "us/federal/b": inside(**strong)})

    assert found.outcome == "conflict"
    assert [set(c.norms) for c in found.collisions] == [{"us/federal/a", "us/federal/b"}]


def test_in_a_conflict_the_word_asked_for_keeps_the_law_on_care() -> None:
    many = {f"us/federal/b{n}": inside(title=f"Manual {n}") for n in range(5)}

    found = position({"us/federal/a": private(), **many}, stands="at_bedside")

    assert (found.outcome, found.advised) == ("conflict", "outside_door")
    assert found.if_refused == "at_window"
    assert len(found.collisions) == 5


def test_if_refused_lies_between_and_breaks_less_of_care_than_now() -> None:
    norms: dict[str, Changes] = {
        "us/federal/hear": {"arrangement": {"position": {"hears": "no"}}},
        "us/federal/see": {"arrangement": {"position": {"sees": "no"}}, "title": "Another"},
        "us/federal/stay": inside(arrangement={"position": {"sees": "yes"}}),
    }

    found = position(norms, stands="at_bedside")

    assert (found.outcome, found.advised) == ("conflict", "outside_door")
    assert found.if_refused == "at_window"  # he sees, and hears nothing


def test_where_every_word_breaks_law_on_care_things_stay_as_they_stand() -> None:
    norms: dict[str, Changes] = {
        "us/federal/a": private(),
        "us/federal/b": inside(binds=["hospital"], kind="statute", title="Another"),
    }

    advice = ask(norms, stands="in_room")
    found = advice.dimensions["position"]

    assert (found.outcome, found.advised, found.if_refused) == ("hold", None, None)
    assert found.stands == "in_room"
    assert found.collisions[0].call == ("house_supervisor", "counsel")
    assert advice.needs_a_person
    assert advice.preset is None


def test_norms_of_one_source_that_ask_the_same_count_once() -> None:
    def tied(*titles: str) -> str | None:
        away = {
            f"us/federal/away{n}": {
                "title": title,
                "modality": "should",
                "arrangement": {"position": {"in_room": "no", "sees": "no"}},
            }
            for n, title in enumerate(titles)
        }
        near = {
            f"us/federal/near{n}": {
                "title": f"Near {n}",
                "modality": "should",
                "arrangement": {"position": ["at_window"]},
            }
            for n in range(2)
        }
        return position({**away, **near}).advised

    assert tied("One", "One", "One") == "at_window"
    assert tied("One", "Two", "Three") == "outside_door"


def test_the_same_words_asked_by_two_sources_count_twice() -> None:
    one = {"us/federal/a": inside(title="T"), "us/federal/b": private(kind="hospital_policy")}
    found = position({**one, "us/federal/c": private(kind="hospital_policy", title="U")})

    assert found.advised == "outside_door"


# --- parties, defeats, standing


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


# --- exceptions of the officer's own rule


def opening_book(**more: object) -> dict[str, Changes]:
    unless = [
        {
            "when": "clinician_states_medical_reason",
            "opened_by": "clinician",
            "say": {"en": "There is a medical reason.", "es": "Hay una razón médica."},
        }
    ]
    return {"us/federal/a": private(), "us/federal/b": inside(unless=unless, **more)}


def test_the_officers_own_exception_is_offered_first_and_really_clears_the_way() -> None:
    advice = ask(
        opening_book(),
    )
    found = advice.dimensions["position"]

    assert found.outcome == "conflict"
    assert [(o.norm, o.opened_by, o.word) for o in found.exceptions] == [
        ("us/federal/b", "clinician", "outside_door")
    ]
    assert advice.say.en == "There is a medical reason."
    assert position(opening_book(), clinician_states_medical_reason=True).outcome == "clear"


def test_an_exception_that_clears_nothing_is_not_offered() -> None:
    norms = opening_book()
    norms["us/federal/c"] = inside(title="Another manual")

    assert position(norms).exceptions == ()


def test_an_exception_that_an_answer_rules_out_is_not_offered() -> None:
    found = position(opening_book(), clinician_states_medical_reason=False)

    assert (found.outcome, found.exceptions) == ("conflict", ())


def test_each_exception_names_the_word_that_it_clears() -> None:
    def manual(unless: str, **arrangement: object) -> Changes:
        ways = [{"when": unless, "opened_by": "clinician"}]
        return inside(arrangement={"position": arrangement}, unless=ways, title=unless)

    norms: dict[str, Changes] = {
        "us/federal/a": {"arrangement": {"position": {"hears": "no"}}},
        "us/federal/b": manual("clinician_states_medical_reason", hears="yes"),
        "us/federal/c": inside(
            arrangement={"position": ["at_window", "in_room"]},
            unless=[{"when": "danger == 'weapon'", "opened_by": "supervisor"}],
            title="Manual C",
        ),
    }

    found = position(norms)

    assert [(o.norm, o.word) for o in found.exceptions] == [("us/federal/b", "at_window")]


# --- claims


def test_a_claim_without_a_document_never_makes_a_conflict_and_stays_in_the_answer() -> None:
    advice = ask({"us/federal/a": private()}, claims=(CLAIM,))

    assert (advice.dimensions["position"].outcome, advice.dimensions["position"].advised) == (
        "clear",
        "outside_door",
    )
    assert [(c.words, c.answer, c.on_file) for c in advice.asserted] == [
        (CLAIM.words, "no_source_on_file", ())
    ]


@pytest.mark.parametrize(("document", "outcome"), [("seen", "conflict"), ("described", "clear")])
def test_a_document_that_was_seen_counts_as_the_officers_own_rule(
    document: str, outcome: str
) -> None:
    claim = Claim(by="officer", words="x", document=document, arrangement={"position": 3})

    advice = ask({"us/federal/a": private()}, claims=(claim,))

    assert advice.dimensions["position"].outcome == outcome
    assert advice.dimensions["position"].advised == "outside_door"


def test_a_manager_who_says_let_them_stay_is_answered_like_an_officer() -> None:
    claim = Claim(by="manager", words="Let them stay.", arrangement={"position": 3})

    advice = ask({"us/federal/a": private()}, claims=(claim,))

    assert advice.asserted[0].by == "manager"
    assert advice.asserted[0].answer == "no_source_on_file"
    assert advice.dimensions["position"].advised == "outside_door"


@pytest.mark.parametrize(
    ("arrangement", "answer"),
    [
        ({"position": {"in_room": "yes"}}, "on_file_says_less"),
        ({"position": ["at_bedside", "in_room"]}, "on_file_says_so"),
        ({"position": ["at_bedside"]}, "on_file_says_so"),
        ({"device": ["put_away"]}, "no_source_on_file"),
    ],
)
def test_a_claim_is_matched_with_what_the_rule_on_file_asks(
    arrangement: Changes, answer: str
) -> None:
    advice = ask({"us/federal/b": {**OFFICER, "arrangement": arrangement}}, claims=(CLAIM,))

    assert advice.asserted[0].answer == answer


def test_a_claim_is_matched_by_its_citation() -> None:
    claim = Claim(by="officer", words="x", cite="US FEDERAL B.", document="copied")

    advice = ask({"us/federal/b": {"when": "nursing"}}, claims=(claim,))

    assert (advice.asserted[0].answer, advice.asserted[0].on_file) == (
        "on_file_says_less",
        ("us/federal/b",),
    )


@pytest.mark.parametrize(
    ("cite", "is_found"),
    [
        ("42 CFR 482.1", False),
        ("42 C.F.R. § 482.13", True),
        ("42 cfr 482.13 (D)", True),
        ("42 CFR 482.13(d)(2)", False),
        ("42 CFR 482", True),
    ],
)
def test_a_citation_finds_its_own_parts_and_no_longer_number(cite: str, *, is_found: bool) -> None:
    source = {"cite": "42 CFR 482.13(d)", "title": "T", "url": None, "read_on": "2026-11-23"}
    claim = Claim(by="officer", words="x", cite=cite)

    advice = ask({"us/federal/b": {"when": "nursing", "source": source}}, claims=(claim,))

    assert bool(advice.asserted[0].on_file) is is_found


# --- the patient


def test_a_wish_for_privacy_chooses_among_clear_words_and_breaks_nothing() -> None:
    quiet: dict[str, Changes] = {"us/federal/a": {"arrangement": {"position": {"in_room": "no"}}}}

    assert position(quiet).advised == "at_window"
    assert position(quiet, patient_wish="wants_private").advised == "outside_door"


def test_fine_here_counts_only_if_it_was_said_out_of_hearing() -> None:
    norms: dict[str, Changes] = {"us/federal/a": {"when": "patient_wish == 'accepts_officer'"}}
    wish: dict[str, Value] = {**HERE, "patient_wish": "accepts_officer"}

    assert "position" not in ask_book(norms, wish).dimensions
    assert "position" not in ask_book(norms, {**wish, "wish_given_in_private": False}).dimensions
    assert "position" in ask_book(norms, {**wish, "wish_given_in_private": True}).dimensions


# --- not known


def test_one_unknown_fact_that_would_change_the_word_makes_it_depend() -> None:
    norms: dict[str, Changes] = {
        "us/federal/a": {},
        "us/federal/b": private(when="nursing", title="Another"),
    }

    advice = ask(norms)

    found = advice.dimensions["position"]
    assert (found.outcome, found.advised) == ("depends", "at_window")
    assert found.depends_on == ("nursing",)
    assert advice.ask == ("nursing",)
    assert ask(norms, nursing=True).dimensions["position"].advised == "outside_door"
    assert ask(norms, nursing=False).ask == ()


def test_an_unknown_fact_that_changes_nothing_is_not_asked() -> None:
    norms: dict[str, Changes] = {
        "us/federal/a": private(),
        "us/federal/b": private(when="nursing", title="Another"),
    }

    assert ask(norms).ask == ()
    assert ask(norms).dimensions["position"].outcome == "clear"


def test_a_sealed_fact_is_named_as_open_and_never_asked() -> None:
    norms: dict[str, Changes] = {
        "us/federal/a": {},
        "us/federal/b": private(when="agency == 'ice'", title="Another"),
    }

    advice = ask(norms)

    assert advice.dimensions["position"].depends_on == ("agency",)
    assert advice.ask == ()


def test_what_was_presumed_is_listed_and_an_answer_replaces_it() -> None:
    norms: dict[str, Changes] = {"us/federal/a": private(when="!exigent_circumstances")}

    advice = ask(norms)

    assert advice.assumed["exigent_circumstances"] is False
    assert "position" in advice.dimensions
    assert "position" not in ask(norms, exigent_circumstances=True).dimensions


def test_a_reported_norm_counts_and_the_answer_without_it_is_given_too() -> None:
    norms: dict[str, Changes] = {
        "us/federal/a": {},
        "us/federal/b": private(reading="reported", title="Another"),
    }

    found = position(norms)

    assert (found.advised, found.without_reported) == ("outside_door", "at_window")


def test_a_norm_that_is_silent_tells_the_one_fact_that_would_make_it_speak() -> None:
    book = make_book({"us/federal/a": {"when": "in_custody && activity == 'exam'"}})

    found = explain(book, make_situation(activity="rest"), "us/federal/a")

    assert found.speaks is Answer.NO
    assert [(c.fact, c.now, c.values) for c in found.changes] == [("activity", "rest", ("exam",))]


def test_several_words_may_stand_together_in_a_letter() -> None:
    norms: dict[str, Changes] = {
        "us/federal/a": {
            "modality": "must_not",
            "arrangement": {"letter_claim": ["fit_for_detention"]},
        }
    }

    found = ask(norms, officer_asks="letter").dimensions["letter_claim"]

    assert (found.outcome, found.advised) == ("clear", None)
    assert set(found.breaks or {}) == {"fit_for_detention"}
    assert "care_needs" in found.keeps
    assert "fit_for_detention" not in found.keeps


def test_what_may_stand_in_a_letter_can_hang_on_an_unknown_fact() -> None:
    forbidden: Changes = {
        "modality": "must_not",
        "arrangement": {"letter_claim": ["care_needs"]},
        "when": "nursing",
    }
    norms: dict[str, Changes] = {
        "us/federal/a": {
            "modality": "must_not",
            "arrangement": {"letter_claim": ["fit_for_detention"]},
        },
        "us/federal/b": forbidden,
    }

    found = ask(norms, officer_asks="letter").dimensions["letter_claim"]

    assert "care_needs" in found.keeps
    assert found.depends_on == ("nursing",)


def test_the_preset_is_the_one_that_differs_least() -> None:
    norms: dict[str, Changes] = {
        "us/federal/a": private(),
        "us/federal/b": {"arrangement": {"device": ["pocketed"]}, "title": "Another"},
    }

    advice = ask(
        norms,
    )

    assert (advice.preset, dict(advice.differs)) == ("private", {"device": "pocketed"})


def test_the_same_question_always_gets_the_same_answer() -> None:
    book, situation = make_book(opening_book()), make_situation(**HERE)

    assert advise(book, situation) == advise(make_book(opening_book()), situation)


def test_threads_that_share_a_rulebook_get_the_answers_of_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(play, "MOST_REMEMBERED", 3)  # so that tables go while others read them
    monkeypatch.setattr(index, "MOST_KEPT", 2)
    norms: dict[str, Changes] = {**opening_book(), "us/federal/c": {"when": "nursing"}}
    situations = [
        replace(make_situation(**{**HERE, "nursing": nursing}), as_of=date(2026, 11, day))
        for day in range(1, 9)
        for nursing in (True, False)
    ]
    wanted = [advise(make_book(norms), situation) for situation in situations]
    shared = make_book(norms)
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)

    try:
        with ThreadPoolExecutor(6) as threads:
            found = list(threads.map(lambda s: advise(shared, s), situations * 20))
    finally:
        sys.setswitchinterval(before)

    assert found == wanted * 20
