"""The tables of one day and place as data, for a browser that decides without a network.

Answers that no condition of these tables tells apart are put into one class, so that what is
known of a fact fits a small number; texts are kept apart. `browser.js` beside this file reads it.
"""

import gzip
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from bedside.rules.condition.nodes import Always, And, Condition, Not, Or
from bedside.rules.condition.sets import allowed_by
from bedside.rules.tables.cubes import Cube
from bedside.rules.tables.index import CubeIndex, find_bits
from bedside.rules.vocabulary.catalogue import Fact, FactType, Value, Vocabulary
from bedside.rules.vocabulary.known import ACCEPTS, IN_PRIVATE, NOT_ASKED, WISH

FORM = 1  # raised whenever a reader of the old form would misread the new one
MOST_CLASSES = 30  # a browser's numbers hold 32 bits, one of them the sign
SCRIPT = Path(__file__).with_name("browser.js")

Data: TypeAlias = dict[str, "Data"] | list["Data"] | str | int | bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What is exported: conditions by position, the cubes of each, a tree where there are none."""

    names: Sequence[str]
    holds: CubeIndex
    fails: CubeIndex
    trees: Mapping[int, Condition]
    vocabulary: Vocabulary
    about: Mapping[str, str] = field(default_factory=dict)  # the day, the place, the edition


class TooManyAnswersError(Exception):
    """A fact whose answers fall into more classes than a browser's number can hold."""


def export_tables(sheet: Sheet) -> dict[str, Data]:
    """Turn the tables into what JSON can hold."""
    classes = {id_: _Classes(sheet.vocabulary.facts[id_], sheet) for id_ in _find_facts(sheet)}
    return {
        "form": FORM,
        "about": dict(sheet.about),
        "names": list(sheet.names),
        "facts": {id_: one.export() for id_, one in classes.items()},
        "derived": dict(_export_derived(sheet.vocabulary, classes)),
        "presumed": {
            fact.id: classes[fact.id].mask(fact.bit(fact.presume))
            for fact in sheet.vocabulary.presumed
            if fact.presume is not None and fact.id in classes
        },
        "discounted": _export_discount(sheet.vocabulary, classes),
        "holds": _export_cubes(sheet.holds, classes),
        "fails": _export_cubes(sheet.fails, classes),
        "trees": {
            str(number): _export_tree(tree, sheet.vocabulary, classes)
            for number, tree in sheet.trees.items()
        },
    }


