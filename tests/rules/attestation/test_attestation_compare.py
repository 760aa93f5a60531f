"""What changed between two versions, and what requested words would change."""

from dataclasses import replace
from datetime import timedelta

import pytest
from attestation_cast import (
    ANKLE,
    ANTIBIOTIC,
    CAR,
    ENDS,
    FEVER,
    LETTER,
    LIBRARY,
    NO_AIR,
    STATUS,
    SUPPORT,
    TB,
    claim,
    refill,
)

from bedside.rules.attestation.claim import Claim, ClaimClass, ClauseId
from bedside.rules.attestation.compare import Effect, compare_claims
from bedside.rules.attestation.lint import find_never
from bedside.rules.attestation.wanted import read_wanted
from bedside.rules.vocabulary.problem import Text

STABLE = replace(STATUS, clause=ClauseId("status/stable-for-setting"))
LOOSE = replace(ANKLE, clause=ClauseId("restraint/loose-on-limb"))


@pytest.mark.parametrize(
    ("before", "after", "effect"),
    [
        (None, ANKLE, Effect.ADD_CLAIM),
        (FEVER, None, Effect.REMOVE_CLAIM),
        (ANKLE, None, Effect.DELETE_LIMIT),
        (NO_AIR, None, Effect.DELETE_LIMIT),
        (TB, None, Effect.DELETE_LIMIT),
        (claim("no", "travel/not-by-means", means="air"), None, Effect.DELETE_LIMIT),
        (STABLE, STATUS, Effect.STRENGTHEN),
        (STATUS, STABLE, Effect.WEAKEN),
        (ANKLE, LOOSE, Effect.WEAKEN),
        (LOOSE, ANKLE, Effect.STRENGTHEN),
        (CAR, refill(CAR, hours=12), Effect.STRENGTHEN),
        (CAR, refill(CAR, hours=2), Effect.WEAKEN),
        (CAR, refill(CAR, hours=12, stops=1), Effect.REWORD),
        (ANTIBIOTIC, refill(ANTIBIOTIC, every=12), Effect.WEAKEN),
        (ANTIBIOTIC, refill(ANTIBIOTIC, days=10), Effect.STRENGTHEN),
        (ANTIBIOTIC, refill(ANTIBIOTIC, dose="250 mg"), Effect.REWORD),
        (ANKLE, replace(ANKLE, expires_at=ENDS + timedelta(hours=1)), Effect.STRENGTHEN),
        (ANKLE, replace(ANKLE, expires_at=ENDS - timedelta(hours=1)), Effect.WEAKEN),
        (ANKLE, replace(ANKLE, addition=Text(en="Dry.", es="Seco.")), Effect.REWORD),
        (ANKLE, replace(ANKLE, assessment=replace(SUPPORT, evidence="note/8")), Effect.FORMAT),
        (ANKLE, refill(ANKLE, limb="right_ankle"), Effect.DELETE_LIMIT),
        (replace(ANKLE, id=STATUS.id), STATUS, Effect.DELETE_LIMIT),
    ],
)
def test_a_change_is_named_for_what_it_does(
    before: Claim | None, after: Claim | None, effect: Effect
) -> None:
    old, new = [one for one in (before,) if one], [one for one in (after,) if one]

    (change,) = compare_claims(old, new, LIBRARY)

    assert change.effect is effect
    assert (change.before, change.after) == (before, after)


def test_two_equal_versions_differ_in_nothing() -> None:
    assert compare_claims(LETTER, tuple(reversed(LETTER)), LIBRARY) == ()


def test_changes_stand_in_the_order_of_the_letter_with_new_claims_last() -> None:
    changes = compare_claims((STATUS, ANKLE), (CAR, STABLE), LIBRARY)

    assert [change.claim for change in changes] == ["status", "ankle", "car"]


REQUESTS = [
    (
        "Write that she is cleared for detention and take out the part about the ankle.",
        {("M", None), ("L", None), ("F", "ankle")},
        {Effect.ADD_CLAIM, Effect.DELETE_LIMIT},
    ),
    (
        "Ponga que está apta para la detención y quite lo del tobillo.",
        {("L", None), ("F", "ankle")},
        {Effect.ADD_CLAIM, Effect.DELETE_LIMIT},
    ),
    ("Remove the follow-up visit.", {("D", "visit"), ("D", "booked")}, {Effect.REMOVE_CLAIM}),
    ("Soften the part about the medicine.", {("C", "antibiotic"), ("C", "pump")}, {Effect.WEAKEN}),
    ("Say she is c l e a r e d.", {("M", None)}, {Effect.ADD_CLAIM}),
    ("Put it on one page with your letterhead.", {(None, None)}, {Effect.FORMAT}),
    ("Good morning.", set(), set()),
]


@pytest.mark.parametrize(("words", "touched", "effects"), REQUESTS)
def test_requested_words_are_read_for_what_they_would_change(
    words: str, touched: set[tuple[str | None, str | None]], effects: set[Effect]
) -> None:
    found = read_wanted(words, LETTER, LIBRARY)

    assert {(one.letter, one.claim) for one in found} == touched
    assert {one.effect for one in found} == effects


def test_every_part_of_a_reading_is_a_part_of_the_words() -> None:
    words = "Please take out the ankle. She is fit to travel!"

    for one in read_wanted(words, LETTER, LIBRARY):
        assert one.words in words


def test_reading_a_request_of_fifty_thousand_letters_answers() -> None:
    assert read_wanted("Take out the ankle. " + "x" * 50_000, LETTER, LIBRARY)


def test_words_of_somebody_else_are_read_without_judging_their_letters() -> None:
    says = {hit.rule.says for hit in find_never("f\u200bit")}

    assert says == {ClaimClass.FIT_FOR_CUSTODY}
