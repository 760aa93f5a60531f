"""What a norm charges, for each way in which the norms that may silence it speak."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import product
from typing import TypeAlias

import z3

from bedside.rules.decide.charges import Board
from bedside.rules.decide.play import Charge, Entry
from bedside.rules.prove.world import World

MOST_BEATERS = 8  # norms that together decide whether one is silenced

Numbers: TypeAlias = tuple[int, ...]


class TooManyBeatersError(Exception):
    """So many norms may silence one that the ways are not listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Burden:
    """A charge that a norm makes where it speaks and its beaters speak in one of these ways."""

    entry: Entry
    charge: Charge
    beaters: Numbers = ()
    ways: tuple[frozenset[int], ...] = ()  # sets of beaters that speak; none: whatever they do


def find_burdens(world: World, entry: Entry, dimension: str) -> Iterator[Burden]:
    """Ask the decider's own board what is left of a norm for each way its beaters may speak."""
    if entry.number not in world.play.beaten_by:
        for about, charge in entry.charges:
            if about == dimension:
                yield Burden(entry=entry, charge=charge)
        return
    beaters = find_beaters(world, entry)
    left: dict[object, tuple[Charge, list[frozenset[int]]]] = {}
    for way, board in find_boards(world, entry, beaters):
        for charge in board.charges.get(dimension, ()):
            key = (charge.keeps, charge.weight, charge.is_law_on_care)
            left.setdefault(key, (charge, []))[1].append(way)
    for charge, ways in left.values():
        yield Burden(entry=entry, charge=charge, beaters=beaters, ways=tuple(ways))


def find_beaters(world: World, entry: Entry) -> Numbers:
    """Find the norms that have a say in whether this one is silenced."""
    found: dict[int, None] = {}
    ahead = list(world.play.beaten_by.get(entry.number, ()))
    while ahead:
        number = ahead.pop()
        if number not in found:
            found[number] = None
            ahead += world.play.beaten_by.get(number, ())
    if len(found) > MOST_BEATERS:
        raise TooManyBeatersError(entry.norm.id)
    return tuple(sorted(found))


def find_boards(
    world: World, entry: Entry, beaters: Numbers
) -> Iterator[tuple[frozenset[int], Board]]:
    """Make the decider's board of one norm for each way in which its beaters may speak."""
    for chosen in product((False, True), repeat=len(beaters)):
        way = frozenset(n for n, speaks in zip(beaters, chosen, strict=True) if speaks)
        bits = sum(1 << number for number in (entry.number, *way))
        yield way, Board(world.play, bits, [entry])


def say_ways(speaks: Mapping[int, z3.BoolRef], ways: tuple[frozenset[int], ...]) -> z3.BoolRef:
    """Say that the beaters speak in one of these ways."""
    return z3.Or(
        [
            z3.And([said if number in way else z3.Not(said) for number, said in speaks.items()])
            for way in ways
        ]
    )
