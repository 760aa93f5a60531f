"""A stay of the sample hospital and a question about it, for tests of ethics and counsel."""

from dataclasses import replace

from bedside.record.accounts.models import Person
from bedside.record.consults.models import Consult
from bedside.record.consults.operations import Referral, Seen, Spoken, record_referral
from bedside.record.encounters.models import Encounter
from bedside.record.encounters.operations import Opening, record_encounter
from bedside.record.journal.act import Act
from bedside.record.journal.queries import Reader
from bedside.trust.ledger.leaf import Lane
from record_cast import UNIT, begin, read_with

SEEN = Seen(situation="{}", noted="[]", edition="2026.12", digest="sha256:00")
REFERRAL = Referral(
    kind="privacy",
    dimension="position",
    question="May the officer stay while she nurses?",
    seen=SEEN,
    minor="no",
)
HER_WORDS = Spoken(
    speaker="patient",
    words="No quiero que me mire",
    language="es",
    translated="I do not want him to look at me",
    translator="interpreter_remote",
    interpreter="interpreter 48213",
)


def open_stay(nurse: Person, *, number: str = "") -> Encounter:
    """Open a stay in the nurse's unit."""
    opening = Opening(unit=UNIT, room="412", patient="bed by the window", number=number)
    return record_encounter(begin(by=nurse), opening=opening, facts={"in_custody": True})


def refer(stay: Encounter, act: Act, **changes: object) -> Consult:
    """Refer a question, changed as a test needs it."""
    return record_referral(act, stay, referral=replace(REFERRAL, **changes))  # type: ignore[arg-type]  # any field


def act_for_counsel(by: Person) -> Act:
    """Begin an act in the lane of counsel."""
    return replace(begin(by=by), lane=Lane.LEGAL)


def read_as_counsel() -> Reader:
    """Say with what counsel's notes are read."""
    return replace(read_with(), lane=Lane.LEGAL)
