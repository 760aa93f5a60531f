"""Print a letter again from its claims and hold it against the one that was signed."""

from enum import StrEnum

from bedside.record.letters.paper.edition import press_edition
from bedside.record.letters.paper.press import Press
from bedside.record.letters.paper.sheet import Sheet
from bedside.record.letters.paper.verdict import Printed


class Rebuilt(StrEnum):
    """What printing a letter again has shown."""

    SAME = "same"
    DIFFERENT = "different"
    OTHER_PRESS = "other-press"  # another edition printed it; only that one makes the same bytes


def compare_rebuilt(signed: bytes, sheet: Sheet, press: Press, *, printed: Printed) -> Rebuilt:
    """Say whether these very claims give the printed part of a signed letter, byte for byte."""
    if printed.press != press_edition():
        return Rebuilt.OTHER_PRESS
    return Rebuilt.SAME if signed.startswith(press.print(sheet)) else Rebuilt.DIFFERENT
