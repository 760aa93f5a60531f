"""Read an account and propose: which types, facts, dimensions and harms, and by which words.

Nothing is filed and nothing is decided here. What the patterns do not know they do not find; what
they find may be wrong; so each proposal carries the words that led to it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from bedside.rules.narrative.patterns import Find, load_finds, load_languages
from bedside.rules.narrative.sentences import OFFICER, OTHERS, Sentence, Span, read_sentences
from bedside.rules.screening.find import Worry, find_worries
from bedside.rules.screening.folding import Folded, fold
from bedside.rules.vocabulary.catalogue import Value

MOST = 20_000  # letters that are read; the screening says of a longer text that it is too long
PRIVACY, NEAR_MISS = "P", "P7"


class Subject(StrEnum):
    """What a proposal is about, in the order in which proposals are given."""

    TYPE = "type"
    FACT = "fact"
    DIMENSION = "dimension"
    HARM = "harm"


STOPPABLE = frozenset({Subject.TYPE, Subject.DIMENSION})  # an exam goes on, whatever was stopped


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Words:
    """A stretch of the account; the end is outside."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One thing that the form could say, and the words that led to it, in their order."""

    subject: Subject
    id: str  # a code of the taxonomy, a fact, a dimension, or a kind of harm
    value: Value | None  # the answer or the word; types and harms have none
    words: tuple[Words, ...]
    is_stopped: bool  # the account says that it was stopped in time, or nearly happened


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What an account proposes, and what in it should be said in other words first."""

    proposals: tuple[Proposal, ...]
    worries: tuple[Worry, ...]

    def about(self, subject: Subject) -> tuple[Proposal, ...]:
        """Give the proposals about one subject."""
        return tuple(one for one in self.proposals if one.subject is subject)


def propose(text: str) -> Proposed:
    """Read an account in English, Spanish or both."""
    folded, languages = fold(text[:MOST]), load_languages()
    found = [
        proposal
        for language in languages
        for sentence in read_sentences(folded.signs, language, languages)
        for proposal in _read(sentence, folded)
    ]
    return Proposed(proposals=_gather(found), worries=find_worries(text))


def _read(sentence: Sentence, folded: Folded) -> Iterator[Proposal]:
    for find in load_finds():
        spans = _match(find, sentence)
        if not spans:
            continue
        for said in find.says:
            is_stopped = bool(sentence.stops) and said.subject in STOPPABLE
            is_near = is_stopped and said.subject == Subject.TYPE and said.id[0] == PRIVACY
            yield Proposal(
                subject=Subject(said.subject),
                id=NEAR_MISS if is_near else said.id,
                value=said.value,
                words=_place([*spans, *sentence.stops] if is_stopped else spans, folded),
                is_stopped=is_stopped,
            )


def _match(find: Find, sentence: Sentence) -> list[Span]:
    """Find the words for everything that a proposal needs, or none."""
    hits = sentence.hits
    if find.of[0] not in hits or any(name in hits for name in find.unless):
        return []
    first = hits[find.of[0]]
    spans = list(first)
    for name in find.of[1:]:
        if name in hits:
            spans.append(min(hits[name], key=lambda span: abs(span[0] - first[0][0])))
        elif name != OFFICER or not _is_meant(sentence, first[0]):
            return []
    return spans


def _is_meant(sentence: Sentence, verb: Span) -> bool:
    """Tell whether a verb without a subject speaks of the officer of the sentence before."""
    others = (span for name in OTHERS for span in sentence.hits.get(name, ()))
    return sentence.is_followed and not any(span[0] < verb[0] for span in others)


def _place(spans: Iterable[Span], folded: Folded) -> tuple[Words, ...]:
    """Give the stretches in the text as it was written; what overlaps is one stretch."""
    placed = (folded.span(*span) for span in spans)
    return _merge(Words(start=start, end=end) for start, end in placed)


def _gather(found: Iterable[Proposal]) -> tuple[Proposal, ...]:
    """Put together what is proposed twice; it was stopped only if each account of it says so."""
    gathered: dict[tuple[Subject, str, Value | None], list[Proposal]] = {}
    for one in found:
        gathered.setdefault((one.subject, one.id, one.value), []).append(one)
    proposals = [
        Proposal(
            subject=subject,
            id=id_,
            value=value,
            words=_merge(word for one in some for word in one.words),
            is_stopped=all(one.is_stopped for one in some),
        )
        for (subject, id_, value), some in gathered.items()
    ]
    order = list(Subject)
    return tuple(
        sorted(proposals, key=lambda p: (order.index(p.subject), p.words[0], p.id, str(p.value)))
    )


def _merge(words: Iterable[Words]) -> tuple[Words, ...]:
    merged: list[Words] = []
    for one in sorted(set(words)):
        if merged and one.start < merged[-1].end:
            merged[-1] = Words(start=merged[-1].start, end=max(one.end, merged[-1].end))
        else:
            merged.append(one)
    return tuple(merged)
