"""Two versions of one sentence in force at once: a slip that no single file can show."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import combinations

from bedside.rules.rulebook.norm import Norm, Reading


def find_versions(norms: Iterable[Norm]) -> Iterator[tuple[Norm, Norm]]:
    """Find pairs of norms that say the same sentence differently on the same day, in one place."""
    of_one_sentence: dict[object, list[Norm]] = {}
    for norm in norms:
        if norm.reading is not Reading.REMEMBERED and not norm.standing:
            place = norm.id.rpartition("/")[0]
            key = (place, norm.source.cite, norm.modality, norm.binds, norm.when, norm.unless)
            of_one_sentence.setdefault(key, []).append(norm)
    for group in of_one_sentence.values():
        for one, other in combinations(group, 2):
            if _overlap(one, other) and _find_subjects(one) & _find_subjects(other):
                yield one, other


def _overlap(one: Norm, other: Norm) -> bool:
    start = max(one.in_force_from, other.in_force_from)
    return start < min(one.in_force_to or date.max, other.in_force_to or date.max)


def _find_subjects(norm: Norm) -> frozenset[str]:
    """Find what a norm is about: dimensions and properties, an act, a term."""
    about = {f"{ask.dimension}.{ask.property}" for ask in norm.arrangement}
    if norm.duty is not None:
        about.add(norm.duty.act)
    if norm.defines is not None:
        about.add(norm.defines.term.en)
    return frozenset(about)
