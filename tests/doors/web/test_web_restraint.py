"""Limbs that are tapped become the one word that the vocabulary has for a restraint."""

import pytest

from bedside.doors.web.restraint import LIMBS, WAYS, find_restraint
from bedside.rules.vocabulary.load import load_vocabulary


@pytest.mark.parametrize(
    ("tapped", "word"),
    [
        ((), None),
        (("right_wrist",), "one_limb"),
        (("left_ankle",), "one_limb"),
        (("right_wrist", "left_wrist"), "two_limbs_front"),
        (("right_wrist", "left_wrist", "behind_back"), "behind_back"),
        (("behind_back",), "behind_back"),
        (("waist",), "waist_or_leg"),
        (("right_ankle", "left_ankle"), "waist_or_leg"),
        (("right_wrist", "left_ankle"), "waist_or_leg"),
        (("right_wrist", "left_wrist", "right_ankle", "left_ankle"), "four_point"),
        (("right_wrist", "face_down"), "face_down"),
    ],
)
def test_the_most_restricting_word_that_fits_is_found(
    tapped: tuple[str, ...], word: str | None
) -> None:
    assert find_restraint(tapped) == word


def test_every_word_found_is_a_word_of_the_vocabulary() -> None:
    words = load_vocabulary().facts["legal_restraint"].places

    for first in LIMBS + WAYS:
        for second in LIMBS + WAYS:
            assert find_restraint((first, second)) in words
