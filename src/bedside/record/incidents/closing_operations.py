"""Hearing whoever a review is about, answering whoever reported, and closing it, in this order."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from bedside.record.incidents.concerns import HEARD_OF
from bedside.record.incidents.models import Review
from bedside.record.incidents.operations import (
    MOST_WORDS,
    add_entry,
    bound,
    refuse_ended,
    tell,
)
from bedside.record.incidents.queries import find_missing, read_story
from bedside.record.incidents.refusals import (
    BadDay,
    ChoiceMissing,
    NotAskedBefore,
    NotReadyToClose,
    WordsMissing,
)
from bedside.record.incidents.rooms import open_review_room
from bedside.record.incidents.words import Concern, Heard, Status
from bedside.record.journal.act import Act
from bedside.record.journal.operations import operation

LONGEST_STATEMENT: Final = 10_000
NEEDS_ASKING: Final = (Heard.DECLINED, Heard.NOT_REACHABLE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """One step of hearing somebody: who, what came of it, on which day, their words verbatim."""

    whom: str  # officer or staff
    state: Heard
    on: date
    words: str = ""


@operation
def record_hearing(act: Act, review: Review, *, hearing: Hearing, today: date, seen: int) -> None:
    """Note that somebody was asked for their side, and what came of it; words stay as said."""
    refuse_ended(review)
    if hearing.whom not in HEARD_OF[Concern.BOTH]:
        raise ChoiceMissing
    if hearing.on > today:
        raise BadDay(why=f"{hearing.on.isoformat()} > {today.isoformat()}")
    if len(hearing.words) > LONGEST_STATEMENT or (
        hearing.state is Heard.HEARD and not hearing.words.strip()
    ):
        raise WordsMissing(most=LONGEST_STATEMENT)
    story = read_story(open_review_room(act, review), review)
    if hearing.state in NEEDS_ASKING and not any(
        one.whom == hearing.whom and one.state is Heard.ASKED and one.on <= hearing.on
        for one in story.hearings
    ):
        raise NotAskedBefore
    said = {
        "on": hearing.on.isoformat(),
        "state": hearing.state.value,
        "whom": hearing.whom,
        "words": hearing.words,
    }
    room, _ = add_entry(act, review, seen=seen, what="hearing", said=said)
    tell(act, review, "review.heard", said, room=room)


@operation
def record_feedback(act: Act, review: Review, *, text: str, withheld: str, seen: int) -> None:
    """Note what the reporter was told, or why nothing is told; one of both, never neither."""
    refuse_ended(review)
    said = {"withheld": bound(withheld)} if withheld.strip() else {"text": bound(text)}
    room, _ = add_entry(act, review, seen=seen, what="feedback", said=said)
    tell(act, review, "review.answered", said, room=room)


@operation
def record_closed(act: Act, review: Review, *, outcome: str, seen: int) -> None:
    """Close a review with its outcome, once everybody was heard and the reporter answered."""
    refuse_ended(review)
    missing = find_missing(review, read_story(open_review_room(act, review), review))
    if missing:
        raise NotReadyToClose(missing)
    said = {"outcome": bound(outcome, most=MOST_WORDS)}
    room, _ = add_entry(act, review, seen=seen, what="closed", said=said)
    rows = Review.objects.filter(pk=review.pk)
    rows.update(status=Status.CLOSED.value, closed_at=act.at)
    tell(act, review, "review.closed", said, room=room)


@operation
def record_withdrawn(act: Act, review: Review, *, seen: int) -> None:
    """Close the review of a report that its author took back; nothing is deleted."""
    refuse_ended(review)
    if review.report is None or not review.report.is_withdrawn:
        raise ChoiceMissing
    room, _ = add_entry(act, review, seen=seen, what="withdrawn", said={})
    rows = Review.objects.filter(pk=review.pk)
    rows.update(status=Status.WITHDRAWN.value, closed_at=act.at)
    tell(act, review, "review.closed", {"withdrawn": True}, room=room)
