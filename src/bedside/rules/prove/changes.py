"""What a change of law, or of a house's own rules, does to the answers: all of it."""

from dataclasses import dataclass, field, replace
from functools import cached_property

from bedside.rules.decide.known import Case
from bedside.rules.decide.play import Entry, find_entries
from bedside.rules.prove.answers import (
    Difference,
    Worlds,
    compare,
    describe,
    find_only_in,
    find_reached,
    is_about,
    make_smaller,
    read_answers,
)
from bedside.rules.prove.burdens import TooManyBeatersError
from bedside.rules.prove.differences import Sight, UnsettledError, find_differences
from bedside.rules.prove.duties import find_duty_changes
from bedside.rules.prove.finding import Finding, NotReplayedError, Question, Undecided
from bedside.rules.prove.formulas import MILLISECONDS
from bedside.rules.prove.shrink import Facts
from bedside.rules.prove.world import CUSTODY, DUTIES, World

Pair = tuple[World, Entry]  # a norm that differs, in the world in which it stands


def find_changes(
    before: World, after: World, *, milliseconds: int = MILLISECONDS
) -> tuple[tuple[Finding, ...], tuple[Undecided, ...]]:
    """Find every difference between two worlds' answers, with one witness each.

    Where nothing is undecided no other difference exists, whatever is known of a situation. A norm
    that differs and changes no answer is told as well, with the answer that stays.
    """
    work = _Work(worlds=(before, after), milliseconds=milliseconds)
    for dimension in work.find_touched():
        work.look_at(dimension)
    work.tell_the_rest()
    order = {id_: n for n, id_ in enumerate((*before.vocabulary.dimensions, DUTIES))}
    ordered = sorted(work.found.values(), key=lambda one: _order(one, order))
    return tuple(ordered), tuple(work.undecided)


def _order(finding: Finding, places: dict[str, int]) -> tuple[int, bool, str, str]:
    """Put what changes for certain before what changes where something is unknown."""
    said = (finding.before or "", finding.after or "")
    return places[finding.dimension or ""], any(s.startswith("depends") for s in said), *said


@dataclass(kw_only=True)
class _Work:
    worlds: Worlds
    milliseconds: int
    found: dict[tuple[Difference, ...], Finding] = field(default_factory=dict)
    undecided: list[Undecided] = field(default_factory=list)

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """The norms that stand in one world only."""
        one, other = self.worlds
        gone = [(one, entry) for entry in find_only_in(one, other)]
        return (*gone, *((other, entry) for entry in find_only_in(other, one)))

    def find_touched(self) -> list[str]:
        """Find the dimensions in which a norm that differs, or one that it silences, has a say."""
        reached = [e for world, entry in self.pairs for e in find_reached(world, entry)]
        touched = {dimension for entry in reached for dimension, _ in entry.charges}
        dimensions = [d for d in self.worlds[0].vocabulary.dimensions if d in touched]
        return [*dimensions, DUTIES] if any(entry.duties for entry in reached) else dimensions

    def look_at(self, dimension: str) -> None:
        """Look at one dimension; say so if not all of it was settled."""
        before, after = self.worlds
        try:
            if dimension == DUTIES:
                sights = find_duty_changes(before, after, milliseconds=self.milliseconds)
            else:
                sights = find_differences(before, after, dimension, milliseconds=self.milliseconds)
            for sight in sights:
                self.add(sight)
        except (UnsettledError, TooManyBeatersError):
            about = {e.norm.id for w, e in self.pairs if is_about(w, e, dimension)}
            self.undecided.append(
                Undecided(
                    question=Question.CHANGES, norms=tuple(sorted(about)), dimension=dimension
                )
            )

    def add(self, sight: Sight) -> None:
        """Replay what the solver saw, and describe it by its smallest situation."""
        finding = describe(sight.differences, self.find_blamed(sight.facts, sight.differences[0]))
        facts = make_smaller(sight.facts, sight.differences, self.worlds)
        if not set(sight.differences) <= set(compare(facts, self.worlds)):
            raise NotReplayedError(replace(finding, witness=self.worlds[1].place(facts)))
        norms = tuple(sorted(self.find_blamed(facts, sight.differences[0])))
        self.found[sight.differences] = replace(
            finding, norms=norms, witness=self.worlds[1].place(facts), count=len(norms)
        )

    def find_blamed(self, facts: Facts, difference: Difference) -> list[str]:
        """Find the norms that differ and speak, or may speak, to the point in a situation."""
        about = [
            (world, entry)
            for world, entry in self.pairs
            if is_about(world, entry, difference.dimension)
        ]
        speaking = [(world, entry) for world, entry in about if _may_speak(world, entry, facts)]
        return list(dict.fromkeys(entry.norm.id for _, entry in speaking or about))

    def tell_the_rest(self) -> None:
        """Tell of each norm that differs and was not named: what it does, or what stays."""
        named = {id_ for finding in self.found.values() for id_ in finding.norms}
        named |= {id_ for one in self.undecided for id_ in one.norms}
        for world, entry in self.pairs:
            facts = _find_own(world, entry) if entry.norm.id not in named else None
            if facts is not None:
                self.name(entry, facts)

    def name(self, entry: Entry, facts: Facts) -> None:
        """Name the norm beside what changes where it speaks, or say which answer stays."""
        differences = set(compare(facts, self.worlds))
        for seen, finding in self.found.items():
            if set(seen) <= differences:
                self.found[seen] = replace(
                    finding,
                    norms=tuple(sorted({*finding.norms, entry.norm.id})),
                    count=finding.count + 1,
                )
                return
        dimension = next((ask.dimension for ask in entry.asks), None)
        if dimension is not None and not differences:
            stays = find_what_stays(facts, dimension, self.worlds)
            known = self.found.get((stays,))
            norms = {*(known.norms if known else ()), entry.norm.id}
            witness = known.witness if known else self.worlds[1].place(facts)
            finding = replace(describe([stays], norms), witness=witness, count=len(norms))
            self.found[stays,] = finding


def find_what_stays(facts: Facts, dimension: str, worlds: Worlds) -> Difference:
    """Find the answer that stays although one norm more, or one fewer, asks for it."""
    answer = next(read_answers(worlds[1].advise(facts), worlds[1].vocabulary.dimensions[dimension]))
    return Difference(dimension=dimension, before=answer, after=answer)


def _find_own(world: World, entry: Entry) -> Facts | None:
    """Find a situation in which the norm speaks, of somebody in custody if it can be."""
    custody = world.vocabulary.facts[CUSTODY]
    for cube in world.cubes_of(entry):
        wanted = cube if CUSTODY in cube else {**cube, CUSTODY: custody.bit(value=True)}
        witness = world.situation(wanted)
        if witness is not None:
            return witness.facts
    return None


def _may_speak(world: World, entry: Entry, facts: Facts) -> bool:
    case = Case(compiled=world.compiled, situation=world.place(facts))
    return entry in find_entries(world.play, case.speaking | case.open)
