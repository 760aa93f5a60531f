"""An exposure as its page tells it: clocks, assessments, statements, notices, the log."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from bedside.doors.web.privacy.clock_lines import ClockLine, tell_day, tell_moment, tell_source
from bedside.doors.web.privacy.queue import find_place, name_exposure, tell_running, tell_since
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.staff.signed_in import Staff
from bedside.doors.web.words import say
from bedside.record.accounts.models import Person
from bedside.record.privacy.assessing import Weighed
from bedside.record.privacy.evidence import Shown, find_shown
from bedside.record.privacy.models import Exposure
from bedside.record.privacy.queries import (
    ReadAssessment,
    find_assessments,
    find_delays,
    find_notices,
    find_running,
    read_statements,
)
from bedside.record.privacy.tables import load_exclusions, load_factors, load_limbs, load_results
from bedside.rules.calendars.clocks import load_clocks, load_principles, read_known
from bedside.rules.calendars.delays import find_end
from bedside.rules.vocabulary.problem import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One thing with what is said of it, under its name."""

    title: str
    line: str
    cite: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteLine:
    """One note of the stay as evidence."""

    at: str
    words: str
    leaf: int | None
    is_apart: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """One signed assessment."""

    number: int
    result: str
    line: str
    by: str
    at: datetime
    limb: Told
    factors: tuple[Told, ...]
    says: str
    notes: tuple[NoteLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DelayLine:
    """One statement of an official."""

    title: str
    official: str
    words: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExposurePage:
    """The page."""

    row: Exposure
    name: str
    since: str
    happened: str
    way: str
    is_open: bool
    clocks: tuple[ClockLine, ...]
    principles: tuple[Told, ...]
    signed: tuple[Signed, ...]
    delays: tuple[DelayLine, ...]
    notices: tuple[Told, ...]
    shown: tuple[NoteLine, ...]
    agreed: str


def build_exposure(staff: Staff, exposure: Exposure, language: Language) -> ExposurePage:
    """Build the page."""
    place, reader = find_place(staff), staff.reader()
    known = read_known(exposure.known_at, place.zone, only_day=exposure.is_only_day)
    running = find_running(exposure, place)
    shown = find_notes(staff, exposure)
    ways = load_factors()["acquired"].choices
    happened = exposure.happened_at
    return ExposurePage(
        row=exposure,
        name=name_exposure(exposure, language),
        since=tell_since(
            known.at or exposure.known_at,
            known.day,
            only_day=exposure.is_only_day,
            language=language,
        ),
        happened=tell_moment(happened.astimezone(place.zone), language) if happened else "",
        way=ways[exposure.way].say(language) if exposure.way else "",
        is_open=bool(running),
        clocks=tell_running(running, language),
        principles=_tell_principles(language),
        signed=tuple(
            tell_signed(one, staff, language) for one in find_assessments(reader, exposure)
        ),
        delays=_tell_delays(staff, exposure, language),
        notices=_tell_notices(staff, exposure, language),
        shown=tuple(tell_note(one.write(), staff, language) for one in shown.notes),
        agreed=tell_agreed(shown, language),
    )


def find_notes(staff: Staff, exposure: Exposure) -> Shown:
    """Find what was noted at the stay around the time."""
    hears = find_shelf().vocabulary.dimensions["position"].properties["hears"]
    around = exposure.happened_at or exposure.known_at
    return find_shown(staff.reader(), exposure.encounter, around=around, unheard=hears.no)


def tell_note(note: Mapping[str, object], staff: Staff, language: Language) -> NoteLine:
    """Tell a note in words."""
    at = datetime.fromisoformat(str(note["at"])).astimezone(staff.site.timezone)
    leaf = note["leaf"]
    words = [
        _name("position", note["position"], language),
        _name("device", note["device"], language),
    ]
    return NoteLine(
        at=tell_moment(at, language),
        words=" · ".join(word for word in words if word) or say("presence_not_observed", language),
        leaf=leaf if isinstance(leaf, int) else None,
        is_apart=bool(note["is_apart"]),
    )


def tell_agreed(shown: Shown, language: Language) -> str:
    """Tell the arrangement that was agreed at the time."""
    presets = find_shelf().vocabulary.presets
    return presets[shown.agreed].label.say(language) if shown.agreed in presets else ""


def tell_signed(one: ReadAssessment, staff: Staff, language: Language) -> Signed:
    """Tell a signed assessment."""
    title, line = load_results()[one.row.result]
    weighed = one.weighed or Weighed(limb=one.row.limb, result=one.row.result)
    limb = load_limbs()[weighed.limb]
    by = Person.objects.filter(pk=one.row.signed_by).first()
    return Signed(
        number=one.row.number,
        result=title.say(language),
        line=line.say(language),
        by=by.name if by else "",
        at=one.row.signed_at,
        limb=Told(title=limb.title.say(language), line=weighed.limb_says, cite=limb.cite),
        factors=_tell_factors(weighed, language),
        says=_tell_exclusion(weighed, language),
        notes=tuple(tell_note(note, staff, language) for note in weighed.evidence),
    )


def _tell_factors(weighed: Weighed, language: Language) -> tuple[Told, ...]:
    told = []
    for name, factor in load_factors().items():
        answer = weighed.factors.get(name)
        if answer is None or not (answer.chosen or answer.reason):
            continue
        chosen = ", ".join(factor.choices[one].say(language) for one in answer.chosen)
        line = f"{chosen}. {answer.reason}" if chosen else answer.reason
        told.append(Told(title=factor.title.say(language), line=line, cite=factor.cite))
    return tuple(told)


def _tell_exclusion(weighed: Weighed, language: Language) -> str:
    exclusion = load_exclusions().get(weighed.exclusion)
    said = f"{exclusion.title.say(language)} ({exclusion.cite}). " if exclusion else ""
    return f"{said}{weighed.result_says}"


def _tell_principles(language: Language) -> tuple[Told, ...]:
    return tuple(
        Told(
            title=text.say(language),
            line="",
            cite=" · ".join(tell_source(one, language) for one in sources),
        )
        for text, sources in load_principles().values()
    )


def _tell_delays(staff: Staff, exposure: Exposure, language: Language) -> tuple[DelayLine, ...]:
    rule = load_clocks()["us_patient"].delay
    assert rule is not None  # noqa: S101 - the federal clock has one
    return tuple(
        DelayLine(
            title=say(f"privacy_form_{one.row.form}", language),
            official=one.official,
            words=one.words,
            until=tell_day(find_end(read_statements([one.row])[0], rule), language),
        )
        for one in find_delays(staff.reader(), exposure)
    )


def _tell_notices(staff: Staff, exposure: Exposure, language: Language) -> tuple[Told, ...]:
    clocks = load_clocks()
    told = []
    for one in find_notices(staff.reader(), exposure):
        to = say(f"privacy_to_{one.row.to}", language)
        answers = [clocks[id_].title.say(language) for id_ in one.row.clocks]
        title = f"{tell_day(one.row.given_on, language)} · {to}"
        told.append(Told(title=title, line=one.body, cite=", ".join(answers)))
    return tuple(told)


def _name(dimension: str, word: object, language: Language) -> str:
    found = find_shelf().vocabulary.dimensions[dimension]
    key = str(word)
    return found.words[found.places[key]].label.say(language) if key in found.places else ""
