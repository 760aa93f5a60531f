"""The one clock of the pages; nothing below this door reads one."""

from datetime import UTC, datetime


def tell_time() -> datetime:
    """Tell the time, in UTC."""
    return datetime.now(UTC)
