"""The hospital's rooms as its data name them: which let an officer see without hearing."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Final

MOST_ROOMS: Final = 2000
AT_WINDOW: Final = "at_window"
FLAGS: Final = ("window", "door_glass", "negative_pressure")


@dataclass(frozen=True, slots=True, kw_only=True)
class HouseRoom:
    """One room: where it is, through what it can be looked into, and how one leaves it."""

    unit: str
    room: str
    window: bool = False  # to the corridor
    door_glass: bool = False
    negative_pressure: bool = False
    exits: int = 1

    @property
    def permits_sight(self) -> bool:
        """Tell whether somebody outside the closed door can see the bed."""
        return self.window or self.door_glass


def read_rooms(plain: Mapping[str, object]) -> tuple[HouseRoom, ...]:
    """Read the rooms of a checked site file."""
    said = plain.get("rooms")
    entries = said if isinstance(said, list | tuple) else ()
    return tuple(_read(one) for one in entries[:MOST_ROOMS] if isinstance(one, Mapping))


def find_room(rooms: Iterable[HouseRoom], unit: str, room: str) -> HouseRoom | None:
    """Find what the hospital says about a room; nothing if it says nothing."""
    named = (one for one in rooms if one.room == room and one.unit == unit)
    return next(named, None)


def find_free(
    rooms: Iterable[HouseRoom], taken: Collection[tuple[str, str]], *, unit: str
) -> tuple[HouseRoom, ...]:
    """Find rooms in which the bed can be seen from outside, one's own unit first.

    Only patients in custody are known here: whoever keeps the beds knows the others.
    """
    free = [one for one in rooms if one.permits_sight and (one.unit, one.room) not in taken]
    return tuple(sorted(free, key=lambda one: (one.unit != unit, one.unit, one.room)))


def _read(said: Mapping[str, object]) -> HouseRoom:
    exits = said.get("exits", 1)
    return HouseRoom(
        unit=str(said.get("unit", "")),
        room=str(said.get("room", "")),
        window=said.get("window") is True,
        door_glass=said.get("door_glass") is True,
        negative_pressure=said.get("negative_pressure") is True,
        exits=exits if isinstance(exits, int) else 1,
    )
