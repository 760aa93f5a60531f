"""Three views of a free text in plain letters, each remembering where its letters stood."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from bedside.rules.attestation.lookalikes import fold_letter

LEET = str.maketrans("0134578926@$!|+(", "oieastbgzgasiitc")
MARKS = frozenset({"Mn", "Me", "Mc", "Cf", "Lm"})
TOKEN = re.compile(r"\S+")
EDGE = re.compile(r"^[^\w@$]+|[^\w@$]+$")
LETTER = re.compile(r"[^\W\d_]")  # a letter
SPACED = re.compile(r"(?<![a-z0-9])[a-z0-9](?: {1,8}[a-z0-9]){2,}(?![a-z0-9])")


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """Folded letters, and for each of them its place in the text."""

    letters: str
    places: tuple[int, ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Find where a stretch of the view stands in the text; the end is outside."""
        return self.places[start], self.places[end - 1] + 1


def fold(text: str) -> View:
    """See words as they are, with everything that parts them as a space."""
    return _view(_fold_plainly(text))


def fold_closed(text: str) -> View | None:
    """See words with signs inside them taken out and digits read as letters, if there are any."""
    if not any(_is_odd(token[0]) for token in TOKEN.finditer(text)):
        return None
    return _view(_fold_closed(text))


def find_spaced(view: View) -> Iterator[View]:
    """Find runs of single letters set apart, and close them up."""
    for run in SPACED.finditer(view.letters):
        kept = [at for at in range(run.start(), run.end()) if view.letters[at] != " "]
        letters = "".join(view.letters[at] for at in kept)
        places = tuple(view.places[at] for at in kept)
        for read in dict.fromkeys((letters, letters.translate(LEET))):
            yield View(letters=read, places=places)


def join(view: View) -> View:
    """See the whole text as one word, for long words that were cut in two."""
    kept = [at for at, letter in enumerate(view.letters) if letter != " "]
    return View(letters=view.letters.replace(" ", ""), places=tuple(view.places[at] for at in kept))


def _view(pairs: list[tuple[str, int]]) -> View:
    letters = "".join(letter for letter, _ in pairs)
    return View(
        letters=letters, places=tuple(place for one, place in pairs for _ in range(len(one)))
    )


def _fold_plainly(text: str) -> list[tuple[str, int]]:
    return [
        (fold_letter(letter) or (" " if _parts(letter) else ""), at)
        for at, letter in enumerate(text)
    ]


def _fold_closed(text: str) -> list[tuple[str, int]]:
    pairs: list[tuple[str, int]] = []
    for token in TOKEN.finditer(text):
        if pairs:
            pairs.append((" ", token.start() - 1))
        odd = _is_odd(token[0])
        for at, letter in enumerate(token[0], token.start()):
            read = letter.translate(LEET) if odd else letter
            pairs.append((fold_letter(read), at))
    return pairs


def _is_odd(token: str) -> bool:
    """Tell whether signs or digits stand inside a word, as in `cl3ar` or `fi.t`."""
    core = EDGE.sub("", token)
    return bool(LETTER.search(core)) and (not core.isalpha())


def _parts(letter: str) -> bool:
    """Tell whether a character parts words; marks and hidden characters do not."""
    return letter.isspace() or (letter.isprintable() and not _is_mark(letter))


def _is_mark(letter: str) -> bool:
    return not letter.isascii() and unicodedata.category(letter) in MARKS
