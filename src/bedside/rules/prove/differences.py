"""Every difference in one dimension between two worlds, until the solver says that none is left.

The solver is asked for a situation, some of it perhaps unknown, in which the two worlds answer
differently in a way not seen yet. The decider answers it too, and has the last word. That a
difference *depends* on what is unknown is one more answer; that nothing would change it is said of
one supposed answer after the other, as the solver comes upon them.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import permutations, product
from typing import TypeAlias

import z3

from bedside.rules.condition.nodes import Condition, Flag
from bedside.rules.condition.parse import parse_condition
from bedside.rules.decide.advice import Outcome
from bedside.rules.decide.depends import find_turns, is_binding
from bedside.rules.decide.judge import weigh
from bedside.rules.decide.known import Case
from bedside.rules.prove.answers import BREAKS, KEEPS, SILENT, Difference
from bedside.rules.prove.knowledge import Cell, Knowledge, Told, find_cells, is_answer
from bedside.rules.prove.scale import Scale, Weighed
from bedside.rules.prove.shrink import Facts
from bedside.rules.prove.world import CUSTODY, World
from bedside.rules.vocabulary.catalogue import Value
from bedside.rules.vocabulary.known import ACCEPTS, IN_PRIVATE, WISH

MOST_ROUNDS = 2_000  # questions to the solver in one dimension

Flags: TypeAlias = tuple[bool, bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """A difference that the solver sees, in a situation: the decider has to see it too."""

    differences: tuple[Difference, ...]
    facts: Facts


class UnsettledError(Exception):
    """The solver ran out of its time, or of its rounds."""


class Space:
    """All situations that somebody can be in, as far as these conditions tell them apart."""

    def __init__(
        self, world: World, trees: list[Condition], whole: set[str], *, milliseconds: int
    ) -> None:
        """Declare what may be known; `milliseconds` bounds each question."""
        self.world = world
        vocabulary = world.vocabulary
        impossible = [parse_condition(one.when) for one in vocabulary.impossible]
        extra: list[Condition] = [*impossible, Flag(fact=CUSTODY)]
        if WISH in whole:
            extra.append(Flag(fact=IN_PRIVATE))
        self.cells = find_cells(vocabulary, [*trees, *extra], whole)
        self.known = Knowledge(self.cells)
        self.solver = z3.SolverFor("QF_FD")
        self.solver.set("timeout", milliseconds)
        self.solver.add(*self.known.bounds)
        self.solver.add(*(z3.Not(self.known.holds(tree)) for tree in impossible))
        if WISH in whole:  # “fine here” counts as not asked, unless it was said in private
            wish = vocabulary.facts[WISH].bit(ACCEPTS)
            private = vocabulary.facts[IN_PRIVATE].bit(value=True)
            self.solver.add(
                z3.Or(
                    z3.Not(self.known.is_answered(WISH, wish)),
                    self.known.is_answered(IN_PRIVATE, private),
                )
            )
        self.in_custody = self.known.holds(Flag(fact=CUSTODY))
        self.rounds = 0

    @cached_property
    def everything_known(self) -> z3.BoolRef:
        """Say that every fact is answered: most differences show there, and nothing depends."""
        return z3.And([self.known.is_in(f, cells) for f, cells in self.cells.answers.items()])

    @cached_property
    def as_presumed(self) -> z3.BoolRef:
        """Say that what is presumed is so, which makes a situation plain."""
        facts = [self.world.vocabulary.facts[fact] for fact in self.cells.known]
        usual = [(f.id, f.bit(f.presume)) for f in facts if f.presume is not None]
        return z3.And([self.known.is_answered(fact, answer) for fact, answer in usual])

    def ask(self, *wanted: z3.BoolRef) -> z3.ModelRef | None:
        """Ask once; raise `UnsettledError` where the solver does not know."""
        return Hunt(space=self, wanted=wanted).find()

    def check(self, formulas: Iterable[z3.BoolRef]) -> z3.ModelRef | None:
        """Ask for a situation that satisfies all; raise `UnsettledError` if it is not known."""
        self.rounds += 1
        answer = self.solver.check(*formulas)
        if answer == z3.sat:
            return self.solver.model()
        if answer != z3.unsat or self.rounds > MOST_ROUNDS:
            raise UnsettledError
        return None

    def read(self, model: z3.ModelRef) -> dict[str, Value]:
        """Read a situation's facts."""
        found: dict[str, Value] = {}
        for fact, variable in self.known.variables.items():
            place = model.eval(variable, model_completion=True).as_long()
            answered = self.cells.read(fact, self.cells.known[fact][place])
            if answered is not None:
                found[answered[0]] = answered[1]
        return found


