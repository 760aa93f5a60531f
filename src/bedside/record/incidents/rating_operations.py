"""Rating harm, and setting right: each rating is one person's own; each action has an owner."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from bedside.record.accounts.roles import Role
from bedside.record.incidents.harm import Rated
from bedside.record.incidents.models import Action, Rating, Review
from bedside.record.incidents.operations import bound, lock_review, tell
from bedside.record.incidents.queries import ACTIONS, RATINGS
from bedside.record.incidents.refusals import BadDay, RatedBefore, WordsMissing
from bedside.record.incidents.rooms import open_review_room
from bedside.record.incidents.words import Change
from bedside.record.journal.act import Act
from bedside.record.journal.operations import operation
from bedside.record.reports.operations import verify_open

LONGEST: Final = timedelta(days=730)
MOST_LINE: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """A corrective action: what, by whom, until when, and what all staff may read once done."""

    change: Change
    owner: Role
    due_on: date
    what: str
    line: str = ""


@operation
def record_rating(act: Act, review: Review, *, rated: Rated) -> Rating:
    """Rate the harm of a review; nobody sees it before they have rated themselves."""
    held = lock_review(review)
    if held.report is not None:
        verify_open(held.report)
    if Rating.objects.filter(review=review, rater=act.person).exists():
        raise RatedBefore
    id_, room = act.draw_id(), open_review_room(act, review)
    said = {
        "after": sorted(one.value for one in rated.after),
        "dignity": rated.dignity.value,
        "physical": rated.physical.value,
        "psychological": rated.psychological.value,
        "reached": rated.reached.value,
    }
    text = json.dumps(said, sort_keys=True)
    rating = Rating.objects.create(
        id=id_,
        review=review,
        rater=act.person,
        at=act.at,
        said=room.seal(text, RATINGS, id_, "said"),
    )
    tell(act, review, "review.rated", said, room=room)
    return rating


@operation
def record_action(act: Act, review: Review, *, wanted: Wanted, today: date) -> Action:
    """Set a corrective action with its owner and its day."""
    lock_review(review)
    if not today <= wanted.due_on <= today + LONGEST:
        raise BadDay(why=wanted.due_on.isoformat())
    if len(wanted.line) > MOST_LINE:
        raise WordsMissing(most=MOST_LINE)
    id_, room = act.draw_id(), open_review_room(act, review)
    text = json.dumps({"line": wanted.line.strip(), "what": bound(wanted.what)}, sort_keys=True)
    action = Action.objects.create(
        id=id_,
        review=review,
        change=wanted.change.value,
        owner=wanted.owner.value,
        due_on=wanted.due_on,
        said=room.seal(text, ACTIONS, id_, "said"),
        by=act.person,
        set_at=act.at,
    )
    said = {
        "action": str(id_),
        "change": wanted.change.value,
        "due_on": wanted.due_on.isoformat(),
        "owner": wanted.owner.value,
        "what": wanted.what,
    }
    tell(act, review, "review.action-set", said, room=room)
    return action


@operation
def record_action_done(act: Act, action: Action) -> None:
    """Say that a corrective action is done."""
    rows = Action.objects.filter(pk=action.pk, done_at=None)
    rows.update(done_at=act.at, done_by=act.person)
    review = action.review
    room = open_review_room(act, review)
    tell(act, review, "review.action-done", {"action": str(action.pk)}, room=room)
