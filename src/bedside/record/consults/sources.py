"""What this room says of law, read from data: each sentence with its source, or none on file."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bedside.record.encounters.paper_kinds import load_surrogates
from bedside.rules.vocabulary.document import load_document
from bedside.rules.vocabulary.problem import Text

HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a sentence stands, and how and when somebody read it."""

    cite: str
    title: str
    url: str
    read_on: str
    text_as_of: str
    quote: str
    reading: str
    fit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NeverDecides:
    """Who is never asked to decide for a patient, and why."""

    say: Text
    note: Text
    source: Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """In which order a state asks people to decide, if that was read."""

    names: tuple[Text, ...]
    cite: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WarningRule:
    """A state's own rule on warning somebody in danger."""

    say: Text
    source: Source


@cache
def load_never() -> NeverDecides:
    """Read who never decides."""
    plain = _read("deciding.yaml")["never"]
    return NeverDecides(
        say=_text(plain["say"]), note=_text(plain["note"]), source=_source(plain["source"])
    )


def find_order(jurisdiction: str) -> Order | None:
    """Find the order of a state; nothing if none is on file."""
    who, states = load_surrogates()
    found = states.get(jurisdiction)
    if found is None:
        return None
    source = found["source"]
    names = tuple(who[id_] for id_ in found["order"])
    return Order(names=names, cite=source["cite"], url=source["url"])


@cache
def load_danger_norms() -> tuple[str, ...]:
    """Read which norms of the rulebook speak of warning somebody."""
    return tuple(_read("dangers.yaml")["norms"])


def find_warning(jurisdiction: str) -> WarningRule | None:
    """Find a state's rule on warning somebody; nothing if none is on file."""
    found = _read("dangers.yaml")["states"].get(jurisdiction)
    return WarningRule(say=_text(found["say"]), source=_source(found["source"])) if found else None


@cache
def _read(name: str) -> Mapping[str, Any]:
    plain: Any = load_document(HERE / name).value
    table: Mapping[str, Any] = plain
    return table


def _source(plain: Mapping[str, Any]) -> Source:
    return Source(
        cite=plain["cite"],
        title=plain["title"],
        url=plain["url"],
        read_on=str(plain["read_on"]),
        text_as_of=str(plain["text_as_of"]),
        quote=plain["quote"],
        reading=plain["reading"],
        fit=plain["fit"],
    )


def _text(one: Mapping[str, str]) -> Text:
    return Text(en=one["en"], es=one["es"])
