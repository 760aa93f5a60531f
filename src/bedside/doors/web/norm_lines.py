"""One norm as a line on a page: what it asks, who says so, how heavy, how well it was read."""

from dataclasses import dataclass

from bedside.doors.web.addresses import find_address
from bedside.doors.web.words import say
from bedside.rules.decide.advice import Named
from bedside.rules.rulebook.norm import Norm, Rank, rank_of
from bedside.rules.vocabulary.catalogue import Vocabulary
from bedside.rules.vocabulary.problem import Language

READING_ICONS = {"read": "book-open-check", "reported": "message-circle", "remembered": "history"}


@dataclass(frozen=True, slots=True, kw_only=True)
class NormLine:
    """A norm in the reader's language."""

    id: str
    address: str
    asks: str
    cite: str
    rank: str
    rank_word: str
    kind: str
    binds: str
    modality: str
    reading: str
    reading_word: str
    reading_icon: str
    fit: str
    fit_word: str
    text_as_of: str
    note: str


def build_line(norm: Norm, vocabulary: Vocabulary, language: Language) -> NormLine:
    """Build the line of a norm."""
    rank = rank_of(norm)
    day = norm.source.text_as_of
    return NormLine(
        id=norm.id,
        address=find_address("norm", language, norm_id=norm.id),
        asks=norm.asks.say(language),
        cite=norm.source.cite,
        rank=rank.value,
        rank_word=vocabulary.label("ranks", rank.value).say(language),
        kind=vocabulary.label("kinds", norm.kind.value).say(language),
        binds=say_binds(norm, vocabulary, language),
        modality=vocabulary.label("modalities", norm.modality.value).say(language),
        reading=norm.reading.value,
        reading_word=say(f"reading_{norm.reading.value}", language),
        reading_icon=READING_ICONS[norm.reading.value],
        fit=norm.fit.value,
        fit_word=say(f"fit_{norm.fit.value}", language),
        text_as_of=day.isoformat() if day else "",
        note=norm.confidence_note or "",
    )


def say_binds(norm: Norm, vocabulary: Vocabulary, language: Language) -> str:
    """Say whom the norm asks something of."""
    names = [vocabulary.label("parties", party).say(language) for party in sorted(norm.binds)]
    return ", ".join(name.lower() for name in names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many norms of one rank."""

    rank: str
    word: str
    pips: range
    number: int


def count_ranks(
    named: list[Named], vocabulary: Vocabulary, language: Language
) -> tuple[Count, ...]:
    """Count norms by rank, the heaviest first."""
    counts = []
    for rank in Rank:
        number = sum(1 for one in named if one.rank is rank)
        if number:
            word = vocabulary.label("ranks", rank.value).say(language).lower()
            counts.append(Count(rank=rank.value, word=word, pips=range(number), number=number))
    return tuple(counts)
