"""What somebody may know of a situation, in a solver's words: an answer, a part of one, nothing.

Answers that no condition tells apart are one cell, so that a fact with hundreds of answers has a
handful of cells, and every situation, however much of it is unknown, is one choice of cells.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import z3
from typing_extensions import override

from bedside.rules.condition.nodes import Always, And, Condition, Not, Or, find_facts, find_tests
from bedside.rules.condition.sets import allowed_by
from bedside.rules.vocabulary.catalogue import Fact, Value, Vocabulary

Cell: TypeAlias = int  # the answers that are possible for all that somebody knows, as bits


@dataclass(frozen=True, kw_only=True)
class Cells:
    """For each fact that matters, all that may be known of it and makes a difference."""

    vocabulary: Vocabulary
    known: Mapping[str, tuple[Cell, ...]]
    stands_for: Mapping[str, Mapping[Cell, Cell]]  # each answer: the one that stands for it

    @cached_property
    def answers(self) -> Mapping[str, tuple[Cell, ...]]:
        """For each fact the cells of one answer: the fact is known."""
        return {fact: tuple(filter(is_answer, cells)) for fact, cells in self.known.items()}

    def read(self, fact: str, cell: Cell) -> tuple[str, Value] | None:
        """Read what somebody answered; nothing where it was left out, or is presumed anyway."""
        one = self.vocabulary.facts[fact]
        if is_answer(cell):
            value = one.domain[cell.bit_length() - 1]
            return None if one.presume == value else (fact, value)
        parts = find_parts(one, self.vocabulary)
        return next(((id_, value) for id_, value, part in parts if part == cell), None)


def is_answer(cell: Cell) -> bool:
    """Tell whether a cell is one answer."""
    return not cell & (cell - 1)


def find_cells(
    vocabulary: Vocabulary, trees: Iterable[Condition], whole: Collection[str] = ()
) -> Cells:
    """Find the cells of the facts that the conditions read; of `whole` ones each answer is a cell.

    A fact that is presumed is never unknown: leaving it out is answering it.
    """
    cuts: dict[str, set[int]] = {fact: set() for fact in sorted(whole)}
    for tree in trees:
        for test in find_tests(tree):
            read, allowed = allowed_by(test, vocabulary)
            cuts.setdefault(read, set()).add(allowed)
    known: dict[str, tuple[Cell, ...]] = {}
    stands_for: dict[str, dict[Cell, Cell]] = {}
    for id_, masks in cuts.items():
        fact = vocabulary.facts[id_]
        parts = {part for _, _, part in find_parts(fact, vocabulary)}
        stands_for[id_] = _find_answers(fact, masks | parts, is_whole=id_ in whole)
        answers = dict.fromkeys(stands_for[id_].values())
        more = parts if fact.presume is not None else {*parts, fact.every}
        known[id_] = (*answers, *sorted(cell for cell in more if not is_answer(cell)))
    return Cells(vocabulary=vocabulary, known=known, stands_for=stands_for)


def _find_answers(fact: Fact, masks: set[int], *, is_whole: bool) -> dict[Cell, Cell]:
    """Find one answer for all that no condition tells apart, the presumed one before others."""
    first = [] if fact.presume is None else [fact.bit(fact.presume)]
    chosen: dict[object, Cell] = {}
    stands_for: dict[Cell, Cell] = {}
    ordered = sorted(masks)
    for bit in (*first, *(1 << place for place in range(len(fact.domain)))):
        alike = bit if is_whole else tuple(bool(bit & mask) for mask in ordered)
        stands_for[bit] = chosen.setdefault(alike, bit)
    return stands_for


def find_parts(fact: Fact, vocabulary: Vocabulary) -> Iterator[tuple[str, Value, Cell]]:
    """Find what is known of a fact where only a fact that follows from it was answered."""
    for other in vocabulary.facts.values():
        if other.derived is not None and other.derived.fact == fact.id:
            for value, under in other.derived.values.items():
                yield other.id, value, sum(fact.bit(one) for one in under)


class Knowledge:
    """One choice of cells, left to the solver: when a condition surely holds or surely does not."""

    def __init__(self, cells: Cells, name: str = "") -> None:
        """Declare a small number for each fact, named apart from those of other choices."""
        self.cells = cells
        self.variables = {
            fact: z3.BitVec(f"{name}{fact}", max(1, (len(known) - 1).bit_length()))
            for fact, known in cells.known.items()
        }
        self._kept: dict[tuple[Condition, bool], z3.BoolRef] = {}
        self.reads: dict[Condition, frozenset[str]] = {}

    @property
    def bounds(self) -> list[z3.BoolRef]:
        """What the solver has to be told of the variables."""
        return [z3.ULE(v, len(self.cells.known[f]) - 1) for f, v in self.variables.items()]

    def is_in(self, fact: str, cells: Collection[Cell]) -> z3.BoolRef:
        """Say that what is known of the fact is one of these cells."""
        known, variable = self.cells.known[fact], self.variables[fact]
        places = [n for n, cell in enumerate(known) if cell in cells]
        if len(places) == len(known):
            return z3.BoolVal(val=True)
        return z3.Or([variable == n for n in places])

    def is_answered(self, fact: str, answers: int) -> z3.BoolRef:
        """Say that the fact is known to have one of these answers, and which one."""
        return self.is_in(fact, [c for c in self.cells.answers.get(fact, ()) if c & answers])

    def holds(self, tree: Condition, *, wanted: bool = True) -> z3.BoolRef:
        """Say that a condition surely holds, or (unless wanted) that it surely does not."""
        found = self._kept.get((tree, wanted))
        if found is None:
            found = self._kept[tree, wanted] = self._translate(tree, wanted=wanted)
        return found

    def _translate(self, tree: Condition, *, wanted: bool) -> z3.BoolRef:
        match tree:
            case Always():
                return z3.BoolVal(val=wanted)
            case Not(inner=inner):
                return self.holds(inner, wanted=not wanted)
            case And(parts=parts) | Or(parts=parts):
                said = [self.holds(part, wanted=wanted) for part in parts]
                return z3.And(said) if isinstance(tree, And) is wanted else z3.Or(said)
        fact, allowed = allowed_by(tree, self.cells.vocabulary)
        # Of a fact that was left out nothing surely holds, not even that it has some answer.
        shut, unknown = ~allowed if wanted else allowed, self.cells.vocabulary.facts[fact].every
        known = [cell for cell in self.cells.known[fact] if cell != unknown]
        return self.is_in(fact, [cell for cell in known if not cell & shut])

    def find_bases(self, tree: Condition) -> frozenset[str]:
        """Find the facts that are asked for a condition, derived ones traced to their base."""
        found = self.reads.get(tree)
        if found is None:
            facts = [self.cells.vocabulary.facts[f] for f in find_facts(tree)]
            found = frozenset(f.derived.fact if f.derived else f.id for f in facts)
            self.reads[tree] = found
        return found


class Told(Knowledge):
    """What would be known if one fact more had this answer."""

    def __init__(self, beneath: Knowledge, fact: str, answer: Cell) -> None:
        """Remember the answer; nothing is declared anew."""
        self.cells, self.variables = beneath.cells, beneath.variables
        self.beneath, self.fact, self.answer = beneath, fact, answer
        self._kept = {}
        self.reads = beneath.reads

    @override
    def is_in(self, fact: str, cells: Collection[Cell]) -> z3.BoolRef:
        """Say it of the fact that was told; of others say what holds beneath."""
        if fact == self.fact:
            return z3.BoolVal(val=self.answer in cells)
        return self.beneath.is_in(fact, cells)

    @override
    def holds(self, tree: Condition, *, wanted: bool = True) -> z3.BoolRef:
        """Say when a condition holds; what does not read the fact is as it was."""
        if self.fact not in self.find_bases(tree):
            return self.beneath.holds(tree, wanted=wanted)
        return super().holds(tree, wanted=wanted)
