"""Taking a report into review and moving it along; every step is an entry that stays.

All of this happens in the safety lane, whatever lane the report itself lies in.
"""

import json
from collections.abc import Collection, Mapping
from typing import Final
from uuid import UUID

from bedside.record.accounts.access import find_standing
from bedside.record.accounts.models import Person
from bedside.record.accounts.roles import May
from bedside.record.incidents.concerns import find_concern
from bedside.record.incidents.models import Entry, Review
from bedside.record.incidents.refusals import (
    ChangedMeanwhile,
    ChoiceMissing,
    NoRater,
    NotClosed,
    NotOpen,
    TakenAlready,
    WordsMissing,
)
from bedside.record.incidents.rooms import make_review_room, open_review_room
from bedside.record.incidents.words import Concern, Factor, Status
from bedside.record.journal.act import Act
from bedside.record.journal.operations import Happening, append, operation
from bedside.record.letters.models import Raised
from bedside.record.reports.models import Report
from bedside.record.reports.operations import lock_report, verify_open
from bedside.record.vault.sealed import Strongroom

TABLE: Final = "incidents_entry"
MOST_WORDS: Final = 2000
OPEN: Final = (Status.NEW, Status.IN_REVIEW, Status.WAITING)
ENDED: Final = (Status.CLOSED, Status.WITHDRAWN)


@operation
def record_report_taken(act: Act, report: Report, *, code: str) -> Review:
    """Take a report into review; whoever takes it reviews it."""
    held = lock_report(report)
    verify_open(held)
    if Review.objects.filter(report=held).exists():
        raise TakenAlready
    return _open(act, Review(report=held, code=code))


@operation
def record_raised_taken(act: Act, raised: Raised) -> Review:
    """Take into review what was raised by itself; the fact stays where it was written."""
    Raised.objects.select_for_update().get(pk=raised.pk)
    if Review.objects.filter(raised=raised).exists():
        raise TakenAlready
    Raised.objects.filter(pk=raised.pk).update(taken_at=act.at)
    return _open(act, Review(raised=raised, code=raised.code))


@operation
def record_assigned(act: Act, review: Review, *, to: Person, seen: int) -> None:
    """Give a review to another reviewer."""
    standing = find_standing(to, act.site, at=act.at)
    if standing is None or not standing.may(May.REVIEW_REPORTS):
        raise ChoiceMissing
    _change(act, review, seen, "assigned", {"to": str(to.pk)}, assigned_to=to.pk)


@operation
def record_moved(act: Act, review: Review, *, status: Status, why: str, seen: int) -> None:
    """Say that a review waits for somebody, or goes on; why is said."""
    if status not in (Status.IN_REVIEW, Status.WAITING):
        raise ChoiceMissing
    said = {"status": status.value, "why": bound(why)}
    _change(act, review, seen, "moved", said, status=status.value)


@operation
def record_concern(act: Act, review: Review, *, concern: Concern, why: str, seen: int) -> None:
    """Say whose conduct a review is about after all; why is said."""
    said = {"concern": concern.value, "why": bound(why)}
    _change(act, review, seen, "concern", said, concerns=concern.value)


@operation
def record_factors(act: Act, review: Review, *, factors: Collection[Factor], seen: int) -> None:
    """Say what contributed; the last word on it counts, earlier ones stay."""
    _change(act, review, seen, "factors", {"factors": sorted(one.value for one in factors)})


@operation
def record_link(act: Act, review: Review, *, mark: UUID, stay: UUID, seen: int) -> None:
    """Link a row of the bedside record; the row itself learns nothing of it."""
    _change(act, review, seen, "linked", {"mark": str(mark), "stay": str(stay)})


@operation
def record_second_rater(act: Act, review: Review, *, rater: Person, seen: int) -> None:
    """Ask a colleague to rate the harm too, without seeing what the first one said."""
    standing = find_standing(rater, act.site, at=act.at)
    may = standing is not None and standing.may(May.RATE_HARM)
    is_taken = review.second_rater and review.ratings.filter(rater=review.second_rater).exists()
    if not may or rater.pk == review.assigned_to or is_taken:
        raise NoRater
    _change(act, review, seen, "rater", {"rater": str(rater.pk)}, second_rater=rater.pk)


@operation
def record_reopened(act: Act, review: Review, *, why: str, seen: int) -> None:
    """Open a closed review again; why is said, and what was closed stays told."""
    if review.status not in ENDED:
        raise NotClosed
    said = {"why": bound(why)}
    room, _ = add_entry(act, review, seen=seen, what="reopened", said=said)
    rows = Review.objects.filter(pk=review.pk)
    rows.update(status=Status.IN_REVIEW.value, closed_at=None)
    tell(act, review, "review.reopened", said, room=room)


@operation
def record_review_viewed(act: Act, review: Review) -> None:
    """Note that somebody read a review."""
    append(
        act, Happening(kind="review.viewed", about=review.about, record=review.about, content={})
    )


def add_entry(
    act: Act, review: Review, *, seen: int, what: str, said: Mapping[str, object]
) -> tuple[Strongroom, Entry]:
    """Add an entry within an operation that tells of it; refuse if the review has moved on."""
    held = Review.objects.select_for_update().get(pk=review.pk)
    if held.version != seen:
        raise ChangedMeanwhile
    room, id_ = open_review_room(act, review), act.draw_id()
    text = json.dumps(dict(said), sort_keys=True, ensure_ascii=False)
    entry = Entry.objects.create(
        id=id_,
        review=review,
        number=held.version + 1,
        kind=what,
        by=act.person,
        at=act.at,
        said=room.seal(text, TABLE, id_, "said"),
    )
    Review.objects.filter(pk=review.pk).update(version=held.version + 1)
    return room, entry


def lock_review(review: Review) -> Review:
    """Read an open review as it stands now, and let nobody else change it; or refuse."""
    held = Review.objects.select_for_update().get(pk=review.pk)
    refuse_ended(held)
    return held


def refuse_ended(review: Review) -> None:
    """Refuse what is done only to an open review."""
    if review.status in ENDED:
        raise NotOpen


def tell(
    act: Act, review: Review, kind: str, said: Mapping[str, object], *, room: Strongroom
) -> None:
    """Tell the journal of the safety lane."""
    append(
        act, Happening(kind=kind, about=review.about, record=review.about, content=said, room=room)
    )


def bound(words: str, *, most: int = MOST_WORDS) -> str:
    """Take words that have to be there, or refuse them."""
    if not 0 < len(words.strip()) <= most:
        raise WordsMissing(most=most)
    return words.strip()


def _open(act: Act, review: Review) -> Review:
    review.id, review.site_id = act.draw_id(), act.site
    review.status, review.concerns = Status.IN_REVIEW.value, find_concern(review.code).value
    review.assigned_to, review.opened_at = act.person, act.at
    room = make_review_room(act, review.id)
    review.save(force_insert=True)
    said = {"code": review.code, "of": review.report.about if review.report else "raised"}
    add_entry(act, review, seen=0, what="opened", said=said)
    review.refresh_from_db(fields=["version"])
    tell(act, review, "review.opened", said, room=room)
    return review


def _change(
    act: Act, review: Review, seen: int, what: str, said: Mapping[str, object], **fields: object
) -> None:
    refuse_ended(review)
    room, _ = add_entry(act, review, seen=seen, what=what, said=said)
    if fields:
        Review.objects.filter(pk=review.pk).update(**fields)
    tell(act, review, "review.noted", {"what": what, **said}, room=room)
