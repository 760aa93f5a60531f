"""Read the text of a condition into its tree: a subset of CEL, with columns in every error."""

import re
from dataclasses import dataclass

from bedside.rules.condition.nodes import (
    Always,
    Among,
    And,
    Compare,
    Condition,
    Flag,
    Literal,
    Not,
    Operator,
    Or,
)
from bedside.rules.vocabulary.problem import Place, Problem, ProblemKind, Problems, Text

MAX_LENGTH = 2_000
MAX_DEPTH = 16
MAX_TESTS = 64

TOKEN = re.compile(
    r"""(?P<space>[ \t\r\n]+) | (?P<name>[A-Za-z_][A-Za-z0-9_]*)
      | (?P<count>[0-9]{1,9}(?![0-9A-Za-z_])) | '(?P<single>[^'\\\n]*)' | "(?P<double>[^"\\\n]*)"
      | (?P<sign>\|\||&&|==|!=|<=|>=|[<>!()\[\],])""",
    re.VERBOSE | re.ASCII,
)
OPERATORS = frozenset(operator.value for operator in Operator)
SHOW_HELP = Text(
    en="write facts against constants with == != < <= > >= in [..] && || ! and brackets",
    es="escriba datos contra constantes con == != < <= > >= in [..] && || ! y paréntesis",
)
UNEXPECTED = ProblemKind(
    code="condition.unexpected",
    what=Text(
        en="`{found}` cannot stand here, {wanted}", es="`{found}` no puede ir aquí, {wanted_es}"
    ),
    help=SHOW_HELP,
)
UNREADABLE = ProblemKind(
    code="condition.unreadable",
    what=Text(en="`{found}` is not read in a condition", es="`{found}` no se lee en una condición"),
    help=SHOW_HELP,
)
EMPTY_LIST = ProblemKind(
    code="condition.empty-list",
    what=Text(en="`in []` can never hold", es="`in []` nunca se cumple"),
    help=Text(en="name at least one word", es="nombre al menos una palabra"),
)
TOO_LONG = ProblemKind(
    code="condition.too-long",
    what=Text(
        en="this condition has more than {limit} characters",
        es="esta condición tiene más de {limit} caracteres",
    ),
    help=Text(en="split the norm", es="divida la norma"),
)
TOO_DEEP = ProblemKind(
    code="condition.too-deep",
    what=Text(
        en="brackets or `!` are nested more than {limit} deep",
        es="hay paréntesis o `!` anidados a más de {limit} niveles",
    ),
    help=Text(en="split the norm", es="divida la norma"),
)
TOO_MANY_TESTS = ProblemKind(
    code="condition.too-many-tests",
    what=Text(
        en="this condition has more than {limit} tests",
        es="esta condición tiene más de {limit} comparaciones",
    ),
    help=Text(en="split the norm", es="divida la norma"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Token:
    kind: str
    text: str
    column: int


def parse_condition(text: str, *, place: Place | None = None) -> Condition:
    """Parse the condition, or raise `Problems` with the place of the first thing not understood."""
    return _Parser(text, place or Place(file="")).parse()


class _Parser:
    """A hand-written descent; each method reads one rule of the grammar."""

    def __init__(self, text: str, place: Place) -> None:
        self.place = place
        self.depth = 0
        self.tests = 0
        self.next = 0
        if len(text) > MAX_LENGTH:
            raise Problems([TOO_LONG.at(place, limit=MAX_LENGTH)])
        self.tokens = self._split(text)

    def _split(self, text: str) -> list[_Token]:
        tokens, at = [], 0
        while at < len(text):
            match = TOKEN.match(text, at)
            if match is None:
                raise Problems([UNREADABLE.at(self._at(at + 1), found=text[at : at + 12])])
            kind = match.lastgroup or ""
            if kind != "space":
                quoted = "quoted" if kind in {"single", "double"} else kind
                tokens.append(_Token(kind=quoted, text=match[kind], column=at + 1))
            at = match.end()
        return [*tokens, _Token(kind="end", text="", column=len(text) + 1)]

    def parse(self) -> Condition:
        tree = self._or()
        if self._token.kind != "end":
            raise self._unexpected(
                "an operator or the end is wanted", "se espera un operador o el final"
            )
        return tree

    @property
    def _token(self) -> _Token:
        return self.tokens[self.next]

    def _at(self, column: int) -> Place:
        if not self.place.column:
            return Place(file=self.place.file, line=self.place.line, column=column)
        return Place(
            file=self.place.file, line=self.place.line, column=self.place.column + column - 1
        )

    def _unexpected(self, wanted: str, wanted_es: str) -> Problems:
        token = self._token
        found = token.text or ("end" if token.kind == "end" else "''")
        return self._problem(
            UNEXPECTED.at(self._at(token.column), found=found, wanted=wanted, wanted_es=wanted_es)
        )

    @staticmethod
    def _problem(problem: Problem) -> Problems:
        return Problems([problem])

    def _take(self, sign: str) -> bool:
        taken = self._token.kind == "sign" and self._token.text == sign
        self.next += taken
        return taken

    def _need(self, sign: str) -> None:
        if not self._take(sign):
            raise self._unexpected(f"`{sign}` is wanted", f"se espera `{sign}`")

    def _or(self) -> Condition:
        parts = [self._and()]
        while self._take("||"):
            parts.append(self._and())
        return parts[0] if len(parts) == 1 else Or(parts=tuple(parts))

    def _and(self) -> Condition:
        parts = [self._unary()]
        while self._take("&&"):
            parts.append(self._unary())
        return parts[0] if len(parts) == 1 else And(parts=tuple(parts))

    def _unary(self) -> Condition:
        if self.depth >= MAX_DEPTH:
            raise Problems([TOO_DEEP.at(self._at(self._token.column), limit=MAX_DEPTH)])
        self.depth += 1
        try:
            if self._take("!"):
                return Not(inner=self._unary())
            if self._take("("):
                inner = self._or()
                self._need(")")
                return inner
            return self._test()
        finally:
            self.depth -= 1

    def _test(self) -> Condition:
        name = self._token
        if name.kind != "name":
            raise self._unexpected("a fact is wanted", "se espera un dato")
        self.next += 1
        self.tests += 1
        if self.tests > MAX_TESTS:
            raise Problems([TOO_MANY_TESTS.at(self._at(name.column), limit=MAX_TESTS)])
        if self._token.kind == "name" and self._token.text == "in":
            self.next += 1
            return Among(fact=name.text, values=self._list(), column=name.column)
        if self._token.kind == "sign" and self._token.text in OPERATORS:
            operator = Operator(self._token.text)
            self.next += 1
            return Compare(
                fact=name.text, operator=operator, value=self._literal(), column=name.column
            )
        if name.text == "true":
            return Always()
        return Flag(fact=name.text, column=name.column)

    def _list(self) -> tuple[Literal, ...]:
        self._need("[")
        if self._token.text == "]" and self._token.kind == "sign":
            raise Problems([EMPTY_LIST.at(self._at(self._token.column))])
        values = [self._literal()]
        while self._take(","):
            values.append(self._literal())
        self._need("]")
        return tuple(values)

    def _literal(self) -> Literal:
        token = self._token
        if token.kind == "quoted":
            value: Literal = token.text
        elif token.kind == "count":
            value = int(token.text)
        elif token.kind == "name" and token.text in {"true", "false"}:
            value = token.text == "true"
        else:
            raise self._unexpected(
                "a word in quotes, a number, true or false is wanted",
                "se espera una palabra entre comillas, un número, true o false",
            )
        self.next += 1
        return value
