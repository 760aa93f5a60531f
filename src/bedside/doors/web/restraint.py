"""From the limbs that a nurse taps to the one word that the vocabulary has for a restraint."""

from collections.abc import Collection

LIMBS = ("right_wrist", "left_wrist", "waist", "right_ankle", "left_ankle")
WAYS = ("behind_back", "face_down")  # how they are held, tapped beside the limbs
WRISTS = frozenset({"right_wrist", "left_wrist"})
ANKLES = frozenset({"right_ankle", "left_ankle"})


def find_restraint(tapped: Collection[str]) -> str | None:
    """Find the word for what was tapped: the most restricting one that fits; none if nothing."""
    limbs = frozenset(tapped)
    rules = (
        (limbs >= {"face_down"}, "face_down"),
        (limbs >= WRISTS | ANKLES, "four_point"),
        (limbs >= {"behind_back"}, "behind_back"),
        ("waist" in limbs or limbs >= ANKLES, "waist_or_leg"),
        (bool(limbs & WRISTS) and bool(limbs & ANKLES), "waist_or_leg"),
        (limbs >= WRISTS, "two_limbs_front"),
        (bool(limbs & (WRISTS | ANKLES)), "one_limb"),
    )
    return next((word for holds, word in rules if holds), None)
