"""Words that are never better than another word, whatever the situation."""

from bedside.rules.prove.world import World


def find_dominated(world: World, dimension: str) -> dict[str, str]:
    """Find each word that breaks, in every situation, all that some other word breaks and more."""
    words = world.vocabulary.dimensions[dimension].words
    masks = {c.keeps for e in world.play.entries for d, c in e.charges if d == dimension}
    found: dict[str, str] = {}
    for place, word in enumerate(words):
        for better, other in enumerate(words):
            if better != place and _is_better(masks, better, place):
                found[word.id] = other.id
                break
    return found


def _is_better(masks: set[int], better: int, worse: int) -> bool:
    """Tell whether whatever the worse word keeps the better one keeps, and something besides."""
    kept = [(mask >> better & 1, mask >> worse & 1) for mask in masks]
    return all(one >= other for one, other in kept) and any(one > other for one, other in kept)