class Hunt:
    """One question asked again and again while more and more is ruled out.

    Plain situations are asked for first: somebody in custody, nothing unknown, all as presumed.
    Where there is none, there is none later either, so each of these wishes is dropped for good.
    """

    def __init__(
        self, *, space: Space, wanted: Iterable[z3.BoolRef], is_known: bool = True
    ) -> None:
        """Remember what is wanted; where something has to be unknown, ask for no other."""
        self.space, self.wanted = space, list(wanted)
        whole = [[space.in_custody, space.everything_known, space.as_presumed]]
        whole.append([space.in_custody, space.everything_known])
        self.wishes = [*(whole if is_known else ()), [space.in_custody], []]

    def find(self) -> z3.ModelRef | None:
        """Find the next situation, if there is one."""
        while self.wishes:
            model = self.space.check([*self.wanted, *self.wishes[0]])
            if model is not None:
                return model
            self.wishes.pop(0)
        return None


@dataclass(kw_only=True)
class _Side:
    """One world's answer in the dimension."""

    scale: Scale
    space: Space
    name: str
    told: set[tuple[str, Cell]] = field(default_factory=set)

    @cached_property
    def weighed(self) -> Weighed:
        return self.scale.weigh(self.space.known)

    @cached_property
    def depends(self) -> z3.BoolRef:
        """A name for: some one answer to what is unknown would change the word, bindingly."""
        name = z3.Bool(f"{self.name} depends")
        supposed = Knowledge(self.space.cells, name=f"{self.name} ")
        self.space.solver.add(*supposed.bounds)
        others, links = [], []
        for fact, cells in self.space.cells.known.items():
            is_other = z3.Bool(f"{self.name} {fact} is supposed")
            here, there = self.space.known.variables[fact], supposed.variables[fact]
            pairs = [
                z3.And(here == n, there == cells.index(answer))
                for n, cell in enumerate(cells)
                for answer in self.space.cells.answers[fact]
                if not is_answer(cell) and answer & cell
            ]
            links.append(z3.If(is_other, z3.Or(pairs), here == there))
            others.append(is_other)
        turned = self._turn(supposed)
        self.space.solver.add(*links, z3.AtMost(*others, 1), z3.Implies(name, turned))
        return name

    @cached_property
    def stands(self) -> z3.BoolRef:
        """A name for: no one answer would; said answer by answer, in `tell`."""
        return z3.Bool(f"{self.name} stands")

    def tell(self, fact: str, answer: Cell) -> bool:
        """Say that this answer changes nothing where it *stands*; tell whether that was news."""
        if (fact, answer) in self.told:
            return False
        self.told.add((fact, answer))
        turned = self._turn(Told(self.space.known, fact, answer))
        cells = [c for c in self.space.cells.known[fact] if c & answer and c != answer]
        is_open = self.space.known.is_in(fact, cells)
        self.space.solver.add(z3.Implies(self.stands, z3.Not(z3.And(is_open, turned))))
        return True

    def _turn(self, supposed: Knowledge) -> z3.BoolRef:
        """Say that what is supposed makes a binding norm speak and another word advised."""
        known = self.space.known
        weighed = self.scale.weigh(supposed, known)
        binding = [e for e in self.scale.world.play.entries if self.scale.is_bound_by(e)]
        news = [
            z3.And(
                self.scale.speaks(e.number, supposed, known),
                z3.Not(self.scale.speaks(e.number, known)),
            )
            for e in binding
        ]
        return z3.And(self.weighed.may_depend, weighed.place != self.weighed.place, z3.Or(news))

    def find_turns(self, facts: Facts) -> list[tuple[str, Cell]]:
        """Ask the decider which answers would change the word, as cells."""
        world, dimension = self.scale.world, self.scale.dimension
        case = Case(compiled=world.compiled, situation=world.place(facts))
        found = weigh(case.find_matter(dimension, case.board, case.known))
        is_asked = found.outcome is Outcome.CLEAR or case.is_touched(dimension)
        if found.outcome not in {Outcome.CLEAR, Outcome.SILENT} or not is_asked:
            return []
        weighed = {dimension: found}
        turns = [t for t in find_turns(case, weighed) if t.dimension == dimension and is_binding(t)]
        return [(turn.fact, self.space.cells.stands_for[turn.fact][turn.answer]) for turn in turns]


