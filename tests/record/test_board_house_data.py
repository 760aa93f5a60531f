"""The hospital's own data behind the board: hours of the ladder, numbers that work, rooms."""

from datetime import UTC, date, datetime

import pytest

from bedside.record.presence.agency_contacts import find_reached
from bedside.record.presence.house_rooms import find_free, find_room, read_rooms
from bedside.record.presence.ladder import Ladder, read_ladder

HOURS = {"from": "07:00", "to": "19:00", "days": ["mon", "tue", "wed", "thu", "fri"]}
LADDER = {
    "rungs": ["charge_nurse", "attending"],
    "wait_minutes": 4,
    "hours": HOURS,
    "holidays": ["2026-11-26"],
    "off_hours": {"rungs": ["house_supervisor"], "wait_minutes": 3},
}
PLAIN: dict[str, object] = {
    "timezone": "America/Chicago",
    "ladder": LADDER,
    "agency_contacts": {
        "ice": {
            "name": {"en": "Duty officer", "es": "Oficial"},
            "phone": "555-0142",
            "verified": "2026-11-20",
            "night": {"phone": "555-0143", "verified": "2026-03-01"},
        },
        "cbp": {"name": {"en": "Watch", "es": "Guardia"}, "phone": "555-0165"},
    },
    "rooms": [
        {"unit": "A", "room": "1", "window": True},
        {"unit": "A", "room": "2"},
        {"unit": "B", "room": "1", "door_glass": True, "negative_pressure": True, "exits": 2},
        {"unit": "A", "room": "3", "window": True},
        "no room",
    ],
}
# In Texas: a Tuesday at noon, at night, and on the edges; a Saturday; a holiday.
NOON, NIGHT = datetime(2026, 11, 24, 18, tzinfo=UTC), datetime(2026, 11, 24, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "is_off"),
    [
        (NOON, False),
        (NIGHT, True),
        (datetime(2026, 11, 24, 13, tzinfo=UTC), False),  # 07:00
        (datetime(2026, 11, 25, 0, 59, tzinfo=UTC), False),  # 18:59
        (datetime(2026, 11, 25, 1, tzinfo=UTC), True),  # 19:00, the end is outside
        (datetime(2026, 11, 28, 18, tzinfo=UTC), True),  # a Saturday
        (datetime(2026, 11, 26, 18, tzinfo=UTC), True),  # a holiday
    ],
)
def test_night_weekend_and_holiday_have_a_ladder_of_their_own(at: datetime, is_off: bool) -> None:  # noqa: FBT001 - what is expected
    ladder = read_ladder(PLAIN).holding_at(at)

    expected = ("house_supervisor",) if is_off else ("charge_nurse", "attending")
    assert ladder.rungs == expected
    assert ladder.wait.total_seconds() == (180 if is_off else 240)
    assert ladder.in_danger == Ladder().in_danger


@pytest.mark.parametrize(
    "said",
    [{"hours": {"from": "seven"}}, {"hours": HOURS | {"to": 19}}, {"off_hours": {"rungs": ["a"]}}],
)
def test_hours_that_are_none_leave_one_ladder_for_all(said: object) -> None:
    ladder = read_ladder({"ladder": said})

    assert ladder.holding_at(NIGHT).rungs == ladder.rungs


def test_the_number_of_the_night_is_shown_at_night_with_its_own_day() -> None:
    by_day, by_night = (find_reached(PLAIN, "ice", at=at) for at in (NOON, NIGHT))

    assert by_day is not None
    assert by_night is not None
    assert (by_day.phone, by_day.verified, by_day.is_old) == (
        "555-0142",
        date(2026, 11, 20),
        False,
    )
    assert (by_night.phone, by_night.is_old, by_night.is_night) == ("555-0143", True, True)


def test_a_number_that_nobody_ever_tried_is_old_and_stands_in_at_night() -> None:
    reached = find_reached(PLAIN, "cbp", at=NIGHT)

    assert reached is not None
    assert (reached.phone, reached.is_old, reached.is_night) == ("555-0165", True, False)
    assert find_reached(PLAIN, "usms", at=NIGHT) is None


def test_rooms_that_permit_sight_are_listed_own_unit_first_and_taken_ones_left_out() -> None:
    rooms = read_rooms(PLAIN)

    free = find_free(rooms, {("A", "1")}, unit="A")

    assert [(one.unit, one.room) for one in free] == [("A", "3"), ("B", "1")]
    lacking = find_room(rooms, "A", "2")
    assert lacking is not None
    assert not lacking.permits_sight
    assert find_room(rooms, "C", "2") is None
