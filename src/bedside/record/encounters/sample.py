"""Stays of the sample hospital: six that are invented, so that every page has something to show.

A real hospital has none of them.
"""

from collections.abc import Callable

from bedside.record.encounters.models import Encounter
from bedside.record.encounters.operations import Opening, record_encounter
from bedside.record.journal.act import Act
from bedside.rules.vocabulary.catalogue import Value

STAYS: tuple[tuple[str, str, str, dict[str, Value]], ...] = (
    ("Labor and delivery", "412", "first baby, bed by the window", {
        "agency": "ice", "activity": "feeding", "newborn_present": True, "pregnancy": "postpartum",
    }),
    ("Labor and delivery", "415", "waiting for an ultrasound", {
        "agency": "county_jail", "pregnancy": "pregnant", "legal_restraint": "one_limb",
    }),
    ("Emergency", "7", "hand wound", {"agency": "cbp", "activity": "exam", "danger": "none"}),
    ("Emergency", "2", "asks for an interpreter", {"agency": "ice", "language_help": "none"}),
    ("Intensive care", "3", "asleep, on the ventilator", {
        "agency": "state_prison", "capacity": "none", "legal_restraint": "four_point",
        "mobility": "sedated_paralysed",
    }),
    ("Medical ward", "308", "here for the lungs", {"agency": "usms", "activity": "rest"}),
)  # fmt: skip


def add_sample_stays(begin: Callable[[], Act]) -> None:
    """Open the six, unless a stay was ever opened here."""
    if Encounter.objects.exists():
        return
    for unit, room, patient, facts in STAYS:
        opening = Opening(unit=unit, room=room, patient=patient)
        record_encounter(begin(), opening=opening, facts={"in_custody": True, **facts})
