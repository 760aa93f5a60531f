"""Taking up an exposure, signing an assessment, putting off what is due, and telling somebody."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from uuid import UUID

from bedside.record.encounters.models import Encounter
from bedside.record.journal.act import Act
from bedside.record.journal.operations import Content, Happening, append, operation
from bedside.record.privacy.assessing import MOST_WORDS, Weighed, verify_weighed
from bedside.record.privacy.models import Assessment, Delay, Exposure, Notice, Origin
from bedside.record.privacy.refusals import (
    AssessedAgain,
    NoBasis,
    NoGround,
    NoMoment,
    NotAChoice,
    NothingSaid,
    TakenUp,
)
from bedside.record.privacy.rooms import make_room, open_room
from bedside.record.privacy.tables import load_factors
from bedside.record.reports.models import Report
from bedside.record.reports.operations import lock_report
from bedside.record.reports.rooms import open_room as open_report
from bedside.record.vault.sealed import Strongroom
from bedside.rules.calendars.clocks import load_clocks
from bedside.rules.calendars.delays import Form
from bedside.rules.vocabulary.problem import Text

ASSESSMENTS: Final = "privacy_assessment"
DELAYS: Final = "privacy_delay"
NOTICES: Final = "privacy_notice"
ORIGINS: Final = "privacy_origin"
MOST_PEOPLE: Final = 10_000_000
MOST_BODY: Final = 20_000
GROUNDS: Final = ("criminal_investigation", "national_security")
TOLD: Final = ("patient", "agency", "regulator")
PARTS: Final = {
    "who": Text(en="who stated it", es="quién la hizo"),
    "words": Text(en="what was stated", es="qué se declaró"),
    "day": Text(en="on which day", es="qué día"),
    "until": Text(en="until when", es="hasta cuándo"),
}
WHAT_IS_SAID: Final = Text(en="what was said", es="lo que se dijo")


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """What is known of an exposure when it is taken up."""

    known_at: datetime
    is_only_day: bool = False
    happened_at: datetime | None = None
    way: str = ""
    people: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What an official stated, by whom and how."""

    form: str
    ground: str
    official: str
    words: str
    stated_on: date | None
    until: date | None = None

    def find_missing(self) -> tuple[Text, ...]:
        """Find what its form needs and it lacks."""
        needs = {"who": self.official.strip(), "words": self.words.strip(), "day": self.stated_on}
        if self.form == Form.WRITTEN:
            needs["until"] = self.until
        return tuple(PARTS[name] for name, said in needs.items() if not said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A notice: to whom, which clocks it answers, on which day, in which words."""

    to: str
    clocks: tuple[str, ...] = ()
    given_on: date
    body: str


@operation
def record_exposure(act: Act, stay: Encounter | None, *, found: Found) -> Exposure:
    """Take up an exposure; its clocks have run since somebody of the house first knew."""
    _verify_found(act, found)
    exposure = Exposure(
        id=act.draw_id(),
        site_id=act.site,
        encounter=stay,
        happened_at=found.happened_at,
        known_at=found.known_at,
        is_only_day=found.is_only_day,
        way=found.way,
        people=found.people,
        opened_at=act.at,
        opened_by=act.person,
    )
    room = make_room(act, exposure.pk)
    exposure.save(force_insert=True)
    content = {
        "happened_at": found.happened_at.isoformat() if found.happened_at else None,
        "is_only_day": found.is_only_day,
        "known_at": found.known_at.isoformat(),
        "people": found.people,
        "stay": stay.about if stay else None,
        "way": found.way,
    }
    _tell(act, exposure, "exposure.opened", content, room)
    return exposure


@operation
def record_taken_up(act: Act, report: Report, exposure: UUID) -> None:
    """Keep, in the lane of a report and with its keys, that it led to an exposure."""
    lock_report(report)
    if Origin.objects.filter(report=report.pk).exists():
        raise TakenUp
    room, id_ = open_report(act, report), act.draw_id()
    sealed = room.seal(str(exposure), ORIGINS, id_, "exposure")
    Origin.objects.create(id=id_, report=report.pk, exposure=sealed)
    append(
        act,
        Happening(
            kind="report.taken-up",
            about=report.about,
            record=report.about,
            content={"exposure": str(exposure)},
            room=room,
        ),
    )


@operation
def record_assessed(act: Act, exposure: Exposure, *, weighed: Weighed, seen: int) -> Assessment:
    """Sign an assessment; an earlier one is never changed, the new one stands beside it."""
    verify_weighed(weighed)
    number = seen + 1
    rows = Exposure.objects.filter(pk=exposure.pk, number=seen)
    if not rows.update(result=weighed.result, number=number):
        raise AssessedAgain
    id_, room = act.draw_id(), open_room(act, exposure)
    plain = json.dumps(weighed.write(), sort_keys=True)
    signed = Assessment.objects.create(
        id=id_,
        exposure=exposure,
        number=number,
        result=weighed.result,
        limb=weighed.limb,
        plain=room.seal(plain, ASSESSMENTS, id_, "plain"),
        signed_by=act.person,
        signed_at=act.at,
    )
    content = {**weighed.write(), "number": number, "signed_by": str(act.person)}
    _tell(act, exposure, "exposure.assessed", content, room)
    return signed


@operation
def record_delayed(act: Act, exposure: Exposure, *, stated: Stated, today: date) -> Delay:
    """Put off what is due on an official's statement: written with its time, or dated and oral."""
    _verify_stated(stated, today)
    id_, room = act.draw_id(), open_room(act, exposure)
    said = {"official": stated.official, "words": stated.words}
    delay = Delay.objects.create(
        id=id_,
        exposure=exposure,
        form=stated.form,
        ground=stated.ground,
        stated_on=stated.stated_on or today,
        until=stated.until,
        said=room.seal(json.dumps(said, sort_keys=True), DELAYS, id_, "said"),
        noted_at=act.at,
        by=act.person,
    )
    content = {
        **said,
        "form": stated.form,
        "ground": stated.ground,
        "stated_on": delay.stated_on.isoformat(),
        "until": stated.until.isoformat() if stated.until else None,
    }
    _tell(act, exposure, "exposure.delayed", content, room)
    return delay


@operation
def record_notice(act: Act, exposure: Exposure, *, told: Told, today: date) -> Notice:
    """Keep that somebody was told, in which words, and which clocks that answers."""
    _verify_told(told, today)
    id_, room = act.draw_id(), open_room(act, exposure)
    notice = Notice.objects.create(
        id=id_,
        exposure=exposure,
        to=told.to,
        clocks=list(told.clocks),
        given_on=told.given_on,
        body=room.seal(told.body, NOTICES, id_, "body"),
        noted_at=act.at,
        by=act.person,
    )
    content = {
        "body": told.body,
        "clocks": list(told.clocks),
        "given_on": told.given_on.isoformat(),
        "to": told.to,
    }
    _tell(act, exposure, "exposure.notice-given", content, room)
    return notice


@operation
def record_exposure_viewed(act: Act, exposure: Exposure) -> None:
    """Note that somebody read an exposure."""
    _tell(act, exposure, "exposure.viewed", {}, open_room(act, exposure))


def say_missing(missing: tuple[Text, ...]) -> dict[str, str]:
    """Say in both languages what is missing."""
    return {
        "missing_en": ", ".join(one.en for one in missing),
        "missing_es": ", ".join(one.es for one in missing),
    }


def _verify_found(act: Act, found: Found) -> None:
    ways = load_factors()["acquired"].choices
    if (found.way and found.way not in ways) or not 0 < found.people <= MOST_PEOPLE:
        raise NotAChoice(most=MOST_WORDS)
    moments = [found.known_at, *([found.happened_at] if found.happened_at else [])]
    if any(moment > act.at for moment in moments):
        raise NoMoment


def _verify_stated(stated: Stated, today: date) -> None:
    if stated.form not in set(Form) or len(stated.official + stated.words) > MOST_WORDS:
        raise NotAChoice(most=MOST_WORDS)
    if stated.ground not in GROUNDS:
        raise NoGround
    if missing := stated.find_missing():
        raise NoBasis(**say_missing(missing))
    day = stated.stated_on or today
    if day > today or (stated.until and stated.until < day):
        raise NoMoment


def _verify_told(told: Told, today: date) -> None:
    if told.to not in TOLD or not set(told.clocks) <= set(load_clocks()):
        raise NotAChoice(most=MOST_WORDS)
    if not told.body.strip() or len(told.body) > MOST_BODY:
        raise NothingSaid(most=MOST_BODY, **say_missing((WHAT_IS_SAID,)))
    if told.given_on > today:
        raise NoMoment


def _tell(act: Act, exposure: Exposure, kind: str, content: Content, room: Strongroom) -> None:
    about = exposure.about
    append(act, Happening(kind=kind, about=about, record=about, content=content, room=room))
