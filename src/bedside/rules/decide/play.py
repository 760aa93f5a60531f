"""Which norms can be in play here and on this day, and which are set aside and why."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from bedside.rules.condition.holds import Closure, compile_closure
from bedside.rules.decide.advice import DutyDue, Named
from bedside.rules.rulebook.book import (
    Reach,
    applies_in,
    condition_of,
    find_reach,
    find_state,
    find_suspended,
)
from bedside.rules.rulebook.norm import LAW, Ask, Kind, Modality, Norm, Rank, Reading, rank_of
from bedside.rules.tables.compiled import Compiled, Pair, find_pair
from bedside.rules.tables.index import CubeIndex, find_bits, is_settled
from bedside.rules.tables.roster import Roster
from bedside.rules.vocabulary.answer import Answer
from bedside.rules.vocabulary.catalogue import Vocabulary

CARE = frozenset({"hospital", "clinician"})
NOT_HERE = frozenset({"public_body"})  # a legislature's or an attorney general's task
MOST_REMEMBERED = 16  # days and places whose tables are kept at a time

# What a charge weighs: 0-2 care's norms and law on the officer (A, B, C), 3-4 the officer's own
# rules (B, C), 5 guidance (D). Smaller is heavier.
GUIDANCE = 5


@dataclass(slots=True, kw_only=True, eq=False)
class Entry:
    """A norm as it binds here today; made once and not changed after."""

    number: int
    norm: Norm
    binds: frozenset[str]
    rank: Rank
    is_own: bool  # the officer's own rule: nothing in it binds hospital or clinician
    is_may: bool
    asks: tuple[Ask, ...]
    named: Named
    charges: tuple[tuple[str, "Charge"], ...] = ()  # by dimension, in the order of `asks`
    duties: tuple[DutyDue, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Charge:
    """One thing asked in a dimension: the words that keep it, and what failing it weighs."""

    keeps: int
    broken: tuple[int, ...]  # the places of the words that fail it
    every: int  # all words of the dimension
    weight: int
    source: str  # several norms of one source asking the same count once
    entry: Entry | None = None  # none: the patient's wish, or a claim
    is_care: bool = False  # it binds hospital or clinician
    is_law_on_care: bool = False
    is_reported: bool = False
    is_wish: bool = False  # the patient's


@dataclass(frozen=True, slots=True, kw_only=True)
class Aside:
    """A norm that does not count here today, or a part of it that does not, and why."""

    norm: Norm
    why: str
    part: Reach | None = None


class Table:
    """Conditions by position: cubes where they are few, closures where they are not."""

    def __init__(self, pairs: list[Pair | None], closures: Mapping[int, Closure]) -> None:
        """Build both sides of the index."""
        self.closures = closures
        self.holds = CubeIndex([pair[0] if pair else () for pair in pairs])
        self.fails = CubeIndex([pair[1] if pair else () for pair in pairs])
        self.every = sum(1 << n for n, pair in enumerate(pairs) if pair)
        self.facts = (*self.holds.columns, *(self.fails.columns.keys() - self.holds.columns.keys()))

    def find(self, known: Mapping[str, int]) -> int:
        """Find the conditions that surely hold, as bits."""
        found = self.holds.find(known)
        for number, closure in self.closures.items():
            if closure(known) is Answer.YES:
                found |= 1 << number
        return found

    def find_open(self, known: Mapping[str, int], sure: int) -> int:
        """Find the conditions that may hold and may not, as bits."""
        found = 0
        if not is_settled(self.facts, known):
            found = self.every & ~sure & ~self.fails.find(known)
        for number, closure in self.closures.items():
            if closure(known) is Answer.UNKNOWN:
                found |= 1 << number
        return found


@dataclass(frozen=True, slots=True, kw_only=True)
class Play:
    """Everything that a day and a place fix: entries, their defeaters, what is set aside."""

    entries: tuple[Entry, ...]
    roster: Roster[Entry]
    table: Table
    beaten_by: Mapping[int, tuple[int, ...]]  # for each entry the entries that may defeat it
    beats: Mapping[int, tuple[int, ...]]
    asides: tuple[Aside, ...]
    aside_table: Table
    in_force: int  # how many norms these are


def find_play(compiled: Compiled, on: date, jurisdiction: str, overlays: tuple[str, ...]) -> Play:
    """Find what can be in play on that day in that place; worked out once and remembered."""
    key = (on, jurisdiction, overlays)
    found = compiled.remembered.get(key)
    if not isinstance(found, Play):
        found = _build(compiled, on, jurisdiction, overlays)
        if len(compiled.remembered) >= MOST_REMEMBERED:
            compiled.remembered.clear()
        compiled.remembered[key] = found
    return found


def _build(compiled: Compiled, on: date, jurisdiction: str, overlays: tuple[str, ...]) -> Play:
    entries: list[Entry] = []
    rows: list[tuple[Norm, Reach | None]] = []
    asides: list[Aside] = []
    for norm in sorted(compiled.rulebook.norms.values(), key=_by_weight):
        if not applies_in(norm, jurisdiction, overlays):
            continue
        why = _why_aside(norm, on)
        if why:
            asides.append(Aside(norm=norm, why=why))
            continue
        asides += [
            Aside(norm=norm, why=state.value, part=part)
            for state, part in find_suspended(norm, on=on)
        ]
        for reach in find_reach(norm, on=on):
            entries.append(_enter(norm, reach, len(entries), compiled.vocabulary))
            rows.append((norm, reach))
    beaten_by = _find_defeaters(entries)
    return Play(
        entries=tuple(entries),
        roster=Roster(entries),
        table=_tabulate(compiled, rows),
        beaten_by=beaten_by,
        beats=_invert(beaten_by),
        asides=tuple(asides),
        aside_table=_tabulate(compiled, [(aside.norm, aside.part) for aside in asides]),
        in_force=len({norm.id for norm, _ in rows}),
    )


def _by_weight(norm: Norm) -> tuple[int, str]:
    """Put the heaviest first, so that whatever is listed later is in order already."""
    return weigh_rank(rank_of(norm), norm.binds, norm.kind), norm.id


def _why_aside(norm: Norm, on: date) -> str | None:
    if norm.reading is Reading.REMEMBERED:
        return "remembered"
    if not norm.is_in_force(on=on):
        return "not_in_force"
    state = find_state(norm, on=on)
    return state.value if state else None


def _enter(norm: Norm, reach: Reach, number: int, vocabulary: Vocabulary) -> Entry:
    rank = rank_of(norm)
    speaks_of = norm.modality is not Modality.DEFINES
    entry = Entry(
        number=number,
        norm=norm,
        binds=reach.binds,
        rank=rank,
        is_own=is_own_rule(rank, reach.binds, norm.kind),
        is_may=norm.modality is Modality.MAY,
        asks=norm.arrangement if speaks_of else (),
        named=Named(norm=norm, rank=rank, speaks=Answer.YES),
        duties=tuple(_find_duties(norm, reach, vocabulary)),
    )
    if not entry.is_may and entry.binds != NOT_HERE:
        every = [vocabulary.dimensions[ask.dimension].every for ask in entry.asks]
        entry.charges = tuple(
            (ask.dimension, charge(entry, ask.keeps, all_, entry.binds))
            for ask, all_ in zip(entry.asks, every, strict=True)
        )
    return entry


def _find_duties(norm: Norm, reach: Reach, vocabulary: Vocabulary) -> Iterator[DutyDue]:
    duty = norm.duty
    if duty is None or norm.modality is Modality.MAY:
        return
    is_later = duty.act in vocabulary.later_acts or duty.after in vocabulary.later_events
    for party in sorted(reach.binds):
        yield DutyDue(
            norm=norm.id,
            party=party,
            act=duty.act,
            to=duty.to,
            within=duty.within,
            counted=duty.counted,
            after=duty.after,
            now=not is_later,
        )


def charge(entry: Entry, keeps: int, every: int, binds: frozenset[str]) -> Charge:
    """Charge what a norm asks, of the parties that it still binds."""
    is_care = bool(binds & CARE)
    weight = weigh_rank(entry.rank, binds, entry.norm.kind)
    return Charge(
        keeps=keeps,
        broken=tuple(find_bits(every & ~keeps)),
        every=every,
        weight=weight,
        source=entry.norm.source.title,
        entry=entry,
        is_care=is_care,
        is_law_on_care=is_care and weight == 0,
        is_reported=entry.norm.reading is not Reading.READ,
    )


def is_own_rule(rank: Rank, binds: frozenset[str], kind: Kind) -> bool:
    """Tell whether this is the officer's own rule: his agency's, or law that only binds him."""
    return not binds & CARE and rank is not Rank.GUIDANCE and kind is not Kind.COURT_ORDER


def weigh_rank(rank: Rank, binds: frozenset[str], kind: Kind) -> int:
    """Tell what a charge of this rank on these parties weighs; smaller is heavier."""
    if rank is Rank.GUIDANCE:
        return GUIDANCE
    place = "ABC".index(rank.value)
    return place if binds & CARE or kind in LAW else place + 2


def _tabulate(compiled: Compiled, rows: list[tuple[Norm, Reach | None]]) -> Table:
    pairs: list[Pair | None] = []
    closures: dict[int, Closure] = {}
    for number, (norm, reach) in enumerate(rows):
        if reach is not None and (reach.levels or reach.not_levels):
            pair = find_pair(condition_of(norm, reach), compiled.vocabulary)
        else:
            pair = compiled.cubes[norm.id]
        pairs.append(pair)
        if pair is None:
            tree = condition_of(norm, reach)
            closures[number] = compile_closure(tree, compiled.vocabulary)
    return Table(pairs, closures)


def _find_defeaters(entries: list[Entry]) -> dict[int, tuple[int, ...]]:
    by_id: dict[str, list[int]] = {}
    for entry in entries:
        by_id.setdefault(entry.norm.id, []).append(entry.number)
    found: dict[int, list[int]] = {}
    for entry in entries:
        for id_ in entry.norm.defeats:
            for beaten in by_id.get(id_, ()):
                if entries[beaten].binds & entry.binds:
                    found.setdefault(beaten, []).append(entry.number)
    return {number: tuple(by) for number, by in found.items()}


def _invert(beaten_by: Mapping[int, tuple[int, ...]]) -> dict[int, tuple[int, ...]]:
    beats: dict[int, list[int]] = {}
    for beaten, by in beaten_by.items():
        for number in by:
            beats.setdefault(number, []).append(beaten)
    return {number: tuple(beaten) for number, beaten in beats.items()}


def find_entries(play: Play, bits: int) -> list[Entry]:
    """Find the entries that the bits name."""
    return play.roster.call(bits)
