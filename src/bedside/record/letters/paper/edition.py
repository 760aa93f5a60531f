"""Which press printed a letter: its template, its fonts and its typesetter, in one short word.

The same claims give the same bytes only on the same press, so every letter names its own.
"""

from functools import cache
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import Final

from bedside.record.letters.paper.fonts import EXPECTED

TEMPLATE: Final = Path(__file__).with_name("letter.typ")
LETTERS: Final = 12


@cache
def press_edition() -> str:
    """Name the press: the typesetter's version and a digest of template and fonts."""
    parts = [TEMPLATE.read_bytes(), *(digest.encode() for digest in EXPECTED.values())]
    digest = sha256(b"\n".join(parts)).hexdigest()[:LETTERS]
    return f"{version('typst')}-{digest}"
