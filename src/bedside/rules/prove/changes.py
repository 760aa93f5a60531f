"""What a change of law, or of a house's own rules, does to the answers."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import z3

from bedside.rules.condition.nodes import find_facts
from bedside.rules.decide.advice import Advice
from bedside.rules.decide.advise import advise
from bedside.rules.decide.judge import weigh
from bedside.rules.decide.known import Case
from bedside.rules.decide.play import Entry
from bedside.rules.decide.situation import Situation
from bedside.rules.prove.finding import Finding, Question, Undecided
from bedside.rules.prove.formulas import Formulas, Verdict
from bedside.rules.prove.world import CUSTODY, World, meet
from bedside.rules.tables.cubes import Cube
from bedside.rules.vocabulary.catalogue import Dimension, Value

NOTHING = "-"
DUTIES = "duties"
MOST_MEETINGS = 400  # situations in which a norm meets another one that are tried for each norm

Worlds = tuple[World, World]
Facts = Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One dimension whose answer differs between two worlds."""

    dimension: str
    before: str
    after: str


def find_changes(
    before: World, after: World, formulas: Formulas
) -> tuple[tuple[Finding, ...], tuple[Undecided, ...]]:
    """Find which answers differ between two worlds: one finding a difference, one witness each.

    A norm that differs and changes no answer is told as well, with the answer that stays.
    """
    found: dict[Difference, Finding] = {}
    unseen: list[Undecided] = []
    for here, there in ((before, after), (after, before)):
        for entry in _find_only_in(here, there):
            search = _Search(entry=entry, here=here, worlds=(before, after), formulas=formulas)
            shown = search.run() or search.find_what_stays()
            for difference, witness in shown.items():
                _add(found, difference, entry, witness)
            if search.is_undecided:
                unseen.append(Undecided(question=Question.CHANGES, norms=(entry.norm.id,)))
    ordered = sorted(found.values(), key=lambda f: (f.dimension or "", f.before or ""))
    return tuple(ordered), tuple(unseen)


def _find_only_in(here: World, there: World) -> Iterator[Entry]:
    """Find the norms that are in play here and not there, or not in the same reach."""
    theirs = {(entry.norm, entry.binds) for entry in there.play.entries}
    for entry in here.play.entries:
        if (entry.norm, entry.binds) not in theirs:
            yield entry


@dataclass(slots=True, kw_only=True)
class _Search:
    """The search for situations in which one norm makes a difference."""

    entry: Entry
    here: World
    worlds: Worlds
    formulas: Formulas
    is_undecided: bool = False

    def run(self) -> dict[Difference, Situation]:
        """Find each difference that the norm makes, and the situation in which it shows first."""
        found: dict[Difference, Situation] = {}
        for facts in self._find_situations():
            for difference in compare(facts, self.worlds):
                # Another norm that differs shows in the same situation as well.
                if difference not in found and self._is_about(difference):
                    found[difference] = self._place(_shrink(facts, difference, self.worlds))
        return found

    def find_what_stays(self) -> dict[Difference, Situation]:
        """Find an answer that stays although one norm more, or one fewer, asks for it."""
        cubes = self.here.cubes_of(self.entry)
        witness = next((w for w in map(self._fulfil, cubes) if w is not None), None)
        dimension = next((ask.dimension for ask in self.entry.asks), None)
        if witness is None or dimension is None:
            return {}
        words = self.here.vocabulary.dimensions[dimension]
        answers = [_answer(_ask(world, witness), words) for world in self.worlds]
        stays = Difference(dimension=dimension, before=answers[0], after=answers[1])
        return {stays: self._place(witness)} if answers[0] == answers[1] else {}

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
        cases = [Case(compiled=w.compiled, situation=w.place(facts)) for w in self.worlds]
        for dimension in {ask.dimension for ask in self.entry.asks}:
            one, other = (weigh(c.find_matter(dimension, c.board, c.known)) for c in cases)
            if (one.outcome, one.place, one.clear) != (other.outcome, other.place, other.clear):
                return True
        return False

    def _is_about(self, difference: Difference) -> bool:
        """Tell whether the norm can have made it: by what it asks, or whom it defeats."""
        play = self.here.play
        beaten = [play.entries[n] for n in play.beats.get(self.entry.number, ())]
        for one in (self.entry, *beaten):
            if difference.dimension == DUTIES and one.norm.duty is not None:
                return True
            if any(ask.dimension == difference.dimension for ask in one.asks):
                return True
        return False

    def _fulfil(self, cube: Cube) -> Facts | None:
        custody = self.here.vocabulary.facts[CUSTODY]
        wanted = cube if CUSTODY in cube else {**cube, CUSTODY: custody.bit(value=True)}
        witness = self.here.situation(wanted)
        return None if witness is None else witness.facts

    def _place(self, facts: Facts) -> Situation:
        """Show what is new where the norm is new, and what is gone where it still stood."""
        return self.worlds[1].place(facts)


def _shrink(facts: Facts, difference: Difference, worlds: Worlds) -> Facts:
    """Leave out every fact without which the same difference shows."""
    for fact in list(facts):
        fewer = {id_: value for id_, value in facts.items() if id_ != fact}
        if fact != CUSTODY and difference in compare(fewer, worlds):
            facts = fewer
    return facts


def compare(facts: Facts, worlds: Worlds) -> Iterable[Difference]:
    """Ask both worlds about the same facts, and tell where the answers differ."""
    before, after = (_ask(world, facts) for world in worlds)
    for dimension in worlds[0].vocabulary.dimensions.values():
        one, other = _answer(before, dimension), _answer(after, dimension)
        if one != other:
            yield Difference(dimension=dimension.id, before=one, after=other)
    one, other = (_duties(advice) for advice in (before, after))
    if one != other:
        yield Difference(dimension=DUTIES, before=one, after=other)


def _ask(world: World, facts: Facts) -> Advice:
    return advise(world.compiled, world.place(facts))


def _answer(advice: Advice, dimension: Dimension) -> str:
    judgement = advice.dimensions.get(dimension.id)
    if judgement is None:
        return NOTHING
    if dimension.many:
        return f"{judgement.outcome.value}: {', '.join(judgement.keeps) or NOTHING}"
    return f"{judgement.outcome.value}: {judgement.advised or NOTHING}"


def _duties(advice: Advice) -> str:
    acts = sorted({f"{duty.party}: {duty.act}" for duty in advice.duties if duty.now})
    return ", ".join(acts) or NOTHING


def _add(
    found: dict[Difference, Finding], difference: Difference, entry: Entry, witness: Situation
) -> None:
    known = found.get(difference)
    norms = {*(known.norms if known else ()), entry.norm.id}
    found[difference] = Finding(
        question=Question.CHANGES,
        norms=tuple(sorted(norms)),
        dimension=difference.dimension,
        witness=known.witness if known else witness,
        before=difference.before,
        after=difference.after,
        count=len(norms),
    )
