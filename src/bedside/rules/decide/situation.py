"""One situation: what is known, where and when, how things stand, what somebody claims."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from bedside.rules.vocabulary.catalogue import Value


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What somebody says a rule demands, in their words, with the document if there is one."""

    by: str  # officer or manager
    words: str
    document: str = "none"  # none, described, seen, copied
    cite: str | None = None
    arrangement: Mapping[str, int] = field(default_factory=dict)  # dimension: words it allows


@dataclass(frozen=True, slots=True, kw_only=True)
class Situation:
    """Facts that somebody answered (unknown ones are left out), and what goes with them."""

    as_of: date
    jurisdiction: str
    overlays: tuple[str, ...] = ()
    facts: Mapping[str, Value] = field(default_factory=dict)
    arrangement: Mapping[str, str] = field(default_factory=dict)
    asserted: tuple[Claim, ...] = ()
