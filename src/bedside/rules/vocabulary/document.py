"""Read a YAML or JSON file into plain values that remember where they stood.

Reading goes event by event, so a hostile file is refused before it is built: no anchors, no
tags, no repeated keys, and a stated size, depth and count.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from bedside.rules.vocabulary.problem import Place, Problem, ProblemKind, Problems, Text

if TYPE_CHECKING:
    from ruamel.yaml.events import Event

Plain: TypeAlias = "str | int | bool | list[Plain] | dict[str, Plain] | None"
Steps: TypeAlias = tuple[str | int, ...]

VALUE = "="  # the last step to a value itself, where its key has a place of its own
MAX_BYTES = 1_000_000
MAX_DEPTH = 24
MAX_VALUES = 50_000
MAX_LINE = 100_000  # the YAML reader takes the square of a line: 18 s for a megabyte of `!`
MAX_DIGITS = 9  # longer digits are text: no fact counts that far

# What no file holds: control characters but tab and line ends, halves of letters, no letters.
UNWRITABLE = re.compile("[^\t\n\r\x20-\x7e\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
HALF = re.compile("[\ud800-\udfff]")

UNREADABLE = ProblemKind(
    code="document.unreadable",
    what=Text(en="this file cannot be read: {why}", es="este archivo no se puede leer: {why}"),
    help=Text(en="check the path and the permissions", es="revise la ruta y los permisos"),
)
TOO_LARGE = ProblemKind(
    code="document.too-large",
    what=Text(
        en="this file has more than {limit} bytes", es="este archivo tiene más de {limit} bytes"
    ),
    help=Text(en="split it into smaller files", es="divídalo en archivos más pequeños"),
)
NOT_TEXT = ProblemKind(
    code="document.not-text",
    what=Text(en="this file is not UTF-8 text", es="este archivo no es texto UTF-8"),
    help=Text(en="save it as UTF-8", es="guárdelo como UTF-8"),
)
CONTROL = ProblemKind(
    code="document.control-character",
    what=Text(
        en="a character that cannot be printed stands here (code {number})",
        es="aquí hay un carácter que no se puede imprimir (código {number})",
    ),
    help=Text(en="remove it", es="quítelo"),
)
NOT_YAML = ProblemKind(
    code="document.not-yaml",
    what=Text(en="this is not valid YAML: {why}", es="esto no es YAML válido: {why}"),
    help=Text(
        en="check quotes, brackets and indentation on this line and the one before",
        es="revise comillas, corchetes y sangría en esta línea y la anterior",
    ),
)
NOT_ALLOWED = ProblemKind(
    code="document.not-allowed",
    what=Text(
        en="anchors, aliases and tags are not read here",
        es="aquí no se leen anclas, alias ni etiquetas",
    ),
    help=Text(en="write the value out", es="escriba el valor completo"),
)
LONG_LINE = ProblemKind(
    code="document.long-line",
    what=Text(
        en="this line has more than {limit} characters",
        es="esta línea tiene más de {limit} caracteres",
    ),
    help=Text(en="break it into several lines", es="divídala en varias líneas"),
)
TOO_DEEP = ProblemKind(
    code="document.too-deep",
    what=Text(
        en="lists or tables are nested more than {limit} deep",
        es="hay listas o tablas anidadas a más de {limit} niveles",
    ),
    help=Text(en="flatten them", es="aplánelas"),
)
TOO_MANY = ProblemKind(
    code="document.too-many-values",
    what=Text(
        en="this file holds more than {limit} values",
        es="este archivo tiene más de {limit} valores",
    ),
    help=Text(en="split it into smaller files", es="divídalo en archivos más pequeños"),
)
TWICE = ProblemKind(
    code="document.key-twice",
    what=Text(en="`{key}` is given twice", es="`{key}` aparece dos veces"),
    help=Text(en="keep one of them", es="deje solo una"),
)
NO_KEY = ProblemKind(
    code="document.key-not-text",
    what=Text(en="a key must be a word", es="una clave debe ser una palabra"),
    help=Text(en="write `key: value`", es="escriba `clave: valor`"),
)
SEVERAL = ProblemKind(
    code="document.several",
    what=Text(en="more than one document stands here", es="aquí hay más de un documento"),
    help=Text(en="remove the `---` between them", es="quite el `---` que los separa"),
)
EMPTY = ProblemKind(
    code="document.empty",
    what=Text(en="this file is empty", es="este archivo está vacío"),
    help=Text(en="write something in it", es="escriba algo en él"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """Plain values, and the place of each by the path of keys that leads to it."""

    name: str
    value: Plain
    places: Mapping[Steps, Place] = field(default_factory=dict)

    def place_of(self, *path: str | int) -> Place:
        """Find where the value stands, or the nearest thing around it."""
        for end in range(len(path), -1, -1):
            place = self.places.get(tuple(path[:end]))
            if place is not None:
                return place
        return Place(file=self.name)


def load_document(path: Path, *, name: str | None = None) -> Document:
    """Read a file, or raise `Problems` that say what is wrong with it."""
    name = name if name is not None else str(path)
    try:
        with path.open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except OSError as error:
        why = error.strerror or "?"
        raise Problems([UNREADABLE.at(Place(file=name), why=why)]) from None
    return parse_document(raw, name=name)


def parse_document(raw: bytes, *, name: str) -> Document:
    """Read bytes as JSON or YAML, or raise `Problems`."""
    text = _decode(raw, name)
    if text.lstrip()[:1] in {"{", "["}:
        value = _read_json(text)
        if value is not None:
            return Document(name=name, value=value)
    return locate_document(text, name=name)


def locate_document(text: str, *, name: str) -> Document:
    """Read text as YAML (JSON is YAML too) and remember where each value stands."""
    return _Builder(name).build(text)


def _decode(raw: bytes, name: str) -> str:
    if len(raw) > MAX_BYTES:
        raise Problems([TOO_LARGE.at(Place(file=name), limit=MAX_BYTES)])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise Problems([NOT_TEXT.at(Place(file=name, line=line))]) from None
    found = UNWRITABLE.search(text)
    if found is not None:
        before = text[: found.start()]
        column = found.start() - before.rfind("\n")
        place = Place(file=name, line=before.count("\n") + 1, column=column)
        raise Problems([CONTROL.at(place, number=ord(found[0]))])
    if not text.strip():
        raise Problems([EMPTY.at(Place(file=name))])
    return text


class _NotPlainError(ValueError):
    """JSON that must be read the slow way, to say where it is wrong."""


def _read_json(text: str) -> Plain:
    def no_float(_: str) -> None:
        raise _NotPlainError

    def unique(pairs: Sequence[tuple[str, Plain]]) -> dict[str, Plain]:
        table = dict(pairs)
        if len(table) != len(pairs):
            raise _NotPlainError
        return table

    try:
        value: Plain = json.loads(
            text, parse_float=no_float, parse_constant=no_float, object_pairs_hook=unique
        )
    except (ValueError, RecursionError):
        return None
    return value if _is_small(value) else None


def _is_small(value: Plain) -> bool:
    level: list[Plain] = [value]
    seen = 0
    for _ in range(MAX_DEPTH + 1):
        seen += len(level)
        if not level or seen > MAX_VALUES:
            break
        if any(UNWRITABLE.search(v) for v in level if isinstance(v, str)):
            return False
        inner = [
            [*v, *v.values()] if isinstance(v, dict) else v
            for v in level
            if isinstance(v, dict | list)
        ]
        level = [v for values in inner for v in values]
    return not level and seen <= MAX_VALUES


class _Builder:
    """Builds plain values from YAML events, without recursion."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.places: dict[Steps, Place] = {}
        self.path: list[str | int] = []
        self.open: list[dict[str, Plain] | list[Plain]] = []
        self.key: list[str | None] = []
        self.problems: list[Problem] = []
        self.root: Plain = None
        self.count = 0

    def build(self, text: str) -> Document:
        for line, content in enumerate(text.split("\n"), 1):
            if len(content) > MAX_LINE:
                raise Problems([LONG_LINE.at(Place(file=self.name, line=line), limit=MAX_LINE)])
        documents = 0
        for event in self._events(text):
            kind = type(event).__name__
            documents += kind == "DocumentStartEvent"
            if documents > 1:
                raise Problems([*self.problems, SEVERAL.at(self._place(event))])
            self._take(event, kind)
        if self.problems:
            raise Problems(self.problems)
        if not self.places:
            raise Problems([EMPTY.at(Place(file=self.name))])
        return Document(name=self.name, value=self.root, places=self.places)

    def _events(self, text: str) -> "Iterator[Event]":
        from ruamel.yaml import YAML
        from ruamel.yaml.error import MarkedYAMLError, YAMLError

        try:
            yield from YAML(typ="safe", pure=True).parse(text)
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            place = Place(file=self.name, line=mark.line + 1, column=mark.column + 1)
            why = str(error.problem or error.context)
            raise Problems([*self.problems, NOT_YAML.at(place, why=why)]) from None
        except (YAMLError, ValueError, AttributeError, TypeError, IndexError) as error:
            place = Place(file=self.name)  # ruamel's scanner answers some garbage with these
            why = type(error).__name__
            raise Problems([*self.problems, NOT_YAML.at(place, why=why)]) from None

    def _take(self, event: "Event", kind: str) -> None:
        if kind == "AliasEvent" or getattr(event, "anchor", None) or _has_tag(event):
            raise Problems([*self.problems, NOT_ALLOWED.at(self._place(event))])
        if kind == "ScalarEvent":
            self._scalar(event)
        elif kind in {"MappingStartEvent", "SequenceStartEvent"}:
            self._start(event, {} if kind == "MappingStartEvent" else [])
        elif kind in {"MappingEndEvent", "SequenceEndEvent"}:
            self.open.pop()
            self.key.pop()
            if self.path:
                self.path.pop()

    def _scalar(self, event: "Event") -> None:
        if self.open and isinstance(self.open[-1], dict) and self.key[-1] is None:
            self._name(event)
            return
        value = _plain(self._text(event), quoted=event.style is not None)  # type: ignore[attr-defined]  # ruamel's events are untyped
        self._put(event, value)
        if self.path:
            self.path.pop()

    def _text(self, event: "Event") -> str:
        text = str(event.value)  # type: ignore[attr-defined]  # ruamel's events are untyped
        if HALF.search(text):  # JSON escapes some letters in two halves
            joined = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
            text = joined if "\ufffd" not in joined else text
        found = UNWRITABLE.search(text)
        if found is not None:
            place = self._place(event)
            raise Problems([*self.problems, CONTROL.at(place, number=ord(found[0]))])
        return text

    def _name(self, event: "Event") -> None:
        table = self.open[-1]
        key = self._text(event)
        if key in table:
            self.problems.append(TWICE.at(self._place(event), key=key))
        self.key[-1] = key
        self.places[(*self.path, key)] = self._place(event)

    def _start(self, event: "Event", value: dict[str, Plain] | list[Plain]) -> None:
        if self.open and isinstance(self.open[-1], dict) and self.key[-1] is None:
            raise Problems([*self.problems, NO_KEY.at(self._place(event))])
        if len(self.open) >= MAX_DEPTH:
            raise Problems([*self.problems, TOO_DEEP.at(self._place(event), limit=MAX_DEPTH)])
        self._put(event, value)
        self.open.append(value)
        self.key.append(None)

    def _put(self, event: "Event", value: Plain) -> None:
        self.count += 1
        if self.count > MAX_VALUES:
            raise Problems([*self.problems, TOO_MANY.at(self._place(event), limit=MAX_VALUES)])
        if not self.open:
            self.root = value
            self.places[()] = self._place(event)
            return
        around = self.open[-1]
        if isinstance(around, list):
            self.path.append(len(around))
            around.append(value)
            self.places[tuple(self.path)] = self._place(event)
        else:
            key = self.key[-1] or ""
            self.path.append(key)
            around[key] = value
            self.key[-1] = None
            if not isinstance(value, dict | list):
                self.places[(*self.path, VALUE)] = self._place(event)

    def _place(self, event: "Event") -> Place:
        mark = event.start_mark
        quote = getattr(event, "style", None) in {"'", '"'}  # the text starts behind its quote
        return Place(file=self.name, line=mark.line + 1, column=mark.column + 1 + quote)


def _has_tag(event: "Event") -> bool:
    return bool(getattr(event, "tag", None))


def _plain(text: str, *, quoted: bool) -> Plain:
    if quoted:
        return text
    if text in {"", "~", "null", "Null", "NULL"}:
        return None
    if text in {"true", "True", "TRUE"}:
        return True
    if text in {"false", "False", "FALSE"}:
        return False
    digits = text[1:] if text[:1] in {"-", "+"} else text
    if digits.isascii() and digits.isdigit() and len(digits) <= MAX_DIGITS:
        return int(text)
    return text
