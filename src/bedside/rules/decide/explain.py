"""Why one norm speaks here or does not, and the single facts that would change it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bedside.rules.condition.holds import holds
from bedside.rules.condition.nodes import Condition, find_facts
from bedside.rules.condition.parse import parse_condition
from bedside.rules.decide.known import Case
from bedside.rules.decide.situation import Situation
from bedside.rules.rulebook.book import applies_in, condition_of, find_state, find_suspended
from bedside.rules.rulebook.norm import Norm, Reading, Unless
from bedside.rules.tables.compiled import Compiled
from bedside.rules.tables.index import find_bits
from bedside.rules.vocabulary.answer import Answer
from bedside.rules.vocabulary.catalogue import Value, Vocabulary


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A fact, what is known of it now, and the answers any of which would make the norm speak."""

    fact: str
    now: Value | None  # nothing: it is not known, or more than one answer is possible
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Whether a norm speaks in a situation, and what stands in its way."""

    norm: Norm
    speaks: Answer  # of its condition, exceptions included
    counts: bool  # it is in play: nothing below keeps it from counting
    obstacles: tuple[str, ...]  # other_place, not_in_force, remembered, a standing, defeated
    defeated_by: tuple[str, ...]  # norms that silence it, altogether or as to some words
    opened: tuple[Unless, ...]  # exceptions that close the norm here
    changes: tuple[Change, ...]


def explain(compiled: Compiled, situation: Situation, id_: str) -> Explanation:
    """Explain one norm in one situation."""
    norm = compiled.rulebook.norms[id_]
    case = Case(compiled=compiled, situation=situation)
    vocabulary, known = compiled.vocabulary, case.known
    condition = condition_of(norm)
    speaks = holds(condition, known, vocabulary)
    by = tuple(sorted({d.by.norm.id for d in case.board.defeats if d.entry.norm.id == id_}))
    entries = [entry for entry in case.entries if entry.norm.id == id_]
    obstacles = tuple(_find_obstacles(norm, situation))
    if not obstacles and speaks is Answer.YES and not entries:
        obstacles = tuple(_find_suspensions(norm, case)[:1])
    if entries and all(map(case.board.is_silenced, entries)):
        obstacles = ("defeated",)
    opened = tuple(
        unless
        for unless in norm.unless
        if holds(parse_condition(unless.when), known, vocabulary) is Answer.YES
    )
    changes = () if speaks is Answer.YES else tuple(_find_changes(condition, known, vocabulary))
    return Explanation(
        norm=norm,
        speaks=speaks,
        counts=speaks is Answer.YES and not obstacles,
        obstacles=obstacles,
        defeated_by=by,
        opened=opened,
        changes=changes,
    )


def _find_obstacles(norm: Norm, situation: Situation) -> Iterator[str]:
    if not applies_in(norm, situation.jurisdiction, situation.overlays):
        yield "other_place"
    if not norm.is_in_force(on=situation.as_of):
        yield "not_in_force"
    state = find_state(norm, on=situation.as_of)
    if state is not None:
        yield state.value
    if norm.reading is Reading.REMEMBERED:
        yield "remembered"


def _find_suspensions(norm: Norm, case: Case) -> list[str]:
    """Find the standings that keep the norm from counting for this agency, on this day."""
    return [
        state.value
        for state, part in find_suspended(norm, on=case.situation.as_of)
        if holds(condition_of(norm, part), case.known, case.compiled.vocabulary) is Answer.YES
    ]


def _find_changes(
    condition: Condition, known: Mapping[str, int], vocabulary: Vocabulary
) -> Iterator[Change]:
    """Try every answer to every fact that the condition reads, one fact at a time."""
    for id_ in _find_base_facts(condition, vocabulary):
        fact = vocabulary.facts[id_]
        now = known.get(id_, fact.every)
        would = [
            value
            for value in fact.domain
            if holds(condition, {**known, id_: fact.bit(value)}, vocabulary) is Answer.YES
        ]
        if would:
            places = list(find_bits(now))
            sure = fact.domain[places[0]] if len(places) == 1 else None
            yield Change(fact=id_, now=sure, values=tuple(would))


def _find_base_facts(condition: Condition, vocabulary: Vocabulary) -> tuple[str, ...]:
    """Find the facts that are asked: a derived fact stands for the one it follows from."""
    named = (vocabulary.facts[fact] for fact in sorted(find_facts(condition)))
    return tuple(dict.fromkeys(f.derived.fact if f.derived else f.id for f in named))
