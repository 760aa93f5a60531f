"""From advice to a list of duties: what is to be done here, since when, by when.

Only the hospital's and the clinician's duties are listed: what an officer has to do is not staff's
to tick. One act for one addressee is one line, however many norms ask it; the shortest clock runs.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from bedside.record.encounters.case_queries import DutySeen
from bedside.record.encounters.duty_operations import Wanted
from bedside.record.encounters.models import Encounter
from bedside.record.encounters.queries import Known
from bedside.record.encounters.spans import find_due
from bedside.rules.decide.advice import Advice, DutyDue

OURS = frozenset({"hospital", "clinician"})
AT_OPENING = frozenset({"arrival", "admission", "custody_begins"})
TOLD_BY = {  # the answer that says that the event happened
    "discharge_decided": "discharge_ready",
    "request_made": "officer_asks",
    "restraint_applied": "legal_restraint",
    "status_question_asked": "status_asked_by",
}
Line = tuple[str, str, str]  # act, party, to whom


def find_wanted(
    advice: Advice, stay: Encounter, known: tuple[Known, ...], *, at: datetime
) -> tuple[Wanted, ...]:
    """Find what the advice says has to be done, one line for each act and addressee."""
    lines: dict[Line, list[DutyDue]] = {}
    for due in advice.duties:
        if due.now and due.party in OURS:
            lines.setdefault((due.act, due.party, due.to or ""), []).append(due)
    return tuple(_put_together(line, dues, stay, known, at) for line, dues in lines.items())


def compare_duties(
    wanted: Iterable[Wanted], *, still: Iterable[Wanted], listed: Iterable[DutySeen]
) -> tuple[tuple[Wanted, ...], tuple[UUID, ...]]:
    """Find which are new, and which of the open ones nobody asks any more.

    `still` is what would be asked if last known answers counted: age alone closes nothing.
    """
    here = list(listed)
    asked = {_name(one) for one in (*wanted, *still)}
    kept = {(d.act, d.party, d.to) for d in here if d.closed_at is None}
    new = tuple(one for one in wanted if _name(one) not in kept)
    gone = tuple(d.id for d in here if d.is_open and (d.act, d.party, d.to) not in asked)
    return new, gone


def _put_together(
    line: Line, dues: list[DutyDue], stay: Encounter, known: tuple[Known, ...], at: datetime
) -> Wanted:
    act, party, to = line
    clocks = [(due, began, by) for due in dues for began, by in [_find_clock(due, stay, known, at)]]
    first, began, by = min(clocks, key=lambda c: (c[2] is None, c[2] or at))
    return Wanted(
        act=act,
        party=party,
        to=to,
        norms=tuple(sorted(due.norm for due in dues)),
        within=first.within or "",
        after=first.after or "",
        began_at=began,
        due_at=by,
    )


def _find_clock(
    due: DutyDue, stay: Encounter, known: tuple[Known, ...], at: datetime
) -> tuple[datetime, datetime | None]:
    """Find when the clock began and when it ends; it does not run before its event is known."""
    began: datetime | None = at
    if due.after in AT_OPENING:
        began = stay.opened_at
    elif due.after in TOLD_BY:
        fact = TOLD_BY[due.after]
        began = next((one.answered_at for one in known if one.fact == fact), None)
    elif due.after is not None:
        began = None
    if began is None:
        return at, None
    return began, find_due(began, due.within, counted=due.counted)


def _name(one: Wanted) -> Line:
    return (one.act, one.party, one.to)
