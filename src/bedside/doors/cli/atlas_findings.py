"""The atlas's findings as HTML: each opens to its witness, its norms and whom to call."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import escape
from itertools import groupby
from pathlib import Path

from bedside.doors.cli.findings import name_dimension, render_situation, say_word, tell_witness
from bedside.rules.decide.advise import advise
from bedside.rules.decide.situation import Situation
from bedside.rules.prove.finding import Finding, Question
from bedside.rules.prove.survey import Sighting, Survey
from bedside.rules.prove.world import World
from bedside.rules.rulebook.norm import Norm, rank_of
from bedside.rules.vocabulary.problem import ENGLISH, SPANISH, Language, Text

FILES = Path(__file__).with_name("atlas_files")
SYMBOL = re.compile(r'<symbol id="i-([a-z-]+)".*?</symbol>')
DAYS = re.compile(r"\b\d{4}-\d\d-\d\d\b")
ICON_OF = {"conflicts": "conflict", "gaps": "silent", "concessions": "hand-grab"}
CLASS_OF = {"conflicts": "conflict", "gaps": "silent", "concessions": "gives"}
LANGUAGES = (ENGLISH, SPANISH)

Both = Mapping[Language, str]


def spell(text: Both) -> str:
    """Write a text in both languages; the page shows one of them."""
    if text[ENGLISH] == text[SPANISH]:
        return _write(text[ENGLISH])
    return "".join(
        f'<span class="{one}" lang="{one}">{_write(text[one])}</span>' for one in LANGUAGES
    )


def _write(text: str) -> str:
    """Write a text so that no line ends within a day."""
    return DAYS.sub(r'<span class="day">\g<0></span>', escape(text))


def _read(name: str) -> Mapping[str, Both]:
    read: Mapping[str, Both] = json.loads((FILES / name).read_text("utf-8"))
    return read


def read_places() -> Mapping[str, Both]:
    """Read the names of the states."""
    return _read("places.json")


def both_of_text(text: Text) -> Both:
    """Take a text's two languages."""
    return {one: text.say(one) for one in LANGUAGES}


