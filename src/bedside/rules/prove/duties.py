"""Every duty that begins or ends between two worlds, until the solver says that none is left."""

from collections.abc import Iterator, Mapping
from itertools import permutations

import z3

from bedside.rules.prove.answers import NOTHING, Difference
from bedside.rules.prove.burdens import Numbers, find_beaters, find_boards, say_ways
from bedside.rules.prove.differences import Sight, Space
from bedside.rules.prove.world import DUTIES, World

Holders = Mapping[str, Numbers]  # a duty, as it is written, and the norms that ask it


def find_duty_changes(before: World, after: World, *, milliseconds: int) -> Iterator[Sight]:
    """Find each duty that somebody has in one world only; raise `UnsettledError` if time is out."""
    worlds = (before, after)
    holders = [_find_holders(world) for world in worlds]
    numbers = [_find_all(world, held) for world, held in zip(worlds, holders, strict=True)]
    trees = [
        world.condition(world.play.entries[number])
        for world, all_ in zip(worlds, numbers, strict=True)
        for number in all_
    ]
    space = Space(before, trees, set(), milliseconds=milliseconds)
    for duty in sorted({*holders[0], *holders[1]}):
        said = [
            _say(world, held.get(duty, ()), duty, space)
            for world, held in zip(worlds, holders, strict=True)
        ]
        if said[0].eq(said[1]):
            continue  # the same norms ask it, of the same people
        for holds, fails in permutations(said):
            model = space.ask(holds, z3.Not(fails))
            if model is not None:
                was, is_ = (duty, NOTHING) if holds is said[0] else (NOTHING, duty)
                difference = Difference(dimension=DUTIES, before=was, after=is_)
                yield Sight(differences=(difference,), facts=space.read(model))


def _find_holders(world: World) -> dict[str, Numbers]:
    found: dict[str, list[int]] = {}
    for entry in world.play.entries:
        for duty in entry.duties:
            if duty.now:
                found.setdefault(f"{duty.party}: {duty.act}", []).append(entry.number)
    return {duty: tuple(dict.fromkeys(numbers)) for duty, numbers in found.items()}


def _find_all(world: World, holders: Holders) -> list[int]:
    own = {number for numbers in holders.values() for number in numbers}
    beaters = {b for number in own for b in find_beaters(world, world.play.entries[number])}
    return sorted(own | beaters)


def _say(world: World, numbers: Numbers, duty: str, space: Space) -> z3.BoolRef:
    """Say that some norm asks the duty of its party, whom nothing lets off."""
    party = duty.partition(": ")[0]
    ways = []
    for number in numbers:
        entry = world.play.entries[number]
        speaks = space.known.holds(world.condition(entry))
        beaters = find_beaters(world, entry)
        if beaters:
            said = {
                one: space.known.holds(world.condition(world.play.entries[one])) for one in beaters
            }
            left = tuple(
                way
                for way, board in find_boards(world, entry, beaters)
                if party in board.find_left(entry)
            )
            speaks = z3.And(speaks, say_ways(said, left))
        ways.append(speaks)
    return z3.Or(ways)
