"""Which unknown facts would change the answer, and the one question worth asking."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bedside.rules.decide.advice import Outcome
from bedside.rules.decide.charges import Board
from bedside.rules.decide.frame import ACTIVITY, Frame
from bedside.rules.decide.judge import Weighed, weigh
from bedside.rules.decide.known import POSITION, Case
from bedside.rules.decide.play import GUIDANCE, Entry, find_entries
from bedside.rules.tables.index import find_bits
from bedside.rules.vocabulary.catalogue import Fact
from bedside.rules.vocabulary.known import WISH

PRESENT = ("nurse", "prefill", "check_in", "clinician")  # who can answer at the bedside, in order
REQUEST, NO_REQUEST = "officer_asks", "nothing"


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A fact, one of its answers, and the dimension whose advised word it would change."""

    fact: str
    answer: int
    dimension: str
    weight: int  # of the heaviest norm that would come into play


def find_turns(case: Case, weighed: dict[str, Weighed]) -> tuple[Turn, ...]:
    """Find every single answer to an unknown fact that would change an advised word."""
    by_effect: dict[tuple[str, int], list[int]] = {}
    for (fact, answer), numbers in _find_flips(case).items():
        by_effect.setdefault((fact, numbers), []).append(answer)
    turns: list[Turn] = []
    for (fact, numbers), answers in by_effect.items():
        turns += _try(case, weighed, fact, answers, numbers)
    return tuple(turns)


def find_question(case: Case, turns: Iterable[Turn]) -> str | None:
    """Find the one fact whose answer could change the advice in the highest rank."""
    facts = case.compiled.vocabulary.facts
    askable = [t for t in turns if _may_ask(facts[t.fact]) and _is_near(case, t)]
    if not askable:
        return None
    changes: dict[str, int] = {}
    for turn in askable:
        changes[turn.fact] = changes.get(turn.fact, 0) + 1
    best = min(
        askable,
        key=lambda t: (
            t.fact != ACTIVITY,  # nothing can be said well before it is known what happens
            t.weight,
            t.dimension != POSITION,
            PRESENT.index(facts[t.fact].who),
            -changes[t.fact],
            t.fact,
        ),
    )
    return best.fact


def _may_ask(fact: Fact) -> bool:
    return fact.who in PRESENT and not fact.sealed


def _is_near(case: Case, turn: Turn) -> bool:
    """Tell whether a turn is worth a question: it is about what is going on, and binding.

    What only guidance would change, the patient's wish above all, is asked for the officer's place,
    and not while the officer wants something else.
    """
    if turn.dimension == POSITION:
        return case.may_touch(POSITION) and (is_binding(turn) or not _wants_something(case))
    return is_binding(turn) and case.is_touched(turn.dimension)


def _wants_something(case: Case) -> bool:
    return case.situation.facts.get(REQUEST, NO_REQUEST) not in {NO_REQUEST, "stay_in_room"}


def _find_flips(case: Case) -> dict[tuple[str, int], int]:
    """Find, for each answer to an unknown fact, the norms that it alone would make speak."""
    flips: dict[tuple[str, int], int] = {}
    known, by_owner = case.known, case.play.table.holds.by_owner
    for number in find_bits(case.open):
        for cube in by_owner.get(number, ()):
            blocked = [f for f, allowed in cube.items() if f not in known or known[f] & ~allowed]
            if len(blocked) != 1:
                continue
            fact = blocked[0]
            for place in find_bits(cube[fact] & known.get(fact, -1)):
                key = (fact, 1 << place)
                flips[key] = flips.get(key, 0) | 1 << number
    for fact, answer in _find_bare(case):
        flips.setdefault((fact, answer), 0)
    return flips


def _find_bare(case: Case) -> Iterator[tuple[str, int]]:
    """Find answers that change the answer without any norm: a wish, a word that cannot be had."""
    vocabulary, known = case.compiled.vocabulary, case.known
    facts = {fact for frame in case.frames.values() for fact in frame.needed_facts}
    for id_ in sorted(facts | {WISH, ACTIVITY}):
        if id_ not in known:
            fact = vocabulary.facts[id_]
            yield from ((id_, fact.bit(value)) for value in fact.domain)


def _try(
    case: Case, weighed: dict[str, Weighed], fact: str, answers: list[int], numbers: int
) -> Iterator[Turn]:
    """Weigh again what the answers touch, and report what changes."""
    entries = find_entries(case.play, numbers)
    touched = _find_touched(case, fact, entries)
    if not touched:
        return
    board = case.board
    if numbers:
        board = Board(case.play, case.speaking | numbers, [*case.entries, *entries])
    needed = any(fact in case.frames[dimension].needed_facts for dimension in touched)
    is_bare = not numbers or needed or fact in {ACTIVITY, WISH}
    for answer in answers if is_bare else answers[:1]:  # a bare one has an effect of its own
        known = {**case.known, fact: answer}
        for dimension in touched:
            found = weigh(case.find_matter(dimension, board, known))
            if _is_other(weighed.get(dimension), found, case.frames[dimension]):
                weights = [c.weight for e in entries for d, c in e.charges if d == dimension]
                weight = min(weights, default=GUIDANCE)
                yield Turn(fact=fact, answer=answer, dimension=dimension, weight=weight)


def _is_other(before: Weighed | None, now: Weighed, frame: Frame) -> bool:
    """Tell whether another word is advised; where several stand together, whether others may."""
    if frame.dimension.many:
        return before is None or before.clear != now.clear
    return now.place != (before.place if before is not None else None)


def _find_touched(case: Case, fact: str, entries: list[Entry]) -> list[str]:
    """Find the dimensions in which these norms, or the fact itself, may change the answer."""
    beaten = [case.play.entries[n] for e in entries for n in case.play.beats.get(e.number, ())]
    touched = {ask.dimension for entry in [*entries, *beaten] for ask in entry.asks}
    touched |= {d for d, frame in case.frames.items() if fact in frame.needed_facts}
    if fact in {WISH, ACTIVITY}:
        touched.add(POSITION)
    return sorted(touched)


def is_binding(turn: Turn) -> bool:
    """Tell whether more than guidance would make the turn."""
    return turn.weight < GUIDANCE


def would_depend(outcome: Outcome, turns: Iterable[Turn]) -> bool:
    """Tell whether a dimension's answer depends on an unknown fact, beyond guidance."""
    return outcome in {Outcome.CLEAR, Outcome.SILENT} and any(is_binding(t) for t in turns)