def write_tables(sheet: Sheet) -> bytes:
    """Write the tables as JSON, the same bytes for the same tables."""
    text = json.dumps(export_tables(sheet), ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def measure(written: bytes) -> int:
    """Measure how many bytes travel: what is left after gzip."""
    return len(gzip.compress(written, 9, mtime=0))


def _find_facts(sheet: Sheet) -> list[str]:
    """Find the facts that some condition reads, or that discounting a wish reads."""
    read = {fact for cube in _all_cubes(sheet) for fact in cube}
    read |= {fact for tree in sheet.trees.values() for fact, _ in _find_tests(tree, sheet)}
    if WISH in read:
        read.add(IN_PRIVATE)
    return [id_ for id_ in sheet.vocabulary.facts if id_ in read]


def _all_cubes(sheet: Sheet) -> Iterator[Cube]:
    for index in (sheet.holds, sheet.fails):
        for cubes in index.by_owner.values():
            yield from cubes


def _find_tests(tree: Condition, sheet: Sheet) -> Iterator[tuple[str, int]]:
    match tree:
        case Always():
            return
        case Not(inner=inner):
            yield from _find_tests(inner, sheet)
        case And(parts=parts) | Or(parts=parts):
            for part in parts:
                yield from _find_tests(part, sheet)
        case _:
            yield allowed_by(tree, sheet.vocabulary)


class _Classes:
    """The answers of one fact, put together where nothing here tells them apart."""

    def __init__(self, fact: Fact, sheet: Sheet) -> None:
        self.fact = fact
        marks = sorted({*_find_marks(fact, sheet)})
        signs = [tuple(mask >> place & 1 for mask in marks) for place in range(len(fact.domain))]
        numbers = {sign: number for number, sign in enumerate(dict.fromkeys(signs))}
        self.of_place = [numbers[sign] for sign in signs]
        if len(numbers) > MOST_CLASSES:
            raise TooManyAnswersError(fact.id)

    def mask(self, answers: int) -> int:
        """Turn a set of answers into a set of classes."""
        found = 0
        for place in find_bits(answers):
            found |= 1 << self.of_place[place]
        return found

    def export(self) -> Data:
        """List the class of each answer; of numbers only where a new class begins."""
        if self.fact.type is not FactType.COUNT:
            pairs = zip(self.fact.domain, self.of_place, strict=True)
            return {_spell(value): number for value, number in pairs}
        starts: list[Data] = []
        for place, number in enumerate(self.of_place):
            if place == 0 or number != self.of_place[place - 1]:
                starts.append([int(self.fact.domain[place]), number])
        return [*starts, [int(self.fact.domain[-1]) + 1, -1]]


def _find_marks(fact: Fact, sheet: Sheet) -> Iterator[int]:
    """Find the sets of answers that must stay told apart."""
    yield from (cube[fact.id] for cube in _all_cubes(sheet) if fact.id in cube)
    for tree in sheet.trees.values():
        yield from (allowed for id_, allowed in _find_tests(tree, sheet) if id_ == fact.id)
    for other in sheet.vocabulary.facts.values():
        if other.derived is not None and other.derived.fact == fact.id:
            for under in other.derived.values.values():
                yield sum(fact.bit(value) for value in under)
    if fact.presume is not None:
        yield fact.bit(fact.presume)
    if fact.id == WISH:
        yield from (fact.bit(ACCEPTS), fact.bit(NOT_ASKED))
    if fact.id == IN_PRIVATE:
        yield fact.bit(value=True)


def _spell(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _export_derived(
    vocabulary: Vocabulary, classes: Mapping[str, _Classes]
) -> Iterator[tuple[str, Data]]:
    for fact in vocabulary.facts.values():
        if fact.derived is not None and fact.derived.fact in classes:
            base = classes[fact.derived.fact]
            sets: dict[str, Data] = {
                _spell(value): base.mask(sum(base.fact.bit(of) for of in under))
                for value, under in fact.derived.values.items()
            }
            yield fact.id, [base.fact.id, sets]


def _export_discount(vocabulary: Vocabulary, classes: Mapping[str, _Classes]) -> Data:
    """Say which wish counts as not asked unless it was given out of the officer's hearing."""
    if WISH not in classes:
        return []
    wish, private = vocabulary.facts[WISH], vocabulary.facts[IN_PRIVATE]
    return [
        WISH,
        classes[WISH].mask(wish.bit(ACCEPTS)),
        IN_PRIVATE,
        classes[IN_PRIVATE].mask(private.bit(value=True)),
        classes[WISH].mask(wish.bit(NOT_ASKED)),
    ]


def _export_cubes(index: CubeIndex, classes: Mapping[str, _Classes]) -> Data:
    """List each cube: whose it is, then fact by fact what it allows."""
    numbers = {id_: number for number, id_ in enumerate(classes)}
    rows: list[Data] = []
    for owner, cubes in index.by_owner.items():
        for cube in cubes:
            row: list[Data] = [owner]
            for id_, allowed in cube.items():
                row += [numbers[id_], classes[id_].mask(allowed)]
            rows.append(row)
    return rows


def _export_tree(tree: Condition, vocabulary: Vocabulary, classes: Mapping[str, _Classes]) -> Data:
    def export(parts: Iterable[Condition]) -> list[Data]:
        return [_export_tree(part, vocabulary, classes) for part in parts]

    match tree:
        case Always():
            return ["and"]
        case Not(inner=inner):
            return ["not", *export([inner])]
        case And(parts=parts):
            return ["and", *export(parts)]
        case Or(parts=parts):
            return ["or", *export(parts)]
    id_, allowed = allowed_by(tree, vocabulary)
    return ["in", id_, classes[id_].mask(allowed)]
