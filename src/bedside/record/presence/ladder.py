"""Whom a refusal reaches, one rung after the other; a hospital writes its own in its site file."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

DEFAULT = ("charge_nurse", "house_supervisor", "administrator_on_duty")
WAIT = timedelta(minutes=5)
LEAST_WAIT, MOST_WAIT = 1, 60  # minutes


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """The rungs, how long each is waited for, and who is called at once in danger."""

    rungs: tuple[str, ...] = DEFAULT
    wait: timedelta = WAIT
    in_danger: tuple[str, ...] = ("hospital_security", "house_supervisor")
    quietly: tuple[str, ...] = ("charge_nurse", "house_supervisor")  # "not safe to ask"


def read_ladder(plain: Mapping[str, object]) -> Ladder:
    """Read the ladder of a checked site file; what it leaves out is as shipped."""
    said = plain.get("ladder")
    if not isinstance(said, Mapping):
        return Ladder()
    shipped = Ladder()
    return Ladder(
        rungs=_read_roles(said.get("rungs"), shipped.rungs),
        wait=_read_wait(said.get("wait_minutes")),
        in_danger=_read_roles(said.get("in_danger"), shipped.in_danger),
        quietly=_read_roles(said.get("quietly"), shipped.quietly),
    )


def _read_roles(said: object, shipped: tuple[str, ...]) -> tuple[str, ...]:
    if not isinstance(said, Sequence) or isinstance(said, str):
        return shipped
    return tuple(str(role) for role in said) or shipped


def _read_wait(said: object) -> timedelta:
    if isinstance(said, int) and LEAST_WAIT <= said <= MOST_WAIT:
        return timedelta(minutes=said)
    return WAIT
