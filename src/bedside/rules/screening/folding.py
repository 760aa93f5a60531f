"""A free text in plain letters and digits, each remembering where it stood.

Accents are taken off, hidden characters dropped, look-alikes of other alphabets read as what they
show. Signs stay: they part words, and numbers are told by them.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from bedside.rules.screening.table import load_table

LOOKALIKES = Path(__file__).with_name("lookalikes.yaml")
HIDDEN = frozenset({"Cf", "Mn", "Me", "Cc"})
DASH, SPACE, BREAKS = "Pd", "Zs", "\n\r\u2028\u2029\x85\x0b\x0c"
NAMED = re.compile(r"(?:.* )?LATIN(?: SMALL| CAPITAL)? LETTER(?: DOTLESS| SCRIPT)? ([A-Z])\b.*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Folded:
    """Plain signs, and for each of them its place in the text."""

    signs: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Find where a stretch stands in the text; the end is outside."""
        return self.places[start], self.places[end - 1] + 1


def fold(text: str) -> Folded:
    """Fold a text."""
    signs: list[str] = []
    places: list[int] = []
    for place, letter in enumerate(text):
        for sign in _fold_letter(letter):
            signs.append(sign)
            places.append(place)
    return Folded(signs="".join(signs), places=tuple(places))


@lru_cache(maxsize=4096)
def _fold_letter(letter: str) -> str:
    if letter in BREAKS:
        return "\n"
    if letter.isascii() and letter.isprintable():
        return letter.lower()
    return "".join(_fold_part(part) for part in unicodedata.normalize("NFKD", letter).lower())


def _fold_part(part: str) -> str:
    look = _load_lookalikes()
    if part in look:
        return look[part]
    category = unicodedata.category(part)
    if part.isascii() and part.isprintable():
        return part
    if category in HIDDEN and part != "\t":
        return ""
    if category == DASH:
        return "-"
    if part.isdigit():
        return str(unicodedata.digit(part))
    named = NAMED.fullmatch(unicodedata.name(part, ""))
    return named[1].lower() if named else " "


@cache
def _load_lookalikes() -> dict[str, str]:
    pairs = load_table(LOOKALIKES)
    return {letter: plain for plain, letters in pairs.items() for letter in letters}
