"""The primary texts that we hold, section by section: shown beside norms, and quoted from."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

TEXTS = Path(__file__).parents[1] / "reference" / "texts"
SECTION = re.compile(r"^## (.+)$", re.MULTILINE)
NAMED = re.compile(r"^(\d+ CFR) (\d+\.\d+)")


@cache
def load_texts() -> Mapping[str, str]:
    """Read every section that we hold, by its name, such as `42 CFR 482.13`."""
    sections: dict[str, str] = {}
    for file in sorted(TEXTS.glob("*-cfr.md")):
        parts = SECTION.split(file.read_text("utf-8"))
        sections.update(zip(parts[1::2], parts[2::2], strict=True))
    return {name: text.strip() for name, text in sections.items()}


def find_section(title: str) -> str | None:
    """Find the name of the section that a source is, if we hold its text."""
    found = NAMED.match(title)
    name = f"{found[1]} {found[2]}" if found else ""
    return name if name in load_texts() else None


def flatten(text: str) -> str:
    """Put text on one line, so that only its words count."""
    return " ".join(text.split())
