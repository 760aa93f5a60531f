"""Reading the hard cases of a stay: what was answered, what is still to be done."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from bedside.record.accounts.access import NotThere
from bedside.record.encounters.models import Encounter
from bedside.record.journal.queries import Reader
from bedside.record.presence.board_models import HardCase, HardStep

MOST_SHOWN = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class HardSeen:
    """One hard case as it is read."""

    case: HardCase
    answers: Mapping[str, str]
    contact: str
    steps: tuple[HardStep, ...]

    @property
    def is_open(self) -> bool:
        """Tell whether a step is still to be done."""
        return any(step.done_at is None for step in self.steps)


def find_hard_cases(reader: Reader, stay: Encounter) -> tuple[HardSeen, ...]:
    """Find the hard cases of a stay, the newest first."""
    room = reader.open(stay.about)
    if room is None:
        return ()
    rows = HardCase.objects.filter(encounter=stay).prefetch_related("steps")
    found = []
    for row in rows.order_by("-noted_at")[:MOST_SHOWN]:
        said = json.loads(room.open(row.said, "presence_hardcase", row.pk, "said"))
        steps = sorted(row.steps.all(), key=lambda one: (one.due_at, one.step))
        found.append(
            HardSeen(case=row, answers=said["answers"], contact=said["contact"], steps=tuple(steps))
        )
    return tuple(found)


def find_hard_step(stay: Encounter, step_id: UUID) -> HardStep:
    """Find a step of this stay, or refuse."""
    rows = HardStep.objects.filter(pk=step_id, case__encounter=stay)
    step = rows.select_related("case__encounter").first()
    if step is None:
        raise NotThere
    return step
