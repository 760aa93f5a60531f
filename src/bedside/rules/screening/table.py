"""Read the tables that come with the screening: ours, held in shape by tests."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bedside.rules.vocabulary.document import load_document

# A hospital never edits these tables, so they are read without a ceremony of problems.
Table = Mapping[str, Any]


def load_table(path: Path) -> Table:
    """Read one of our tables."""
    plain = load_document(path, name=path.name).value
    assert isinstance(plain, dict)  # noqa: S101 - the table is part of the program
    return plain
