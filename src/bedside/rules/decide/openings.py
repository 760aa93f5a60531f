"""The officer's own exceptions: which of them would clear the way, and the words that open it."""

from collections.abc import Mapping
from dataclasses import replace

from bedside.rules.condition.holds import holds
from bedside.rules.condition.nodes import find_facts
from bedside.rules.condition.parse import parse_condition
from bedside.rules.decide.advice import Opening, Outcome
from bedside.rules.decide.judge import Matter, weigh
from bedside.rules.decide.play import Charge, Entry
from bedside.rules.rulebook.norm import Unless
from bedside.rules.vocabulary.answer import Answer
from bedside.rules.vocabulary.catalogue import Vocabulary


def find_openings(
    matter: Matter, answered: Mapping[str, int], vocabulary: Vocabulary
) -> tuple[Opening, ...]:
    """Find the exceptions of the officer's own rules that leave some word with nothing broken.

    Those that do it alone go before those that only do it together. What was only presumed may be
    opened by saying it; what somebody answered, `answered`, may not be said otherwise.
    """
    own = [c for c in matter.charges if c.entry is not None and c.entry.is_own]
    ways = {c: _find_ways(c.entry, answered, vocabulary) for c in own}
    openable = [c for c in own if ways[c]]
    alone = {c: place for c in openable if (place := _find_cleared(matter, [c])) is not None}
    together = _find_cleared(matter, openable) if openable and not alone else None
    chosen = alone if together is None else dict.fromkeys(openable, together)
    found: dict[tuple[str, str], Opening] = {}
    for charge, place in chosen.items():
        word = matter.frame.dimension.words[place].id
        for unless in ways[charge]:
            id_ = charge.entry.norm.id if charge.entry else ""
            opening = Opening(norm=id_, opened_by=unless.opened_by, say=unless.say, word=word)
            found.setdefault((id_, unless.when), opening)
    return tuple(sorted(found.values(), key=lambda o: (o.say is None, o.opened_by, o.norm)))


def _find_ways(
    entry: Entry | None, answered: Mapping[str, int], vocabulary: Vocabulary
) -> tuple[Unless, ...]:
    """Find the exceptions that somebody could still open: not ruled out by what was answered."""
    trees = [
        (unless, parse_condition(unless.when)) for unless in (entry.norm.unless if entry else ())
    ]
    return tuple(
        unless
        for unless, tree in trees
        if find_facts(tree) and holds(tree, answered, vocabulary) is not Answer.NO
    )


def _find_cleared(matter: Matter, without: list[Charge]) -> int | None:
    """Find the word that is clear once these norms no longer charge."""
    lifted = {c.entry.norm.id for c in without if c.entry is not None}
    left = [c for c in matter.charges if c.entry is None or c.entry.norm.id not in lifted]
    weighed = weigh(replace(matter, charges=left))
    return weighed.place if weighed.outcome is Outcome.CLEAR else None
