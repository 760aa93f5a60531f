"""What is wrong, where, and what to do next, as values that can be said in either language."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from typing import NewType

Language = NewType("Language", str)
ENGLISH = Language("en")
SPANISH = Language("es")
LANGUAGES = (ENGLISH, SPANISH)

SHOWN = 60  # characters of the reader's own text that a sentence repeats
OURS = frozenset({"known", "wanted", "wanted_es", "why_en", "why_es"})  # words of ours, whole


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """One thing said in both languages."""

    en: str
    es: str

    def say(self, language: Language) -> str:
        """Say it in the language."""
        return self.es if language == SPANISH else self.en


NO_TEXT = Text(en="", es="")


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in a file something stands; lines and columns count from one, zero is not known."""

    file: str
    line: int = 0
    column: int = 0

    def say(self, language: Language) -> str:
        """Name the place for a person."""
        line, column = ("línea", "columna") if language == SPANISH else ("line", "column")
        parts = [self.file] if self.file else []
        parts += [f"{line} {self.line}"] if self.line else []
        parts += [f"{column} {self.column}"] if self.column else []
        return ", ".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemKind:
    """One situation that can be wrong: a stable code, the sentence, and what to do next."""

    code: str
    what: Text
    help: Text = NO_TEXT

    def at(self, place: Place, **values: object) -> "Problem":
        """Report the problem at a place; `near` in the values becomes “did you mean”."""
        said = {k: str(v) if k in OURS else shorten(v) for k, v in values.items()}
        return Problem(kind=self, place=place, values=said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong at a place."""

    kind: ProblemKind
    place: Place
    values: Mapping[str, str] = field(default_factory=dict)

    def say(self, language: Language = ENGLISH) -> str:
        """Say place, what is wrong and what to do, in one line."""
        what = self.kind.what.say(language).format(**self.values)
        help_ = self.kind.help.say(language).format(**self.values)
        near = self.values.get("near")
        if near:
            asked = f"¿quiso decir `{near}`?" if language == SPANISH else f"did you mean `{near}`?"
            help_ = f"{asked} {help_}".strip()
        where = self.place.say(language)
        said = f"{what}; {help_}" if help_ else what
        return f"{where}: {said}" if where else said

    def moved(self, place: Place) -> "Problem":
        """Report the same problem at another place."""
        return replace(self, place=place)


class Problems(Exception):  # noqa: N818 - it is what it holds, for people, never a programming error
    """Everything that is wrong with something somebody gave us."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Keep them in the order of their places."""
        self.problems = tuple(
            sorted(problems, key=lambda p: (p.place.file, p.place.line, p.place.column))
        )
        super().__init__("\n".join(p.say() for p in self.problems))


def find_near(word: object, known: Iterable[str]) -> str:
    """Find the known word that was probably meant, or nothing."""
    found = get_close_matches(str(word)[:SHOWN], list(known), n=1, cutoff=0.6)
    return found[0] if found else ""


def shorten(value: object) -> str:
    """Repeat somebody's text safely: printable, one line, not too long."""
    said = str(value)
    if value is None or isinstance(value, bool):
        said = "null" if value is None else said.lower()  # as files write them
    text = "".join(c if c.isprintable() else "�" for c in said)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
