"""Deleting a stay: its keys, and those of what is about it alone, are destroyed for good."""

import hashlib
from typing import ClassVar

from bedside.record.encounters.models import Encounter
from bedside.record.holds.queries import Span, refuse_if_held
from bedside.record.incidents.models import Evaluation
from bedside.record.journal.act import Act
from bedside.record.journal.operations import Happening, append, operation
from bedside.record.letters.models import Letter
from bedside.record.refusal import Refused
from bedside.record.vault.keys import VaultKeys
from bedside.trust.sealing.binding import Record
from bedside.trust.sealing.tombstone import Reason, Tombstone


class StillOpen(Refused):
    """Deleting a stay that goes on."""

    code: ClassVar[str] = "legal.still-open"
    en: ClassVar[str] = "Nothing was deleted: this stay is still open. Close it first."
    es: ClassVar[str] = "No se eliminó nada: esta estancia sigue abierta. Ciérrela primero."


@operation
def record_stay_deleted(act: Act, stay: Encounter, *, reason: Reason) -> None:
    """Delete a stay, its letters and its evaluations, unless a hold stands on any of them.

    What is sealed opens never again; the leaves of the ledger stay and tell nothing. Notes for
    counsel are a record of their own and stay.
    """
    span = Span(began_at=stay.opened_at, ended_at=stay.closed_at)
    letters = Letter.objects.filter(encounter=stay).order_by("pk")
    evaluations = Evaluation.objects.filter(encounter=stay).order_by("pk")
    records = [stay.about]
    records += [one.about for one in letters] + [one.about for one in evaluations]
    for record in records:
        refuse_if_held(act.site, record, span=span)
    held = Encounter.objects.select_for_update().get(pk=stay.pk)
    if held.closed_at is None:
        raise StillOpen
    stones = [_destroy(act, record, reason) for record in records]
    Encounter.objects.filter(pk=stay.pk).update(
        patient=b"", lookup=None, message=None, language="", room=""
    )
    content = {
        "reason": reason.value,
        "records": records,
        "tombstones": [hashlib.sha256(stone.write()).hexdigest() for stone in stones],
    }
    append(act, Happening(kind="record.deleted", about=stay.about, content=content))


def _destroy(act: Act, record: str, reason: Reason) -> Tombstone:
    name = Record(site=act.site, name=record)
    return VaultKeys().destroy_keys(Tombstone(record=name, destroyed_at=act.at, reason=reason))
