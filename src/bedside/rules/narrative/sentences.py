"""An account in sentences, and what each of them says that is not denied."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from bedside.rules.narrative.patterns import Language, Named

Span = tuple[int, int]  # in the folded text; the end is outside

SENTENCE, WORD = re.compile(r"[^.;!?\n]+"), re.compile(r"[a-z0-9]+")
LONG = 24  # letters of the longest beginning in the tables
REACH = 60  # letters before a word in which its denial is looked for
OFFICER, OTHERS = "officer", ("patient", "staff", "family")
BACK = 2  # sentences through which an officer is still spoken of


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """What one sentence says, by the names of the tables."""

    hits: Mapping[str, tuple[Span, ...]]
    stops: tuple[Span, ...]
    is_followed: bool  # an officer stands in a sentence before, and a verb alone may mean them


@dataclass(slots=True, kw_only=True)
class _Draft:
    start: int
    end: int
    hits: dict[str, list[Span]] = field(default_factory=dict)
    has_officer: bool = False


def read_sentences(
    signs: str, language: Language, others: Sequence[Language]
) -> Iterator[Sentence]:
    """Read every sentence of a folded text that is in the language rather than in another."""
    signs = signs.replace("'", " ")
    drafts = [
        _Draft(start=start, end=end)
        for start, end in (match.span() for match in SENTENCE.finditer(signs))
        if _is_in(signs[start:end], language, others)
    ]
    _look(drafts, signs, language)
    for place, draft in enumerate(drafts):
        before = any(other.has_officer for other in drafts[max(0, place - BACK) : place])
        after = drafts[place + 1] if place + 1 < len(drafts) else None
        yield _finish(draft, after, signs, language=language, is_followed=before)


def _is_in(said: str, language: Language, others: Sequence[Language]) -> bool:
    """Tell the language of a sentence by its small words; where they do not tell, it is either."""
    counts = [len(other.common.findall(said)) for other in others]
    return len(language.common.findall(said)) >= max(counts)


def _look(drafts: Sequence[_Draft], signs: str, language: Language) -> None:
    """Look for everything that has a name, wherever a sentence is in the language."""
    starts, begins = [draft.start for draft in drafts], _find_begins(drafts, signs)
    for named in language.names:
        if named.begins.isdisjoint(begins):
            continue
        for start, end in _find(named, signs):
            draft = drafts[max(0, bisect_right(starts, start) - 1)]
            if not draft.start <= start < draft.end:
                continue
            draft.has_officer |= named.name == OFFICER
            if not _is_denied(signs[draft.start : start], named, language):
                draft.hits.setdefault(named.name, []).append((start, end))


def _find_begins(drafts: Sequence[_Draft], signs: str) -> set[str]:
    """Find how the words of the text begin, as the tables write it: in full, and with a `*`."""
    words = {word for draft in drafts for word in WORD.findall(signs, draft.start, draft.end)}
    return words | {
        f"{word[:long]}*" for word in words for long in range(1, min(len(word), LONG) + 1)
    }


def _find(named: Named, signs: str) -> Iterator[Span]:
    spans = [match.span() for match in named.finds.finditer(signs)]
    passed = [match.span() for match in named.harmless.finditer(signs)] if spans else []
    for start, end in spans:
        if not any(start < other_end and other < end for other, other_end in passed):
            yield start, end


def _is_denied(before: str, named: Named, language: Language) -> bool:
    before = before[-REACH:]
    ends = [match.end() for match in language.parts.finditer(before)]
    near = before[ends[-1] :] if ends else before
    denial = language.denied_thing if named.is_thing else language.denied
    return denial.search(near) is not None


def _finish(
    draft: _Draft, after: _Draft | None, signs: str, *, language: Language, is_followed: bool
) -> Sentence:
    hits = {name: list(spans) for name, spans in draft.hits.items()}
    for name in language.same:
        for other in _unfold(name, language):
            hits.setdefault(name, []).extend(draft.hits.get(other, ()))
    has_none = is_followed and not draft.has_officer
    if has_none:
        found = language.followers.search(signs, draft.start, draft.end)
        hits[OFFICER] = [found.span()] if found else []
    stops = [m.span() for m in language.stops.finditer(signs, draft.start, draft.end)]
    if after is not None:
        stops += [m.span() for m in language.stops_before.finditer(signs, after.start, after.end)]
    return Sentence(
        hits={name: tuple(sorted(set(spans))) for name, spans in hits.items() if spans},
        stops=tuple(stops),
        is_followed=has_none and language.may_be_silent,
    )


def _unfold(name: str, language: Language) -> Iterator[str]:
    for other in language.same.get(name, ()):
        yield other
        yield from _unfold(other, language)
