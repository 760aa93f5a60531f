"""Take values out of a document one by one, collecting every problem with its place."""

import re
from collections.abc import Collection, Iterable
from datetime import date

from bedside.rules.condition.check import check_condition
from bedside.rules.condition.nodes import Always, Condition
from bedside.rules.condition.parse import parse_condition
from bedside.rules.vocabulary.catalogue import Vocabulary
from bedside.rules.vocabulary.document import VALUE, Document, Plain
from bedside.rules.vocabulary.problem import (
    NO_TEXT,
    Place,
    Problem,
    ProblemKind,
    Problems,
    Text,
    find_near,
)

ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
MAX_TEXT = 2_000
MAX_PROBLEMS = 100  # of one file; a file with thousands of wrong keys is not read to its end

UNKNOWN_KEY = ProblemKind(
    code="rulebook.unknown-key",
    what=Text(en="`{key}` is not read here", es="`{key}` no se lee aquí"),
    help=Text(en="the keys are: {known}", es="las claves son: {known}"),
)
MISSING_KEY = ProblemKind(
    code="rulebook.missing-key",
    what=Text(en="`{key}` is missing", es="falta `{key}`"),
    help=Text(en="add it; docs/reference/norm-files.md shows how", es="agréguelo"),
)
WRONG_SHAPE = ProblemKind(
    code="rulebook.wrong-shape",
    what=Text(en="`{key}` should be {shape}", es="`{key}` debe ser {shape_es}"),
    help=Text(en="it is `{found}`", es="es `{found}`"),
)
UNKNOWN_CHOICE = ProblemKind(
    code="rulebook.unknown-word",
    what=Text(en="`{key}` is never `{word}`", es="`{key}` nunca es `{word}`"),
    help=Text(en="it is one of: {known}", es="es una de: {known}"),
)
NOT_A_DAY = ProblemKind(
    code="rulebook.not-a-day",
    what=Text(en="`{found}` is not a day", es="`{found}` no es un día"),
    help=Text(en="write it as 2026-11-23", es="escríbalo como 2026-11-23"),
)
ONE_LANGUAGE = ProblemKind(
    code="rulebook.one-language",
    what=Text(en="`{key}` has no `{language}`", es="a `{key}` le falta `{language}`"),
    help=Text(en="say it in English and in Spanish", es="dígalo en inglés y en español"),
)
TOO_LONG = ProblemKind(
    code="rulebook.too-long",
    what=Text(
        en="`{key}` has more than {limit} characters", es="`{key}` tiene más de {limit} letras"
    ),
    help=Text(en="say it shorter", es="dígalo más corto"),
)
MORE = ProblemKind(
    code="rulebook.more-problems",
    what=Text(en="there are more problems in this file", es="hay más problemas en este archivo"),
    help=Text(en="correct these first", es="corrija primero estos"),
)


