"""Put the answer in one dimension into words: what is advised, why, and what the rest breaks."""

from collections.abc import Iterable
from dataclasses import replace

from bedside.rules.decide.advice import Collision, Judgement, Outcome
from bedside.rules.decide.depends import Turn, would_depend
from bedside.rules.decide.judge import Matter, Weighed, find_collisions, find_if_refused, weigh
from bedside.rules.decide.known import Case
from bedside.rules.decide.openings import find_openings
from bedside.rules.decide.play import GUIDANCE

OFFICERS = frozenset({"officer", "agency"})
BETWEEN_SIDES = ("shift_supervisor", "house_supervisor")
AMONG_US = ("house_supervisor", "counsel")


def judge(case: Case, matter: Matter, weighed: Weighed, turns: Iterable[Turn]) -> Judgement:
    """Judge one dimension."""
    turns = tuple(turns)
    words = matter.frame.dimension.words
    place, outcome = weighed.place, weighed.outcome
    if matter.frame.dimension.many:
        return _judge_each(case, matter, weighed, turns)
    is_conflict = outcome is Outcome.CONFLICT
    refused = find_if_refused(matter, weighed) if is_conflict else None
    is_stuck = outcome in {Outcome.CONFLICT, Outcome.HOLD}
    if would_depend(outcome, turns):
        outcome = Outcome.DEPENDS
    return Judgement(
        dimension=matter.frame.dimension.id,
        outcome=outcome,
        advised=words[place].id if place is not None else None,
        stands=words[matter.stands].id if matter.stands is not None else None,
        if_refused=words[refused].id if refused is not None else None,
        keeps=tuple(w.id for n, w in enumerate(words) if weighed.clear >> n & 1),
        breaks=_find_all_breaks(matter),
        because=_find_reasons(case, matter, place),
        collisions=_find_collisions(matter) if is_stuck else (),
        exceptions=find_openings(matter, case.answered, case.compiled.vocabulary)
        if is_stuck
        else (),
        depends_on=tuple(dict.fromkeys(turn.fact for turn in turns)),
        without_reported=_weigh_without_reported(matter, weighed),
        touched=case.is_touched(matter.frame.dimension.id),
        is_guidance=all(charge.weight == GUIDANCE for charge in matter.charges),
    )


def _judge_each(case: Case, matter: Matter, weighed: Weighed, turns: tuple[Turn, ...]) -> Judgement:
    """Judge a dimension in which several words may stand together, word by word."""
    dimension = matter.frame.dimension
    outcome = Outcome.CLEAR if matter.is_named else Outcome.SILENT
    return Judgement(
        dimension=dimension.id,
        outcome=outcome,
        advised=None,
        keeps=tuple(w.id for n, w in enumerate(dimension.words) if weighed.clear >> n & 1),
        breaks=_find_all_breaks(matter),
        because=_find_reasons(case, matter, None),
        depends_on=tuple(dict.fromkeys(turn.fact for turn in turns)),
        touched=case.is_touched(dimension.id),
    )


def _find_all_breaks(matter: Matter) -> dict[str, tuple[str, ...]]:
    """Find, for each word, the norms that it breaks, the heaviest first."""
    words = matter.frame.dimension.words
    found: list[dict[str, None]] = [{} for _ in words]
    for charge in matter.charges:
        if charge.entry is not None:  # a wish or a claim has no norm to name
            id_ = charge.entry.norm.id
            for place in charge.broken:
                found[place][id_] = None
    return {words[place].id: tuple(ids) for place, ids in enumerate(found) if ids}


def _find_reasons(case: Case, matter: Matter, place: int | None) -> tuple[str, ...]:
    """Find the norms that the advised word keeps; where none is advised, all that speak of it."""
    kept = [c for c in matter.charges if place is None or c.keeps >> place & 1]
    reasons = dict.fromkeys(c.entry.norm.id for c in kept if c.entry is not None)
    dimension = matter.frame.dimension.id
    for entry in case.board.permits.get(dimension, ()):
        for ask in entry.asks:
            if ask.dimension == dimension and (place is None or ask.keeps >> place & 1):
                reasons[entry.norm.id] = None
    return tuple(reasons)


def _find_collisions(matter: Matter) -> tuple[Collision, ...]:
    found = []
    for charges in find_collisions(matter):
        entries = [c.entry for c in charges if c.entry is not None]
        parties = {party for entry in entries for party in entry.binds}
        found.append(
            Collision(
                norms=tuple(dict.fromkeys(entry.norm.id for entry in entries)),
                parties=tuple(sorted(parties)),
                call=BETWEEN_SIDES if parties & OFFICERS else AMONG_US,
            )
        )
    return tuple(found)


def _weigh_without_reported(matter: Matter, weighed: Weighed) -> str | None:
    """Find what would be advised if only norms whose text somebody read did count."""
    words = matter.frame.dimension.words
    place = weighed.place
    if any(charge.is_reported for charge in matter.charges):
        read = [charge for charge in matter.charges if not charge.is_reported]
        place = weigh(replace(matter, charges=read, is_named=bool(read))).place
    return words[place].id if place is not None else None
