"""Conditions as formulas of Z3: every fact a small number, every situation a model."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import Enum

import z3

from bedside.rules.condition.nodes import Always, And, Condition, Not, Or
from bedside.rules.condition.parse import parse_condition
from bedside.rules.condition.sets import allowed_by
from bedside.rules.tables.index import find_bits
from bedside.rules.vocabulary.catalogue import Value, Vocabulary

MILLISECONDS = 10_000  # for one question; few need a tenth of a second


class Verdict(Enum):
    """Whether some situation satisfies the formulas."""

    SOME = "some"
    NONE = "none"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The verdict, and one situation's facts if there is one."""

    verdict: Verdict
    facts: Mapping[str, Value] = field(default_factory=dict)


class Formulas:
    """The facts as variables within their bounds, and the situations nobody can be in left out."""

    def __init__(self, vocabulary: Vocabulary, *, milliseconds: int = MILLISECONDS) -> None:
        """Declare the facts; `milliseconds` bounds each question."""
        self.vocabulary = vocabulary
        self.solver = z3.SolverFor("QF_FD")
        self.solver.set("timeout", milliseconds)
        self.variables: dict[str, z3.BitVecRef] = {}
        self._kept: dict[Condition, z3.BoolRef] = {}
        self.bounds: list[z3.BoolRef] = []
        for fact in vocabulary.facts.values():
            if fact.derived is None:
                size = len(fact.domain)
                variable = z3.BitVec(fact.id, max(1, (size - 1).bit_length()))
                self.variables[fact.id] = variable
                self.bounds.append(z3.ULE(variable, size - 1))
        self.solver.add(*self.bounds)
        for impossible in vocabulary.impossible:
            self.solver.add(z3.Not(self.formula(parse_condition(impossible.when))))

    def formula(self, condition: Condition) -> z3.BoolRef:
        """Turn a condition into a formula over fully known situations; worked out once."""
        kept = self._kept.get(condition)
        if kept is None:
            kept = self._kept[condition] = self._translate(condition)
        return kept

    def _translate(self, condition: Condition) -> z3.BoolRef:
        match condition:
            case Always():
                return z3.BoolVal(val=True)
            case Not(inner=inner):
                return z3.Not(self.formula(inner))
            case And(parts=parts):
                return z3.And([self.formula(part) for part in parts])
            case Or(parts=parts):
                return z3.Or([self.formula(part) for part in parts])
        return self.among(*allowed_by(condition, self.vocabulary))

    def among(self, fact: str, allowed: int) -> z3.BoolRef:
        """Say that a fact has one of these answers."""
        variable = self.variables[fact]
        if allowed == self.vocabulary.facts[fact].every:
            return z3.BoolVal(val=True)
        return z3.Or([variable == place for place in find_bits(allowed)])

    def cube(self, cube: Mapping[str, int]) -> z3.BoolRef:
        """Say that a situation lies in the cube."""
        return z3.And([self.among(fact, allowed) for fact, allowed in cube.items()])

    def ask(self, formulas: Iterable[z3.BoolRef], *, about: Iterable[str] = ()) -> Found:
        """Ask for a situation that satisfies all; its facts are those named in `about`."""
        self.solver.push()
        try:
            self.solver.add(*formulas)
            answer = self.solver.check()
            if answer == z3.unsat:
                return Found(verdict=Verdict.NONE)
            if answer != z3.sat:
                return Found(verdict=Verdict.UNDECIDED)
            model = self.solver.model()
            return Found(verdict=Verdict.SOME, facts=self._read(model, about))
        finally:
            self.solver.pop()

    def _read(self, model: z3.ModelRef, about: Iterable[str]) -> dict[str, Value]:
        read: dict[str, Value] = {}
        for id_ in about:
            place = model.eval(self.variables[id_], model_completion=True).as_long()
            read[id_] = self.vocabulary.facts[id_].domain[place]
        return read
