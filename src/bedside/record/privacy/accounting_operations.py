"""Noting a disclosure, holding one back, and what becomes of a request for an accounting."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from bedside.record.encounters.models import Encounter
from bedside.record.encounters.rooms import open_room
from bedside.record.journal.act import Act
from bedside.record.journal.operations import Content, Happening, append, operation
from bedside.record.privacy.accounting import Line
from bedside.record.privacy.assessing import MOST_WORDS
from bedside.record.privacy.models import Asking, Disclosure, Suspension
from bedside.record.privacy.operations import Stated, say_missing
from bedside.record.privacy.refusals import (
    NoBasis,
    NoMoment,
    NotAChoice,
    NothingSaid,
    NotToBeSuspended,
)
from bedside.record.privacy.tables import load_limbs
from bedside.rules.calendars.delays import Form
from bedside.rules.vocabulary.problem import Text

DISCLOSURES: Final = "privacy_disclosure"
SUSPENSIONS: Final = "privacy_suspension"
MOST_SAID: Final = 500
PARTS: Final = {
    "to": Text(en="to whom", es="a quién"),
    "what": Text(en="what was given", es="qué se dio"),
    "purpose": Text(en="for what", es="para qué"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A disclosure: to whom, where they are, what, for what, and by which paragraph."""

    to: str
    address: str
    what: str
    purpose: str
    limb: str
    disclosed_at: datetime | None

    def write(self) -> dict[str, str]:
        """Write its words as plain values."""
        said = {"address": self.address, "purpose": self.purpose, "to": self.to, "what": self.what}
        return dict(sorted(said.items()))


@operation
def record_disclosure(act: Act, stay: Encounter, *, given: Given) -> Disclosure:
    """Note that health information was given to somebody, and by which paragraph."""
    at = _verify_given(act, given)
    id_, room = act.draw_id(), open_room(act, stay)
    plain = json.dumps(given.write(), sort_keys=True)
    disclosure = Disclosure.objects.create(
        id=id_,
        encounter=stay,
        disclosed_at=at,
        limb=given.limb,
        said=room.seal(plain, DISCLOSURES, id_, "said"),
        noted_at=act.at,
        by=act.person,
    )
    content = {**given.write(), "disclosed_at": at.isoformat(), "limb": given.limb}
    _tell(act, stay, "disclosure.noted", content)
    return disclosure


@operation
def record_suspended(
    act: Act, stay: Encounter, *, line: Line, stated: Stated, today: date
) -> Suspension:
    """Hold a disclosure back from accountings for a time, on an agency's statement."""
    if not line.limb.may_be_suspended or line.limb.left_out_by:
        raise NotToBeSuspended
    until = _verify_stated(stated, today)
    id_, room = act.draw_id(), open_room(act, stay)
    said = {"official": stated.official, "words": stated.words}
    row = Suspension.objects.create(
        id=id_,
        encounter=stay,
        row=line.row,
        form=stated.form,
        stated_on=stated.stated_on or today,
        until=until,
        said=room.seal(json.dumps(said, sort_keys=True), SUSPENSIONS, id_, "said"),
        noted_at=act.at,
        by=act.person,
    )
    content = {**said, "form": stated.form, "row": line.row, "until": until.isoformat()}
    content["stated_on"] = row.stated_on.isoformat()
    _tell(act, stay, "accounting.suspended", content)
    return row


@operation
def record_asked(act: Act, stay: Encounter, *, asked_on: date, today: date) -> Asking:
    """Note that a patient asked for an accounting; sixty days run from that day."""
    if asked_on > today:
        raise NoMoment
    asking = Asking.objects.create(
        id=act.draw_id(), encounter=stay, asked_on=asked_on, by=act.person
    )
    _tell(act, stay, "accounting.asked", {"asked_on": asked_on.isoformat()})
    return asking


@operation
def record_answered(act: Act, stay: Encounter, *, today: date) -> None:
    """Note that the patient was given the accounting; every open request of the stay is met."""
    Asking.objects.filter(encounter=stay, given_on=None).update(given_on=today)
    _tell(act, stay, "accounting.answered", {"given_on": today.isoformat()})


@operation
def record_accounting_exported(act: Act, stay: Encounter, *, told: int) -> None:
    """Note that the accounting was taken out, and how many disclosures it told."""
    _tell(act, stay, "accounting.exported", {"told": told})


@operation
def record_accounting_viewed(act: Act, stay: Encounter) -> None:
    """Note that somebody read the accounting of a patient."""
    _tell(act, stay, "accounting.viewed", {})


def _verify_given(act: Act, given: Given) -> datetime:
    said = {"to": given.to, "what": given.what, "purpose": given.purpose}
    missing = tuple(PARTS[name] for name, text in said.items() if not text.strip())
    if missing or max(map(len, (*said.values(), given.address))) > MOST_SAID:
        raise NothingSaid(most=MOST_SAID, **say_missing(missing or tuple(PARTS.values())))
    if given.limb not in load_limbs():
        raise NotAChoice(most=MOST_SAID)
    if given.disclosed_at is None or given.disclosed_at > act.at:
        raise NoMoment
    return given.disclosed_at


def _verify_stated(stated: Stated, today: date) -> date:
    if stated.form not in set(Form) or len(stated.official + stated.words) > MOST_WORDS:
        raise NotAChoice(most=MOST_WORDS)
    if missing := stated.find_missing():
        raise NoBasis(**say_missing(missing))
    day = stated.stated_on or today
    until = stated.until or day.fromordinal(day.toordinal() + 30)
    if day > today or until < day:
        raise NoMoment
    return until


def _tell(act: Act, stay: Encounter, kind: str, content: Content) -> None:
    append(act, Happening(kind=kind, about=stay.about, record=stay.about, content=content))
