"""When questions are alike, and when so many came that a rule is missing."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

ALIKE: Final = 3
WITHIN: Final = timedelta(days=90)


def find_since(at: datetime) -> datetime:
    """Find the moment before which nothing counts any more; what came exactly then is too old."""
    return at - WITHIN


def is_gap(moments: Iterable[datetime], *, at: datetime) -> bool:
    """Tell whether enough alike came in the ninety days that end now."""
    since = find_since(at)
    return sum(since < moment <= at for moment in moments) >= ALIKE
