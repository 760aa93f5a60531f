"""Rows of the bedside record beside a review: judged, with each norm cited; and rows to choose."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString

from bedside.doors.web.drawings import draw_rail
from bedside.doors.web.norm_lines import NormLine, build_line
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.staff.signed_in import Staff
from bedside.doors.web.stays.case import find_freshness, find_where
from bedside.doors.web.words import say
from bedside.record.accounts.access import NotThere, NotYours
from bedside.record.accounts.roles import May
from bedside.record.encounters.access import access_encounter
from bedside.record.encounters.models import Encounter
from bedside.record.incidents.judging import Ground, JudgedPart, judge_row
from bedside.record.incidents.models import Review
from bedside.record.incidents.queries import Story
from bedside.record.presence.queries import Moment, find_moments
from bedside.rules.vocabulary.problem import Language

MOST_CHOICES = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class PartLine:
    """One thing that the row says, how norms stand to it, and those that it broke."""

    label: str
    stands: str
    standing: str
    standing_word: str
    advised: str
    lines: tuple[NormLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class RowLine:
    """One row as a reviewer reads it."""

    at: datetime
    on: str
    title: str
    rail: SafeString | None
    parts: tuple[PartLine, ...]
    stay: Encounter

    @property
    def broken(self) -> int:
        """How many norms the row broke."""
        return len({line.id for part in self.parts for line in part.lines})


def find_stay_of(staff: Staff, review: Review) -> Encounter | None:
    """Find the stay that a review is about, if there is one and this person reads it."""
    if review.raised is not None:
        return review.raised.letter.encounter
    stay_id = review.report.stay if review.report else None
    if stay_id is None:
        return None
    try:
        return access_encounter(staff.standing, stay_id, to=May.READ_CARE)
    except (NotThere, NotYours):
        return None


def build_rows(staff: Staff, story: Story, language: Language) -> tuple[RowLine, ...]:
    """Judge the linked rows, each by the norms of its own day."""
    ground, found = find_ground(staff), []
    for link in story.links:
        stay = access_encounter(staff.standing, link.stay, to=May.READ_CARE)
        judged = judge_row(staff.reader(), stay, link.mark, ground=ground)
        if judged is None:
            continue
        title = _title(judged.moment, language)
        found.append(
            RowLine(
                at=judged.moment.happened_at,
                on=judged.on.isoformat(),
                title=title,
                rail=draw_rail(judged.moment.position or None, None, title),
                parts=tuple(_build_part(one, language) for one in judged.parts),
                stay=stay,
            )
        )
    return tuple(found)


def find_choices(
    staff: Staff, stay: Encounter | None, story: Story, language: Language
) -> tuple[tuple[str, str], ...]:
    """Find the rows of the stay that are not linked yet."""
    if stay is None:
        return ()
    linked = {link.mark for link in story.links}
    zone = staff.site.timezone
    moments = [m for m in find_moments(staff.reader(), stay) if m.id not in linked]
    return tuple(
        (
            str(one.id),
            f"{one.happened_at.astimezone(zone):%Y-%m-%d %H:%M} · {_title(one, language)}",
        )
        for one in moments[-MOST_CHOICES:]
    )


def find_ground(staff: Staff) -> Ground:
    """Find with what rows of this hospital are judged."""
    return Ground(
        compiled=find_shelf().compiled,
        where=find_where(staff),
        freshness=find_freshness(),
        zone=staff.site.timezone,
    )


def _build_part(part: JudgedPart, language: Language) -> PartLine:
    vocabulary = find_shelf().vocabulary
    ranked = sorted(part.broken, key=lambda one: (one.rank.value, one.norm.id))
    return PartLine(
        label=vocabulary.dimensions[part.dimension].label.say(language),
        stands=_name_word(part.dimension, part.stands, language),
        standing=part.outcome,
        standing_word=vocabulary.label("outcomes", part.outcome).say(language),
        advised=_name_word(part.dimension, part.advised, language),
        lines=tuple(build_line(one.norm, vocabulary, language) for one in ranked),
    )


def _title(moment: Moment, language: Language) -> str:
    said = _name_word("position", moment.position, language)
    return said or say("presence_not_observed", language)


def _name_word(dimension: str, word: str, language: Language) -> str:
    of = find_shelf().vocabulary.dimensions[dimension]
    return of.words[of.places[word]].label.say(language) if word in of.places else ""
