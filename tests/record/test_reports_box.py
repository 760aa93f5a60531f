"""Reports without a name: the code, the box, and what the record tells of their author: nothing."""

import re
import secrets
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from django.db import connection

from bedside.config.rounds import do_round
from bedside.record.journal.act import Act
from bedside.record.journal.ledger import RecordStore, find_origin
from bedside.record.journal.models import SafetyEvent
from bedside.record.journal.queries import has_its_leaf
from bedside.record.reports import box_operations, operations, receipts
from bedside.record.reports.box_operations import (
    ONE_IN,
    begin_without_name,
    drop_answer,
    drop_report,
    drop_withdrawal,
    empty_box,
    is_full,
    note_use,
)
from bedside.record.reports.choices import Reached, Route, Side
from bedside.record.reports.models import Card, Dropped, Message, Report
from bedside.record.reports.operations import Said, record_message
from bedside.record.reports.queries import find_messages, find_reports, read_report
from bedside.record.reports.receipts import Desk, is_known, redeem_receipt
from bedside.trust.ledger.leaf import Lane
from bedside.trust.sealing.receipt import make_receipt
from bedside.trust.sealing.receipt_card import Cost, ReceiptUnknown
from record_cast import NIGHT, SITE, Cast, begin, find_master, read_with

CANARY = "they filmed the monitor zqx"
SAFETY = replace(read_with(), lane=Lane.SAFETY)
DESK = Desk(site=SITE, master=find_master())
TODAY = NIGHT.date()
SAID = Said(
    route=Route.PUBLIC,
    families=("P",),
    types=("P4",),
    reached_patient=Reached.YES,
    texts={"words": CANARY},
)


