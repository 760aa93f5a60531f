"""What may be counted by: periods, levels, closed lists; never a day, an agency or a person."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from public_cast import says_why

from bedside.trust.publication.coarsen import (
    AgencyUnknown,
    Period,
    coarsen_date,
    collapse_agency,
    group_months,
)
from bedside.trust.publication.counts import BadCounts, Counts, Dimension, TooFine, tabulate

LEVELS = {"federal": ["ice", "cbp", "usms"], "local": ["county_sheriff"]}
MONTHS = Dimension(name="period", values=("2026-01", "2026-02"))
LEVEL = Dimension(name="agency_level", values=("federal", "local"))


@pytest.mark.parametrize(
    ("period", "name"),
    [
        (Period.MONTH, "2026-08"),
        (Period.QUARTER, "2026-Q3"),
        (Period.HALF, "2026-H2"),
        (Period.YEAR, "2026"),
    ],
)
def test_a_day_becomes_a_period(period: Period, name: str) -> None:
    assert coarsen_date(date(2026, 8, 31), to=period) == name


@given(day=st.dates(), period=st.sampled_from(Period))
def test_no_day_survives(day: date, period: Period) -> None:
    name = coarsen_date(day, to=period)

    assert day.isoformat() not in name
    assert coarsen_date(day.replace(day=1), to=period) == name
    Dimension(name="period", values=(name,))


def test_months_become_quarters() -> None:
    grouped = group_months([f"2026-{month:02}" for month in range(1, 7)], to=Period.QUARTER)

    assert grouped == {
        "2026-Q1": frozenset({"2026-01", "2026-02", "2026-03"}),
        "2026-Q2": frozenset({"2026-04", "2026-05", "2026-06"}),
    }


def test_an_agency_becomes_its_level() -> None:
    assert {collapse_agency(one, LEVELS) for one in LEVELS["federal"]} == {"federal"}


@pytest.mark.parametrize("agency", ["", "space_force", "federal"])
def test_an_unknown_agency_is_refused_and_not_repeated(agency: str) -> None:
    with pytest.raises(AgencyUnknown) as refused:
        collapse_agency(agency, LEVELS)

    assert says_why(refused.value)
    assert not agency or agency not in str(refused.value)


def test_rows_are_counted_by_the_dimensions_alone() -> None:
    rows = [
        {"period": "2026-01", "agency_level": "federal", "patient": "4471"},
        {"period": "2026-01", "agency_level": "federal", "patient": "4472"},
        {"period": "2026-02", "agency_level": "local", "patient": "4473"},
    ]

    counts = tabulate(rows, subject="stays", dimensions=(MONTHS, LEVEL))

    assert counts.cells == {("2026-01", "federal"): 2, ("2026-02", "local"): 1}
    assert "447" not in repr(counts)


@pytest.mark.parametrize(
    "name", ["agency", "badge", "officer", "patient", "nationality", "immigration_status"]
)
def test_nobody_is_counted_by_what_tells_who_they_are(name: str) -> None:
    with pytest.raises(TooFine) as refused:
        Dimension(name=name, values=("a",))

    assert says_why(refused.value)


@pytest.mark.parametrize("value", ["2026-08-31", "8/31/2026", "31.8.26", "02:10", "2026-8-1"])
def test_nothing_is_counted_by_the_day_or_the_hour(value: str) -> None:
    with pytest.raises(TooFine) as refused:
        Dimension(name="period", values=("2026-01", value))

    assert value in str(refused.value)


@pytest.mark.parametrize("values", [(), ("a", "a"), tuple(map(str, range(401)))])
def test_a_dimension_is_a_closed_list(values: tuple[str, ...]) -> None:
    with pytest.raises(BadCounts) as refused:
        Dimension(name="ward", values=values)

    assert says_why(refused.value)


@pytest.mark.parametrize(
    ("dimensions", "cells"),
    [
        ((), {}),
        ((MONTHS, MONTHS), {}),
        ((MONTHS,), {("2026-03",): 1}),
        ((MONTHS,), {("2026-01", "federal"): 1}),
        ((MONTHS,), {("2026-01",): -1}),
    ],
    ids=["none", "twice", "unknown", "too-long", "negative"],
)
def test_counts_that_are_none_say_where(
    dimensions: tuple[Dimension, ...], cells: dict[tuple[str, ...], int]
) -> None:
    with pytest.raises(BadCounts) as refused:
        Counts(subject="stays", dimensions=dimensions, cells=cells)

    assert says_why(refused.value)


def test_a_row_with_a_value_that_is_not_on_the_list_is_refused() -> None:
    with pytest.raises(BadCounts):
        tabulate([{"period": "2026-01"}], subject="stays", dimensions=(MONTHS, LEVEL))