@dataclass(kw_only=True)
class Parts:
    """What the parts of the page share: the words, what was found, and how to write it."""

    world: World
    survey: Survey
    words: Mapping[str, Both] = field(default_factory=lambda: _read("words.json"))
    places: Mapping[str, Both] = field(default_factory=read_places)

    @cached_property
    def norms(self) -> Mapping[str, Norm]:
        """The norms by id."""
        return self.world.compiled.rulebook.norms

    def both(self, key: str, **values: object) -> Both:
        """Give one of the page's words in both languages; a value may be in both as well."""
        return {
            one: self.words[key][one].format(
                **{k: v[one] if isinstance(v, dict) else v for k, v in values.items()}
            )
            if values
            else self.words[key][one]
            for one in LANGUAGES
        }

    def both_of(self, key: str, **values: object) -> str:
        """Write one of the page's words in both languages."""
        return spell(self.both(key, **values))

    def name_place(self, place: str) -> Both:
        """Name a state."""
        return self.places.get(place) or dict.fromkeys(LANGUAGES, place)

    def name_dimension(self, dimension: str | None) -> Both:
        """Name a dimension."""
        return {one: name_dimension(dimension, self.world.vocabulary, one) for one in LANGUAGES}

    def stands(self, sighting: Sighting, day: int) -> bool:
        """Tell whether the finding stands on that day anywhere."""
        return any(start <= day < end for spans in sighting.spans.values() for start, end in spans)

    # --- pieces

    def icon(self, name: str, size: int = 20) -> str:
        """Draw an icon beside a word."""
        return (
            f'<svg class="icon" width="{size}" height="{size}" viewBox="0 0 24 24"'
            f' aria-hidden="true" focusable="false"><use href="#i-{name}"/></svg>'
        )

    def draw_sprite(self) -> str:
        """Draw the sheet that holds each icon once."""
        symbols = [m[0] for m in SYMBOL.finditer((FILES / "icons.svg").read_text("utf-8"))]
        return (
            f'<svg class="sprite" aria-hidden="true" width="0" height="0">{"".join(symbols)}</svg>'
        )

    def draw_sections(self) -> str:
        """Draw the findings, by dimension."""
        sections = []
        for dimension in self.world.vocabulary.dimensions:
            own = [s for s in self.survey.sightings if s.finding.dimension == dimension]
            own.sort(key=lambda s: (list(ICON_OF).index(s.finding.question.value), s.finding.norms))
            if own:
                title = spell(self.name_dimension(dimension))
                drawn = "\n".join(self.draw_finding(one) for one in own)
                sections.append(
                    f'<section id="d-{dimension}"><h3>{title}</h3>\n{drawn}\n</section>'
                )
        return "\n".join(sections)

    def draw_finding(self, sighting: Sighting) -> str:
        """Draw one finding, closed."""
        finding = sighting.finding
        kind = finding.question.value
        columns = finding.parties if finding.question is Question.CONFLICTS else (kind,)
        spans = ";".join(
            f"{place}:{start}:{end}"
            for place, rows in sighting.spans.items()
            for start, end in rows
        )
        mark = f'<span class="mark {CLASS_OF[kind]}">{self.icon(ICON_OF[kind])}'
        mark += f'<span class="hidden">{self.both_of(kind)}</span></span>'
        return (
            f'<details class="finding" data-kind="{kind}" data-dimension="{finding.dimension}"'
            f' data-columns="{" ".join(columns)}" data-spans="{spans}">'
            f"<summary>{mark}<span>{self._title(finding)}</span></summary>"
            f'<div class="body">{self._draw_body(sighting)}</div></details>'
        )

    def _title(self, finding: Finding) -> str:
        if finding.question is Question.GAPS and finding.witness is not None:
            return self.say_witness(finding.witness, "")
        cites = [escape(self.norms[id_].source.cite) for id_ in finding.norms]
        title = ' <span class="arrow">↔</span> '.join(dict.fromkeys(cites))
        if finding.after is not None:
            title += f": {self.both_of('gives')} {self._say_word(finding, finding.after)}"
        return title

    def _draw_body(self, sighting: Sighting) -> str:
        finding = sighting.finding
        rows: list[str] = []
        if finding.witness is not None:
            where = self.both(
                "for_instance",
                place=self.name_place(finding.witness.jurisdiction),
                day=finding.witness.as_of,
            )
            said = self.say_witness(finding.witness, "witness")
            rows.append(self._block("shows_when", f'{said}<p class="small">{spell(where)}</p>'))
        if finding.norms:
            rows.append(self._block("norms", self.draw_norms(finding.norms)))
        if finding.others:
            rows.append(self._block("beside", self.draw_norms(finding.others)))
        rows.append(self._draw_call(finding))
        rows.append(self._block("where", self._draw_where(sighting)))
        if finding.witness is not None:
            rows.append(self._block("file", self.draw_file(finding.witness)))
        return "".join(rows)

    def _block(self, key: str, content: str) -> str:
        return f'<div class="of-{key}"><h4>{self.both_of(key)}</h4>{content}</div>'

    def say_witness(self, witness: Situation, of_class: str) -> str:
        """Say a situation in plain words."""
        said = {one: tell_witness(witness, self.world.vocabulary, one) for one in LANGUAGES}
        said = {one: f"{text[:1].upper()}{text[1:]}" for one, text in said.items()}
        return f'<p class="{of_class}">{spell(said)}</p>' if of_class else spell(said)

    def draw_file(self, witness: Situation) -> str:
        """Draw a situation as a file's one line."""
        text = json.dumps(render_situation(witness), ensure_ascii=False)
        return f'<pre tabindex="0">{escape(text)}</pre>'

    def draw_norms(self, ids: Iterable[str]) -> str:
        """Draw norms with citation, what they ask, and how well each was read."""
        return f'<ul class="norms">{"".join(self._draw_norm(self.norms[i]) for i in ids)}</ul>'

    def _draw_norm(self, norm: Norm) -> str:
        label = self.world.vocabulary.label
        rank = rank_of(norm)
        parties = [label("parties", party) for party in sorted(norm.binds)]
        who = {one: ", ".join(p.say(one).lower() for p in parties) for one in LANGUAGES}
        small = [
            both_of_text(label("ranks", rank.value)),
            both_of_text(label("kinds", norm.kind.value)),
            self.both("binds", who=who),
            both_of_text(label("readings", norm.reading.value)),
            both_of_text(label("fits", norm.fit.value)),
        ]
        about = {one: " · ".join(part[one] for part in small) for one in LANGUAGES}
        asks = spell(both_of_text(norm.asks))
        return (
            f'<li class="r{rank.value}"><span class="cite">{escape(norm.source.cite)}</span>:'
            f' {asks}<span class="small">{spell(about)}</span>'
            f'<span class="small">{escape(norm.id)}</span></li>'
        )

    def _draw_call(self, finding: Finding) -> str:
        drawn = ""
        advised = self._find_advised(finding)
        if advised is not None:
            drawn = self._block("breaks_least", f"<p>{advised}</p>")
        roles = [self.world.vocabulary.roles[role].label for role in finding.call]
        if roles:
            named = {one: ", ".join(role.say(one) for role in roles) for one in LANGUAGES}
            drawn += self._block("call", f"<p>{spell(named)}</p>")
        return drawn

    def _find_advised(self, finding: Finding) -> str | None:
        """Ask the decider what it would ask for in a conflict's witness."""
        if finding.question is not Question.CONFLICTS or finding.witness is None:
            return None
        advice = advise(self.world.compiled, finding.witness)
        judged = advice.dimensions.get(finding.dimension or "")
        if judged is None or judged.advised is None:
            return None
        said = self._say_word(finding, judged.advised)
        if judged.if_refused is not None:
            words = self.world.vocabulary.dimensions[judged.dimension]
            other = words.words[words.places[judged.if_refused]].label
            said += "; " + self.both_of("if_refused", word=both_of_text(other))
        return said

    def _say_word(self, finding: Finding, id_: str) -> str:
        vocabulary, dimension = self.world.vocabulary, finding.dimension
        return spell({one: say_word(id_, dimension, vocabulary, one) for one in LANGUAGES})

    def _draw_where(self, sighting: Sighting) -> str:
        """Say in which places the finding stands on which days, places with the same days once."""
        rows = sorted((spans, place) for place, spans in sighting.spans.items())
        lines = []
        for spans, group in groupby(rows, key=lambda row: row[0]):
            names = [self.name_place(place) for _, place in group]
            said = {one: ", ".join(name[one] for name in names) for one in LANGUAGES}
            when = [self._say_span(start, end) for start, end in spans]
            days = {one: "; ".join(part[one] for part in when) for one in LANGUAGES}
            lines.append(
                f"<li>{spell({one: f'{said[one]}: {days[one]}' for one in LANGUAGES})}</li>"
            )
        return f'<ul class="plain">{"".join(lines)}</ul>'

    def _say_span(self, start: int, end: int) -> Both:
        days = self.survey.days
        if end < len(days):
            return self.both("until", start=days[start], end=days[end])
        return self.both("since", start=days[start]) if start else self.both("throughout")

    def draw_undecided(self) -> str:
        """List what the solver did not settle."""
        rows = [
            f"<li>{escape(' '.join([u.question.value, *u.norms, u.dimension or '']))}</li>"
            for u in self.survey.undecided
        ]
        if not rows:
            return ""
        title = self.both_of("undecided")
        return f'<section><h2>{title}</h2><ul class="plain">{"".join(rows)}</ul></section>'
