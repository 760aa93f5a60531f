"""The tree of a condition: facts against constants, joined by and, or, not."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

Literal: TypeAlias = str | int


class Operator(StrEnum):
    """How a fact is compared with a constant."""

    EQUAL = "=="
    UNEQUAL = "!="
    LESS = "<"
    AT_MOST = "<="
    MORE = ">"
    AT_LEAST = ">="


@dataclass(frozen=True, slots=True, kw_only=True)
class Always:
    """The condition `true`: it holds in every situation."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """A flag that stands alone: it holds when the fact is true."""

    fact: str
    column: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Compare:
    """One fact against one constant."""

    fact: str
    operator: Operator
    value: Literal
    column: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Among:
    """One fact against a list of constants, never an empty one."""

    fact: str
    values: tuple[Literal, ...]
    column: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Not:
    """The opposite of a condition."""

    inner: "Condition"


@dataclass(frozen=True, slots=True, kw_only=True)
class And:
    """All of these, two or more."""

    parts: tuple["Condition", ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Or:
    """Any of these, two or more."""

    parts: tuple["Condition", ...]


Test: TypeAlias = Flag | Compare | Among
Condition: TypeAlias = Always | Test | Not | And | Or


def find_tests(condition: Condition) -> tuple[Test, ...]:
    """Find every test of a fact in the condition, in the order in which it is written."""
    match condition:
        case Always():
            return ()
        case Not(inner=inner):
            return find_tests(inner)
        case And(parts=parts) | Or(parts=parts):
            return tuple(test for part in parts for test in find_tests(part))
    return (condition,)


def find_facts(condition: Condition) -> frozenset[str]:
    """Find the facts that the condition reads."""
    return frozenset(test.fact for test in find_tests(condition))
