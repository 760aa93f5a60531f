"""What a kind of event is: its name, the kind of its leaf, its lanes, and what people read."""

from dataclasses import dataclass

from bedside.rules.vocabulary.problem import Text
from bedside.trust.ledger.leaf import Kind, Lane

Row = tuple[str, Kind, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class EventKind:
    """One kind of event; it joins no lane but its own."""

    name: str  # room.past-tense
    leaf: Kind
    told: Text
    lanes: frozenset[Lane]


def make_table(lanes: frozenset[Lane], *rows: Row) -> dict[str, EventKind]:
    """Make the table of the kinds of some lanes."""
    return {
        name: EventKind(name=name, leaf=leaf, told=Text(en=en, es=es), lanes=lanes)
        for name, leaf, en, es in rows
    }
