"""What was noted at the bedside around a time: the log that shows which safeguards there were."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from bedside.record.encounters.models import Encounter
from bedside.record.journal.queries import Reader, find_events
from bedside.record.presence.models import Terms
from bedside.record.presence.queries import Moment, find_moments

BEFORE: Final = timedelta(hours=12)  # a note older than a shift says nothing of the moment
AFTER: Final = timedelta(hours=1)
MOST: Final = 40
NOTED: Final = frozenset({"presence.noted", "presence.corrected"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One note of the stay, and its place in the ledger."""

    mark: UUID
    leaf: int | None
    at: datetime
    position: str
    device: str
    is_apart: bool  # the officer was out of hearing

    def write(self) -> dict[str, object]:
        """Write it as plain values."""
        return {
            "at": self.at.isoformat(),
            "device": self.device,
            "is_apart": self.is_apart,
            "leaf": self.leaf,
            "mark": str(self.mark),
            "position": self.position,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What the stay shows around a time: its notes, and the arrangement that was agreed."""

    notes: tuple[Evidence, ...] = ()
    agreed: str = ""  # a preset
    agreed_since: datetime | None = None
    position: str = ""  # the last one before the time
    device: str = ""

    @property
    def apart(self) -> tuple[Evidence, ...]:
        """The notes that show a safeguard."""
        return tuple(note for note in self.notes if note.is_apart)


NOTHING: Final = Shown()


def find_shown(
    reader: Reader, stay: Encounter | None, *, around: datetime, unheard: frozenset[str]
) -> Shown:
    """Find what was noted around a time; `unheard` are the positions out of hearing."""
    if stay is None:
        return NOTHING
    moments = [
        one
        for one in find_moments(reader, stay)
        if around - BEFORE <= one.happened_at <= around + AFTER
    ][-MOST:]
    leaves = _find_leaves(reader, stay)
    earlier = [one for one in moments if one.happened_at <= around]
    terms = Terms.objects.filter(encounter=stay, since__lte=around).order_by("-since").first()
    holds = terms is not None and (terms.ended_at is None or terms.ended_at > around)
    return Shown(
        notes=tuple(_build(one, leaves, unheard) for one in moments),
        agreed=terms.preset if terms and holds else "",
        agreed_since=terms.since if terms and holds else None,
        position=earlier[-1].position if earlier else "",
        device=earlier[-1].device if earlier else "",
    )


def _build(one: Moment, leaves: Mapping[str, int], unheard: frozenset[str]) -> Evidence:
    return Evidence(
        mark=one.id,
        leaf=leaves.get(str(one.id)),
        at=one.happened_at,
        position=one.position,
        device=one.device,
        is_apart=one.position in unheard,
    )


def _find_leaves(reader: Reader, stay: Encounter) -> dict[str, int]:
    """Find at which place of the ledger each note stands."""
    return {
        str(told.content["mark"]): told.leaf
        for told in find_events(reader, record=stay.about)
        if told.kind.name in NOTED and told.content and "mark" in told.content
    }
