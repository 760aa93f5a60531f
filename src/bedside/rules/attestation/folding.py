"""Three views of a free text in plain letters, each remembering where its letters stood."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from string import punctuation

from bedside.rules.attestation.lookalikes import KEPT, fold_letter, load_plain_signs

LEET = str.maketrans("0134578926@$!|+(", "oieastbgzgasiitc")
MARKS = frozenset({"Mn", "Me", "Mc", "Cf", "Lm"})
TOKEN = re.compile(r"\S+")
EDGES = "".join(sign for sign in punctuation if sign not in "@$_")
SPACED = re.compile(r"(?<![a-z0-9])[a-z0-9](?: [a-z0-9]){2,}(?![a-z0-9])")
GAP = re.compile(" +")


@dataclass(frozen=True, kw_only=True)
class View:
    """Folded letters; where each stood in the text is found once, and only if asked."""

    letters: str
    find_places: Callable[[], Iterable[int]]

    @cached_property
    def places(self) -> tuple[int, ...]:
        """Give the place in the text of each letter."""
        return tuple(self.find_places())

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Find where a stretch of the view stands in the text; the end is outside."""
        return self.places[start], self.places[end - 1] + 1


def fold(text: str) -> View:
    """See words as they are, with everything that parts them as one space."""
    return View(
        letters=GAP.sub(" ", "".join(map(_see, text))),
        find_places=lambda: _close_gaps(
            (one, at) for at, letter in enumerate(text) for one in _see(letter)
        ),
    )


def fold_closed(text: str) -> View | None:
    """See words with signs inside them taken out and digits read as letters, if there are any."""
    tokens = [(token.start(), token[0]) for token in TOKEN.finditer(text)]
    read = [token.translate(LEET) if _is_odd(token) else token for _, token in tokens]
    if all(one is token for one, (_, token) in zip(read, tokens, strict=True)):
        return None
    return View(
        letters=GAP.sub(" ", " ".join("".join(map(fold_letter, one)) for one in read)),
        find_places=lambda: _close_gaps(_place(tokens, read)),
    )


def find_spaced(view: View) -> Iterator[View]:
    """Find runs of single letters set apart, and close them up."""
    for run in SPACED.finditer(view.letters):
        kept = [at for at in range(run.start(), run.end()) if view.letters[at] != " "]
        letters = "".join(view.letters[at] for at in kept)
        places = [view.places[at] for at in kept]
        for read in dict.fromkeys((letters, letters.translate(LEET))):
            yield View(letters=read, find_places=places.copy)


def join(view: View) -> View:
    """See the whole text as one word, for long words that were cut in two."""
    return View(
        letters=view.letters.replace(" ", ""),
        find_places=lambda: (
            place for letter, place in zip(view.letters, view.places, strict=True) if letter != " "
        ),
    )


def _place(tokens: list[tuple[int, str]], read: list[str]) -> Iterator[tuple[str, int]]:
    for number, ((start, _), one) in enumerate(zip(tokens, read, strict=True)):
        if number:
            yield " ", start - 1
        for at, letter in enumerate(one, start):
            for plain in fold_letter(letter):
                yield plain, at


def _close_gaps(placed: Iterable[tuple[str, int]]) -> Iterator[int]:
    before = ""
    for letter, place in placed:
        if letter != " " or before != " ":
            yield place
        before = letter


@lru_cache(maxsize=KEPT)
def _see(letter: str) -> str:
    """See one character: plain letters, a space where it parts words, or nothing."""
    return fold_letter(letter) or (" " if _parts(letter) else "")


def _is_odd(token: str) -> bool:
    """Tell whether signs or digits stand inside a word, as in `cl3ar` or `fi.t`."""
    core = token if token.isalpha() else token.strip(_more_edges())
    return not core.isalpha() and any(map(str.isalpha, core))


@cache
def _more_edges() -> str:
    return EDGES + "".join(sign for sign in load_plain_signs() if not sign.isalnum())


def _parts(letter: str) -> bool:
    """Tell whether a character parts words; marks and hidden characters do not."""
    return letter.isspace() or (letter.isprintable() and not _is_mark(letter))


def _is_mark(letter: str) -> bool:
    return not letter.isascii() and unicodedata.category(letter) in MARKS
