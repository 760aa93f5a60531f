"""Where a rule about days was read, and how: no figure stands here without both."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class Reading(StrEnum):
    """How a source was read; the same words as for norms, and one for what nobody else says."""

    READ = "read"  # its own words, in a public copy
    REPORTED = "reported"  # somebody else's words about it
    REMEMBERED = "remembered"  # from memory: shown as such, and to be looked up before use
    PROPOSED = "proposed"  # ours: no law says so


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One source: its citation, how and where it was read, and when."""

    cite: str
    reading: Reading
    read_in: str
    read_on: date | None


def read_source(entry: Mapping[str, Any]) -> Source:
    """Read a source from a table."""
    return Source(
        cite=entry["cite"],
        reading=Reading(entry["reading"]),
        read_in=entry.get("read_in") or "",
        read_on=_read_day(entry.get("read_on")),
    )


def _read_day(written: object) -> date | None:
    return date.fromisoformat(str(written)) if written else None
