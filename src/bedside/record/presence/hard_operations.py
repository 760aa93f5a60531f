"""Opening a hard case: one act leaves the answers, the steps with owners and times, and pages."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from zoneinfo import ZoneInfo

from bedside.record.encounters.models import Encounter
from bedside.record.encounters.operations import lock_open
from bedside.record.encounters.rooms import open_room
from bedside.record.journal.act import Act
from bedside.record.journal.operations import Happening, append, operation
from bedside.record.paging.operations import add_page
from bedside.record.presence.board_models import HardCase, HardStep
from bedside.record.presence.hard_cases import Hard
from bedside.record.presence.refusals import EndedBefore, WordsTooLong

TABLE: Final = "presence_hardcase"
MOST_CONTACT: Final = 300
AFTER_CLOSING: Final = "death"  # the one case that may come after a stay was closed


@dataclass(frozen=True, slots=True, kw_only=True)
class HardSaid:
    """What was answered, and when it happened."""

    answers: Mapping[str, str]
    contact: str
    happened_at: datetime


@operation
def record_hard_case(
    act: Act, stay: Encounter, *, hard: Hard, said: HardSaid, zone: ZoneInfo
) -> HardCase:
    """Open a hard case: list its steps, and page each role that has one."""
    if len(said.contact) > MOST_CONTACT:
        raise WordsTooLong(most=MOST_CONTACT)
    if hard.kind != AFTER_CLOSING:
        lock_open(stay)
    id_, room = act.draw_id(), open_room(act, stay)
    plain = {"answers": dict(said.answers), "contact": said.contact}
    case = HardCase.objects.create(
        id=id_,
        encounter=stay,
        kind=hard.kind,
        said=room.seal(json.dumps(plain, sort_keys=True), TABLE, id_, "said"),
        happened_at=said.happened_at,
        noted_at=act.at,
        by=act.person,
    )
    steps = [
        _add_step(act, case, step.id, step.owner, step.find_due(said.happened_at, zone))
        for step in hard.steps
    ]
    for owner in sorted({step.owner for step in hard.steps}):
        add_page(act, about=stay.about, to_role=owner, reason=f"hard-{hard.kind}")
    content = {
        **plain,
        "case": str(id_),
        "happened_at": said.happened_at.isoformat(),
        "kind": hard.kind,
        "steps": steps,
    }
    happening = Happening(
        kind="hard.opened", about=stay.about, record=stay.about, content=content, room=room
    )
    append(act, happening)
    return case


@operation
def record_hard_step_done(act: Act, step: HardStep) -> HardStep:
    """Note that a step was done, and by whom; also after the stay was closed."""
    step = HardStep.objects.select_for_update().get(pk=step.pk)
    if step.done_at is not None:
        raise EndedBefore
    step.done_at, step.done_by = act.at, act.person
    step.save(update_fields=["done_at", "done_by"])
    stay = step.case.encounter
    content = {"case": str(step.case_id), "owner": step.owner, "step": step.step}
    append(
        act, Happening(kind="hard.task-done", about=stay.about, record=stay.about, content=content)
    )
    return step


def _add_step(act: Act, case: HardCase, step: str, owner: str, due_at: datetime) -> dict[str, str]:
    HardStep.objects.create(id=act.draw_id(), case=case, step=step, owner=owner, due_at=due_at)
    return {"due_at": due_at.isoformat(), "owner": owner, "step": step}
