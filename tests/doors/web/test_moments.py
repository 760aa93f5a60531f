"""Days and times that somebody types: those that no clock can show are none."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bedside.doors.web.moments import read_moment

TEXAS = ZoneInfo("America/Chicago")


@pytest.mark.parametrize(
    "written",
    ["", "soon", "0001-01-01T00:00+00:00", "9999-12-31T23:59", "1999-12-31T23:59", "2100-01-01"],
)
def test_what_is_no_moment_of_our_time_is_none(written: str) -> None:
    assert read_moment(written, TEXAS) is None


def test_a_moment_is_meant_on_the_clock_of_the_hospital_unless_it_says_otherwise() -> None:
    assert read_moment("2026-11-24T02:50", TEXAS) == datetime(2026, 11, 24, 8, 50, tzinfo=UTC)
    assert read_moment("2026-11-24T02:50+00:00", TEXAS) == datetime(2026, 11, 24, 2, 50, tzinfo=UTC)
