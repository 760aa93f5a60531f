"""Which plain letter a letter looks like: accents taken off, other alphabets and ornaments read.

The plain letters are `a` to `z` and the digits; `l`, `m` and `w` are drawn like `i`, `rn` and `vv`,
so all of them are folded to that one drawing, in texts and in patterns alike.
"""

import re
import unicodedata
from functools import cache, lru_cache
from pathlib import Path

from bedside.rules.attestation.tables import load_table

KEPT = 4096  # letters remembered: more than any language has, fewer than there are
DRAWN_ALIKE = {"l": "i", "m": "rn", "w": "vv"}
NAMED = re.compile(
    r"(?:.* )?(?:LATIN|REGIONAL INDICATOR SYMBOL)(?: SMALL| CAPITAL)? LETTER"
    r"(?: SMALL CAPITAL| DOTLESS| SCRIPT)? ([A-Z])(?: WITH .+)?"
)
LOOKALIKES = Path(__file__).with_name("lookalikes.yaml")


@cache
def load_lookalikes() -> dict[str, str]:
    """Read which plain letter each look-alike shows."""
    pairs = load_table(LOOKALIKES)["look"]
    return {letter: plain for letters, plain in pairs.items() for letter in letters}


@cache
def load_plain_signs() -> frozenset[str]:
    """Read the signs beyond ASCII that plain writing has."""
    return frozenset(load_table(LOOKALIKES)["plain"])


@lru_cache(maxsize=KEPT)
def fold_letter(letter: str) -> str:
    """Fold one character to the plain letters it shows; nothing if it shows none."""
    known = load_lookalikes().get(letter)
    if known is not None:
        return known
    parts = unicodedata.normalize("NFKD", letter).lower()
    return "".join(_fold_part(part) for part in parts)


def _fold_part(part: str) -> str:
    if part.isascii():
        return DRAWN_ALIKE.get(part, part) if part.isalnum() else ""
    known = load_lookalikes().get(part)
    if known is not None:
        return known
    if part.isdigit():
        return str(unicodedata.digit(part))
    named = NAMED.fullmatch(unicodedata.name(part, ""))
    plain = named[1].lower() if named else ""
    return DRAWN_ALIKE.get(plain, plain)
