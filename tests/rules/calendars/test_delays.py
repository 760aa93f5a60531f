"""Telling waits only on an official's word, on paper or dated and oral, and for so long at most."""

from datetime import date
from zoneinfo import ZoneInfo

import pytest

from bedside.rules.calendars.clocks import Due, Known, load_clocks, start
from bedside.rules.calendars.delays import Form, Statement, find_end, is_paused, pause

PACIFIC = ZoneInfo("America/Los_Angeles")
KNOWN = date(2026, 11, 24)


def run(clock: str) -> Due:
    """Start a clock on the day of the table."""
    return start(load_clocks()[clock], Known(day=KNOWN), PACIFIC)


def say(form: Form, stated: str, until: str = "") -> Statement:
    """Say what an official stated."""
    return Statement(
        form=form,
        stated_on=date.fromisoformat(stated),
        until=date.fromisoformat(until) if until else None,
    )


@pytest.mark.parametrize(
    ("clock", "statement", "end"),
    [
        ("us_patient", say(Form.WRITTEN, "2026-12-01", "2027-03-01"), "2027-03-01"),
        ("us_patient", say(Form.WRITTEN, "2026-12-01"), "2026-12-01"),  # no time: no delay
        ("us_patient", say(Form.ORAL, "2026-12-01"), "2026-12-31"),
        ("us_patient", say(Form.ORAL, "2026-12-01", "2027-06-01"), "2026-12-31"),
        ("us_patient", say(Form.ORAL, "2026-12-01", "2026-12-10"), "2026-12-10"),
        ("ca_patient", say(Form.WRITTEN, "2026-12-01", "2027-06-01"), "2027-01-30"),
        ("ca_patient", say(Form.ORAL, "2026-12-01", "2027-06-01"), "2026-12-31"),
    ],
)
def test_po_05_a_delay_ends_when_it_says_and_never_later_than_the_rule_lets_it(
    clock: str, statement: Statement, end: str
) -> None:
    rule = load_clocks()[clock].delay
    assert rule is not None

    assert find_end(statement, rule) == date.fromisoformat(end)


@pytest.mark.parametrize(
    ("clock", "statement", "on"),
    [
        # Sixty days end on Sat 2027-01-23; a delay that ends before moves nothing.
        ("us_patient", say(Form.ORAL, "2026-12-01"), "2027-01-23"),
        ("us_patient", say(Form.WRITTEN, "2026-12-01", "2027-03-01"), "2027-03-02"),
        # California's term begins again at the end: Thu 2026-12-31, so Mon 2027-01-25.
        ("ca_patient", say(Form.ORAL, "2026-12-01"), "2027-01-25"),
        ("ca_department", say(Form.WRITTEN, "2026-12-01", "2027-03-01"), "2026-12-16"),
    ],
)
def test_po_05_what_is_due_moves_behind_the_delay_and_a_report_to_california_never_does(
    clock: str, statement: Statement, on: str
) -> None:
    assert pause(run(clock), [statement]).on == date.fromisoformat(on)


def test_po_05_nothing_but_a_statement_pauses_a_clock() -> None:
    due = run("us_patient")

    assert pause(due, []) == due
    assert not is_paused(due, [], today=KNOWN)


def test_telling_waits_while_the_delay_lasts_and_no_longer() -> None:
    statements, due = [say(Form.ORAL, "2026-12-01")], run("us_patient")

    waiting = [is_paused(due, statements, today=date(2026, 12, day)) for day in (1, 15, 31)] + [
        is_paused(due, statements, today=date(2027, 1, 1))
    ]

    assert waiting == [True, True, True, False]
    assert not is_paused(run("ca_department"), statements, today=date(2026, 12, 15))
