"""What an answer rests on that is not known, only presumed, or only reported."""

import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date

import pytest
from advice_cast import HERE, Changes, ask, opening_book, position, private
from rules_cast import make_book, make_situation

from bedside.rules.decide import play
from bedside.rules.decide.advise import advise
from bedside.rules.decide.explain import explain
from bedside.rules.tables import index
from bedside.rules.vocabulary.answer import Answer


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
