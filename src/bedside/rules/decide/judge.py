"""Weigh one dimension: which word to ask for, and how the norms stand to one another."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from bedside.rules.decide.advice import Outcome
from bedside.rules.decide.charges import find_breaks, tally
from bedside.rules.decide.frame import Frame
from bedside.rules.decide.play import GUIDANCE, Charge

MAX_COLLISION = 4  # norms in one smallest set
MAX_COLLISIONS = 12  # sets shown for one dimension


@dataclass(frozen=True, slots=True, kw_only=True)
class Matter:
    """One dimension of one situation: what is charged, what can be had, how things stand."""

    frame: Frame
    charges: list[Charge]
    candidates: int  # the words that may be advised, as bits
    start: int | None  # the place from which nearness is measured
    stands: int | None  # the place of the word that describes how things stand, if known
    is_named: bool = True  # something in play speaks of it

    @property
    def size(self) -> int:
        """How many words the dimension has."""
        return len(self.frame.dimension.words)


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """The result of weighing: the outcome, and the place of the advised word."""

    outcome: Outcome
    place: int | None
    clear: int  # words that break nothing but guidance, as bits
    counts: list[list[int]]


def weigh(matter: Matter) -> Weighed:
    """Weigh the words of a dimension."""
    frame, size = matter.frame, matter.size
    counts = tally(matter.charges, size)
    places = [place for place in range(size) if matter.candidates >> place & 1]
    clear = [p for p in places if not any(counts[p][:GUIDANCE])]
    bits = sum(1 << p for p in clear)
    if not matter.is_named:
        return Weighed(outcome=Outcome.SILENT, place=None, clear=bits, counts=counts)
    nearness = frame.distances[matter.start] if matter.start is not None else (0,) * size
    if clear:
        best = min(clear, key=lambda p: (counts[p][GUIDANCE], nearness[p], frame.least[p]))
        return Weighed(outcome=Outcome.CLEAR, place=best, clear=bits, counts=counts)
    if not places or all(_breaks_law_on_care(matter.charges, place) for place in places):
        return Weighed(outcome=Outcome.HOLD, place=None, clear=0, counts=counts)
    best = min(places, key=lambda p: (*counts[p], nearness[p], frame.least[p]))
    return Weighed(outcome=Outcome.CONFLICT, place=best, clear=0, counts=counts)


def _breaks_law_on_care(charges: list[Charge], place: int) -> bool:
    return any(charge.is_law_on_care for charge in find_breaks(charges, place))


def find_if_refused(matter: Matter, weighed: Weighed) -> int | None:
    """Find the word between how things stand and the asked one that is the next best for care."""
    stands, charges = matter.stands, matter.charges
    if stands is None or weighed.place is None or stands == weighed.place:
        return None
    low, high = sorted((stands, weighed.place))
    now = _count_care(charges, stands)
    between = [
        place
        for place in range(low + 1, high)
        if matter.candidates >> place & 1 and _count_care(charges, place) < now
    ]
    counts = weighed.counts
    toward = weighed.place
    return min(between, key=lambda p: (_all_parties(counts[p]), abs(p - toward)), default=None)


def _count_care(charges: list[Charge], place: int) -> int:
    """Count what a word breaks of the norms that bind hospital or clinician, guidance aside."""
    broken = {
        (c.source, c.keeps)
        for c in find_breaks(charges, place)
        if c.is_care and c.weight < GUIDANCE
    }
    return len(broken)


def _all_parties(count: list[int]) -> tuple[int, int, int, int]:
    """Count A, B and C of all parties together, then D."""
    law, own_b, own_c = count[0], count[1] + count[3], count[2] + count[4]
    return law, own_b, own_c, count[GUIDANCE]


def find_collisions(matter: Matter) -> list[list[Charge]]:
    """Find every smallest set of norms of which no word satisfies all."""
    by_norm: dict[str, Charge] = {}  # all that a norm asks, as one charge
    for charge in matter.charges:
        if charge.weight < GUIDANCE and charge.entry is not None:
            id_ = charge.entry.norm.id
            before = by_norm.get(id_, charge)
            by_norm[id_] = replace(before, keeps=before.keeps & charge.keeps)
    rows = sorted(by_norm.values(), key=lambda c: (c.weight, c.entry.norm.id if c.entry else ""))
    found: list[list[Charge]] = []
    for count in range(1, MAX_COLLISION + 1):
        _extend([], rows, matter.candidates, count, found)
        if len(found) >= MAX_COLLISIONS:
            break
    return found[:MAX_COLLISIONS]


def _extend(
    chosen: list[Charge], rows: list[Charge], left: int, count: int, found: list[list[Charge]]
) -> None:
    if not left:
        if not _holds_smaller(chosen, found):
            found.append(chosen)
        return
    if count == 0 or len(found) >= MAX_COLLISIONS:
        return
    for number, charge in enumerate(rows):
        if left & ~charge.keeps:
            _extend([*chosen, charge], rows[number + 1 :], left & charge.keeps, count - 1, found)


def _holds_smaller(chosen: Iterable[Charge], found: list[list[Charge]]) -> bool:
    ids = {id(charge) for charge in chosen}
    return any({id(charge) for charge in one} <= ids for one in found)
