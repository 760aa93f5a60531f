"""Putting a request to an officer, noting what came of it, and calling whoever backs the nurse."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bedside.record.encounters.models import Encounter
from bedside.record.encounters.operations import lock_open
from bedside.record.encounters.rooms import open_room
from bedside.record.journal.act import Act
from bedside.record.journal.operations import Happening, append, operation
from bedside.record.paging.operations import add_page
from bedside.record.presence.ladder import Ladder
from bedside.record.presence.models import Asked, Mark
from bedside.record.presence.refusals import AnsweredBefore, WordsTooLong
from bedside.record.presence.words import Outcome

TABLE: Final = "presence_asked"
MOST_WORDS: Final = 500
KINDS: Final = {Outcome.REFUSED: "request.refused", Outcome.NOT_SAFE: "request.not-safe"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """What was asked, in which words, after which note."""

    preset: str
    words: str
    mark: Mark | None = None
    asked_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CameOf:
    """What came of a request, and the officer's own words."""

    outcome: Outcome
    answer: str = ""
    in_danger: bool = False


@operation
def record_request(
    act: Act, stay: Encounter, *, request: Request, came: CameOf, ladder: Ladder
) -> Asked:
    """Note a request with what came of it; a refusal pages the first rung at once."""
    _bound(request.words, came.answer)
    lock_open(stay)
    id_, room = act.draw_id(), open_room(act, stay)
    asked = Asked.objects.create(
        id=id_,
        encounter=stay,
        mark=request.mark,
        asked_at=request.asked_at or act.at,
        by=act.person,
        preset=request.preset,
        words=room.seal(request.words, TABLE, id_, "words"),
        outcome=came.outcome,
        answer=room.seal(came.answer, TABLE, id_, "answer"),
        answered_at=None if came.outcome is Outcome.OPEN else act.at,
    )
    paged = _call(act, asked, came, ladder)
    content = {
        "answer": came.answer,
        "asked": str(id_),
        "outcome": came.outcome.value,
        "paged": list(paged),
        "preset": request.preset,
        "words": request.words,
    }
    kind = KINDS.get(came.outcome, "request.made")
    append(act, Happening(kind=kind, about=stay.about, record=stay.about, content=content))
    return asked


@operation
def record_outcome(act: Act, asked: Asked, *, came: CameOf, ladder: Ladder) -> Asked:
    """Note what came of a request that stood open; a refusal that is settled stops climbing."""
    _bound(came.answer)
    lock_open(asked.encounter)
    asked = Asked.objects.select_for_update().get(pk=asked.pk)
    if asked.outcome not in {Outcome.OPEN, Outcome.REFUSED, Outcome.NOT_SAFE, Outcome.PARTLY}:
        raise AnsweredBefore
    stay = asked.encounter
    asked.outcome, asked.answered_at, asked.climbs_at = came.outcome, act.at, None
    asked.answer = open_room(act, stay).seal(came.answer, TABLE, asked.pk, "answer")
    paged = _call(act, asked, came, ladder)
    asked.save(update_fields=["outcome", "answered_at", "answer", "climbs_at", "rung"])
    content = {
        "answer": came.answer,
        "asked": str(asked.pk),
        "outcome": came.outcome.value,
        "paged": list(paged),
    }
    kind = KINDS.get(came.outcome, "request.answered")
    append(act, Happening(kind=kind, about=stay.about, record=stay.about, content=content))
    return asked


@operation
def record_climb(act: Act, asked: Asked, *, ladder: Ladder) -> Asked:
    """Page the next rung because nobody answered; after the last rung it stays there, on top."""
    stay = lock_open(asked.encounter)
    asked = Asked.objects.select_for_update().get(pk=asked.pk)
    if asked.climbs_at is None or asked.climbs_at > act.at:
        raise AnsweredBefore  # somebody settled it, or another round went up, meanwhile
    rung, ladder = asked.rung + 1, ladder.holding_at(act.at)
    is_last = rung >= len(ladder.rungs)
    paged = () if is_last else (ladder.rungs[rung],)
    _page(act, asked, paged, "silence")
    asked.rung, asked.climbs_at = rung, None if is_last else act.at + ladder.wait
    asked.save(update_fields=["rung", "climbs_at"])
    content = {"asked": str(asked.pk), "paged": list(paged), "rung": rung}
    append(
        act,
        Happening(kind="request.climbed", about=stay.about, record=stay.about, content=content),
    )
    return asked


def _call(act: Act, asked: Asked, came: CameOf, ladder: Ladder) -> tuple[str, ...]:
    """Page whoever has to know at this hour, and say when silence climbs."""
    ladder = ladder.holding_at(act.at)
    if came.in_danger:
        roles, reason = ladder.in_danger, "danger"
    elif came.outcome is Outcome.NOT_SAFE:
        roles, reason = ladder.quietly, "quiet"
    elif came.outcome is Outcome.REFUSED:
        roles, reason = ladder.rungs[:1], "refused"
    else:
        return ()
    _page(act, asked, roles, reason)
    asked.climbs_at = act.at + ladder.wait
    asked.save(update_fields=["climbs_at"])
    return tuple(roles)


def _page(act: Act, asked: Asked, roles: Iterable[str], reason: str) -> None:
    for role in roles:
        add_page(act, about=asked.encounter.about, to_role=role, reason=reason)


def _bound(*texts: str) -> None:
    if any(len(text) > MOST_WORDS for text in texts):
        raise WordsTooLong(most=MOST_WORDS)
