"""Where a house's own norm gives officers more than any norm that binds anyone asks."""

from collections.abc import Iterator
from dataclasses import dataclass

import z3

from bedside.rules.condition.nodes import find_facts
from bedside.rules.decide.advise import advise
from bedside.rules.decide.dimension import AMONG_US
from bedside.rules.decide.frame import ACTIVITY
from bedside.rules.decide.play import GUIDANCE, Entry
from bedside.rules.decide.situation import Situation
from bedside.rules.prove.finding import Finding, NotReplayedError, Question, Undecided
from bedside.rules.prove.formulas import Formulas, Verdict
from bedside.rules.prove.world import World
from bedside.rules.rulebook.norm import Kind, Modality
from bedside.rules.tables.index import find_bits

HOUSE = frozenset({Kind.HOSPITAL_POLICY})
NEARER = frozenset({"officer", "patient"})  # orders in which the first word gives officers most


@dataclass(frozen=True, slots=True, kw_only=True)
class Gift:
    """What a house norm gives: the nearest word of a dimension, by its place."""

    entry: Entry
    dimension: str
    given: int


def find_concessions(world: World, formulas: Formulas) -> Iterator[Finding | Undecided]:
    """Find each house norm that lets an officer come nearer than anything else on file asks."""
    for dimension in world.vocabulary.dimensions:
        yield from find_concessions_in(world, formulas, dimension)


def find_concessions_in(
    world: World, formulas: Formulas, dimension: str
) -> Iterator[Finding | Undecided]:
    """Find the concessions of one dimension."""
    for entry in world.play.entries:
        if entry.norm.kind in HOUSE and entry.norm.modality is not Modality.MUST_NOT:
            for gift in _find_gifts(world, entry):
                if gift.dimension == dimension:
                    yield from _find_one(world, formulas, gift)


def _find_gifts(world: World, entry: Entry) -> Iterator[Gift]:
    """Find the nearest word that the norm permits, or demands so that the farthest is shut out."""
    kept: dict[str, int] = {}
    for ask in entry.asks:
        kept[ask.dimension] = kept.get(ask.dimension, -1) & ask.keeps
    for id_, keeps in kept.items():
        dimension = world.vocabulary.dimensions[id_]
        last = len(dimension.words) - 1
        if dimension.order not in NEARER or dimension.many or not keeps:
            continue
        nearest = next(find_bits(keeps))
        is_forced = not entry.is_may and not keeps >> last & 1
        if nearest < last and (entry.is_may or is_forced):
            yield Gift(entry=entry, dimension=id_, given=nearest)


def _find_one(world: World, formulas: Formulas, gift: Gift) -> Iterator[Finding | Undecided]:
    entry, given = gift.entry, gift.given
    demanding = [
        other
        for other in world.play.entries
        if other.norm.kind not in HOUSE and _demands(other, gift.dimension, given)
    ]
    trees = [world.condition(entry), *(world.condition(other) for other in demanding)]
    spoken = [formulas.formula(tree) for tree in trees]
    facts = (world.vocabulary.facts[f] for tree in trees for f in sorted(find_facts(tree)))
    about = dict.fromkeys(f.derived.fact if f.derived else f.id for f in facts)
    found = formulas.ask([spoken[0], *(z3.Not(s) for s in spoken[1:])], about=about)
    if found.verdict is Verdict.UNDECIDED:
        yield Undecided(
            question=Question.CONCESSIONS, norms=(entry.norm.id,), dimension=gift.dimension
        )
    if found.verdict is not Verdict.SOME:
        return
    # The house's own cubes read better than a solver's model, if one of them shows it too.
    own = [world.situation(cube) for cube in world.cubes_of(entry)]
    shown = [w for w in own if w is not None and not _is_asked(world, w, gift)]
    witness = _sharpen(world, gift, shown[0] if shown else world.place(found.facts))
    finding = _describe(world, gift, witness)
    if _is_asked(world, witness, gift):
        raise NotReplayedError(finding)
    yield finding


def _sharpen(world: World, gift: Gift, witness: Situation) -> Situation:
    """Find the activity in which what is given breaks most, if the witness names none."""
    if ACTIVITY in witness.facts:
        return witness
    activities = world.vocabulary.facts[ACTIVITY].domain
    tried = [world.place({**witness.facts, ACTIVITY: activity}) for activity in activities]
    sharper = [one for one in tried if not _is_asked(world, one, gift)]
    return max(sharper, key=lambda one: len(_find_broken(world, gift, one)), default=witness)


def _find_broken(world: World, gift: Gift, witness: Situation) -> list[str]:
    """Find the norms beyond guidance that the given word breaks."""
    judgement = advise(world.compiled, witness).dimensions.get(gift.dimension)
    word = world.vocabulary.dimensions[gift.dimension].words[gift.given].id
    broken = (judgement.breaks or {}).get(word, ()) if judgement else ()
    own = gift.entry.norm.id
    return [id_ for id_ in broken if id_ != own and _is_heavy(world, id_)]


def _demands(entry: Entry, dimension: str, given: int) -> bool:
    """Tell whether a norm asks for a word at least as near as the one given."""
    return any(d == dimension and not charge.keeps >> (given + 1) for d, charge in entry.charges)


def _is_asked(world: World, witness: Situation, gift: Gift) -> bool:
    """Tell whether, by the decider, something other than the house asks for what it gives."""
    advice = advise(world.compiled, witness)
    judgement = advice.dimensions.get(gift.dimension)
    words = world.vocabulary.dimensions[gift.dimension].words
    farther = [word.id for word in words[gift.given + 1 :]]
    broken = (judgement.breaks or {}) if judgement else {}
    norms = [set(broken.get(word, ())) for word in farther]
    asking = set.intersection(*norms) if norms else set()
    return any(advice.norms[id_].norm.kind not in HOUSE for id_ in asking)


def _describe(world: World, gift: Gift, witness: Situation) -> Finding:
    return Finding(
        question=Question.CONCESSIONS,
        norms=(gift.entry.norm.id,),
        dimension=gift.dimension,
        witness=witness,
        parties=tuple(sorted(gift.entry.binds)),
        call=AMONG_US,
        after=world.vocabulary.dimensions[gift.dimension].words[gift.given].id,
        others=tuple(_find_broken(world, gift, witness)),
    )


def _is_heavy(world: World, id_: str) -> bool:
    charges = [c for e in world.play.entries if e.norm.id == id_ for _, c in e.charges]
    return any(charge.weight < GUIDANCE for charge in charges)
