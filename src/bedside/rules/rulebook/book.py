"""A rulebook: every norm of one edition, and what binds whom on a given day."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bedside.rules.condition.nodes import Among, And, Condition, Not
from bedside.rules.condition.parse import parse_condition
from bedside.rules.rulebook.norm import Norm, State
from bedside.rules.rulebook.sentences import Ladder, Sentence
from bedside.rules.vocabulary.catalogue import Vocabulary

EVERYWHERE = ("us/federal/", "profession/", "world/")
LAID = ("hospital", "agencies", "orders")  # folders whose norms apply only where they are laid over


@dataclass(frozen=True, slots=True, kw_only=True)
class Rulebook:
    """The norms by id, the words they are written in, and which edition this is."""

    norms: Mapping[str, Norm]
    vocabulary: Vocabulary
    sentences: tuple[Sentence, ...]
    ladders: tuple[Ladder, ...]
    edition: str
    digest: str

    @property
    def overlays(self) -> tuple[str, ...]:
        """The overlays that a situation may lay over the shipped norms."""
        return tuple(sorted({norm.overlay for norm in self.norms.values() if norm.overlay}))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """Some of a norm's parties, and at which agency levels: all of them, if none is named."""

    binds: frozenset[str]
    levels: frozenset[str] = frozenset()
    not_levels: frozenset[str] = frozenset()


def overlay_of(id_: str) -> str | None:
    """Tell which overlay a norm belongs to, by its path."""
    top, _, rest = id_.partition("/")
    name, _, norm = rest.partition("/")
    return f"{top}/{name}" if top in LAID and norm else None


def applies_in(norm: Norm, jurisdiction: str, overlays: tuple[str, ...]) -> bool:
    """Tell whether the norm's place holds the situation's, or its overlay is laid."""
    if norm.overlay is not None:
        return norm.overlay in overlays
    if norm.id.startswith(EVERYWHERE):
        return True
    place = norm.id.rsplit("/", 1)[0]
    return f"{jurisdiction}/".startswith(f"{place}/")


def find_reach(norm: Norm, *, on: date) -> tuple[Reach, ...]:
    """Find whom the norm binds on that day once its standings are heeded."""
    reaches = [Reach(binds=norm.binds)]
    for standing in norm.standing:
        if standing.covers(on):
            reaches = [
                part
                for reach in reaches
                for part in _suspend(reach, standing.as_to or norm.binds, standing.agency_levels)
            ]
    return tuple(reaches)


def find_state(norm: Norm, *, on: date) -> State | None:
    """Find the standing that keeps the norm from binding anybody on that day, if one does."""
    if find_reach(norm, on=on):
        return None
    return next(standing.state for standing in norm.standing if standing.covers(on))


def find_suspended(norm: Norm, *, on: date) -> tuple[tuple[State, Reach], ...]:
    """Find which parts of the norm are kept from binding on that day, and by what standing."""
    return tuple(
        (standing.state, Reach(binds=binds, levels=standing.agency_levels))
        for standing in norm.standing
        if standing.covers(on) and (binds := norm.binds & (standing.as_to or norm.binds))
    )


def condition_of(norm: Norm, reach: Reach | None = None) -> Condition:
    """Read when the norm speaks: its condition, none of its exceptions, at the reach's levels."""
    parts = [parse_condition(norm.when)]
    parts += [Not(inner=parse_condition(unless.when)) for unless in norm.unless]
    if reach is not None and reach.levels:
        parts.append(_at(reach.levels))
    if reach is not None and reach.not_levels:
        parts.append(Not(inner=_at(reach.not_levels)))
    return parts[0] if len(parts) == 1 else And(parts=tuple(parts))


def _at(levels: frozenset[str]) -> Among:
    return Among(fact="agency_level", values=tuple(sorted(levels)))


def _suspend(reach: Reach, as_to: frozenset[str], levels: frozenset[str]) -> Iterator[Reach]:
    rest = reach.binds - as_to
    if rest:
        yield Reach(binds=rest, not_levels=reach.not_levels)
    if levels and reach.binds & as_to:
        yield Reach(binds=reach.binds & as_to, not_levels=reach.not_levels | levels)
