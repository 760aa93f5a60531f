"""What each word of a dimension would break: charges, after defeats."""

from collections.abc import Mapping
from dataclasses import dataclass

from bedside.rules.decide.play import GUIDANCE, Entry, Play, find_entries, weigh_rank
from bedside.rules.rulebook.norm import Modality, Reading


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Charge:
    """One thing asked in a dimension: the words that keep it, and what failing it weighs."""

    keeps: int
    weight: int
    source: str  # several norms of one source asking the same count once
    entry: Entry | None = None  # none: the patient's wish, or a claim
    is_care: bool = False  # it binds hospital or clinician
    is_law_on_care: bool = False
    is_reported: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Defeat:
    """A norm silenced by another, for these words or for all."""

    entry: Entry
    by: Entry


class Board:
    """The charges of every dimension for one set of norms in play."""

    def __init__(self, play: Play, speaking: int) -> None:
        """Work out who silences whom, then charge."""
        self.play = play
        self.speaking = speaking
        self.charges: dict[str, list[Charge]] = {}
        self.permits: dict[str, list[Entry]] = {}
        self.defeats: list[Defeat] = []
        self._counts: dict[int, bool] = {}
        for entry in find_entries(play, speaking):
            if entry.asks:
                self._enter(entry)

    def _enter(self, entry: Entry) -> None:
        if entry.norm.modality is Modality.MAY:
            for ask in entry.asks:
                self.permits.setdefault(ask.dimension, []).append(entry)
            return
        beaters = self.find_beaters(entry)
        for ask in entry.asks:
            keeps, binds = ask.keeps, entry.binds
            for by in beaters:
                permitted = [a.keeps for a in by.asks if a.dimension == ask.dimension]
                if by.asks and not permitted:
                    continue  # it speaks of something else
                self.defeats.append(Defeat(entry=entry, by=by))
                if binds - by.binds:
                    binds -= by.binds
                else:
                    keeps |= _union(permitted) if permitted else -1
            self._charge(entry, ask.dimension, keeps, binds)

    def _charge(self, entry: Entry, dimension: str, keeps: int, binds: frozenset[str]) -> None:
        if keeps == -1 or binds == frozenset({"public_body"}):
            return
        is_care = bool(binds & {"hospital", "clinician"})
        weight = weigh_rank(entry.rank, binds) if binds != entry.binds else entry.weight
        self.charges.setdefault(dimension, []).append(
            Charge(
                keeps=keeps,
                weight=weight,
                source=entry.norm.source.title,
                entry=entry,
                is_care=is_care,
                is_law_on_care=is_care and weight == 0,
                is_reported=entry.norm.reading is not Reading.READ,
            )
        )

    def find_beaters(self, entry: Entry) -> list[Entry]:
        """Find the norms in play that silence this one; a silenced one silences nobody."""
        numbers = self.play.beaten_by.get(entry.number, ())
        return [self.play.entries[n] for n in numbers if self._speaks(n) and self._does_count(n)]

    def _speaks(self, number: int) -> bool:
        return bool(self.speaking >> number & 1)

    def _does_count(self, number: int) -> bool:
        known = self._counts.get(number)
        if known is None:
            binds = self.play.entries[number].binds
            known = not any(
                binds <= self.play.entries[by].binds and self._does_count(by)
                for by in self.play.beaten_by.get(number, ())
                if self._speaks(by)
            )
            self._counts[number] = known
        return known


def tally(charges: list[Charge], words: int) -> list[list[int]]:
    """Count the charges of each word by weight, each source's same wish once."""
    counts = [[0] * (GUIDANCE + 1) for _ in range(words)]
    seen: set[tuple[str, int]] = set()
    for charge in charges:
        key = (charge.source, charge.keeps)
        if key in seen:
            continue
        seen.add(key)
        for place in range(words):
            if not charge.keeps >> place & 1:
                counts[place][charge.weight] += 1
    return counts


def find_breaks(charges: list[Charge], place: int) -> list[Charge]:
    """Find the charges that the word at this place fails."""
    return [charge for charge in charges if not charge.keeps >> place & 1]


def _union(masks: list[int]) -> int:
    joined = 0
    for mask in masks:
        joined |= mask
    return joined


Charges = Mapping[str, list[Charge]]
