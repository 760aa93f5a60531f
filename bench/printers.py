"""One condition, printed mechanically in the language of each peer; nobody is tuned by hand."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeAlias

from bedside.rules.condition.nodes import (
    Always,
    Among,
    And,
    Compare,
    Condition,
    Flag,
    Not,
    Operator,
    Or,
    Test,
)

JsonLogic: TypeAlias = bool | dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """How a language writes tests, *and*, *or*, *not* and a condition that always holds."""

    test: Callable[[Test], str]
    all_: str
    any_: str
    not_: str
    always: str = "true"


def write(condition: Condition, language: Language) -> str:
    """Write the condition in the language."""
    match condition:
        case Always():
            return language.always
        case Not(inner=inner):
            return f"{language.not_}({write(inner, language)})"
        case And(parts=parts):
            return "(" + language.all_.join(write(part, language) for part in parts) + ")"
        case Or(parts=parts):
            return "(" + language.any_.join(write(part, language) for part in parts) + ")"
    return language.test(condition)


def _test_in_python(test: Test) -> str:
    match test:
        case Flag(fact=fact):
            return fact
        case Compare(fact=fact, operator=operator, value=value):
            return f"{fact} {operator.value} {value!r}"
        case Among(fact=fact, values=values):
            return f"{fact} in {values!r}"


def _test_in_cel(test: Test) -> str:
    match test:
        case Flag(fact=fact):
            return fact
        case Compare(fact=fact, operator=operator, value=value):
            return f"{fact} {operator.value} {json.dumps(value)}"
        case Among(fact=fact, values=values):
            return f"{fact} in {json.dumps(values)}"


def _test_in_cedar(test: Test) -> str:
    match test:
        case Flag(fact=fact):
            return f"context.{fact}"
        case Compare(fact=fact, operator=operator, value=value):
            return f"context.{fact} {operator.value} {json.dumps(value)}"
        case Among(fact=fact, values=values):
            return f"{json.dumps(values)}.contains(context.{fact})"


PYTHON = Language(test=_test_in_python, all_=" and ", any_=" or ", not_="not ", always="True")
CEL = Language(test=_test_in_cel, all_=" && ", any_=" || ", not_="!")
CEDAR = Language(test=_test_in_cedar, all_=" && ", any_=" || ", not_="!")

IN_JSON_LOGIC = {Operator.EQUAL: "===", Operator.UNEQUAL: "!=="}


def write_json_logic(condition: Condition) -> JsonLogic:
    """Write the condition as a JSONLogic rule."""
    match condition:
        case Always():
            return True
        case Not(inner=inner):
            return {"!": [write_json_logic(inner)]}
        case And(parts=parts) | Or(parts=parts):
            joined = "and" if isinstance(condition, And) else "or"
            return {joined: [write_json_logic(part) for part in parts]}
    return _test_in_json_logic(condition)


def _test_in_json_logic(test: Test) -> JsonLogic:
    match test:
        case Flag(fact=fact):
            return {"var": fact}
        case Compare(fact=fact, operator=operator, value=value):
            return {IN_JSON_LOGIC.get(operator, operator.value): [{"var": fact}, value]}
        case Among(fact=fact, values=values):
            return {"in": [{"var": fact}, list(values)]}
