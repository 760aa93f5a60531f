"""Find in a free text what is never kept, and what is kept only if somebody means it."""

from collections.abc import Iterator
from dataclasses import dataclass

from bedside.rules.screening.folding import Folded, fold
from bedside.rules.screening.patterns import Kind, load_patterns
from bedside.rules.vocabulary.problem import Text

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Worry:
    """One place in a text that should be said in other words, or not at all."""

    start: int
    end: int  # outside
    kind: str  # a name from the table of words
    label: Text
    instead: Text
    may_keep: bool  # if somebody means it; what could tell of anybody's status never


def find_worries(text: str) -> tuple[Worry, ...]:
    """Find every worry in the order of the text; none overlap."""
    patterns = load_patterns()
    if len(text) > patterns.most:
        return (_worry(patterns.too_long, (patterns.most, len(text))),)
    folded = fold(text)
    taken: list[Span] = []
    found: list[Worry] = []
    for kind in patterns.kinds:
        for span in _find(kind, folded):
            if not any(_overlap(span, other) for other in taken):
                taken.append(span)
                found.append(_worry(kind, folded.span(*span)))
    return tuple(sorted(found, key=lambda worry: worry.start))


def _find(kind: Kind, folded: Folded) -> Iterator[Span]:
    spans = [match.span() for match in kind.finds.finditer(folded.signs)]
    if not spans:
        return
    harmless = kind.harmless.finditer(folded.signs) if kind.harmless else ()
    passed = [match.span() for match in harmless]
    yield from (span for span in spans if not any(_overlap(span, other) for other in passed))


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _worry(kind: Kind, span: Span) -> Worry:
    return Worry(
        start=span[0],
        end=span[1],
        kind=kind.id,
        label=kind.label,
        instead=kind.instead,
        may_keep=kind.may_keep,
    )
