"""Small invented rulebooks whose right answer a person can work out."""

from dataclasses import replace

import pytest
from advice_cast import CLAIM, HERE, OFFICER, Changes, ask, inside, opening_book, position, private
from rules_cast import VOCABULARY, ask_book, make_book, make_situation

from bedside.rules.decide.advise import advise
from bedside.rules.decide.situation import Claim
from bedside.rules.rulebook.sentences import load_ladders
from bedside.rules.tables.compiled import compile_rulebook

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


def test_where_nothing_lawful_is_left_counsel_is_called_first() -> None:
    book = make_book(
        {
            "us/federal/a": private(),
            "us/federal/b": inside(binds=["hospital"], kind="statute", title="Another"),
        }
    )
    ladders = load_ladders(VOCABULARY)

    advice = advise(
        compile_rulebook(replace(book.rulebook, ladders=ladders)), make_situation(**HERE)
    )

    assert advice.dimensions["position"].outcome == "hold"
    assert advice.call[0] == "counsel"


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


# --- exceptions of the officer's own rule


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
    wish = {**HERE, "patient_wish": "accepts_officer"}

    assert "position" not in ask_book(norms, wish).dimensions
    assert "position" not in ask_book(norms, {**wish, "wish_given_in_private": False}).dimensions
    assert "position" in ask_book(norms, {**wish, "wish_given_in_private": True}).dimensions
