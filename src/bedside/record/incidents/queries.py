"""Reading reviews: the queue, one review with all that was done in it, ratings, actions."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

from bedside.record.accounts.access import Standing
from bedside.record.accounts.roles import May
from bedside.record.incidents.access import may_read_type
from bedside.record.incidents.agreement import Agreement, measure
from bedside.record.incidents.concerns import HEARD_OF
from bedside.record.incidents.harm import ITEMS, After, Rated
from bedside.record.incidents.models import Action, Rating, Review
from bedside.record.incidents.words import Concern, Factor, Heard, Status
from bedside.record.journal.queries import Reader
from bedside.record.letters.models import Raised
from bedside.record.reports.choices import Harm, Reached
from bedside.record.reports.models import Report
from bedside.record.vault.sealed import Strongroom
from bedside.rules.vocabulary.problem import Text

ENTRIES, RATINGS, ACTIONS = "incidents_entry", "incidents_rating", "incidents_action"
MOST_SHOWN: Final = 300
MOST_CLOSED: Final = 2000
TWO: Final = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One entry as it is read."""

    number: int
    what: str
    by: UUID
    at: datetime
    said: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class HearingSeen:
    """One step of hearing somebody."""

    whom: str
    state: Heard
    on: date
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A row of the bedside record that a review is linked to."""

    mark: UUID
    stay: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """All that was done in a review, put together."""

    steps: tuple[Step, ...] = ()
    factors: frozenset[Factor] = frozenset()
    links: tuple[Link, ...] = ()
    hearings: tuple[HearingSeen, ...] = ()
    feedback: str = ""
    withheld: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingSeen:
    """One rating as it is read by somebody who may see it."""

    rater: UUID
    at: datetime
    rated: Rated


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionSeen:
    """One corrective action as it is read."""

    row: Action
    what: str
    line: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Queue:
    """What waits for a reviewer and what is under way, each the oldest first."""

    reports: tuple[Report, ...] = ()
    raised: tuple[Raised, ...] = ()
    reviews: tuple[Review, ...] = ()
    closed: tuple[Review, ...] = field(default=())


def find_queue(standing: Standing) -> Queue:
    """Find what a person may read of the queue; whoever does not review sees no untaken report."""
    site = standing.site
    reviews = Review.objects.filter(site_id=site).select_related(
        "report", "raised__letter__encounter"
    )
    theirs = [one for one in reviews.order_by("opened_at") if may_read_type(standing, one.code)]
    is_ended = {Status.CLOSED.value, Status.WITHDRAWN.value}
    may_take = standing.may(May.REVIEW_REPORTS)
    reports = Report.objects.filter(site_id=site, review=None, withdrawn_at=None)
    raised = Raised.objects.filter(site_id=site, review=None).select_related("letter__encounter")
    return Queue(
        reports=tuple(reports.order_by("filed_at", "id")[:MOST_SHOWN]) if may_take else (),
        raised=tuple(raised.order_by("at")[:MOST_SHOWN]) if may_take else (),
        reviews=tuple(one for one in theirs if one.status not in is_ended)[:MOST_SHOWN],
        closed=tuple(one for one in reversed(theirs) if one.status in is_ended)[:MOST_SHOWN],
    )


def find_progress(report: Report) -> Status:
    """Tell how far the review of a report has got: what its author is told."""
    if report.is_withdrawn:
        return Status.WITHDRAWN
    review = Review.objects.filter(report=report).first()
    return Status(review.status) if review else Status.NEW


def find_story(reader: Reader, review: Review) -> Story:
    """Find all that was done in a review; nothing if its keys are gone."""
    room = reader.open(review.about)
    return read_story(room, review) if room else Story()


def read_story(room: Strongroom, review: Review) -> Story:
    """Put together all that was done in a review whose keys are at hand."""
    steps = tuple(
        Step(
            number=row.number,
            what=row.kind,
            by=row.by,
            at=row.at,
            said=json.loads(room.open(row.said, ENTRIES, row.pk, "said")),
        )
        for row in review.entries.order_by("number")
    )
    named = {what: [one.said for one in steps if one.what == what] for what in WHATS}
    factors = named["factors"][-1]["factors"] if named["factors"] else []
    feedback = named["feedback"][-1] if named["feedback"] else {}
    return Story(
        steps=steps,
        factors=frozenset(map(Factor, factors)),
        links=tuple(_read_link(said) for said in named["linked"]),
        hearings=tuple(_read_hearing(said) for said in named["hearing"]),
        feedback=feedback.get("text", ""),
        withheld=feedback.get("withheld", ""),
        outcome=named["closed"][-1]["outcome"] if named["closed"] else "",
    )


WHATS: Final = ("factors", "feedback", "linked", "hearing", "closed")


def find_unheard(review: Review, story: Story) -> tuple[str, ...]:
    """Find who has still to be heard: nobody else than whom the review is about."""
    ended = {one.whom for one in story.hearings if one.state is not Heard.ASKED}
    return tuple(whom for whom in HEARD_OF[Concern(review.concerns)] if whom not in ended)


def find_missing(review: Review, story: Story) -> tuple[Text, ...]:
    """Find what is missing before a review may close, in sentences."""
    missing = [UNHEARD[whom] for whom in find_unheard(review, story)]
    if not review.ratings.exists():
        missing.append(UNRATED)
    if review.report is not None and not (story.feedback or story.withheld):
        missing.append(UNANSWERED)
    return tuple(missing)


def find_ratings(
    reader: Reader, review: Review, person: UUID | None = None
) -> tuple[RatingSeen, ...]:
    """Find the ratings that a person may see: their own, and the other once both have rated."""
    room = reader.open(review.about)
    rows = list(review.ratings.order_by("at")) if room else []
    if len(rows) < TWO and person is not None:
        rows = [row for row in rows if row.rater == person]
    return tuple(_read_rating(room, row) for row in rows) if room else ()


def find_actions(reader: Reader, review: Review) -> tuple[ActionSeen, ...]:
    """Find the corrective actions of a review, what is due first on top."""
    room = reader.open(review.about)
    rows = review.actions.order_by("done_at", "due_on", "id")[:MOST_SHOWN]
    return tuple(_read_action(room, row) for row in rows) if room else ()


def find_actions_of(reader: Reader, standing: Standing) -> tuple[ActionSeen, ...]:
    """Find what the roles of a person have to do, without the review that it came from."""
    owners = {role.value for role in standing.roles}
    rows = Action.objects.filter(review__site_id=reader.site, owner__in=owners, done_at=None)
    found = []
    for row in rows.select_related("review").order_by("due_on", "id")[:MOST_SHOWN]:
        room = reader.open(row.review.about)
        if room is not None:
            found.append(_read_action(room, row))
    return tuple(found)


def find_to_rate(standing: Standing) -> tuple[Review, ...]:
    """Find the reviews whose harm a person was asked to rate and has not; none taken back."""
    rows = Review.objects.filter(site_id=standing.site, second_rater=standing.person)
    rows = rows.exclude(ratings__rater=standing.person).exclude(status__in=list(ENDED))
    rows = rows.exclude(report__withdrawn_at__isnull=False)
    return tuple(rows.select_related("report", "raised").order_by("opened_at")[:MOST_SHOWN])


def find_closed(site: str) -> tuple[Review, ...]:
    """Find the closed reviews of a hospital, the latest first."""
    rows = Review.objects.filter(site_id=site, status=Status.CLOSED.value)
    return tuple(rows.select_related("report").order_by("-closed_at")[:MOST_CLOSED])


def measure_agreement(reader: Reader, reviews: Collection[Review]) -> Mapping[str, Agreement]:
    """Measure how well two raters agree over closed reviews, item by item."""
    pairs: dict[str, list[tuple[Harm, Harm]]] = {item: [] for item in ITEMS}
    for review in reviews:
        both = find_ratings(reader, review)
        if len(both) == TWO:
            for item in ITEMS:
                pairs[item].append((_get(both[0].rated, item), _get(both[1].rated, item)))
    return {item: measure(some) for item, some in pairs.items()}


ENDED: Final = (Status.CLOSED.value, Status.WITHDRAWN.value)
UNRATED: Final = Text(en="Nobody has rated the harm.", es="Nadie ha evaluado el daño.")
UNANSWERED: Final = Text(
    en="Whoever reported has no answer yet; give one, or say why not.",
    es="Quien informó no tiene respuesta; désela o diga por qué no.",
)
UNHEARD: Final = {
    "officer": Text(
        en="The officer it is about was not heard: note when you asked, and what came of it.",
        es="No se escuchó al agente del que trata: anote cuándo lo pidió y qué resultó.",
    ),
    "staff": Text(
        en="The colleague it is about was not heard: note when you asked, and what came of it.",
        es="No se escuchó a la persona del personal: anote cuándo lo pidió y qué resultó.",
    ),
}


def _get(rated: Rated, item: str) -> Harm:
    harm: Harm = getattr(rated, item)
    return harm


def _read_link(said: Mapping[str, Any]) -> Link:
    return Link(mark=UUID(said["mark"]), stay=UUID(said["stay"]))


def _read_hearing(said: Mapping[str, Any]) -> HearingSeen:
    return HearingSeen(
        whom=said["whom"],
        state=Heard(said["state"]),
        on=date.fromisoformat(said["on"]),
        words=said["words"],
    )


def _read_rating(room: Strongroom, row: Rating) -> RatingSeen:
    said = json.loads(room.open(row.said, RATINGS, row.pk, "said"))
    rated = Rated(
        reached=Reached(said["reached"]),
        physical=Harm(said["physical"]),
        psychological=Harm(said["psychological"]),
        dignity=Harm(said["dignity"]),
        after=frozenset(map(After, said["after"])),
    )
    return RatingSeen(rater=row.rater, at=row.at, rated=rated)


def _read_action(room: Strongroom, row: Action) -> ActionSeen:
    said = json.loads(room.open(row.said, ACTIONS, row.pk, "said"))
    return ActionSeen(row=row, what=said["what"], line=said["line"])
