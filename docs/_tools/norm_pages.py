"""One page for each source: all its norms in order, and its text where we hold it."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from docs._tools.law_texts import find_section, load_texts
from docs._tools.markdown import MADE, escape, natural, slug, table

from bedside.rules.condition.parse import parse_condition
from bedside.rules.condition.phrase import phrase
from bedside.rules.rulebook.norm import Ask, Modality, Norm, Standing, rank_of
from bedside.rules.vocabulary.catalogue import Vocabulary
from bedside.rules.vocabulary.problem import ENGLISH, LANGUAGES, Text

WHERE = {
    "us/federal": "Federal law and agencies",
    "us": "States",
    "profession": "Professions",
    "world": "International",
    "hospital": "Overlays: a sample hospital",
    "agencies": "Overlays: local agencies",
    "orders": "Overlays: court orders on named cases",
}
NAMES = Mapping[str, Norm]


def label_of(norm: Norm) -> str:
    """Name the place of a norm, for links."""
    return f"norm-{slug(norm.id)}"


def find_sources(norms: NAMES) -> dict[str, list[Norm]]:
    """Find the norms of each source, in order."""
    sources: dict[str, list[Norm]] = defaultdict(list)
    for norm in sorted(norms.values(), key=lambda norm: natural(norm.id)):
        sources[norm.source.title].append(norm)
    return dict(sources)


def write_norm_pages(norms: NAMES, vocabulary: Vocabulary) -> dict[str, str]:
    """Write the page of each source and the index, by the name of the file."""
    pages = {"index": _write_index(norms, vocabulary)}
    for title, group in find_sources(norms).items():
        name = slug(title)
        if name in pages:
            message = f"two sources would share the page {name}"
            raise ValueError(message)
        pages[name] = _Source(vocabulary, norms).write(title, group)
    return pages


def _write_index(norms: NAMES, vocabulary: Vocabulary) -> str:
    sources = find_sources(norms)
    readings = Counter(norm.reading.value for norm in norms.values())
    fits = Counter(norm.fit.value for norm in norms.values())
    lines = [
        f"{MADE}\n# Every norm on file\n",
        f"{len(norms)} norms from {len(sources)} sources.",
        f"How each was read: {_count(readings)}.",
        f"Whether the source says it or we do: {_count(fits)}.",
        "What these words mean: [](../../../explanation/what-we-read-and-how.md).\n",
    ]
    for top, heading in WHERE.items():
        held = {t: g for t, g in sources.items() if _top_of(g[0]) == top}
        rows = [
            (f"[{escape(norm.source.cite)}](#{label_of(norm)})", *_weigh(norm, vocabulary))
            for group in held.values()
            for norm in group
        ]
        lines += [f"\n## {heading}\n", table(("Norm", "Asks", "Rank", "Reading", "Fit"), rows)]
    return "\n".join(lines)


def _count(counted: Counter[str]) -> str:
    return ", ".join(f"{number} {escape(word)}" for word, number in counted.most_common())


def _top_of(norm: Norm) -> str:
    return "us/federal" if norm.id.startswith("us/federal/") else norm.id.split("/", 1)[0]


def _weigh(norm: Norm, vocabulary: Vocabulary) -> tuple[str, str, str, str]:
    rank = rank_of(norm)
    label = vocabulary.label("ranks", rank.value).en
    return escape(norm.asks.en), f"{rank.value} {label}", norm.reading.value, norm.fit.value


class _Source:
    """Writes the page of one source."""

    def __init__(self, vocabulary: Vocabulary, norms: NAMES) -> None:
        self.vocabulary = vocabulary
        self.norms = norms

    def write(self, title: str, group: list[Norm]) -> str:
        # The index links to all; two hundred pages in the menu of each would slow the build.
        lines = [f"---\norphan: true\n---\n\n{MADE}\n# {escape(title)}\n"]
        lines += ["[All norms](index.md)\n", *self._introduce(group)]
        for norm in group:
            lines += [f"({label_of(norm)})=", f"## {escape(norm.source.cite)}\n"]
            lines += [*self._describe(norm), ""]
        section = find_section(title)
        if section is not None:
            lines += [
                f"## The text we hold: {section}\n",
                "A public-domain text of the United States government, as of 2025-01-27.",
                "Check the live text before you rely on it.\n",
                load_texts()[section],
                "",
            ]
        return "\n".join(lines)

    def _introduce(self, group: list[Norm]) -> Iterator[str]:
        first, label = group[0], self.vocabulary.label
        kinds = {label("kinds", norm.kind.value).en for norm in group}
        yield (
            f"{' and '.join(sorted(kinds))}, made by `{first.authority}`; "
            f"its home is <{first.source.url}>.\n"
        )
        if first.overlay is not None:
            yield f"Laid over the rulebook only where a situation names `{first.overlay}`.\n"

    def _describe(self, norm: Norm) -> Iterator[str]:
        label = self.vocabulary.label
        bound = ", ".join(label("parties", party).en.lower() for party in sorted(norm.binds))
        yield f"`{norm.id}`\n"
        yield f"**{label('modalities', norm.modality.value).en.capitalize()}** ({bound})."
        yield f"{escape(norm.asks.en)}\n"
        yield f"{{lang=es}}\n{escape(norm.asks.es)}\n"
        rank = rank_of(norm)
        yield (
            f"- Counts as {rank.value}, {label('ranks', rank.value).en.lower()}; reading: "
            f"{norm.reading.value} ({label('readings', norm.reading.value).en}); fit: "
            f"{norm.fit.value} ({label('fits', norm.fit.value).en})."
        )
        yield from self._say_conditions(norm)
        yield from self._say_content(norm)
        yield from self._say_dates(norm)
        yield from self._say_source(norm)

    def _say_conditions(self, norm: Norm) -> Iterator[str]:
        for language, begins in zip(LANGUAGES, ("It speaks when", "Habla cuando"), strict=True):
            said = phrase(parse_condition(norm.when), language, self.vocabulary)
            yield f"- {begins}: {escape(said)}."
        for unless in norm.unless:
            said = phrase(parse_condition(unless.when), ENGLISH, self.vocabulary)
            yield f"- Unless {escape(said)} (opened by: {unless.opened_by}).{_quote(unless.say)}"
        for id_ in norm.defeats:
            beaten = self.norms.get(id_)
            link = f"[{escape(beaten.source.cite)}](#{label_of(beaten)})" if beaten else f"`{id_}`"
            yield f"- It goes before {link}."

    def _say_content(self, norm: Norm) -> Iterator[str]:
        for ask in norm.arrangement:
            yield f"- {self._say_ask(norm, ask)}"
        if norm.duty is not None:
            duty = norm.duty
            said = self.vocabulary.label("acts", duty.act).en
            said += f", within {duty.within} ({duty.counted})" if duty.within else ""
            after = self.vocabulary.label("events", duty.after).en if duty.after else ""
            yield f"- To be done: {escape(said)}{f', after: {escape(after)}' if after else ''}."
        if norm.defines is not None:
            yield f"- *{escape(norm.defines.term.en)}* means: {escape(norm.defines.means.en)}"

    def _say_ask(self, norm: Norm, ask: Ask) -> str:
        dimension = self.vocabulary.dimensions[ask.dimension]
        kept = [w for w in dimension.words if ask.keeps >> dimension.places[w.id] & 1]
        verb = "Permits" if norm.modality is Modality.MAY else "Kept by"
        words = "; ".join(word.label.en for word in kept)
        return f"{verb}, in *{escape(dimension.label.en)}*: {escape(words)}."

    def _say_dates(self, norm: Norm) -> Iterator[str]:
        start = norm.in_force_from if norm.in_force_from.year > 1 else "a day not known"
        end = norm.in_force_to or "no end seen"
        yield f"- In force from {start} to {end} (dates {norm.dates})."
        yield from (self._say_standing(standing) for standing in norm.standing)

    def _say_standing(self, standing: Standing) -> str:
        whom = [*sorted(standing.as_to), *sorted(standing.agency_levels)]
        court = " ".join(part for part in (standing.court, standing.docket) if part)
        said = f"- Standing: **{standing.state.value}**"
        said += f" as to {', '.join(whom)}" if whom else ""
        said += f", from {standing.start or 'a day not known'} to {standing.end or 'no end seen'}"
        return f"{said}{f' ({escape(court)})' if court else ''}."

    def _say_source(self, norm: Norm) -> Iterator[str]:
        source = norm.source
        said = f"- Read on {source.read_on}"
        said += f" in {escape(source.read_at)}" if source.read_at else ""
        yield f"{said}; {f'text of {source.text_as_of}' if source.text_as_of else 'undated copy'}."
        if norm.confidence_note:
            yield f"- Note: {escape(norm.confidence_note)}"
        yield f"- {f'Reviewed: {norm.reviewed}' if norm.reviewed else 'Not reviewed by counsel'}."
        if source.quote:
            yield f"\n> {escape(source.quote)}"


def _quote(say: Text | None) -> str:
    return f" Said as: “{escape(say.en)}”" if say is not None else ""
