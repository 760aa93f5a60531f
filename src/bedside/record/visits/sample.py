"""Two invented visits at the sample hospital, so that the pages have something to show."""

from collections.abc import Callable
from datetime import timedelta

from bedside.record.journal.act import Act
from bedside.record.visits.known import Known
from bedside.record.visits.models import Visit
from bedside.record.visits.operations import Happens, record_closing, record_moment, record_visit

ENTERS = Known(
    asks="enter",
    paper="agency",
    agency="ice",
    purpose="immigration_enforcement",
    door="main",
    count=2,
    place="Medical ward",
)
SUBPOENA = Known(
    asks="records",
    paper="subpoena",
    signature="judge",
    paper_copied="yes",
    agency="municipal_police",
    purpose="criminal_enforcement",
    identity="seen",
    door="main",
    count=1,
    officers="Officer, as shown on the card",
    badges="1187",
    our_words="I'll take your paper and call our counsel, who answers it.",
)


def add_sample_visits(begin: Callable[[], Act]) -> None:
    """Add an open and a closed visit, unless there is one already."""
    act = begin()
    if Visit.objects.filter(site_id=act.site).exists():
        return
    _add_open(begin)
    _add_closed(begin)


def _add_open(begin: Callable[[], Act]) -> None:
    act = begin()
    came_at = act.at - timedelta(seconds=25)
    visit = record_visit(act, known=ENTERS, came_at=came_at, call=["administrator_on_duty"])
    refused = Happens(what="name_refused", happened_at=act.at)
    record_moment(begin(), visit, moment=refused)


def _add_closed(begin: Callable[[], Act]) -> None:
    act = begin()
    came_at = act.at - timedelta(hours=3)
    visit = record_visit(act, known=SUBPOENA, came_at=came_at)
    phoned = Happens(
        what="phoned_answered", role="counsel", happened_at=came_at + timedelta(seconds=50)
    )
    record_moment(begin(), visit, moment=phoned)
    left = Happens(what="left", happened_at=came_at + timedelta(minutes=9))
    record_moment(begin(), visit, moment=left)
    record_closing(begin(), visit)
