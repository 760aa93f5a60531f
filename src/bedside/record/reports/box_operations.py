"""The box for what comes without a name: it waits there, and joins the record later, shuffled.

An event in the journal stands between two others, and those may tell the minute. What comes
without a name is therefore not written there as it comes: it lies in the box, with its day and no
hour, and the house's own work empties the box now and then, at a moment that chance decides. Only
then is there an event, told as of the first moment of that day.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction

from bedside.record.journal.act import Act
from bedside.record.journal.operations import DoneBefore, operation
from bedside.record.reports.choices import Route, Side, What
from bedside.record.reports.models import Card, Dropped, Message, Report
from bedside.record.reports.operations import (
    ClosedByReporter,
    NeedsLane,
    Said,
    add_message,
    add_report,
    add_withdrawal,
    verify_said,
    verify_text,
)
from bedside.record.reports.receipts import COST, Desk
from bedside.record.vault.lanes import open_lane
from bedside.trust.ledger.leaf import Lane
from bedside.trust.sealing.receipt import Receipt
from bedside.trust.sealing.receipt_card import make_card
from bedside.trust.sealing.secret import Random

TABLE = "reports_dropped"
MOST_A_DAY = 2000  # reports without a name at one hospital: what fills the disk fills it slowly
ONE_IN = 30  # rounds, of which one empties the box
MOST_AT_ONCE = 200  # things that leave the box in one go
MOMENTS = ("happened_at", "happened_until", "discovered_at")


def find_day(at: datetime) -> datetime:
    """Find the first moment of a day."""
    return datetime(at.year, at.month, at.day, tzinfo=UTC)


def begin_without_name(act: Act) -> Act:
    """Turn an act into one that nobody did, on a day."""
    return replace(act, by=None, at=find_day(act.at), device_at=None, lane=Lane.SAFETY)


def is_full(site: str, day: date) -> bool:
    """Tell whether so many reports came without a name that day that no more are taken."""
    waiting = Dropped.objects.filter(site_id=site, what=What.REPORT, day=day).count()
    start = datetime(day.year, day.month, day.day, tzinfo=UTC)
    filed = Report.objects.filter(site_id=site, named_by=None, filed_at=start).count()
    return waiting + filed >= MOST_A_DAY


def drop_report(act: Act, said: Said) -> Receipt:
    """Put a report into the box and give the code; the same form gives the same code again.

    It does so too if the form comes twice at one moment: the first to be kept counts.
    """
    verify_said(said)
    _verify_nobody(act)
    desk = Desk(site=act.site, master=act.master)
    report, receipt = desk.derive_id("report", act.key.bytes), desk.derive_receipt(act.key)
    if Card.objects.filter(report=report).exists():
        return receipt
    card, _ = make_card(receipt, desk.pepper, cost=COST, random=act.random)
    row = Card(
        id=act.draw_id(),
        site_id=act.site,
        report=report,
        lookup=card.lookup,
        salt=card.salt,
        proof=card.proof,
        memory_kib=COST.memory_kib,
        passes=COST.passes,
        lanes=COST.lanes,
    )
    try:
        with transaction.atomic():
            row.save(force_insert=True)
            _drop(act, report, What.REPORT, write_said(said))
    except IntegrityError:
        if not Card.objects.filter(report=report).exists():
            raise
    return receipt


def drop_answer(act: Act, report: UUID, text: str) -> None:
    """Put an answer into the box, unless the report was taken back."""
    verify_text(text)
    _verify_nobody(act)
    if is_taken_back(report):
        raise ClosedByReporter
    id_ = Desk(site=act.site, master=act.master).derive_id("answer", act.key.bytes)
    if not Message.objects.filter(pk=id_).exists():
        _drop(act, report, What.ANSWER, {"text": text}, id_=id_)


def drop_withdrawal(act: Act, report: UUID, reason: str) -> None:
    """Put into the box that whoever made a report takes it back; once is enough."""
    verify_text(reason, may_be_empty=True)
    _verify_nobody(act)
    if not is_taken_back(report):
        id_ = Desk(site=act.site, master=act.master).derive_id("withdrawal", report.bytes)
        _drop(act, report, What.WITHDRAWAL, {"reason": reason}, id_=id_)


def is_taken_back(report: UUID) -> bool:
    """Tell whether a report was taken back, if only in the box."""
    in_box = Dropped.objects.filter(report=report, what=What.WITHDRAWAL)
    return in_box.exists() or Report.objects.filter(pk=report, withdrawn_at__isnull=False).exists()


def note_use(desk: Desk, card: Card | None, day: date) -> date | None:
    """Note the day on which a code was used, and tell the day before; none is noted on a decoy."""
    row = card or _find_decoy(desk)
    before = row.used_on
    Card.objects.filter(pk=row.pk).update(used_on=day)
    return before


def is_time_to_empty(dropped: Dropped, *, today: date, chance: int) -> bool:
    """Tell whether this leaves the box now: by chance, and in any case once its day is over."""
    return dropped.day < today or chance % ONE_IN == 0


def empty_box(site: str, *, begin: Callable[[datetime], Act], today: date, random: Random) -> int:
    """Let what chance picks join the record, out of order; tell how much it was."""
    chance = int.from_bytes(random(4), "big")
    leaving = [
        one
        for one in Dropped.objects.filter(site_id=site).order_by("number")[:MOST_AT_ONCE]
        if is_time_to_empty(one, today=today, chance=chance)
    ]
    leaving.sort(key=lambda one: (one.number, random(8)))  # a report before the talk about it
    for one in leaving:
        day = datetime(one.day.year, one.day.month, one.day.day, tzinfo=UTC)
        with suppress(DoneBefore):  # somebody else empties the box at this moment, too
            record_from_box(begin_without_name(begin(day)), one)
    return len(leaving)


@operation
def record_from_box(act: Act, dropped: Dropped) -> None:
    """Let one thing leave the box and join the record, unless it has left already."""
    if not Dropped.objects.select_for_update().filter(pk=dropped.pk).exists():
        raise DoneBefore(f"report/{dropped.report}", "report.filed")
    room = open_lane(act.site, act.lane, master=act.master, random=act.random)
    said = json.loads(room.open(dropped.said, TABLE, dropped.pk, "said"))
    if dropped.what == What.REPORT:
        report = Report(id=dropped.report, named_by=None, filed_at=act.at)
        add_report(act, report, read_said(said))
        _shuffle_card(dropped.report)
    elif dropped.what == What.ANSWER:
        message = Message(id=dropped.pk, by=None, side=Side.REPORTER, at=act.at)
        report = Report.objects.select_for_update().get(pk=dropped.report)
        Message.objects.filter(report=report, side=Side.HOUSE).update(read_by_reporter=True)
        add_message(act, report, message, said["text"])
    else:
        add_withdrawal(act, Report.objects.get(pk=dropped.report), said["reason"])
    dropped.delete()


def write_said(said: Said) -> dict[str, object]:
    """Write what a report says as the box keeps it."""
    plain = asdict(said)
    for name in MOMENTS:
        moment: datetime | None = plain[name]
        plain[name] = moment.isoformat() if moment else None
    return plain


def read_said(plain: dict[str, Any]) -> Said:
    """Read what a report says out of the box."""
    moments = {n: datetime.fromisoformat(plain[n]) if plain[n] else None for n in MOMENTS}
    lists = {name: tuple(plain[name]) for name in ("families", "types", "present", "facts")}
    return Said(**(plain | moments | lists | {"route": Route(plain["route"])}))


def _verify_nobody(act: Act) -> None:
    if act.by is not None or act.lane is not Lane.SAFETY:
        raise NeedsLane


def _drop(
    act: Act, report: UUID, what: What, said: dict[str, object], *, id_: UUID | None = None
) -> None:
    room = open_lane(act.site, act.lane, master=act.master, random=act.random)
    row = id_ or act.draw_id()
    sealed = room.seal(json.dumps(said, ensure_ascii=False), TABLE, row, "said")
    Dropped.objects.get_or_create(
        id=row,
        defaults={
            "site_id": act.site,
            "report": report,
            "what": what,
            "day": act.at.date(),
            "number": Dropped.objects.filter(report=report).count(),
            "said": sealed,
        },
    )


def _shuffle_card(report: UUID) -> None:
    """Write the card anew, so that its place in the table is not the one at which it came."""
    for card in Card.objects.filter(report=report):
        Card.objects.filter(pk=card.pk).delete()
        card.save(force_insert=True)


def _find_decoy(desk: Desk) -> Card:
    """Find the card that no code opens: what is written for real codes is written there too."""
    decoy, _ = Card.objects.get_or_create(
        id=desk.derive_id("decoy", b""),
        defaults={
            "site_id": desk.site,
            "report": desk.derive_id("decoy report", b""),
            "lookup": desk.derive("decoy lookup", b""),
            "salt": b"",
            "proof": b"",
            "memory_kib": COST.memory_kib,
            "passes": COST.passes,
            "lanes": COST.lanes,
        },
    )
    return decoy
