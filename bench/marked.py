"""Tables that a benchmark writes into the page of the docs, between two marks of its own."""

import os
import platform
from collections.abc import Sequence
from datetime import UTC, datetime

from bench.report import PAGE


def put(name: str, text: str) -> None:
    """Put a text between the marks of that name."""
    begin, end = f"<!-- begin: {name} -->", f"<!-- end: {name} -->"
    before, found, rest = PAGE.read_text().partition(begin)
    _, closed, after = rest.partition(end)
    if not found or not closed:
        raise SystemExit(f"{PAGE} has no place for `{name}`: put `{begin}` and `{end}` into it")
    PAGE.write_text(f"{before}{begin}\n\n{text}\n\n{end}{after}")


def tabulate(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Write a table; all columns but the first are numbers."""
    lines = [f"| {' | '.join(head)} |", "|---|" + "--:|" * (len(head) - 1)]
    return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in rows)])


def tell_circumstances() -> str:
    """Say when and on what it was measured."""
    day, busy = datetime.now(UTC).date(), os.getloadavg()[1]
    return (
        f"Measured on {day}, Python {platform.python_version()}, {os.cpu_count()} cores, "
        f"load average {busy:.1f} over the last five minutes."
    )
