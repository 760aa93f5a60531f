"""What can be reported: families and types, whom to call first, and what each may set off."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bedside.rules.vocabulary.catalogue import Vocabulary
from bedside.rules.vocabulary.document import load_document
from bedside.rules.vocabulary.problem import Text

TAXONOMY = Path(__file__).with_name("taxonomy.yaml")

# A hospital never edits this table, so it is read without a ceremony of problems.
Table = Mapping[str, Any]


class Ahrq(StrEnum):
    """What kind of event it is, in the words of the AHRQ Common Formats (LOINC 74079-5)."""

    INCIDENT = "incident"
    NEAR_MISS = "near_miss"
    UNSAFE_CONDITION = "unsafe_condition"


class Breach(StrEnum):
    """Whether somebody has to assess if privacy was breached."""

    NO = "no"
    MAYBE = "maybe"
    YES = "yes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """Types that belong together; its code is the first letter of theirs."""

    code: str
    title: Text
    explains: Text
    icon: str


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentType:
    """One thing that can have happened, said without blame of anybody."""

    code: str
    family: str
    title: Text
    explains: Text
    icon: str
    ahrq: Ahrq
    ahrq_also: Ahrq | None
    may_be_sentinel: bool
    breach: Breach
    first_calls: tuple[str, ...]
    calls_within: int | None  # minutes, where a clock of the house runs; zero is at once
    must_report: bool  # a report to the state may be mandatory: counsel knows which


@cache
def load_families() -> Mapping[str, Family]:
    """Read the families in the order in which they are shown."""
    return MappingProxyType(
        {
            code: Family(
                code=code,
                title=Text(**entry["title"]),
                explains=Text(**entry["explains"]),
                icon=entry["icon"],
            )
            for code, entry in _load()["families"].items()
        }
    )


@cache
def load_types() -> Mapping[str, IncidentType]:
    """Read the types by code, in the order in which they are shown."""
    types = (_build(entry) for entry in _load()["types"])
    return MappingProxyType({one.code: one for one in types})


def find_call(role: str, vocabulary: Vocabulary) -> Text:
    """Find the name of somebody to call, from the vocabulary or from the few it does not know."""
    known = vocabulary.roles.get(role)
    return known.label if known else Text(**_load()["others"][role])


def _build(entry: Table) -> IncidentType:
    also = entry.get("ahrq_also")
    return IncidentType(
        code=entry["code"],
        family=entry["code"][0],
        title=Text(**entry["title"]),
        explains=Text(**entry["explains"]),
        icon=entry["icon"],
        ahrq=Ahrq(entry["ahrq"]),
        ahrq_also=Ahrq(also) if also else None,
        may_be_sentinel=entry.get("may_be_sentinel", False),
        breach=Breach(entry["breach"]),
        first_calls=tuple(entry["calls"]),
        calls_within=entry.get("calls_within"),
        must_report=entry.get("must_report", False),
    )


@cache
def _load() -> Table:
    plain = load_document(TAXONOMY, name=TAXONOMY.name).value
    assert isinstance(plain, dict)  # noqa: S101 - the table is part of the program
    return plain
