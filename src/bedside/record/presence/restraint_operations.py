"""Custody restraints: on which limb, whether in the way of care, when they are looked at again."""

from datetime import datetime, timedelta
from typing import Final

from bedside.record.encounters.models import Encounter
from bedside.record.encounters.operations import add_answer, lock_open
from bedside.record.journal.act import Act
from bedside.record.journal.operations import Content, Happening, append, operation
from bedside.record.paging.operations import add_page
from bedside.record.presence.models import Check, Restraint
from bedside.record.presence.refusals import EndedBefore
from bedside.record.presence.words import Finding

EVERY: Final = timedelta(hours=2)  # our proposal; a hospital's own rule may ask for less
CONFLICT: Final = "restraint_clinical_conflict"


@operation
def record_restraint(
    act: Act, stay: Encounter, *, limb: str, conflict: str = "", is_in_the_way: bool = False
) -> Restraint:
    """Note a restraint; one in the way of care asks the attending for a notice at once."""
    lock_open(stay)
    restraint = Restraint.objects.create(
        id=act.draw_id(),
        encounter=stay,
        limb=limb,
        is_in_the_way=is_in_the_way,
        conflict=conflict,
        since=act.at,
        noted_by=act.person,
        check_due_at=act.at + EVERY,
    )
    if conflict:
        add_answer(act, stay, fact=CONFLICT, value=conflict, answered_at=act.at)
    if is_in_the_way:
        add_page(act, about=stay.about, to_role="attending", reason="contraindication")
    content = {"conflict": conflict, "in_the_way": is_in_the_way, "limb": limb}
    _tell(act, stay, "restraint.noted", content | {"restraint": str(restraint.pk)})
    return restraint


@operation
def record_check(
    act: Act, restraint: Restraint, *, finding: Finding, happened_at: datetime | None = None
) -> Check:
    """Note a look at a restrained limb; anything but sound calls the attending."""
    _refuse_ended(restraint)
    at = happened_at or act.at  # a look that waited on a device was taken earlier
    check = Check.objects.create(
        id=act.draw_id(), restraint=restraint, at=at, by=act.person, finding=finding
    )
    restraint.check_due_at = max(restraint.check_due_at, at + EVERY)
    restraint.save(update_fields=["check_due_at"])
    stay = restraint.encounter
    if finding is not Finding.SOUND:
        add_page(act, about=stay.about, to_role="attending", reason="limb")
    content = {"finding": finding.value, "limb": restraint.limb, "restraint": str(restraint.pk)}
    _tell(act, stay, "restraint.checked", content)
    return check


@operation
def record_restraint_ended(act: Act, restraint: Restraint) -> None:
    """Note that a restraint came off."""
    _refuse_ended(restraint)
    restraint.ended_at = act.at
    restraint.save(update_fields=["ended_at"])
    content = {"limb": restraint.limb, "restraint": str(restraint.pk)}
    _tell(act, restraint.encounter, "restraint.ended", content)


def _refuse_ended(restraint: Restraint) -> None:
    lock_open(restraint.encounter)
    restraint.refresh_from_db()
    if restraint.ended_at is not None:
        raise EndedBefore


def _tell(act: Act, stay: Encounter, kind: str, content: Content) -> None:
    append(act, Happening(kind=kind, about=stay.about, record=stay.about, content=content))
