"""The line of time of a stay: notes and requests, each with a picture and the same in words."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.safestring import SafeString

from bedside.doors.web.claims import HEARD
from bedside.doors.web.drawings import draw_rail
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.staff.signed_in import Staff
from bedside.doors.web.stays.stay_page import Teller
from bedside.doors.web.words import say
from bedside.record.encounters.models import Encounter
from bedside.record.presence.queries import OPEN, Moment, Said, find_moments, find_said
from bedside.record.presence.words import OUTCOMES

SEVERAL = 60  # seconds after which the time of noting is told beside the time of happening


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One moment on the line of time."""

    at: datetime
    noted_at: datetime | None  # if it was noted later than it happened
    by: str
    title: str
    detail: str
    mark: UUID | None = None  # what a report can be made from in one tap
    rail: SafeString | None = None
    open_request: UUID | None = None
    is_correction: bool = False


def build_timeline(staff: Staff, stay: Encounter, teller: Teller) -> tuple[Line, ...]:
    """Build the lines, the newest first."""
    reader = staff.reader()
    moments, said = find_moments(reader, stay), find_said(reader, stay)
    names = teller.roles([one.by for one in moments] + [one.by for one in said])
    lines = [_tell_moment(one, teller, names[one.by]) for one in moments]
    lines += [_tell_said(one, teller, names[one.by]) for one in said]
    return tuple(sorted(lines, key=lambda line: line.at, reverse=True))


def _tell_moment(one: Moment, teller: Teller, by: str) -> Line:
    language, vocabulary = teller.language, find_shelf().vocabulary
    words = []
    for name, word in (("position", one.position), ("device", one.device)):
        dimension = vocabulary.dimensions[name]
        if word in dimension.places:
            words.append(dimension.words[dimension.places[word]].label.say(language))
    claims = [f"“{HEARD[id_].words.say(language)}”" for id_ in one.heard.claims if id_ in HEARD]
    title = words[0] if one.position else say("presence_not_observed", language)
    is_late = (one.noted_at - one.happened_at).total_seconds() > SEVERAL
    return Line(
        at=one.happened_at,
        noted_at=one.noted_at if is_late else None,
        by=by,
        title=title,
        mark=one.id,
        detail=" ".join([", ".join(words[1:]), *claims]).strip(),
        rail=draw_rail(one.position, None, title) if one.position else None,
        is_correction=one.is_correction,
    )


def _tell_said(one: Said, teller: Teller, by: str) -> Line:
    language = teller.language
    return Line(
        at=one.asked_at,
        noted_at=None,
        by=by,
        title=OUTCOMES[one.outcome].say(language),
        detail=one.answer or one.words,
        open_request=one.id if one.outcome in OPEN else None,
    )
