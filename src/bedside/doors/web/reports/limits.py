"""How many at once: limits that know nobody, kept in the memory of one process and lost with it.

Nothing here is told an address, a cookie or a name, so nobody can be found by what they did here.
"""

from collections import OrderedDict

MOST_CARDS = 1000


class Bucket:
    """Lets so many through at once, and so many a minute after that."""

    def __init__(self, *, most: int, a_minute: float) -> None:
        self.most, self.a_minute = most, a_minute
        self.left, self.at = float(most), 0.0

    def take(self, now: float) -> bool:
        """Let one through, or say that it has to wait."""
        if now > self.at:
            self.left = min(self.most, self.left + (now - self.at) * self.a_minute / 60)
        self.at = now
        if self.left < 1:
            return False
        self.left -= 1
        return True

    def fill(self) -> None:
        """Begin anew."""
        self.left, self.at = float(self.most), 0.0


class Buckets:
    """One bucket for each thing, of which the least used are forgotten."""

    def __init__(self, *, most: int, a_minute: float) -> None:
        self.most, self.a_minute = most, a_minute
        self._of: OrderedDict[bytes, Bucket] = OrderedDict()

    def take(self, thing: bytes, now: float) -> bool:
        """Let one through for a thing, or say that it has to wait."""
        bucket = self._of.pop(thing, None) or Bucket(most=self.most, a_minute=self.a_minute)
        self._of[thing] = bucket
        if len(self._of) > MOST_CARDS:
            self._of.popitem(last=False)
        return bucket.take(now)


FILING = Bucket(most=8, a_minute=10)  # reports and answers without a name
GUESSING = Bucket(most=20, a_minute=30)  # codes that are not ours
RETURNING = Buckets(most=20, a_minute=20)  # one code that is: its holder waits for nobody else