def find_differences(
    before: World, after: World, dimension: str, *, milliseconds: int
) -> Iterator[Sight]:
    """Find every difference in a dimension, each once; raise `UnsettledError` if not all are."""
    scales = [Scale(world=world, dimension=dimension) for world in (before, after)]
    trees = [tree for scale in scales for tree in scale.trees]
    whole = scales[0].whole
    space = Space(before, trees, whole, milliseconds=milliseconds)
    sides = [
        _Side(scale=scale, space=space, name=name)
        for scale, name in zip(scales, ("before", "after"), strict=True)
    ]
    if scales[0].frame.dimension.many:
        yield from _find_by_word(space, sides[0], sides[1])
        return
    for one, other in product((False, True), repeat=2):
        yield from _find_with(space, (sides[0], sides[1]), (one, other))


def _find_with(space: Space, sides: tuple[_Side, _Side], flags: Flags) -> Iterator[Sight]:
    """Find the differences of which one, both or neither depends on what is unknown."""
    codes = [side.weighed.code for side in sides]
    named = z3.Bool(f"looking for {flags}")
    wanted = [
        side.depends if flag else side.stands for side, flag in zip(sides, flags, strict=True)
    ]
    if flags[0] == flags[1]:
        space.solver.add(z3.Implies(named, codes[0] != codes[1]))
    hunt = Hunt(space=space, wanted=[named, *wanted], is_known=not any(flags))
    while (model := hunt.find()) is not None:
        facts = space.read(model)
        is_open = False
        for side, flag in zip(sides, flags, strict=True):
            if not flag:
                news = [side.tell(fact, answer) for fact, answer in side.find_turns(facts)]
                is_open = is_open or any(news)
        if is_open:
            continue
        seen = [model.eval(code, model_completion=True).as_long() for code in codes]
        said = [
            side.scale.read(code, depends=flag)
            for side, code, flag in zip(sides, seen, flags, strict=True)
        ]
        dimension = sides[0].scale.dimension
        difference = Difference(dimension=dimension, before=said[0], after=said[1])
        yield Sight(differences=(difference,), facts=facts)
        both = z3.And([code == number for code, number in zip(codes, seen, strict=True)])
        space.solver.add(z3.Implies(named, z3.Not(both)))


def _find_by_word(space: Space, one: _Side, other: _Side) -> Iterator[Sight]:
    """Find the differences where several words may stand together; words that go together once."""
    codes = list(zip(one.weighed.words, other.weighed.words, strict=True))
    left = [(n, pair) for n in range(len(codes)) for pair in permutations(range(3), 2)]
    while left:
        number, pair = left[0]
        model = space.ask(*(code == want for code, want in zip(codes[number], pair, strict=True)))
        shown = [(number, pair)]
        if model is not None:
            seen = [
                tuple(model.eval(code, model_completion=True).as_long() for code in both)
                for both in codes
            ]
            shown = [(n, p) for n, p in left if p == pair and seen[n] == pair]
            differences = [_read_word(one.scale, n, pair) for n, _ in shown]
            yield Sight(differences=tuple(differences), facts=space.read(model))
        left = [row for row in left if row not in shown]


def _read_word(scale: Scale, number: int, codes: tuple[int, int]) -> Difference:
    """Read how one word's answer differs."""
    word = scale.frame.dimension.words[number].id
    said = [SILENT if code == 0 else f"{(KEEPS, BREAKS)[code - 1]}: {word}" for code in codes]
    return Difference(dimension=scale.dimension, before=said[0], after=said[1])
