"""One review as its page shows it: what was reported, what was done, what is missing to close."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bedside.doors.web.incidents.lists import say_type
from bedside.doors.web.staff.signed_in import Staff
from bedside.doors.web.words import say
from bedside.record.accounts.queries import find_names
from bedside.record.accounts.roles import NAMES, Role
from bedside.record.incidents.common_formats import find_class
from bedside.record.incidents.harm import AFTERS, HARMS, ITEMS, find_letter
from bedside.record.incidents.models import Review
from bedside.record.incidents.queries import (
    ActionSeen,
    RatingSeen,
    Step,
    Story,
    find_actions,
    find_ratings,
)
from bedside.record.incidents.words import (
    CHANGES,
    CONCERNS,
    FACTORS,
    HEARINGS,
    STATUSES,
    Change,
    Concern,
    Factor,
    Status,
)
from bedside.record.reports.choices import Side
from bedside.record.reports.queries import ReadReport, find_messages, read_report
from bedside.rules.vocabulary.problem import Language, Text
from bedside.trust.ledger.leaf import Lane

SAID = {
    "opened": "inc_said_opened",
    "assigned": "inc_said_assigned",
    "moved": "inc_said_moved",
    "concern": "inc_said_concern",
    "factors": "inc_said_factors",
    "linked": "inc_said_linked",
    "rater": "inc_said_rater",
    "hearing": "inc_said_hearing",
    "feedback": "inc_said_feedback",
    "closed": "inc_said_closed",
    "withdrawn": "inc_said_withdrawn",
    "reopened": "inc_said_reopened",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingLine:
    """One rating as its page shows it."""

    by: str
    is_own: bool
    reached: str
    items: tuple[tuple[str, str], ...]
    after: str
    letter: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionLine:
    """One corrective action."""

    seen: ActionSeen
    change: str
    owner: str
    is_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StepLine:
    """One thing that was done, in the order of time."""

    at: datetime
    by: str
    told: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """What was reported, as it was reported."""

    read: ReadReport
    by: str
    lane: str
    texts: tuple[tuple[str, str], ...]
    messages: tuple[tuple[str, datetime, str], ...]


def read_reported(staff: Staff, review: Review, language: Language) -> Reported | None:
    """Read a report with the key of its own lane, and the talk about it."""
    if review.report is None:
        return None
    reader = staff.reader(Lane(review.report.lane))
    read = read_report(reader, review.report.pk)
    named = review.report.named_by
    names = find_names({named}) if named else {}
    texts = [
        ("inc_text_words", read.words),
        ("inc_text_patient", read.patient_words),
        ("inc_text_narrative", read.narrative),
        ("inc_text_place", read.place),
        ("inc_text_asked", read.asked),
        ("inc_text_answered", read.answered),
    ]
    return Reported(
        read=read,
        by=names.get(named, "") if named else "",
        lane=say(f"inc_lane_{review.report.lane}", language),
        texts=tuple((say(key, language), text) for key, text in texts if text),
        messages=tuple(
            (say(f"inc_side_{Side(one.row.side)}", language), one.row.at, one.text)
            for one in find_messages(reader, review.report.pk)
        ),
    )


def build_ratings(staff: Staff, review: Review, language: Language) -> tuple[RatingLine, ...]:
    """Build the ratings that this person may see: their own, and both once both have rated."""
    seen = find_ratings(staff.reader(Lane.SAFETY), review, staff.person.pk)
    names = find_names({one.rater for one in seen})
    return tuple(_tell_rating(one, review, names, staff, language=language) for one in seen)


def build_actions(staff: Staff, review: Review, language: Language) -> tuple[ActionLine, ...]:
    """Build the corrective actions of a review."""
    found = find_actions(staff.reader(Lane.SAFETY), review)
    return tuple(tell_action(one, staff, language) for one in found)


def tell_action(seen: ActionSeen, staff: Staff, language: Language) -> ActionLine:
    """Tell one corrective action: what sort, whose, whether its day has passed."""
    today = staff.at.astimezone(staff.site.timezone).date()
    return ActionLine(
        seen=seen,
        change=CHANGES[Change(seen.row.change)].say(language),
        owner=NAMES[Role(seen.row.owner)].say(language),
        is_late=seen.row.done_at is None and seen.row.due_on < today,
    )


def build_steps(story: Story, language: Language) -> tuple[StepLine, ...]:
    """Build what was done, the newest first."""
    people = {step.by for step in story.steps} | {_find_person(step) for step in story.steps}
    names = find_names({one for one in people if one})
    return tuple(
        StepLine(
            at=step.at,
            by=names.get(step.by, ""),
            told=_tell(step, names, language),
            why=step.said.get("why", ""),
        )
        for step in reversed(story.steps)
    )


def build_hearings(story: Story, language: Language) -> tuple[tuple[str, str, str, str], ...]:
    """Build who was asked and heard: who, what came of it, when, their words verbatim."""
    return tuple(
        (
            say(f"inc_whom_{one.whom}", language),
            HEARINGS[one.state].say(language),
            one.on.isoformat(),
            one.words,
        )
        for one in story.hearings
    )


def find_options(
    of: dict[object, Text] | object, language: Language
) -> tuple[tuple[str, str], ...]:
    """Find the words of a closed list, to choose from."""
    table: dict[object, Text] = of  # type: ignore[assignment]  # one of the tables of words
    return tuple((str(word), text.say(language)) for word, text in table.items())


def _tell_rating(
    one: RatingSeen, review: Review, names: "dict[UUID, str]", staff: Staff, *, language: Language
) -> RatingLine:
    harms = [(item, getattr(one.rated, item)) for item in ITEMS]
    after = [AFTERS[word].say(language) for word in AFTERS if word in one.rated.after]
    return RatingLine(
        by=names.get(one.rater, ""),
        is_own=one.rater == staff.person.pk,
        reached=say(f"inc_reached_{one.rated.reached}", language),
        items=tuple((say(f"inc_{i}", language), HARMS[harm].say(language)) for i, harm in harms),
        after=", ".join(after),
        letter=find_letter(one.rated, find_class(review)),
    )


def _find_person(step: Step) -> UUID | None:
    named = step.said.get("to") or step.said.get("rater")
    return UUID(named) if step.what in {"assigned", "rater"} and named else None


def _tell(step: Step, names: "dict[UUID, str]", language: Language) -> str:
    told = say(SAID[step.what], language)
    person = _find_person(step)
    return f"{told} {_add(step, language) or (names.get(person, '') if person else '')}".strip()


def _add(step: Step, language: Language) -> str:
    """Say what a step adds beside its name: a word of a closed list, or the words themselves."""
    said = step.said
    if step.what == "moved":
        return STATUSES[Status(said["status"])].say(language)
    if step.what == "concern":
        return CONCERNS[Concern(said["concern"])].say(language)
    if step.what == "factors":
        return ", ".join(FACTORS[Factor(one)].say(language) for one in said["factors"])
    if step.what == "opened":
        return say_type(said["code"], language)
    if step.what == "closed":
        return str(said["outcome"])
    return ""
