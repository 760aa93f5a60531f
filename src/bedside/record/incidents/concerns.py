"""Whose conduct a type of incident is ordinarily about, read from its table."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from bedside.record.incidents.words import Concern
from bedside.rules.vocabulary.document import load_document

TABLE = Path(__file__).with_name("concerns.yaml")
HEARD_OF = {
    Concern.OFFICER: ("officer",),
    Concern.STAFF: ("staff",),
    Concern.BOTH: ("officer", "staff"),
    Concern.NOBODY: (),
}


@cache
def load_concerns() -> Mapping[str, Concern]:
    """Read the table, by the code of the type."""
    plain = load_document(TABLE, name=TABLE.name).value
    assert isinstance(plain, dict)  # noqa: S101 - the table is part of the program
    return MappingProxyType({str(code): Concern(str(word)) for code, word in plain.items()})


def find_concern(code: str) -> Concern:
    """Find whose conduct a type is about; of a family alone nobody can say."""
    return load_concerns().get(code, Concern.OFFICER)
