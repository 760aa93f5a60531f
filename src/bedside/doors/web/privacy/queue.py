"""What waits for the privacy officer in the morning, the clock that ends first on top."""

from dataclasses import dataclass
from datetime import date, datetime

from bedside.doors.web.addresses import find_address
from bedside.doors.web.privacy.clock_lines import (
    ClockLine,
    tell_clock,
    tell_day,
    tell_moment,
)
from bedside.doors.web.privacy.reading import find_today
from bedside.doors.web.staff.signed_in import Staff
from bedside.doors.web.words import say
from bedside.record.privacy.accounting import find_open_askings
from bedside.record.privacy.models import Asking, Exposure
from bedside.record.privacy.queries import (
    Place,
    Running,
    find_exposures,
    find_known,
    find_report_clocks,
    find_running,
    find_waiting_reports,
)
from bedside.record.reports.models import Report
from bedside.rules.calendars.clocks import Known, load_clocks, read_known, start
from bedside.rules.incidents.taxonomy import load_types
from bedside.rules.vocabulary.problem import Language
from bedside.trust.ledger.leaf import Lane

LANES = (Lane.OPERATIONAL, Lane.SAFETY)
FAR = 10**6  # where no day is given, a row stands last
SLOW = frozenset({"ama_patient", "us_health_department_log"})  # behind a fold, for the morning


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that waits: what it is, what is next, since when, by when."""

    next: str
    about: str
    address: str
    since: str
    clocks: tuple[ClockLine, ...]
    slow: tuple[ClockLine, ...]  # clocks that nobody needs to see in the morning
    first: ClockLine | None  # the clock that ends first
    left: int


def find_place(staff: Staff) -> Place:
    """Say where and when clocks are told."""
    return Place(jurisdiction=staff.site.jurisdiction, zone=staff.site.timezone, at=staff.at)


def build_queue(staff: Staff, language: Language) -> tuple[Item, ...]:
    """Build the list, what is due first on top."""
    items = [
        _tell_report(report, staff, language)
        for lane in LANES
        for report in find_waiting_reports(staff.reader(lane))
    ]
    items += [
        _tell_exposure(one, staff, language)
        for one in find_exposures(staff.standing.site, only_open=True)
        if one.result == "" or any(x.is_open for x in find_running(one, find_place(staff)))
    ]
    items += [_tell_asking(one, staff, language) for one in find_open_askings(staff.standing.site)]
    return tuple(sorted(items, key=lambda item: item.left))


def tell_kinds(report: Report, language: Language) -> str:
    """Tell what kinds of thing a report is about."""
    types = load_types()
    return ", ".join(types[code].title.say(language) for code in report.types if code in types)


def name_exposure(exposure: Exposure, language: Language) -> str:
    """Name an exposure for its officer: the stay by its code, or none."""
    stay = exposure.encounter
    code = stay.code if stay else say("privacy_no_stay", language)
    return say("privacy_exposure_of", language, code=code)


def tell_running(running: tuple[Running, ...], language: Language) -> tuple[ClockLine, ...]:
    """Tell clocks, those that end first on top and those without a day below."""
    lines = [tell_clock(one, language) for one in running]
    return tuple(sorted(lines, key=lambda x: FAR if x.days_left is None else x.days_left))


def tell_since(at: datetime, day: date, *, only_day: bool, language: Language) -> str:
    """Tell since when somebody of the house has known."""
    return tell_day(day, language) if only_day else tell_moment(at, language)


def _tell_report(report: Report, staff: Staff, language: Language) -> Item:
    known = find_known(report, staff.site.timezone)
    since = tell_since(
        known.at or report.filed_at, known.day, only_day=known.at is None, language=language
    )
    return _build(
        next_=say("privacy_next_report", language),
        about=tell_kinds(report, language),
        address=find_address("privacy_report", language, report_id=str(report.pk)),
        since=since,
        clocks=tell_running(find_report_clocks(report, find_place(staff)), language),
    )


def _tell_exposure(exposure: Exposure, staff: Staff, language: Language) -> Item:
    place = find_place(staff)
    known = read_known(exposure.known_at, place.zone, only_day=exposure.is_only_day)
    lines = tell_running(find_running(exposure, place), language)
    open_ = [line for line in lines if not line.given]
    is_assessed = bool(exposure.result)
    next_ = open_[0].title if is_assessed and open_ else say("privacy_next_assess", language)
    return _build(
        next_=next_,
        about=name_exposure(exposure, language),
        address=find_address("exposure", language, exposure_id=str(exposure.pk)),
        since=tell_since(
            known.at or exposure.known_at,
            known.day,
            only_day=exposure.is_only_day,
            language=language,
        ),
        clocks=lines,
    )


def _tell_asking(asking: Asking, staff: Staff, language: Language) -> Item:
    known = Known(day=asking.asked_on)
    due = start(load_clocks()["us_accounting"], known, staff.site.timezone)
    running = Running(due=due, today=find_today(staff))
    return _build(
        next_=say("privacy_next_accounting", language),
        about=say("privacy_stay_of", language, code=asking.encounter.code),
        address=find_address("accounting", language, stay_id=str(asking.encounter_id)),
        since=tell_day(asking.asked_on, language),
        clocks=(tell_clock(running, language),),
    )


def _build(
    *, next_: str, about: str, address: str, since: str, clocks: tuple[ClockLine, ...]
) -> Item:
    dated = [line for line in clocks if line.days_left is not None and not line.given]
    first = dated[0] if dated else None
    left = FAR if first is None or first.days_left is None else first.days_left
    return Item(
        next=next_,
        about=about,
        address=address,
        since=since,
        clocks=tuple(line for line in clocks if line.id not in SLOW),
        slow=tuple(line for line in clocks if line.id in SLOW),
        first=first,
        left=left,
    )
