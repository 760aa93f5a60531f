"""What each word of a dimension would break: charges, after defeats."""

from collections.abc import Iterable
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
        self._beaters: dict[int, list[Entry]] = {}
        for entry in entries:
            if entry.number in play.beaten_by:
                self._charge_what_is_left(entry)
            elif entry.is_may:
                self._permit(entry)
            else:
                for dimension, charged in entry.charges:
                    self.charges.setdefault(dimension, []).append(charged)

    def _permit(self, entry: Entry) -> None:
        for ask in entry.asks:
            self.permits.setdefault(ask.dimension, []).append(entry)

    def _charge_what_is_left(self, entry: Entry) -> None:
        beaters = self.find_beaters(entry)
        about = {ask.dimension for ask in entry.asks if not entry.is_may}
        self.defeats += [Defeat(entry=entry, by=by) for by in beaters if _is_about(by, about)]
        if entry.is_may and self.find_left(entry):
            self._permit(entry)
        for dimension, charged in entry.charges:
            for left in self._split(entry, dimension, charged):
                self.charges.setdefault(dimension, []).append(left)

    def _split(self, entry: Entry, dimension: str, charged: Charge) -> Iterable[Charge]:
        """Charge each word to the parties that are still bound as to it."""
        left: dict[frozenset[str], int] = {}
        for place in charged.broken:
            parties = self.find_left(entry, dimension, place)
            left[parties] = left.get(parties, 0) | 1 << place
        if left.keys() == {entry.binds}:
            return [charged]
        # Words that weigh the same stay one charge, so that one source still counts once.
        found: dict[tuple[int, bool], Charge] = {}
        for parties, words in left.items():
            one = charge(entry, charged.every & ~words, charged.every, parties)
            key = (one.weight, one.is_care)
            if parties and key in found:
                one = charge(entry, one.keeps & found[key].keeps, charged.every, parties)
            if parties:
                found[key] = one
        return found.values()

    def find_left(
        self, entry: Entry, dimension: str | None = None, place: int = 0
    ) -> frozenset[str]:
        """Find the parties that a norm still binds: altogether, or as to one word."""
        left = entry.binds
        for by in self.find_beaters(entry):
            if not by.asks or any(
                ask.dimension == dimension and ask.keeps >> place & 1 for ask in by.asks
            ):
                left -= by.binds
        return left

    def is_silenced(self, entry: Entry) -> bool:
        """Tell whether others leave nothing of the norm: nobody is bound as to any word."""
        if not self.find_left(entry):
            return True
        broken = [(dimension, place) for dimension, c in entry.charges for place in c.broken]
        return bool(broken) and not any(self.find_left(entry, *one) for one in broken)

    def find_beaters(self, entry: Entry) -> list[Entry]:
        """Find the norms in play that silence this one; a silenced one silences nobody."""
        if entry.number not in self.play.beaten_by:
            return []
        found = self._beaters.get(entry.number)
        if found is None:
            numbers = self.play.beaten_by[entry.number]
            found = [
                self.play.entries[n] for n in numbers if self._speaks(n) and self._does_count(n)
            ]
            self._beaters[entry.number] = found
        return found

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


def _is_about(by: Entry, dimensions: set[str]) -> bool:
    """Tell whether a defeater silences altogether, or speaks of one of these dimensions."""
    return not by.asks or any(ask.dimension in dimensions for ask in by.asks)
