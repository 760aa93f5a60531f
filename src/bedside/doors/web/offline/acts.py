"""Doing what a row of a device notes: the same operations as the pages, under the row's own key."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from django.http import QueryDict

from bedside.doors.web.offline.reports import file_report, find_lane
from bedside.doors.web.offline.rows import NotARow, Row, RowKind
from bedside.doors.web.presence.bedside import (
    Tap,
    advise_at,
    derive_key,
    find_asked,
    find_ladder,
    find_mark,
    find_new_limbs,
    read_tap,
)
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.staff.signed_in import Staff
from bedside.doors.web.stays.case import find_stay
from bedside.record.accounts.access import NotThere
from bedside.record.accounts.roles import May
from bedside.record.encounters.models import Encounter
from bedside.record.journal.act import Act
from bedside.record.journal.operations import DoneBefore
from bedside.record.journal.queries import find_event
from bedside.record.presence.models import Mark
from bedside.record.presence.operations import record_mark
from bedside.record.presence.queries import find_restraints
from bedside.record.presence.refusals import NoSuchChoice
from bedside.record.presence.request_operations import (
    CameOf,
    Request,
    record_outcome,
    record_request,
)
from bedside.record.presence.restraint_operations import (
    record_check,
    record_restraint,
    record_restraint_ended,
)
from bedside.record.presence.words import Finding, Outcome
from bedside.rules.vocabulary.problem import Language

ASKED = (Outcome.DONE, Outcome.REFUSED, Outcome.NOT_SAFE)
OFF = "off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sending:
    """Who sends, in which language, and how far the device's clock is from the house's."""

    staff: Staff
    language: Language
    ahead: timedelta

    def act(self, row: Row) -> Act:
        """Make the act of a row: the house's time, and the device's as the device told it."""
        return replace(self.staff.act_under(row.key), device_at=row.device_at)

    def find_moment(self, row: Row, stay: Encounter) -> datetime:
        """Say when it happened by the house's clock: never yet to come, nor before the stay."""
        return max(min(row.device_at - self.ahead, self.staff.at), stay.opened_at)


def do_row(sending: Sending, row: Row) -> None:
    """Do what a row notes, or raise why not; `DoneBefore` says that it was done already."""
    if row.kind is RowKind.REPORT:
        _do_report(sending, row)
        return
    if row.stay is None:
        raise NotARow(part="stay")
    stay = find_stay(sending.staff, row.stay, to=May.WRITE_CARE)
    _DOING[row.kind](sending, row, stay)


def _do_report(sending: Sending, row: Row) -> None:
    sent = _write(row)
    act = replace(sending.act(row), lane=find_lane(sent))
    file_report(act, sending.staff, row, sent=sent, ahead=sending.ahead)


def _do_mark(sending: Sending, row: Row, stay: Encounter) -> None:
    tap, act = read_tap(_write(row), sending.staff), sending.act(row)
    seen = row.preset if row.preset in find_shelf().vocabulary.presets else tap.noted.preset
    noted = replace(tap.noted, preset=seen, happened_at=sending.find_moment(row, stay))
    try:
        record_mark(act, stay, noted=noted)
    except DoneBefore:  # the first sending may have ended between the note and its restraints
        _do_restraints(sending, row, stay, tap)
        raise
    _do_restraints(sending, row, stay, tap)


def _do_restraints(sending: Sending, row: Row, stay: Encounter, tap: Tap) -> None:
    for limb in find_new_limbs(stay, tap.limbs):
        act = replace(sending.act(row), key=derive_key(row.key, limb))
        with suppress(DoneBefore):
            record_restraint(
                act, stay, limb=limb, conflict=tap.conflict, is_in_the_way=bool(tap.conflict)
            )


def _do_request(sending: Sending, row: Row, stay: Encounter) -> None:
    if row.outcome not in ASKED:
        raise NoSuchChoice(choice=row.outcome.value)
    staff = sending.staff
    mark = _find_mark(sending, row, stay)
    preset, words = row.preset, row.words
    if not words:  # asked on a page of the house, which had said the words itself
        advice = advise_at(staff, stay, mark).advice
        preset, words = advice.preset or "", advice.say.say(sending.language)
    if preset not in find_shelf().vocabulary.presets:
        preset = ""
    moment = sending.find_moment(row, stay)
    asked = Request(preset=preset, words=words, mark=mark, asked_at=moment)
    came = CameOf(outcome=row.outcome, answer=row.answer.strip(), in_danger=row.in_danger)
    record_request(sending.act(row), stay, request=asked, came=came, ladder=find_ladder(staff))


def _do_outcome(sending: Sending, row: Row, stay: Encounter) -> None:
    if row.outcome not in ASKED:
        raise NoSuchChoice(choice=row.outcome.value)
    asked = find_asked(stay, _find_made(sending, row, stay, "asked"))
    came = CameOf(outcome=row.outcome, answer=row.answer.strip(), in_danger=row.in_danger)
    record_outcome(sending.act(row), asked, came=came, ladder=find_ladder(sending.staff))


def _do_check(sending: Sending, row: Row, stay: Encounter) -> None:
    act, moment = sending.act(row), sending.find_moment(row, stay)
    done = find_event(sending.staff.reader(), row.key)
    if done is not None:  # a restraint that this very row took off is no longer found below
        raise DoneBefore(done.about, done.kind.name)
    restraint = next((one for one in find_restraints(stay) if one.pk == row.restraint), None)
    if restraint is None:
        raise NotThere
    if row.finding == OFF:
        record_restraint_ended(act, restraint)
    elif row.finding in set(Finding):
        record_check(act, restraint, finding=Finding(row.finding), happened_at=moment)
    else:
        raise NoSuchChoice(choice=row.finding)


def _find_mark(sending: Sending, row: Row, stay: Encounter) -> Mark | None:
    """Find the note that a request goes on from; a request whose note was refused stands alone."""
    if row.mark is not None:
        return find_mark(stay, row.mark)
    try:
        return find_mark(stay, _find_made(sending, row, stay, "mark"))
    except NotThere:
        return None


def _find_made(sending: Sending, row: Row, stay: Encounter, what: str) -> UUID:
    """Find what an earlier row of this stay made: its event tells, whoever's answer was lost."""
    if row.after is None:
        raise NotARow(part="after")
    told = find_event(sending.staff.reader(), row.after)
    made = (told.content or {}).get(what) if told and told.about == stay.about else None
    if made is None:
        raise NotThere
    return UUID(str(made))


def _write(row: Row) -> QueryDict:
    fields = QueryDict(mutable=True)
    for name, value in row.fields:
        fields.appendlist(name, value)
    return fields


_DOING: dict[RowKind, Callable[[Sending, Row, Encounter], None]] = {
    RowKind.MARK: _do_mark,
    RowKind.REQUEST: _do_request,
    RowKind.OUTCOME: _do_outcome,
    RowKind.CHECK: _do_check,
}
