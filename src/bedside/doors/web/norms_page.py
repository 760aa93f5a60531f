"""The rulebook by source, with a few filters; nothing here is about anybody."""

from dataclasses import dataclass
from datetime import date

from django.http import QueryDict

from bedside.doors.web.forms import NO_DAY, NOWHERE, read_day
from bedside.doors.web.norm_lines import NormLine, build_line
from bedside.doors.web.shelf import Shelf
from bedside.doors.web.states import STATES
from bedside.rules.rulebook.book import applies_in, find_state
from bedside.rules.rulebook.facts import WRONG_VALUE
from bedside.rules.rulebook.norm import Norm
from bedside.rules.vocabulary.problem import Language, Problems, find_near

MOST_LETTERS = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Filter:
    """What somebody looks for in the rulebook."""

    jurisdiction: str = ""
    on: date | None = None
    find: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceGroup:
    """The norms of one source."""

    title: str
    kind: str
    rank: str
    rank_word: str
    lines: tuple[NormLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StateOption:
    """A state to choose, and how many norms of its own are on file."""

    code: str
    name: str
    own: int
    is_chosen: bool


def read_filter(sent: QueryDict) -> Filter:
    """Read what somebody looks for, or raise `Problems`: a filter left out would show too much."""
    state, day = sent.get("state", "").strip(), sent.get("as_of", "").strip()
    on, problems = read_day(day), []
    if state and state not in STATES:
        known = ", ".join(STATES)
        near = find_near(state, STATES)
        problems.append(WRONG_VALUE.at(NOWHERE, fact="state", word=state, known=known, near=near))
    if day and on is None:
        problems.append(NO_DAY.at(NOWHERE, value=day))
    if problems:
        raise Problems(problems)
    return Filter(jurisdiction=state, on=on, find=sent.get("find", "").strip()[:MOST_LETTERS])


def find_groups(shelf: Shelf, wanted: Filter, language: Language) -> tuple[SourceGroup, ...]:
    """Find the norms that fit the filter, by source: the heaviest first, then by name."""
    groups: dict[str, list[NormLine]] = {}
    for norm in shelf.norms.values():
        if _fits(norm, wanted):
            line = build_line(norm, shelf.vocabulary, language)
            groups.setdefault(norm.source.title, []).append(line)
    made = [_build_group(title, lines) for title, lines in groups.items()]
    return tuple(sorted(made, key=lambda group: (group.rank, group.title)))


def find_states(shelf: Shelf, chosen: str, language: Language) -> tuple[StateOption, ...]:
    """Find the states that have norms of their own on file."""
    found = []
    for code, name in STATES.items():
        own = sum(1 for id_ in shelf.norms if id_.startswith(f"{code}/"))
        if own or code == chosen:
            option = StateOption(
                code=code, name=name.say(language), own=own, is_chosen=code == chosen
            )
            found.append(option)
    return tuple(sorted(found, key=lambda option: option.name))


def _fits(norm: Norm, wanted: Filter) -> bool:
    if wanted.jurisdiction and not applies_in(norm, wanted.jurisdiction, (norm.overlay or "",)):
        return False
    if wanted.on and (not norm.is_in_force(on=wanted.on) or find_state(norm, on=wanted.on)):
        return False
    text = wanted.find.casefold()
    parts = (norm.id, norm.source.cite, norm.source.title, norm.asks.en, norm.asks.es)
    return not text or any(text in part.casefold() for part in parts)


def _build_group(title: str, lines: list[NormLine]) -> SourceGroup:
    ordered = sorted(lines, key=lambda line: (line.rank, line.cite))
    first = ordered[0]
    return SourceGroup(
        title=title,
        kind=first.kind,
        rank=first.rank,
        rank_word=first.rank_word,
        lines=tuple(ordered),
    )
