"""The smallest situation that still shows something: what nobody needs to know is left out."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeAlias

from bedside.rules.prove.world import CUSTODY
from bedside.rules.vocabulary.catalogue import Value

Facts: TypeAlias = Mapping[str, Value]
Shown: TypeAlias = Callable[[Facts], bool]


def shrink(facts: Facts, is_shown: Shown) -> Facts:
    """Leave out facts until each that is left is needed; custody stays.

    Many are tried together first, since most are not needed.
    """
    before: Facts = {}
    while facts != before:  # what was needed at first may not be once others are gone
        before = facts
        facts = _leave_out([fact for fact in before if fact != CUSTODY], before, is_shown)
    return facts


def _leave_out(some: Sequence[str], facts: Facts, is_shown: Shown) -> Facts:
    fewer = {id_: value for id_, value in facts.items() if id_ not in some}
    if not some or is_shown(fewer):
        return fewer
    if len(some) == 1:
        return facts
    middle = len(some) // 2
    for half in (some[:middle], some[middle:]):
        facts = _leave_out(half, facts, is_shown)
    return facts