class Form:
    """A document being read; problems gather in `problems`, values fall back to harmless ones."""

    def __init__(self, document: Document, vocabulary: Vocabulary) -> None:
        """Start reading the document."""
        self.document = document
        self.vocabulary = vocabulary
        self.problems: list[Problem] = []

    def report(self, kind: ProblemKind, *path: str | int, **values: object) -> None:
        """Note a problem at the value that the path leads to."""
        if self.is_full:
            return
        problem = kind.at(self.document.place_of(*path), **values)
        if problem not in self.problems:
            self.problems.append(problem)
        if self.is_full:
            self.problems.append(MORE.at(self.document.place_of(*path)))

    @property
    def is_full(self) -> bool:
        """Tell whether so much is wrong that looking further helps nobody."""
        return len(self.problems) >= MAX_PROBLEMS

    def find(self, *path: str | int) -> Plain:
        """Find the value at the path, or nothing."""
        value: Plain = self.document.value
        for step in path:
            if isinstance(value, dict) and isinstance(step, str):
                value = value.get(step)
            elif isinstance(value, list) and isinstance(step, int) and step < len(value):
                value = value[step]
            else:
                return None
        return value

    def table(
        self, *path: str | int, keys: Iterable[str], required: Collection[str] = ()
    ) -> dict[str, Plain]:
        """Take a table with these keys and no others."""
        value = self.find(*path)
        known = tuple(keys)
        if not isinstance(value, dict):
            self._shape("a table", "una tabla", *path)
            return {}
        for key in value:
            if key not in known and not self.is_full:
                near = find_near(key, known)
                self.report(UNKNOWN_KEY, *path, key, key=key, near=near, known=", ".join(known))
        for key in required:
            if key not in value:
                self.report(MISSING_KEY, *path, key=key)
        return value

    def rows(self, *path: str | int) -> range:
        """Take a list and return its positions; a missing one is empty."""
        value = self.find(*path)
        if value is None:
            return range(0)
        if not isinstance(value, list):
            self._shape("a list", "una lista", *path)
            return range(0)
        return range(len(value))

    def text(self, *path: str | int, optional: bool = False) -> str:
        """Take a text."""
        value = self.find(*path)
        if value is None and optional:
            return ""
        if not isinstance(value, str) or not value.strip():
            if value is not None or not self._is_missing(path):
                self._shape("a text", "un texto", *path)
            return ""
        if len(value) > MAX_TEXT:
            self.report(TOO_LONG, *path, key=path[-1], limit=MAX_TEXT)
        return value.strip()

    def both(self, *path: str | int, optional: bool = False) -> Text:
        """Take a text in both languages."""
        value = self.find(*path)
        if value is None and (optional or self._is_missing(path)):
            return NO_TEXT
        self.table(*path, keys=("en", "es"))
        said = {}
        for language in ("en", "es"):
            if isinstance(value, dict) and value.get(language) is None:
                self.report(ONE_LANGUAGE, *path, key=path[-1], language=language)
            else:
                said[language] = self.text(*path, language)
        return Text(en=said.get("en", ""), es=said.get("es", ""))

    def choice(self, *path: str | int, known: Collection[str], fallback: str) -> str:
        """Take one of the known words."""
        value = self.find(*path)
        if isinstance(value, str) and value in known:
            return value
        if value is not None or not self._is_missing(path):
            self._never(value, known, *path)
        return fallback

    def choices(self, *path: str | int, known: Collection[str]) -> tuple[str, ...]:
        """Take a list of known words."""
        taken = []
        for row in self.rows(*path):
            value = self.find(*path, row)
            if isinstance(value, str) and value in known:
                taken.append(value)
            elif not self.is_full:
                self._never(value, known, *path, row)
        return tuple(taken)

    def day(self, *path: str | int) -> date | None:
        """Take a day or nothing."""
        value = self.find(*path)
        if value is None:
            return None
        try:
            if isinstance(value, str) and ISO_DAY.fullmatch(value):
                return date.fromisoformat(value)
        except ValueError:
            pass
        self.report(NOT_A_DAY, *path, found=value)
        return None

    def condition(self, *path: str | int) -> Condition:
        """Take a condition that the vocabulary understands."""
        value = self.find(*path)
        text = value.strip() if isinstance(value, str) else ""
        text = text or self.text(*path)
        place = self.place_of_text(*path)
        if not text:
            return Always()
        try:
            tree = parse_condition(text, place=place)
        except Problems as found:
            self.problems.extend(found.problems)
            return Always()
        self.problems.extend(check_condition(tree, self.vocabulary, place=place))
        return tree

    def place_of_text(self, *path: str | int) -> Place:
        """Find where a value's own text starts."""
        return self.document.place_of(*path, VALUE)

    def _is_missing(self, path: tuple[str | int, ...]) -> bool:
        """Tell whether the key, or the table around it, is missing and so has been reported."""
        around = self.find(*path[:-1])
        if isinstance(around, dict):
            return path[-1] not in around
        return not isinstance(around, list)

    def _never(self, value: Plain, known: Collection[str], *path: str | int) -> None:
        key = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
        near = find_near(value, known)
        listed = ", ".join(sorted(known)[:30])
        self.report(UNKNOWN_CHOICE, *path, key=key, word=value, near=near, known=listed)

    def _shape(self, shape: str, shape_es: str, *path: str | int) -> None:
        names = (step for step in reversed(path) if isinstance(step, str))
        key = next(names, self.document.name)
        found = self.find(*path)
        self.report(WRONG_SHAPE, *path, key=key, shape=shape, shape_es=shape_es, found=found)
