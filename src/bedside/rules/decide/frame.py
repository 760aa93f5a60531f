"""What the vocabulary itself says of each dimension: words that can be had, the usual one."""

from collections.abc import Mapping
from dataclasses import dataclass

from bedside.rules.condition.holds import Closure, compile_closure
from bedside.rules.condition.nodes import find_facts
from bedside.rules.condition.parse import parse_condition
from bedside.rules.tables.compiled import Compiled
from bedside.rules.vocabulary.answer import Answer
from bedside.rules.vocabulary.catalogue import Dimension, Vocabulary

ACTIVITY = "activity"
FRAMES = "frames"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One dimension, ready to be decided."""

    dimension: Dimension
    needs: tuple[tuple[int, Closure], ...]  # a word's bit, and what it needs
    needed_facts: frozenset[str]
    touched_by: Closure
    usual: Mapping[int, int]  # an answer's bit of `activity`: the usual word's place
    advisable: int
    distances: tuple[tuple[int, ...], ...]  # from how things stand (or nowhere) to each word
    least: tuple[int, ...]  # how much each word asks of others, by order

    def find_candidates(self, known: Mapping[str, int]) -> int:
        """Find the words that may be advised, as bits: those that can be had."""
        left = self.advisable
        for bit, needs in self.needs:
            if left & bit and needs(known) is Answer.NO:
                left &= ~bit
        return left

    def find_start(self, known: Mapping[str, int], stands: str | None) -> int | None:
        """Find the place from which nearness is measured: how things stand, or the usual word."""
        if stands is not None:
            return self.dimension.places[stands]
        return self.usual.get(known.get(ACTIVITY, 0))


def find_frames(compiled: Compiled) -> Mapping[str, Frame]:
    """Find the frames of all dimensions; made once."""
    found = compiled.remembered.get(FRAMES)
    if not isinstance(found, dict):
        vocabulary = compiled.vocabulary
        found = {d.id: _build(d, vocabulary) for d in vocabulary.dimensions.values()}
        compiled.remembered[FRAMES] = found
    return found


def _build(dimension: Dimension, vocabulary: Vocabulary) -> Frame:
    trees = {word: parse_condition(text) for word, text in dimension.needs.items()}
    activity = vocabulary.facts[ACTIVITY]
    size = len(dimension.words)
    return Frame(
        dimension=dimension,
        needs=tuple(
            (1 << dimension.places[word], compile_closure(tree, vocabulary))
            for word, tree in trees.items()
        ),
        needed_facts=frozenset(fact for tree in trees.values() for fact in find_facts(tree)),
        touched_by=compile_closure(parse_condition(dimension.touched_by), vocabulary),
        usual={activity.bit(a): dimension.places[word] for a, word in dimension.usual.items()},
        advisable=dimension.every & ~dimension.mask(dimension.never_advised),
        distances=tuple(_measure(dimension, start) for start in range(size)),
        least=_rank_by_least(dimension),
    )


def _measure(dimension: Dimension, start: int) -> tuple[int, ...]:
    places = range(len(dimension.words))
    if dimension.order == "none":  # nothing is nearer than anything else
        return tuple(int(place != start) for place in places)
    return tuple(abs(place - start) for place in places)


def _rank_by_least(dimension: Dimension) -> tuple[int, ...]:
    """Ask least of others: the officer's end, but for what the patient may ask the other end."""
    places = tuple(range(len(dimension.words)))
    from_the_end = dimension.order in {"patient", "none"} or dimension.id == "disclosure"
    return tuple(reversed(places)) if from_the_end else places
