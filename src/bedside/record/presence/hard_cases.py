"""What the hard cases ask, who does what by when, and by which source; read from their table."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final
from zoneinfo import ZoneInfo

from bedside.rules.calendars.clocks import load_clocks, read_known, start
from bedside.rules.calendars.source import Source, read_source
from bedside.rules.vocabulary.document import load_document
from bedside.rules.vocabulary.problem import Text

FILE: Final = Path(__file__).with_name("hard_cases.yaml")
CLOSE: Final = time(17)  # where a law says "close of business" and no hour
Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """One question of a hard case, with its closed list of answers."""

    id: str
    text: Text
    words: Mapping[str, Text]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One thing to do: whose it is, by when, and where that comes from."""

    id: str
    owner: str  # a word of `Role`
    what: Text
    source: Source
    within: timedelta | None
    clock: str  # a name of the calendars' clocks, where a law counts days

    def find_due(self, happened_at: datetime, zone: ZoneInfo) -> datetime:
        """Find by when it is to be done; the earlier day of a law, when offices close."""
        if self.within is not None:
            return happened_at + self.within
        due = start(load_clocks()[self.clock], read_known(happened_at, zone), zone)
        day = due.safe_on or happened_at.astimezone(zone).date()
        return datetime.combine(day, CLOSE, tzinfo=zone)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hard:
    """One hard case."""

    kind: str
    icon: str
    title: Text
    line: Text
    asks: tuple[Ask, ...]
    contact: Text
    steps: tuple[Step, ...]

    def find_step(self, id_: str) -> Step | None:
        """Find a step by its name; nothing for one that the table names no more."""
        return next((one for one in self.steps if one.id == id_), None)


@cache
def load_hard() -> Mapping[str, Hard]:
    """Read the hard cases by their names."""
    plain: Any = load_document(FILE, name=FILE.name).value
    return MappingProxyType({kind: _build(kind, entry) for kind, entry in plain["cases"].items()})


def _build(kind: str, entry: Table) -> Hard:
    return Hard(
        kind=kind,
        icon=entry["icon"],
        title=Text(**entry["title"]),
        line=Text(**entry["line"]),
        asks=tuple(_build_ask(one) for one in entry["asks"]),
        contact=Text(**entry["contact"]),
        steps=tuple(_build_step(one) for one in entry["steps"]),
    )


def _build_ask(entry: Table) -> Ask:
    words = {word: Text(**said) for word, said in entry["words"].items()}
    return Ask(id=entry["id"], text=Text(**entry["text"]), words=words)


def _build_step(entry: Table) -> Step:
    minutes = entry.get("within")
    return Step(
        id=entry["id"],
        owner=entry["owner"],
        what=Text(**entry["what"]),
        source=read_source(entry["source"]),
        within=timedelta(minutes=minutes) if minutes is not None else None,
        clock=entry.get("clock", ""),
    )
