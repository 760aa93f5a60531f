"""Small pieces of Markdown: text that cannot turn into markup, tables, names for links."""

import re
from collections.abc import Iterable, Sequence

MARKUP = re.compile(r"([\\`*_\[\]{}<>|$#~])")
MADE = "% Made from the program by docs/_tools; change the program, not this page.\n"


def escape(text: object) -> str:
    """Keep text from being read as markup."""
    return MARKUP.sub(r"\\\1", " ".join(str(text).split()))


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Lay rows out as a table; cells are markup already."""
    lines = [f"| {' | '.join(head)} |", f"|{' --- |' * len(head)}"]
    lines += [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(lines) + "\n"


def slug(text: str) -> str:
    """Make a name for a file or a link."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:90].rstrip("-")


def natural(text: str) -> list[object]:
    """Sort so that 9 comes before 10."""
    return [(0, int(p), "") if p.isdigit() else (1, 0, p) for p in re.split(r"(\d+)", text) if p]
