"""The published table of dates: what each clock says, worked out by hand from lists of holidays."""

import csv
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bedside.rules.calendars.clocks import (
    Known,
    find_clocks,
    load_clocks,
    load_principles,
    load_regulators,
    read_known,
    start,
)
from bedside.rules.calendars.counting import add_working_days, count_working_days
from bedside.rules.calendars.holidays import load_calendars
from bedside.rules.calendars.source import Reading

TABLE = list(csv.DictReader(Path(__file__).with_name("dates.csv").read_text("utf-8").splitlines()))
PACIFIC = ZoneInfo("America/Los_Angeles")
DAYS = st.dates(min_value=date(2001, 1, 1), max_value=date(2090, 12, 31))


def read_day(written: str) -> date:
    """Read a day of the table; its weekday has to be right."""
    day = date.fromisoformat(written[4:])
    assert f"{day:%a}" == written[:3], written
    return day


def test_the_table_has_sixty_dates_and_twenty_of_california() -> None:
    california = [row for row in TABLE if row["clock"] == "ca_department"]

    assert len(TABLE) >= 60
    assert len(california) >= 20


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row['clock']} {row['known'][4:]}")
def test_po_04_a_clock_ends_on_the_day_that_was_worked_out_by_hand(row: dict[str, str]) -> None:
    known = Known(day=read_day(row["known"]))

    due = start(load_clocks()[row["clock"]], known, PACIFIC)

    assert (due.on, due.safe_on) == (read_day(row["last"]), read_day(row["strictest"]))


@pytest.mark.parametrize(
    ("day", "calendar", "rests"),
    [
        ("2021-06-18", "federal", True),  # Juneteenth 2021 was a Saturday, two days after the law
        ("2020-06-19", "federal", False),  # before the law
        ("2021-12-31", "federal", True),  # New Year 2022 on a Saturday
        ("2021-12-31", "california", False),
        ("2022-12-26", "federal", True),  # Christmas on a Sunday
        ("2022-12-26", "california", True),
        ("2026-07-03", "federal", True),  # Independence Day on a Saturday
        ("2026-07-03", "california", False),
        ("2026-10-12", "federal", True),  # Columbus Day: California's offices work
        ("2026-10-12", "california", False),
        ("2026-11-27", "federal", False),  # the day after Thanksgiving
        ("2026-11-27", "california", False),
        ("2024-04-01", "california", True),  # Cesar Chavez Day on a Sunday
        ("2028-02-29", "california", False),
        ("2026-11-28", "california_with_saturdays", False),  # a Saturday
        ("2026-11-29", "california_with_saturdays", True),
    ],
)
def test_offices_rest_on_holidays_and_on_days_in_their_stead(
    day: str, calendar: str, *, rests: bool
) -> None:
    assert load_calendars()[calendar].is_working(date.fromisoformat(day)) is not rests


def test_hours_are_counted_as_hours_also_when_the_clocks_change() -> None:
    before = datetime(2026, 10, 31, 20, 0, tzinfo=PACIFIC)  # clocks go back on November 1

    due = start(load_clocks()["us_improper_transfer"], read_known(before, PACIFIC), PACIFIC)

    assert due.at == datetime(2026, 11, 3, 19, 0, tzinfo=PACIFIC)


def test_a_day_without_an_hour_counts_from_its_first_moment() -> None:
    known = read_known(datetime(2026, 11, 24, tzinfo=UTC), PACIFIC, only_day=True)

    due = start(load_clocks()["house_capture"], known, PACIFIC)

    assert due.at == datetime(2026, 11, 24, 1, 0, tzinfo=PACIFIC)


def test_the_day_is_the_day_on_the_clock_of_the_hospital() -> None:
    night = datetime(2026, 11, 25, 7, 5, tzinfo=UTC)  # 23:05 of the day before in California

    assert read_known(night, PACIFIC).day == date(2026, 11, 24)


@given(day=DAYS, days=st.integers(1, 60), name=st.sampled_from(sorted(load_calendars())))
def test_a_term_ends_on_a_working_day_and_has_just_so_many(day: date, days: int, name: str) -> None:
    calendar = load_calendars()[name]

    last = add_working_days(day, days, calendar)

    assert calendar.is_working(last)
    assert count_working_days(day, last, calendar) == days


@given(day=DAYS)
def test_the_strictest_reading_is_never_later_and_a_later_day_never_ends_earlier(day: date) -> None:
    for clock in load_clocks().values():
        first, second = (
            start(clock, Known(day=one), PACIFIC)
            for one in (day, date.fromordinal(day.toordinal() + 1))
        )
        if first.on is None or first.safe_on is None or second.on is None:
            continue
        assert day <= first.safe_on <= first.on
        assert clock.term is not None
        assert first.on <= second.on


def test_clocks_hold_where_the_site_lies_and_below() -> None:
    california = {clock.id for clock in find_clocks("us/ca", {"breach"})}
    texas = {clock.id for clock in find_clocks("us/tx", {"breach"})}
    county = {clock.id for clock in find_clocks("us/ca/los-angeles", {"breach"})}

    assert california == county
    assert california - texas == {"ca_patient", "ca_department"}
    assert "us_patient" in texas
    assert not {clock.id for clock in find_clocks("us/california-like", {"breach"})} - texas


def test_no_figure_stands_without_its_source_and_how_it_was_read() -> None:
    sources = [clock.source for clock in load_clocks().values()]
    sources += [one for calendar in load_calendars().values() for one in calendar.sources]
    sources += [one for _, found in load_principles().values() for one in found]

    for source in sources:
        assert source.cite
        if source.reading is not Reading.REMEMBERED:
            assert source.read_in
            assert source.read_on
    assert all(one.quote for one in load_clocks().values() if one.source.reading is Reading.READ)


def test_what_is_filed_is_filed_somewhere_and_every_word_is_said_in_both_languages() -> None:
    clocks = load_clocks().values()

    assert {clock.file_at for clock in clocks} - {""} == set(load_regulators())
    for clock in clocks:
        for text in (clock.title, clock.who, clock.says):
            assert text.en
            assert text.es
        assert bool(clock.doubt.en) == bool(clock.doubt.es)
        assert bool(clock.doubt.en) or not clock.strict
