"""What a change of law, or of a house's own rules, does to the answers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import z3

from bedside.rules.condition.nodes import find_facts
from bedside.rules.decide.advice import Advice
from bedside.rules.decide.advise import advise
from bedside.rules.decide.play import Entry
from bedside.rules.decide.situation import Situation
from bedside.rules.prove.finding import Finding, Question, Undecided
from bedside.rules.prove.formulas import Formulas, Verdict
from bedside.rules.prove.world import CUSTODY, World
from bedside.rules.tables.cubes import Cube
from bedside.rules.vocabulary.catalogue import Dimension, Value

NOTHING = "-"
DUTIES = "duties"


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One dimension whose answer differs between two worlds."""

    dimension: str
    before: str
    after: str


def find_changes(
    before: World, after: World, formulas: Formulas
) -> tuple[tuple[Finding, ...], tuple[Undecided, ...]]:
    """Find which answers differ between two worlds: one finding a difference, one witness each."""
    found: dict[Difference, Finding] = {}
    unseen: list[Undecided] = []
    for here, there in ((before, after), (after, before)):
        for entry in _find_only_in(here, there):
            differences = list(_show(entry, here, (before, after), formulas))
            for difference, witness in differences:
                _add(found, difference, entry, witness)
    ordered = sorted(found.values(), key=lambda f: (f.dimension or "", f.before or ""))
    return tuple(ordered), tuple(unseen)


def _find_only_in(here: World, there: World) -> Iterator[Entry]:
    """Find the norms that are in play here and not there, or not in the same reach."""
    theirs = {(entry.norm, entry.binds) for entry in there.play.entries}
    for entry in here.play.entries:
        if (entry.norm, entry.binds) not in theirs:
            yield entry


def _show(
    entry: Entry, here: World, worlds: tuple[World, World], formulas: Formulas
) -> Iterator[tuple[Difference, Situation]]:
    """Find situations in which the norm speaks and the two worlds answer differently."""
    for facts in _find_situations(entry, here, formulas):
        seen = False
        for difference in compare(facts, worlds):
            if not _is_about(entry, difference, here):
                continue  # another norm that differs shows in the same situation
            seen = True
            yield difference, worlds[1].place(_shrink(facts, difference, worlds))
        if seen:
            return


def _shrink(
    facts: dict[str, Value], difference: Difference, worlds: tuple[World, World]
) -> dict[str, Value]:
    """Leave out every fact without which the same difference shows."""
    for fact in list(facts):
        fewer = {id_: value for id_, value in facts.items() if id_ != fact}
        if fact != CUSTODY and difference in compare(fewer, worlds):
            facts = fewer
    return facts


def _is_about(entry: Entry, difference: Difference, here: World) -> bool:
    """Tell whether the norm can have made the difference: by what it asks, or whom it defeats."""
    beaten = [here.play.entries[n] for n in here.play.beats.get(entry.number, ())]
    for one in (entry, *beaten):
        if difference.dimension == DUTIES and one.norm.duty is not None:
            return True
        if any(ask.dimension == difference.dimension for ask in one.asks):
            return True
    return False


def _find_situations(entry: Entry, world: World, formulas: Formulas) -> Iterator[dict[str, Value]]:
    """Try the norm's own cubes, then situations in which it speaks alone on its dimensions."""
    for cube in world.cubes_of(entry):
        witness = world.situation(_with_custody(cube, world))
        if witness is not None:
            yield dict(witness.facts)
    dimensions = {dimension for dimension, _ in entry.charges}
    rivals = [
        other
        for other in world.play.entries
        if other is not entry and any(d in dimensions for d, _ in other.charges)
    ]
    trees = [world.condition(entry), *(world.condition(other) for other in rivals)]
    spoken = [formulas.formula(tree) for tree in trees]
    facts = (world.vocabulary.facts[f] for tree in trees for f in sorted(find_facts(tree)))
    about = dict.fromkeys(f.derived.fact if f.derived else f.id for f in facts)
    found = formulas.ask([spoken[0], *(z3.Not(s) for s in spoken[1:])], about=about)
    if found.verdict is Verdict.SOME:
        yield dict(found.facts)


def _with_custody(cube: Cube, world: World) -> Cube:
    custody = world.vocabulary.facts[CUSTODY]
    return cube if CUSTODY in cube else {**cube, CUSTODY: custody.bit(value=True)}


def compare(facts: dict[str, Value], worlds: tuple[World, World]) -> Iterable[Difference]:
    """Ask both worlds about the same facts, and tell where the answers differ."""
    before, after = (advise(world.compiled, world.place(facts)) for world in worlds)
    for dimension in worlds[0].vocabulary.dimensions.values():
        one, other = _answer(before, dimension), _answer(after, dimension)
        if one != other:
            yield Difference(dimension=dimension.id, before=one, after=other)
    one, other = (_duties(advice) for advice in (before, after))
    if one != other:
        yield Difference(dimension=DUTIES, before=one, after=other)


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
