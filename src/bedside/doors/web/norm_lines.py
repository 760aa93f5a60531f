"""One norm as a line on a page: what it asks, who says so, how heavy, how well it was read."""

from collections import Counter
from dataclasses import dataclass, replace

from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from bedside.doors.web.addresses import find_address
from bedside.doors.web.words import SAID, say
from bedside.rules.decide.advice import Named
from bedside.rules.rulebook.norm import PROFESSION, Norm, Rank, rank_of
from bedside.rules.vocabulary.catalogue import Vocabulary
from bedside.rules.vocabulary.problem import Language

NOT_DRAWN = SafeString("")
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
    drawn: SafeString = NOT_DRAWN  # the whole line
    drawn_short: SafeString = NOT_DRAWN  # rank and citation alone


def build_line(norm: Norm, vocabulary: Vocabulary, language: Language) -> NormLine:
    """Build the line of a norm; drawn once for all pages, since nothing of a situation is in it."""
    kept = _DRAWN.get((norm.id, language))
    if kept is None or kept[0] is not norm:
        line = _build(norm, vocabulary, language)
        context = {"line": line, "say": SAID[language]}
        drawn = render_to_string("bedside/_norm_line.html", context)
        short = render_to_string("bedside/_norm_short.html", context)
        kept = norm, replace(line, drawn=drawn, drawn_short=short)
        _DRAWN[norm.id, language] = kept
    return kept[1]


def _build(norm: Norm, vocabulary: Vocabulary, language: Language) -> NormLine:
    rank = rank_of(norm)
    day = norm.source.text_as_of
    return NormLine(
        id=norm.id,
        address=find_address("norm", language, norm_id=norm.id),
        asks=norm.asks.say(language),
        cite=norm.source.cite,
        rank=rank.value,
        rank_word=say_rank(norm, rank, vocabulary, language),
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


def say_rank(norm: Norm, rank: Rank, vocabulary: Vocabulary, language: Language) -> str:
    """Name the rank; what we infer from law is no profession's rule, though it weighs as one."""
    if rank is Rank.PROFESSION and norm.kind not in PROFESSION:
        return say("rank_inferred", language)
    return vocabulary.label("ranks", rank.value).say(language)


def say_binds(norm: Norm, vocabulary: Vocabulary, language: Language) -> str:
    """Say whom the norm asks something of."""
    names = [vocabulary.label("parties", party).say(language) for party in sorted(norm.binds)]
    return ", ".join(name.lower() for name in names)


def draw_counts(named: list[Named], vocabulary: Vocabulary, language: Language) -> SafeString:
    """Draw how many norms of each rank, the heaviest first: a box each, then in words."""
    ranked = [(one.rank.value, say_rank(one.norm, one.rank, vocabulary, language)) for one in named]
    found = sorted(Counter(ranked).items())
    pips = [(rank,) for (rank, _), number in found for _ in range(number)]
    words = [f"{word.lower()} {number}" for (_, word), number in found]
    return format_html(
        '<span class="pips">{}</span><span class="small quiet">{}</span>',
        format_html_join("", '<i class="p{}"></i>', pips),
        ", ".join(words),
    )


_DRAWN: dict[tuple[str, Language], tuple[Norm, NormLine]] = {}
