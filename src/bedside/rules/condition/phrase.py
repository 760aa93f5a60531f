"""Say a condition as one sentence, in either language, so that it cannot be read two ways.

*Not* is pushed down to the clauses, which the vocabulary has in both senses. An *and* with one *or*
in it is said plainly, and so is its opposite; what is deeper becomes a numbered list.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

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
    Test,
)
from bedside.rules.vocabulary.catalogue import Fact, FactType, Vocabulary
from bedside.rules.vocabulary.problem import SPANISH, Language, Text

ALWAYS = Text(en="always", es="siempre")
NEVER = Text(en="never", es="nunca")
ALL_OF = Text(en="all of these hold: ", es="se cumple todo lo siguiente: ")
ANY_OF = Text(
    en="at least one of these holds: ", es="se cumple al menos una de estas condiciones: "
)
EITHER = Text(en="either ", es="o bien ")
OR_ELSE = Text(en=" or ", es=" o bien ")
AND_EITHER = Text(en=", and either ", es=", y además o bien ")
BOUNDS = {
    Operator.LESS: Text(en="less than {}", es="menor que {}"),
    Operator.AT_MOST: Text(en="at most {}", es="como máximo {}"),
    Operator.MORE: Text(en="more than {}", es="mayor que {}"),
    Operator.AT_LEAST: Text(en="at least {}", es="como mínimo {}"),
    Operator.EQUAL: Text(en="exactly {}", es="exactamente {}"),
}
OPPOSITE = {
    Operator.EQUAL: Operator.UNEQUAL,
    Operator.UNEQUAL: Operator.EQUAL,
    Operator.LESS: Operator.AT_LEAST,
    Operator.AT_LEAST: Operator.LESS,
    Operator.MORE: Operator.AT_MOST,
    Operator.AT_MOST: Operator.MORE,
}
LOWER = frozenset({Operator.MORE, Operator.AT_LEAST})
UPPER = frozenset({Operator.LESS, Operator.AT_MOST})

# "Not nobody" and "not none" are hard to read: such a denial is said by the few words that remain.
NOTHING = frozenset({"none", "nobody", "nothing"})
FEW = 3
SEVERAL = re.compile(r",|\b(?:and|or|nor|y|e|o|u|ni)\b")  # a clause that holds a list of its own


class _Sense(Enum):
    SAYS = "says"
    DENIES = "denies"
    BOUND = "bound"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Clause:
    """One fact with the words, or the bounds, that it is said or denied to have."""

    fact: str
    sense: _Sense
    values: tuple[Literal, ...] = ()
    bounds: tuple[tuple[Operator, Literal], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Group:
    """All of the parts, or any of them; no part is a group of the same sort."""

    every: bool
    parts: tuple["_Node", ...]


_Node: TypeAlias = _Clause | _Group


def phrase(condition: Condition, language: Language, vocabulary: Vocabulary) -> str:
    """Say the condition as one sentence without a final stop."""
    node = _push(condition, vocabulary, denied=False)
    if node == _group([], every=True):
        return ALWAYS.say(language)
    if node == _group([], every=False):
        return NEVER.say(language)
    return _Speaker(language, vocabulary).say(node)


def _push(condition: Condition, vocabulary: Vocabulary, *, denied: bool) -> _Node:
    """Push *not* down to the tests, and merge what one clause can say."""
    match condition:
        case Always():
            return _group([], every=not denied)
        case Not(inner=inner):
            return _push(inner, vocabulary, denied=not denied)
        case And(parts=parts) | Or(parts=parts):
            every = isinstance(condition, And) is not denied
            return _group([_push(p, vocabulary, denied=denied) for p in parts], every=every)
    return _push_test(condition, vocabulary.facts[condition.fact], denied=denied)


def _push_test(test: Test, fact: Fact, *, denied: bool) -> _Node:
    match test:
        case Flag():
            return _flag(fact.id, says=not denied)
        case Compare(operator=operator, value=value):
            operator = OPPOSITE[operator] if denied else operator
            if operator in LOWER | UPPER:
                bounds = ((operator, value),)
                return _Clause(fact=fact.id, sense=_Sense.BOUND, bounds=bounds)
            values, denied = (value,), operator is Operator.UNEQUAL
        case Among(values=values):
            pass
    if fact.type is FactType.FLAG:
        return _group([_flag(fact.id, says=bool(v) is not denied) for v in values], every=denied)
    sense = _Sense.DENIES if denied else _Sense.SAYS
    return _Clause(fact=fact.id, sense=sense, values=tuple(dict.fromkeys(values)))


def _flag(fact: str, *, says: bool) -> _Clause:
    return _Clause(fact=fact, sense=_Sense.SAYS if says else _Sense.DENIES)


def _group(parts: Sequence[_Node], *, every: bool) -> _Node:
    """Put parts together; an empty *all of* always holds, an empty *any of* never does."""
    flat: list[_Node] = []
    for part in parts:
        if isinstance(part, _Group) and part.every is every:
            flat.extend(part.parts)
        elif isinstance(part, _Group) and not part.parts:
            return part
        else:
            flat.append(part)
    merged: list[_Node] = []
    for part in flat:
        _merge(part, merged, every=every)
    return merged[0] if len(merged) == 1 else _Group(every=every, parts=tuple(merged))


def _merge(part: _Node, into: list[_Node], *, every: bool) -> None:
    for place, earlier in enumerate(into):
        if part == earlier:
            return
        if isinstance(part, _Clause) and isinstance(earlier, _Clause):
            joined = _join_clauses(earlier, part, every=every)
            if joined is not None:
                into[place] = joined
                return
    into.append(part)


def _join_clauses(first: _Clause, second: _Clause, *, every: bool) -> _Clause | None:
    """Join two clauses of one fact, if one clause says what the two of them say."""
    if first.fact != second.fact or first.sense is not second.sense:
        return None
    if first.sense is _Sense.BOUND:
        bounds = first.bounds + second.bounds
        signs = [operator for operator, _ in bounds]
        if every and len(signs) == 2 and (signs[0] in LOWER) is not (signs[1] in LOWER):  # noqa: PLR2004 - one bound below, one above
            return _Clause(fact=first.fact, sense=_Sense.BOUND, bounds=bounds)
        return None
    if (first.sense is _Sense.DENIES) is every:
        values = tuple(dict.fromkeys(first.values + second.values))
        return _Clause(fact=first.fact, sense=first.sense, values=values)
    return None


class _Speaker:
    """Says clauses and groups in one language."""

    def __init__(self, language: Language, vocabulary: Vocabulary) -> None:
        self.language = language
        self.vocabulary = vocabulary

    def say(self, node: _Node, label: str = "") -> str:
        """Say it plainly if it can be said so, and as a numbered list if it cannot."""
        if isinstance(node, _Clause):
            return self._say_clause(node)
        clauses = [part for part in node.parts if isinstance(part, _Clause)]
        groups = [part for part in node.parts if isinstance(part, _Group)]
        if not groups:
            return self._say_flat(clauses, every=node.every)
        if node.every and clauses and len(groups) == 1 and _is_flat(groups[0]):
            first = self._say_flat(clauses, every=True)
            return first + AND_EITHER.say(self.language) + self._say_ways(groups[0])
        if not node.every and all(self._is_plain(group) for group in groups):
            return EITHER.say(self.language) + self._say_ways(node)
        return self._say_list(node, label)

    def _say_ways(self, group: _Group) -> str:
        ways = [self.say(part) for part in group.parts]
        comma = "," if any(SEVERAL.search(way) for way in ways) else ""
        return f"{comma}{OR_ELSE.say(self.language)}".join(ways)

    def _say_list(self, group: _Group, label: str) -> str:
        head = (ALL_OF if group.every else ANY_OF).say(self.language)
        return head + "; ".join(
            f"({label}{number}) {self.say(part, f'{label}{number}.')}"
            for number, part in enumerate(group.parts, 1)
        )

    def _say_flat(self, clauses: Sequence[_Clause], *, every: bool) -> str:
        said = [self._say_clause(clause) for clause in clauses]
        comma = "," if any(SEVERAL.search(text) for text in said) else ""
        sentence = said[0]
        for text in said[1:]:
            sentence += f"{comma} {self._and(text) if every else self._or(text)} {text}"
        return sentence

    def _is_plain(self, group: _Group) -> bool:
        """Tell whether an *and* within an *or* can do without brackets."""
        return _is_flat(group) and not any(SEVERAL.search(self.say(p)) for p in group.parts)

    def _say_clause(self, clause: _Clause) -> str:
        fact = self.vocabulary.facts[clause.fact]
        if clause.sense is _Sense.BOUND:
            both = [BOUNDS[op].say(self.language).format(value) for op, value in clause.bounds]
            return fact.says.say(self.language).format(f" {self._and(both[-1])} ".join(both))
        if not clause.values:
            return (fact.says if clause.sense is _Sense.SAYS else fact.denies).say(self.language)
        if clause.sense is _Sense.SAYS:
            return fact.says.say(self.language).format(self._any_of(fact, clause.values))
        rest = tuple(value for value in fact.domain if value not in clause.values)
        if not NOTHING.isdisjoint(clause.values) and 0 < len(rest) <= FEW:
            return fact.says.say(self.language).format(self._any_of(fact, rest))
        return fact.denies.say(self.language).format(self._none_of(fact, clause.values))

    def _any_of(self, fact: Fact, values: Sequence[Literal]) -> str:
        *most, last = self._words(fact, values)
        return f"{', '.join(most)} {self._or(last)} {last}" if most else last

    def _none_of(self, fact: Fact, values: Sequence[Literal]) -> str:
        if self.language == SPANISH:
            return " ni ".join(self._words(fact, values))
        return self._any_of(fact, values)

    def _words(self, fact: Fact, values: Sequence[Literal]) -> list[str]:
        if fact.type is FactType.COUNT:
            exactly = BOUNDS[Operator.EQUAL].say(self.language)
            return [exactly.format(v) if len(values) == 1 else str(v) for v in values]
        return [fact.words[fact.places[value]].phrase.say(self.language) for value in values]

    def _and(self, following: str) -> str:
        if self.language != SPANISH:
            return "and"
        return "e" if re.match(r"i|hi(?![aeo])", following) else "y"

    def _or(self, following: str) -> str:
        if self.language != SPANISH:
            return "or"
        return "u" if re.match(r"h?o|8|11\b", following) else "o"


def _is_flat(group: _Group) -> bool:
    return all(isinstance(part, _Clause) for part in group.parts)