@pytest.fixture(autouse=True)
def cheap(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Gather the cast; stretch codes as little as is ever allowed."""
    del cast
    for module in (receipts, box_operations):
        monkeypatch.setattr(module, "COST", Cost(memory_kib=19 * 1024, passes=2, lanes=1))


def begin_nobody() -> Act:
    """Begin what nobody does: as the public page does it."""
    return begin_without_name(begin())


def empty() -> int:
    """Empty the box, whatever chance says."""
    return empty_box(
        SITE,
        begin=lambda at: begin(at=at),
        today=TODAY + timedelta(days=1),
        random=secrets.token_bytes,
    )


def find_only_report() -> Report:
    """Find the only report in the record."""
    (report,) = find_reports(SAFETY, with_withdrawn=True)
    return report


def test_a_report_waits_in_the_box_and_joins_the_record_with_its_day_alone() -> None:
    drop_report(begin_nobody(), SAID)
    assert (find_reports(SAFETY), SafetyEvent.objects.count()) == ((), 0)

    assert empty() == 1

    report = find_only_report()
    assert read_report(SAFETY, report.pk).words == CANARY
    assert report.filed_at == datetime(2026, 11, 24, tzinfo=UTC)
    assert (report.named_by, report.stay, report.mark) == (None, None, None)
    assert (Dropped.objects.count(), report.lane) == (0, "safety")
    event = SafetyEvent.objects.get()
    assert (event.by, event.at, event.device_at) == (None, report.filed_at, None)
    assert has_its_leaf(SAFETY, event)


def test_a_round_of_the_house_empties_yesterdays_box_and_says_nothing_of_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("django.conf.settings.BEDSIDE_HEADS_FILE", tmp_path / "heads.sqlite")
    monkeypatch.setattr("bedside.config.rounds.close_old_connections", lambda: None)
    drop_report(begin_nobody(), SAID)  # of a day long before the clock of this machine

    said = do_round()

    assert find_only_report().filed_at.date() == TODAY
    assert not said


def test_the_hour_in_the_ledger_is_that_of_the_days_first_moment() -> None:
    drop_report(begin_nobody(), SAID)
    empty()

    with RecordStore(find_origin(SITE, Lane.SAFETY)).reading() as snapshot:
        leaf = next(iter(snapshot.read_entries(0))).leaf.decode()

    (hour,) = re.findall(r'"hour":(\d+)', leaf)
    assert int(hour) * 3600 == datetime(2026, 11, 24, tzinfo=UTC).timestamp()


def test_an_act_of_somebody_is_never_put_into_the_box(cast: Cast) -> None:
    with pytest.raises(operations.NeedsLane):
        drop_report(begin(by=cast.nurse), SAID)
    with pytest.raises(operations.NeedsLane):
        drop_report(replace(begin_nobody(), lane=Lane.OPERATIONAL), SAID)


def test_the_same_form_gives_the_same_code_and_one_report_however_often_it_is_sent() -> None:
    act = begin_nobody()

    codes = {drop_report(act, SAID).show() for _ in range(2)}
    empty()
    codes |= {drop_report(act, SAID).show()}

    assert (len(codes), Report.objects.count(), Dropped.objects.count()) == (1, 1, 0)


def test_a_code_opens_its_own_report_and_nothing_else_opens_it() -> None:
    mine, other = drop_report(begin_nobody(), SAID), drop_report(begin_nobody(), SAID)
    absent = make_receipt(secrets.token_bytes)

    assert redeem_receipt(DESK, mine).report != redeem_receipt(DESK, other).report
    assert is_known(DESK, mine)
    assert not is_known(DESK, absent)
    with pytest.raises(ReceiptUnknown):
        redeem_receipt(DESK, absent)
    with pytest.raises(ReceiptUnknown):
        redeem_receipt(Desk(site="elsewhere", master=find_master()), mine)


def test_known_and_unknown_codes_are_stretched_at_one_cost(monkeypatch: pytest.MonkeyPatch) -> None:
    mine = drop_report(begin_nobody(), SAID)
    costs: list[object] = []

    def note(_mixed: bytes, _salt: bytes, cost: Cost) -> bytes:
        costs.append(cost)
        return secrets.token_bytes(64)

    monkeypatch.setattr(receipts, "stretch", note)
    for receipt in (mine, make_receipt(secrets.token_bytes)):
        with pytest.raises(ReceiptUnknown):
            redeem_receipt(DESK, receipt)

    assert costs == [receipts.COST, receipts.COST]


def test_rn_11_the_house_asks_and_she_answers_with_the_code_alone(cast: Cast) -> None:
    receipt = drop_report(begin_nobody(), SAID)
    empty()
    house = replace(begin(by=cast.privacy_officer), lane=Lane.SAFETY)
    record_message(house, find_only_report(), side=Side.HOUSE, text="On which day?")

    card = redeem_receipt(DESK, receipt)
    act = begin_nobody()
    for text in ("On Monday.", "In the evening."):
        drop_answer(replace(begin_nobody()), card.report, text)
    drop_answer(act, card.report, "Twice.")
    drop_answer(act, card.report, "Twice.")
    empty()

    read = find_messages(SAFETY, card.report)
    assert [one.text for one in read] == [
        "On which day?",
        "On Monday.",
        "In the evening.",
        "Twice.",
    ]
    assert [one.row.by for one in read[1:]] == [None] * 3
    assert {one.row.at for one in read[1:]} == {datetime(2026, 11, 24, tzinfo=UTC)}
    assert read[0].row.read_by_reporter


def test_pf_11_taken_back_in_the_box_it_is_closed_and_kept() -> None:
    receipt = drop_report(begin_nobody(), SAID)
    report = redeem_receipt(DESK, receipt).report

    drop_withdrawal(begin_nobody(), report, "I am afraid")
    drop_withdrawal(begin_nobody(), report, "I am afraid")
    with pytest.raises(operations.ClosedByReporter):
        drop_answer(begin_nobody(), report, "more")
    assert empty() == 2

    assert find_reports(SAFETY) == ()
    assert read_report(SAFETY, report).words == CANARY
    assert find_only_report().withdrawn_at == datetime(2026, 11, 24, tzinfo=UTC)
    with pytest.raises(operations.ClosedByReporter):
        drop_answer(begin_nobody(), report, "more")


def test_the_day_on_which_a_code_was_last_used_is_told_and_no_hour() -> None:
    card = redeem_receipt(DESK, drop_report(begin_nobody(), SAID))

    first = note_use(DESK, card, TODAY)
    card.refresh_from_db()
    second = note_use(DESK, card, TODAY + timedelta(days=1))

    assert (first, second) == (None, TODAY)
    assert note_use(DESK, None, TODAY) is None
    decoys = Card.objects.exclude(pk=card.pk)
    assert [one.used_on for one in decoys] == [TODAY]


def test_chance_empties_the_box_and_its_day_never_passes_there() -> None:
    drop_report(begin_nobody(), SAID)

    def throw(value: int, today_is_over: int = 0) -> int:
        return empty_box(
            SITE,
            begin=lambda at: begin(at=at),
            today=TODAY + timedelta(days=today_is_over),
            random=lambda count: (
                value.to_bytes(count, "big") if count == 4 else secrets.token_bytes(count)
            ),
        )

    assert throw(1) == 0
    assert throw(ONE_IN) == 1
    drop_report(begin_nobody(), SAID)
    assert throw(1, today_is_over=1) == 1


@pytest.mark.parametrize("places", [(0, 1, 2), (2, 0, 1)])
def test_what_leaves_the_box_together_leaves_it_in_the_order_of_chance(
    places: tuple[int, ...],
) -> None:
    came = [redeem_receipt(DESK, drop_report(begin_nobody(), SAID)).report for _ in places]
    rows = list(Dropped.objects.filter(site_id=SITE))
    drawn = iter(places)

    empty_box(
        SITE,
        begin=lambda at: begin(at=at),
        today=TODAY + timedelta(days=1),
        random=lambda count: (next(drawn) if count == 8 else 0).to_bytes(count, "big"),
    )

    left = SafetyEvent.objects.order_by("id").values_list("about", flat=True)
    wanted = [row.report for _, row in sorted(zip(places, rows, strict=True), key=lambda x: x[0])]
    assert [UUID(about.removeprefix("report/")) for about in left] == wanted
    assert set(wanted) == set(came)


def test_a_day_takes_so_many_reports_without_a_name_and_no_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(box_operations, "MOST_A_DAY", 2)
    drop_report(begin_nobody(), SAID)
    empty()
    assert not is_full(SITE, TODAY)
    drop_report(begin_nobody(), SAID)

    assert is_full(SITE, TODAY)
    assert not is_full(SITE, TODAY + timedelta(days=1))


def test_no_row_of_the_box_holds_words_or_a_person(cast: Cast) -> None:
    receipt = drop_report(begin_nobody(), SAID)
    drop_answer(begin_nobody(), redeem_receipt(DESK, receipt).report, CANARY)
    Message.objects.count()
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM reports_dropped")
        rows = cursor.fetchall()
        cursor.execute("SELECT * FROM reports_card")
        rows += cursor.fetchall()

    said = b"\n".join(
        bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode()
        for row in rows
        for v in row
    )
    assert len(rows) == 3
    for secret in (CANARY, str(cast.nurse.pk), cast.nurse.pk.hex, receipt.show(), "08:50"):
        assert secret.encode() not in said
        assert secret.replace("-", "").encode() not in said
