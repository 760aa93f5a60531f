"""What one norm changes by itself or beside one other: quick, for a draft still being written.

What it finds is true. That nothing else changes is for `changes` to say, which takes longer.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

import z3

from bedside.rules.condition.nodes import find_facts
from bedside.rules.decide.judge import weigh
from bedside.rules.decide.known import Case
from bedside.rules.decide.play import Entry
from bedside.rules.prove.answers import (
    Difference,
    Worlds,
    compare,
    describe,
    find_only_in,
    find_subjects,
    make_smaller,
)
from bedside.rules.prove.changes import find_what_stays
from bedside.rules.prove.finding import Finding, NotReplayedError, Question, Undecided
from bedside.rules.prove.formulas import Formulas, Verdict
from bedside.rules.prove.shrink import Facts
from bedside.rules.prove.world import CUSTODY, World, meet
from bedside.rules.tables.cubes import Cube

MOST_MEETINGS = 400  # situations in which a norm meets another one that are tried for each norm


def find_changes_nearby(
    before: World, after: World, formulas: Formulas
) -> tuple[tuple[Finding, ...], tuple[Undecided, ...]]:
    """Find answers that differ where a norm that differs speaks alone, or beside one other.

    A norm that differs and changes no answer is told as well, with the answer that stays.
    """
    found: dict[Difference, Finding] = {}
    unseen: list[Undecided] = []
    for here, there in ((before, after), (after, before)):
        for entry in find_only_in(here, there):
            search = _Search(entry=entry, here=here, worlds=(before, after), formulas=formulas)
            for difference, facts in (search.run() or search.find_what_stays()).items():
                _check(facts, difference, (before, after), entry)
                _add(found, difference, entry, after, facts)
            if search.is_undecided:
                unseen.append(Undecided(question=Question.CHANGES, norms=(entry.norm.id,)))
    ordered = sorted(found.values(), key=lambda f: (f.dimension or "", f.before or ""))
    return tuple(ordered), tuple(unseen)


def _check(facts: Facts, difference: Difference, worlds: Worlds, entry: Entry) -> None:
    """Put a difference to the whole rulebook; raise `NotReplayedError` if it is not so."""
    seen = set(compare(facts, worlds))
    if difference.before != difference.after and difference not in seen:
        finding = describe([difference], [entry.norm.id])
        raise NotReplayedError(replace(finding, witness=worlds[1].place(facts)))


def _add(
    found: dict[Difference, Finding],
    difference: Difference,
    entry: Entry,
    after: World,
    facts: Facts,
) -> None:
    """Add a difference, or the norm to those that make it; as of the later day."""
    known = found.get(difference)
    norms = {*(known.norms if known else ()), entry.norm.id}
    witness = known.witness if known else after.place(facts)
    found[difference] = replace(describe([difference], norms), witness=witness, count=len(norms))


@dataclass(kw_only=True)
class _Search:
    """The search for situations in which one norm makes a difference."""

    entry: Entry
    here: World
    worlds: Worlds
    formulas: Formulas
    is_undecided: bool = False

    def run(self) -> dict[Difference, Facts]:
        """Find each difference that the norm makes, and the situation in which it shows first."""
        found: dict[Difference, Facts] = {}
        for facts in self._find_situations():
            for difference in compare(facts, self.narrow):
                # Another norm that differs shows in the same situation as well.
                if difference not in found and difference.dimension in self.subjects:
                    found[difference] = make_smaller(facts, [difference], self.worlds)
        return found

    @cached_property
    def subjects(self) -> frozenset[str]:
        """What the norm can change."""
        return find_subjects(self.here, self.entry)

    @cached_property
    def narrow(self) -> Worlds:
        """The two worlds as far as they have a say in that."""
        return self.worlds[0].narrow(self.subjects), self.worlds[1].narrow(self.subjects)

    def find_what_stays(self) -> Mapping[Difference, Facts]:
        """Find an answer that stays although one norm more, or one fewer, asks for it."""
        cubes = self.here.cubes_of(self.entry)
        facts = next((f for f in map(self._fulfil, cubes) if f is not None), None)
        dimension = next((ask.dimension for ask in self.entry.asks), None)
        if facts is None or dimension is None or any(compare(facts, self.worlds)):
            return {}
        return {find_what_stays(facts, dimension, self.worlds): facts}

    def _find_situations(self) -> Iterator[Facts]:
        """Try the norm's own cubes, then where it speaks alone, then where it meets another."""
        for cube in self.here.cubes_of(self.entry):
            facts = self._fulfil(cube)
            if facts is not None:
                yield facts
        yield from self._find_alone()
        yield from self._find_meetings()

    def _find_alone(self) -> Iterator[Facts]:
        """Ask the solver for a situation in which nothing else speaks on its dimensions."""
        rivals = self._find_rivals()
        trees = [self.here.condition(entry) for entry in (self.entry, *rivals)]
        spoken = [self.formulas.formula(tree) for tree in trees]
        facts = (self.here.vocabulary.facts[f] for tree in trees for f in sorted(find_facts(tree)))
        about = dict.fromkeys(f.derived.fact if f.derived else f.id for f in facts)
        found = self.formulas.ask([spoken[0], *(z3.Not(s) for s in spoken[1:])], about=about)
        self.is_undecided |= found.verdict is Verdict.UNDECIDED
        if found.verdict is Verdict.SOME:
            yield found.facts

    def _find_meetings(self) -> Iterator[Facts]:
        """Find where it meets one other norm and the bare weighing already differs."""
        own, tried = self.here.cubes_of(self.entry), 0
        for rival in self._find_rivals():
            for cube in self.here.cubes_of(rival):
                facts = [self._fulfil(met) for one in own if (met := meet(one, cube)) is not None]
                tried += len(facts)
                yield from (one for one in facts[:1] if one is not None and self._weighs(one))
            if tried > MOST_MEETINGS:
                return

    def _find_rivals(self) -> list[Entry]:
        dimensions = {dimension for dimension, _ in self.entry.charges}
        return [
            other
            for other in self.here.play.entries
            if other is not self.entry and any(d in dimensions for d, _ in other.charges)
        ]

    def _weighs(self, facts: Facts) -> bool:
        """Tell whether the two worlds weigh one of the norm's dimensions differently."""
        cases = [Case(compiled=w.compiled, situation=w.place(facts)) for w in self.narrow]
        for dimension in {ask.dimension for ask in self.entry.asks}:
            one, other = (weigh(c.find_matter(dimension, c.board, c.known)) for c in cases)
            if (one.outcome, one.place, one.clear) != (other.outcome, other.place, other.clear):
                return True
        return False

    def _fulfil(self, cube: Cube) -> Facts | None:
        custody = self.here.vocabulary.facts[CUSTODY]
        wanted = cube if CUSTODY in cube else {**cube, CUSTODY: custody.bit(value=True)}
        witness = self.here.situation(wanted)
        return None if witness is None else witness.facts
