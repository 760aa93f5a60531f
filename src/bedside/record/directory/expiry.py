"""Closing what is over: it stopped counting by itself, but somebody must hear of it."""

from collections.abc import Callable

from bedside.record.directory.operations import record_expired
from bedside.record.directory.queries import find_expired
from bedside.record.directory.refusals import OverAlready
from bedside.record.journal.act import Act


def end_what_is_over(begin: Callable[[], Act]) -> int:
    """Close every limit whose time is over and tell its owner and the privacy officer; count them.

    Pages call it when they are opened, a command every few minutes; twice is as good as once.
    """
    count = 0
    now = begin()
    for limit in find_expired(now.site, at=now.at):
        try:
            record_expired(begin(), limit)
            count += 1
        except OverAlready:
            continue  # another page was faster
    return count
