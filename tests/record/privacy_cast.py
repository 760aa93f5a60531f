"""What tests of the privacy officer's work share: a stay with its notes, reports, an assessment."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bedside.record.accounts.models import Person
from bedside.record.encounters.models import Encounter
from bedside.record.encounters.operations import Opening, record_encounter
from bedside.record.journal.act import Act
from bedside.record.journal.queries import Reader
from bedside.record.presence.operations import Noted, record_mark
from bedside.record.privacy.assessing import Answer, Weighed
from bedside.record.privacy.evidence import Shown, find_shown
from bedside.record.privacy.queries import Place
from bedside.record.reports.box_operations import begin_without_name, drop_report, record_from_box
from bedside.record.reports.choices import Route
from bedside.record.reports.models import Dropped, Report
from bedside.record.reports.operations import Said, record_report
from bedside.rules.vocabulary.load import load_vocabulary
from bedside.trust.ledger.leaf import Lane
from record_cast import NIGHT, UNIT, begin, read_with

CHICAGO = ZoneInfo("America/Chicago")
WORDS = "canary-narrative"
FACTORS: Mapping[str, Answer] = {
    "nature": Answer(chosen=("spoken",), reason="one sentence about feeding"),
    "who": Answer(chosen=("custody_officer",), reason="bound by the agency's own rule"),
    "acquired": Answer(chosen=("heard",), reason="stood in the doorway"),
    "mitigated": Answer(chosen=("assurance",), reason="the supervisor wrote on the 25th"),
}
LOW = Weighed(limb="not_permitted", factors=FACTORS, result="low")


def open_stay(by: Person, *, number: str = "") -> Encounter:
    """Open a stay."""
    return record_encounter(
        begin(by=by), opening=Opening(unit=UNIT, room="4", number=number), facts={}
    )


def note(by: Person, stay: Encounter, position: str, *, at: datetime = NIGHT) -> None:
    """Note where the officer was."""
    record_mark(begin(by=by, at=at), stay, noted=Noted(position=position, facts={}))


def show(stay: Encounter, around: datetime) -> Shown:
    """Find what the stay shows around a time."""
    unheard = load_vocabulary().dimensions["position"].properties["hears"].no
    return find_shown(read_with(), stay, around=around, unheard=unheard)


def place(jurisdiction: str = "us/tx", *, at: datetime = NIGHT) -> Place:
    """Say where and when clocks are told."""
    return Place(jurisdiction=jurisdiction, zone=CHICAGO, at=at)


def in_safety(act: Act) -> Act:
    """Do an act in the safety lane."""
    return replace(act, lane=Lane.SAFETY)


def read_safety() -> Reader:
    """Read the safety lane."""
    return replace(read_with(), lane=Lane.SAFETY)


def report(by: Person, *types: str, at: datetime = NIGHT, lane: Lane = Lane.SAFETY) -> Report:
    """Report something under a name."""
    said = Said(route=Route.ICON, types=types, texts={"words": WORDS})
    return record_report(replace(begin(by=by, at=at), lane=lane), said)


def report_without_name(*types: str, at: datetime = NIGHT) -> Report:
    """Report something without a name, and let it join the record."""
    said = Said(route=Route.PUBLIC, types=types, texts={"words": WORDS})
    drop_report(begin_without_name(begin(at=at)), said)
    dropped = Dropped.objects.get()
    record_from_box(begin_without_name(begin(at=at)), dropped)
    return Report.objects.get(pk=dropped.report)


def later(**units: int) -> datetime:
    """Say a later moment of the night."""
    return NIGHT + timedelta(**units)
