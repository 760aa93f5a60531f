"""A condition as cubes: each cube is one set of allowed answers per fact, any cube suffices.

The cubes of a condition say when it surely holds; the cubes of its opposite say when it surely
does not. What neither says is unknown, exactly as the closures have it.
"""

from collections.abc import Mapping
from typing import TypeAlias

from bedside.rules.condition.nodes import Always, And, Condition, Not, Or
from bedside.rules.condition.sets import allowed_by
from bedside.rules.vocabulary.catalogue import Vocabulary

Cube: TypeAlias = Mapping[str, int]

MAX_CUBES = 64


def find_cubes(
    condition: Condition, vocabulary: Vocabulary, *, wanted: bool = True
) -> tuple[Cube, ...] | None:
    """Find the cubes in which the condition holds (or does not); None if they are too many."""
    match condition:
        case Always():
            return ({},) if wanted else ()
        case Not(inner=inner):
            return find_cubes(inner, vocabulary, wanted=not wanted)
        case And(parts=parts) | Or(parts=parts):
            lists = [find_cubes(part, vocabulary, wanted=wanted) for part in parts]
            known = [cubes for cubes in lists if cubes is not None]
            if len(known) < len(lists):
                return None
            together = isinstance(condition, And) is wanted
            return _multiply(known) if together else _add(known)
    fact, allowed = allowed_by(condition, vocabulary)
    if not wanted:
        allowed = vocabulary.facts[fact].every & ~allowed
    return ({fact: allowed},) if allowed else ()


def _add(lists: list[tuple[Cube, ...]]) -> tuple[Cube, ...] | None:
    return _keep_widest([cube for cubes in lists for cube in cubes])


def _multiply(lists: list[tuple[Cube, ...]]) -> tuple[Cube, ...] | None:
    product: tuple[Cube, ...] = ({},)
    for cubes in lists:
        met = [_meet(one, other) for one in product for other in cubes]
        kept = _keep_widest([cube for cube in met if cube is not None])
        if kept is None:
            return None
        product = kept
    return product


def _meet(one: Cube, other: Cube) -> Cube | None:
    met = dict(one)
    for fact, allowed in other.items():
        left = met.get(fact, allowed) & allowed
        if not left:
            return None
        met[fact] = left
    return met


def _keep_widest(cubes: list[Cube]) -> tuple[Cube, ...] | None:
    kept: list[Cube] = []
    for cube in sorted(cubes, key=_narrowness):
        if not any(_covers(wide, cube) for wide in kept):
            kept.append(cube)
        if len(kept) > MAX_CUBES:
            return None
    return tuple(kept)


def _covers(wide: Cube, narrow: Cube) -> bool:
    return all(narrow.get(fact, -1) & ~allowed == 0 for fact, allowed in wide.items())


def _narrowness(cube: Cube) -> tuple[int, int]:
    return len(cube), -sum(allowed.bit_count() for allowed in cube.values())
