"""What is agreed for a time, and passing a stay from one shift to the next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bedside.record.encounters.models import Encounter
from bedside.record.encounters.operations import lock_open
from bedside.record.encounters.rooms import open_room
from bedside.record.journal.act import Act
from bedside.record.journal.operations import Content, Happening, append, operation
from bedside.record.paging.operations import add_page
from bedside.record.presence.models import HandOver, Terms
from bedside.record.presence.refusals import EndedBefore, WordsTooLong
from bedside.record.presence.words import Ending

MOST_LINE: Final = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What was agreed: which arrangement, what was given for it, until when, and what then."""

    preset: str
    given: str = ""
    gained: str = ""
    agreed_with: str = ""
    cost_centre: str = ""
    until: datetime | None = None
    at_end: str


@operation
def record_terms(act: Act, stay: Encounter, *, agreement: Agreement) -> Terms:
    """Note what was agreed; an agreement that stood before ends with it."""
    if len(agreement.agreed_with) > MOST_LINE:
        raise WordsTooLong(most=MOST_LINE)
    lock_open(stay)
    earlier = Terms.objects.filter(encounter=stay, ended_at=None)
    earlier.update(ended_at=act.at, ended_why=Ending.REPLACED)
    id_ = act.draw_id()
    sealed = open_room(act, stay).seal(agreement.agreed_with, "presence_terms", id_, "agreed_with")
    terms = Terms.objects.create(
        id=id_,
        encounter=stay,
        preset=agreement.preset,
        given=agreement.given,
        gained=agreement.gained,
        agreed_with=sealed,
        cost_centre=agreement.cost_centre,
        at_end=agreement.at_end,
        since=act.at,
        until=agreement.until,
        by=act.person,
    )
    content = {
        "agreed_with": agreement.agreed_with,
        "at_end": agreement.at_end,
        "cost_centre": agreement.cost_centre,
        "gained": agreement.gained,
        "given": agreement.given,
        "preset": agreement.preset,
        "until": agreement.until.isoformat() if agreement.until else None,
    }
    _tell(act, stay, "terms.agreed", content)
    return terms


@operation
def record_terms_ended(act: Act, terms: Terms) -> None:
    """Note that an agreement ended; what was named for its end holds again."""
    lock_open(terms.encounter)
    terms.refresh_from_db()
    if terms.ended_at is not None:
        raise EndedBefore
    _end(act, terms, Ending.PRESSED)
    _tell(act, terms.encounter, "terms.ended", {"at_end": terms.at_end, "preset": terms.preset})


@operation
def record_terms_ran_out(act: Act, terms: Terms, *, roles: Sequence[str]) -> Terms:
    """End an agreement whose time is over, and page whoever has to agree anew or change back."""
    lock_open(terms.encounter)
    terms.refresh_from_db()
    if terms.ended_at is not None:
        raise EndedBefore
    _end(act, terms, Ending.RAN_OUT)
    for role in roles:
        add_page(act, about=terms.encounter.about, to_role=role, reason="terms-over")
    content = {"at_end": terms.at_end, "paged": list(roles), "preset": terms.preset}
    _tell(act, terms.encounter, "terms.ran-out", content)
    return terms


@operation
def record_hand_over(act: Act, stay: Encounter, *, line: str) -> HandOver:
    """Pass a stay on, with one line that the next shift reads and confirms."""
    if len(line) > MOST_LINE:
        raise WordsTooLong(most=MOST_LINE)
    lock_open(stay)
    id_ = act.draw_id()
    hand_over = HandOver.objects.create(
        id=id_,
        encounter=stay,
        given_by=act.person,
        given_at=act.at,
        line=open_room(act, stay).seal(line, "presence_handover", id_, "line"),
    )
    _tell(act, stay, "shift.handed-over", {"line": line})
    return hand_over


@operation
def record_taken_over(act: Act, hand_over: HandOver, *, officer_was_told: bool) -> HandOver:
    """Confirm a hand-over, and whether the relief officer heard the terms."""
    lock_open(hand_over.encounter)
    hand_over.refresh_from_db()
    if hand_over.taken_at is not None:
        raise EndedBefore
    hand_over.taken_by, hand_over.taken_at = act.person, act.at
    hand_over.officer_told_at = act.at if officer_was_told else None
    hand_over.save(update_fields=["taken_by", "taken_at", "officer_told_at"])
    _tell(act, hand_over.encounter, "shift.taken-over", {"officer_told": officer_was_told})
    return hand_over


def _end(act: Act, terms: Terms, why: Ending) -> None:
    terms.ended_at, terms.ended_why = act.at, why
    terms.save(update_fields=["ended_at", "ended_why"])


def _tell(act: Act, stay: Encounter, kind: str, content: Content) -> None:
    append(act, Happening(kind=kind, about=stay.about, record=stay.about, content=content))
