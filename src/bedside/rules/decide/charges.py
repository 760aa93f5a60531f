"""What each word of a dimension would break: charges, after defeats."""

from dataclasses import dataclass

from bedside.rules.decide.play import GUIDANCE, Charge, Entry, Play, charge


@dataclass(frozen=True, slots=True, kw_only=True)
class Defeat:
    """A norm silenced by another, for these words or for all."""

    entry: Entry
    by: Entry


class Board:
    """The charges of every dimension for one set of norms in play."""

    def __init__(self, play: Play, speaking: int, entries: list[Entry]) -> None:
        """Work out who silences whom, then charge; `entries` are those that speak."""
        self.play = play
        self.speaking = speaking
        self.charges: dict[str, list[Charge]] = {}
        self.permits: dict[str, list[Entry]] = {}
        self.defeats: list[Defeat] = []
        self._counts: dict[int, bool] = {}
        for entry in entries:
            if entry.is_may:
                for ask in entry.asks:
                    self.permits.setdefault(ask.dimension, []).append(entry)
            elif entry.number in play.beaten_by:
                self._charge_what_is_left(entry)
            else:
                for dimension, charged in entry.charges:
                    self.charges.setdefault(dimension, []).append(charged)

    def _charge_what_is_left(self, entry: Entry) -> None:
        beaters = self.find_beaters(entry)
        for ask, (dimension, charged) in zip(entry.asks, entry.charges, strict=False):
            keeps, binds = ask.keeps, entry.binds
            for by in beaters:
                permitted = [a.keeps for a in by.asks if a.dimension == dimension]
                if by.asks and not permitted:
                    continue  # it speaks of something else
                self.defeats.append(Defeat(entry=entry, by=by))
                if binds - by.binds:
                    binds -= by.binds
                else:
                    keeps |= _join(permitted) if permitted else charged.every
            if keeps == ask.keeps and binds == entry.binds:
                self.charges.setdefault(dimension, []).append(charged)
            elif keeps != charged.every:
                left = charge(entry, keeps, charged.every, binds)
                self.charges.setdefault(dimension, []).append(left)

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
    heaviest: dict[tuple[str, int], Charge] = {}
    for one in charges:
        key = (one.source, one.keeps)
        before = heaviest.get(key)
        if before is None or one.weight < before.weight:
            heaviest[key] = one
    for one in heaviest.values():
        weight = one.weight
        for place in one.broken:
            counts[place][weight] += 1
    return counts


def find_breaks(charges: list[Charge], place: int) -> list[Charge]:
    """Find the charges that the word at this place fails."""
    return [one for one in charges if not one.keeps >> place & 1]


def _join(masks: list[int]) -> int:
    joined = 0
    for mask in masks:
        joined |= mask
    return joined
