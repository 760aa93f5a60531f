"""The classes of claim with their names in both languages, read from `classes.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bedside.rules.attestation.claim import ClaimClass
from bedside.rules.attestation.tables import load_table, read_text
from bedside.rules.vocabulary.problem import Text

CLASSES = Path(__file__).with_name("classes.yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassWords:
    """What one class is called, whether it is a limit, and what honestly stands in its place."""

    letter: ClaimClass
    word: str  # its name in the vocabulary's dimension `letter_claim`
    label: Text
    is_limit: bool
    instead: tuple[ClaimClass, ...]


@cache
def load_classes() -> Mapping[ClaimClass, ClassWords]:
    """Read the classes of claim."""
    table = load_table(CLASSES)["classes"]
    return {
        ClaimClass(letter): ClassWords(
            letter=ClaimClass(letter),
            word=entry["word"],
            label=read_text(entry["label"]),
            is_limit=entry["limit"],
            instead=tuple(ClaimClass(one) for one in entry["instead"]),
        )
        for letter, entry in table.items()
    }


def is_limit(class_: ClaimClass) -> bool:
    """Tell whether claims of the class bound what may be done or relied on."""
    return load_classes()[class_].is_limit
