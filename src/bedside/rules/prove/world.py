"""One rulebook on one day in one place, ready to be asked about every situation."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from itertools import chain

from bedside.rules.condition.holds import Closure, compile_closure
from bedside.rules.condition.nodes import Condition, Not
from bedside.rules.condition.parse import parse_condition
from bedside.rules.decide.advice import Advice
from bedside.rules.decide.advise import advise
from bedside.rules.decide.frame import FRAMES, Frame, find_frames
from bedside.rules.decide.play import GUIDANCE, Charge, Entry, Play, find_play
from bedside.rules.decide.read_situation import UNKNOWN_OVERLAY
from bedside.rules.decide.situation import Situation
from bedside.rules.rulebook.book import condition_of, find_reach
from bedside.rules.rulebook.norm import Norm
from bedside.rules.tables.compiled import Compiled
from bedside.rules.tables.cubes import Cube, find_cubes
from bedside.rules.vocabulary.answer import Answer
from bedside.rules.vocabulary.catalogue import Fact, Value, Vocabulary
from bedside.rules.vocabulary.known import settle
from bedside.rules.vocabulary.problem import Place, Problems, find_near

CUSTODY = "in_custody"
DUTIES = "duties"  # asked about as the dimensions are
NOWHERE = Place(file="")


@dataclass(frozen=True, kw_only=True)
class World:
    """What a proof ranges over."""

    compiled: Compiled
    on: date
    jurisdiction: str
    overlays: tuple[str, ...] = ()

    @property
    def vocabulary(self) -> Vocabulary:
        """The words of the rulebook."""
        return self.compiled.vocabulary

    @cached_property
    def play(self) -> Play:
        """The norms that can be in play."""
        return find_play(self.compiled, self.on, self.jurisdiction, self.overlays)

    @cached_property
    def frames(self) -> Mapping[str, Frame]:
        """The dimensions."""
        return find_frames(self.compiled)

    @cached_property
    def possible(self) -> tuple[tuple[Cube, ...], ...]:
        """For each combination that nobody can be in, the cubes of its opposite."""
        trees = [Not(inner=parse_condition(i.when)) for i in self.vocabulary.impossible]
        return tuple(find_cubes(tree, self.vocabulary) or () for tree in trees)

    @cached_property
    def impossible(self) -> tuple[Closure, ...]:
        """The combinations that nobody can be in, ready to be asked."""
        trees = [parse_condition(i.when) for i in self.vocabulary.impossible]
        return tuple(compile_closure(tree, self.vocabulary) for tree in trees)

    def narrow(self, dimensions: frozenset[str]) -> "World":
        """Leave only the norms that have a say in these dimensions, or in the duties.

        What a dimension comes to rests on the norms that speak of it and on what silences them, so
        the decider answers there as it does with all norms, and sooner.
        """
        found = self._narrowed.get(dimensions)
        if found is None:
            norms = find_concerned(self.compiled.rulebook.norms, dimensions)
            rulebook = replace(self.compiled.rulebook, norms=norms)
            cubes = {id_: self.compiled.cubes[id_] for id_ in norms}
            remembered: dict[object, object] = {FRAMES: dict(self.frames)}
            compiled = Compiled(rulebook=rulebook, cubes=cubes, remembered=remembered)
            found = self._narrowed[dimensions] = replace(self, compiled=compiled)
        return found

    @cached_property
    def _narrowed(self) -> dict[frozenset[str], "World"]:
        """Worlds that were narrowed down before."""
        return {}

    def check_overlays(self) -> None:
        """Raise `Problems` if an overlay is not loaded."""
        known = self.compiled.rulebook.overlays
        unknown = [overlay for overlay in self.overlays if overlay not in known]
        if unknown:
            listed = ", ".join(known) or "-"
            raise Problems(
                UNKNOWN_OVERLAY.at(NOWHERE, overlay=o, near=find_near(o, known), known=listed)
                for o in unknown
            )

    def find_candidates(self, dimension: str) -> int:
        """Find the words that can be had where nothing but the presumptions is known."""
        return self.candidates[dimension]

    @cached_property
    def candidates(self) -> Mapping[str, int]:
        """For each dimension the words that can be had where only the presumptions are known."""
        known = settle({}, self.vocabulary).possible
        return {id_: frame.find_candidates(known) for id_, frame in self.frames.items()}

    @cached_property
    def charges(self) -> Mapping[str, list[tuple[Entry, Charge]]]:
        """What is charged in each dimension beyond guidance, by which entry."""
        found: dict[str, list[tuple[Entry, Charge]]] = {}
        for entry in self.play.entries:
            for dimension, charge in entry.charges:
                if charge.weight < GUIDANCE:
                    found.setdefault(dimension, []).append((entry, charge))
        return found

    def find_charges(self, dimension: str) -> list[tuple[Entry, Charge]]:
        """Find what is charged in a dimension beyond guidance, by which entry."""
        return self.charges.get(dimension, [])

    def cubes_of(self, entry: Entry) -> list[Cube]:
        """Find the cubes in which the entry speaks; none if they are too many to list."""
        return self.play.table.holds.by_owner.get(entry.number, [])

    def cubes_against(self, entry: Entry) -> list[Cube]:
        """Find the cubes in which the entry does not speak."""
        return self.play.table.fails.by_owner.get(entry.number, [])

    def condition(self, entry: Entry) -> Condition:
        """Read when the entry speaks, as to the parties and levels that it still binds."""
        found = self._conditions.get(entry)
        if found is None:
            reach = next(r for r in find_reach(entry.norm, on=self.on) if r.binds == entry.binds)
            found = self._conditions[entry] = condition_of(entry.norm, reach)
        return found

    @cached_property
    def _conditions(self) -> dict[Entry, Condition]:
        """Conditions that were read: entries are few, and asked for often."""
        return {}

    def situation(self, cube: Cube) -> Situation | None:
        """Make a situation of a cube that somebody can be in; nothing if nobody can."""
        for allowed in chain((cube,), narrow(cube, self.possible)):
            facts = {id_: self._choose(id_, bits) for id_, bits in allowed.items()}
            facts.setdefault(CUSTODY, True)
            if self.is_possible(facts):
                return self.place(facts)
        return None

    def is_possible(self, facts: Mapping[str, Value]) -> bool:
        """Tell whether somebody can be in a situation of which this much is known."""
        known = settle(facts, self.vocabulary).possible
        return not any(closure(known) is Answer.YES for closure in self.impossible)

    def place(self, facts: Mapping[str, Value]) -> Situation:
        """Put facts into this day and place."""
        return Situation(
            as_of=self.on,
            jurisdiction=self.jurisdiction,
            overlays=self.overlays,
            facts={fact: facts[fact] for fact in self.vocabulary.facts if fact in facts},
        )

    def advise(self, facts: Mapping[str, Value]) -> Advice:
        """Ask the ordinary decider about these facts."""
        return advise(self.compiled, self.place(facts))

    def _choose(self, id_: str, bits: int) -> Value:
        """Choose the answer that a reader would presume, else the first that is allowed."""
        fact: Fact = self.vocabulary.facts[id_]
        if fact.presume is not None and bits & fact.bit(fact.presume):
            return fact.presume
        return fact.domain[(bits & -bits).bit_length() - 1]


def find_concerned(norms: Mapping[str, Norm], dimensions: frozenset[str]) -> dict[str, Norm]:
    """Find the norms that speak of these dimensions, or ask a duty, and all that may silence them.

    Their order is kept.
    """
    beaters: dict[str, list[str]] = {}
    for norm in norms.values():
        for beaten in norm.defeats:
            beaters.setdefault(beaten, []).append(norm.id)
    ahead = [id_ for id_, norm in norms.items() if _is_concerned(norm, dimensions)]
    found = set(ahead)
    while ahead:
        more = [id_ for id_ in beaters.get(ahead.pop(), ()) if id_ not in found]
        found.update(more)
        ahead += more
    return {id_: norm for id_, norm in norms.items() if id_ in found}


def _is_concerned(norm: Norm, dimensions: frozenset[str]) -> bool:
    if norm.duty is not None and DUTIES in dimensions:
        return True
    return any(ask.dimension in dimensions for ask in norm.arrangement)


def meet(one: Cube, other: Cube) -> Cube | None:
    """Find where both cubes hold."""
    met = dict(one)
    for fact, allowed in other.items():
        left = met.get(fact, allowed) & allowed
        if not left:
            return None
        met[fact] = left
    return met


def narrow(cube: Cube, choices: Iterable[Iterable[Cube]]) -> Iterator[Cube]:
    """Find the parts of a cube that also lie in one cube of each choice."""
    left: tuple[Cube, ...] = (cube,)
    for cubes in choices:
        met = (meet(one, other) for one in left for other in cubes)
        left = tuple(one for one in met if one is not None)
    yield from left
