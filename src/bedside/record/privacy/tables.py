"""What a privacy officer chooses from, with the paragraph that each choice stands for."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bedside.rules.attestation.tables import load_table
from bedside.rules.vocabulary.problem import Text

TABLES = Path(__file__).with_name("tables.yaml")
Entry = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limb:
    """Under which paragraph something was given, and what an accounting makes of it."""

    id: str
    title: Text
    cite: str
    left_out_by: str  # the paragraph that leaves it out; nothing: it is accounted for
    may_be_suspended: bool
    must_say: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer of a list, with the paragraph or the line that goes with it."""

    id: str
    title: Text
    cite: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """One of the four factors of 45 CFR 164.402(2)."""

    id: str
    title: Text
    asks: Text
    cite: str
    has_many: bool
    choices: Mapping[str, Text]


@cache
def load_limbs() -> Mapping[str, Limb]:
    """Read the paragraphs by their names, in the order in which they are shown."""
    return MappingProxyType({entry["id"]: _build_limb(entry) for entry in _load()["limbs"]})


@cache
def load_factors() -> Mapping[str, Factor]:
    """Read the four factors in their order."""
    return MappingProxyType({entry["id"]: _build_factor(entry) for entry in _load()["factors"]})


@cache
def load_exclusions() -> Mapping[str, Choice]:
    """Read what is left out of what a breach is."""
    return MappingProxyType(
        {
            entry["id"]: Choice(id=entry["id"], title=Text(**entry["title"]), cite=entry["cite"])
            for entry in _load()["exclusions"]
        }
    )


@cache
def load_results() -> Mapping[str, tuple[Text, Text]]:
    """Read how an assessment can end: its title, and what follows."""
    return MappingProxyType(
        {
            entry["id"]: (Text(**entry["title"]), Text(**entry["line"]))
            for entry in _load()["results"]
        }
    )


def _build_limb(entry: Entry) -> Limb:
    return Limb(
        id=entry["id"],
        title=Text(**entry["title"]),
        cite=entry["cite"],
        left_out_by=entry["left_out_by"],
        may_be_suspended=entry.get("may_be_suspended", False),
        must_say=Text(**entry["must_say"]),
    )


def _build_factor(entry: Entry) -> Factor:
    choices = {one["id"]: Text(**one["title"]) for one in entry["choices"]}
    return Factor(
        id=entry["id"],
        title=Text(**entry["title"]),
        asks=Text(**entry["asks"]),
        cite=entry["cite"],
        has_many=entry.get("many", False),
        choices=MappingProxyType(choices),
    )


@cache
def _load() -> Entry:
    return load_table(TABLES)
