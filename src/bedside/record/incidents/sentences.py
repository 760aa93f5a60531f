"""Sentences that everybody may read of what was done, never where they point to one report."""

import json
from collections.abc import Collection

from bedside.record.incidents.models import Action, Review
from bedside.record.incidents.publishing import House
from bedside.record.incidents.queries import ACTIONS
from bedside.record.incidents.words import Status
from bedside.record.journal.queries import Reader
from bedside.trust.publication.publish import LEAST_THRESHOLD

MOST_LINES = 20


def find_lines(reader: Reader, house: House, *, months: Collection[str]) -> tuple[str, ...]:
    """Find the sentences on actions done in some months, without order, day, unit or family.

    There are none while fewer than eleven reviews were closed in these months: a sentence beside a
    handful of reports tells which of them it came from.
    """
    closed = Review.objects.filter(site_id=reader.site, status=Status.CLOSED.value)
    days = closed.exclude(closed_at=None).values_list("closed_at", flat=True)
    if sum(at is not None and house.month(at) in months for at in days) < LEAST_THRESHOLD:
        return ()
    done = Action.objects.filter(review__site_id=reader.site).exclude(done_at=None)
    found = {
        _read(reader, one) for one in done if one.done_at and house.month(one.done_at) in months
    }
    return tuple(sorted(found - {""}))[:MOST_LINES]


def _read(reader: Reader, action: Action) -> str:
    room = reader.open(action.review.about)
    if room is None:
        return ""
    said = json.loads(room.open(action.said, ACTIONS, action.pk, "said"))
    line: str = said["line"]
    return line
