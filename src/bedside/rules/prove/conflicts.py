"""Every smallest set of norms that some situation puts at odds, by their cubes."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bedside.rules.decide.dimension import AMONG_US, BETWEEN_SIDES, OFFICERS
from bedside.rules.decide.known import Case
from bedside.rules.decide.play import Entry
from bedside.rules.decide.situation import Situation
from bedside.rules.prove.finding import Finding, NotReplayedError, Question
from bedside.rules.prove.world import World, meet, narrow
from bedside.rules.tables.cubes import Cube

MOST_NORMS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What one source asks in a dimension: the words that keep it, and the norms that ask it."""

    keeps: int
    source: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """Norms at odds, and a cube in which all of them speak and nothing silences any."""

    dimension: str
    entries: tuple[Entry, ...]
    cube: Cube
    witness: Situation | None = None  # somebody in the cube, if one was found on the way

    @property
    def norms(self) -> frozenset[str]:
        """The norms by id."""
        return frozenset(entry.norm.id for entry in self.entries)


def find_conflicts(world: World) -> tuple[Finding, ...]:
    """Find every conflict, each replayed through the ordinary decider; none contains another."""
    return tuple(confirm(world, meeting) for meeting in find_meetings(world))


def find_meetings(world: World) -> Iterator[Meeting]:
    """Find the sets of norms at odds and where they meet; not yet replayed."""
    for dimension in world.vocabulary.dimensions.values():
        yield from find_meetings_in(world, dimension.id)


def find_meetings_in(world: World, dimension: str) -> tuple[Meeting, ...]:
    """Find the smallest sets at odds in one dimension."""
    if world.vocabulary.dimensions[dimension].many:
        return ()  # word by word: nothing there excludes anything else
    wishes = _find_wishes(world, dimension)
    found: list[Meeting] = []
    for masks in find_opposed({w.keeps for w in wishes}, world.find_candidates(dimension)):
        groups = [[wish for wish in wishes if wish.keeps == mask] for mask in masks]
        found += _meet_all(world, dimension, groups)
    return _keep_smallest(found)


def _keep_smallest(found: list[Meeting]) -> tuple[Meeting, ...]:
    """Leave out each set that holds another: a norm may ask for two things, each opposed."""
    kept: dict[frozenset[str], Meeting] = {}
    for meeting in sorted(found, key=lambda one: len(one.norms)):
        if not any(smaller <= meeting.norms for smaller in kept):
            kept[meeting.norms] = meeting
    return tuple(one for one in found if kept.get(one.norms) is one)


def confirm(world: World, meeting: Meeting) -> Finding:
    """Replay a meeting; raise `NotReplayedError` if the decider does not confirm it."""
    witness = meeting.witness or world.situation(meeting.cube)
    ids = tuple(dict.fromkeys(entry.norm.id for entry in meeting.entries))
    parties = {party for entry in meeting.entries for party in entry.binds}
    finding = Finding(
        question=Question.CONFLICTS,
        norms=ids,
        dimension=meeting.dimension,
        witness=witness,
        parties=tuple(sorted(parties)),
        call=BETWEEN_SIDES if parties & OFFICERS else AMONG_US,
    )
    if witness is None or not is_conflict(world, finding):
        raise NotReplayedError(finding)
    return finding


def is_conflict(world: World, finding: Finding) -> bool:
    """Tell whether the decider finds that no word keeps all of these norms."""
    assert finding.witness is not None  # noqa: S101 - a conflict without a witness is not made
    assert finding.dimension is not None  # noqa: S101 - likewise
    case = Case(compiled=world.compiled, situation=finding.witness)
    matter = case.find_matter(finding.dimension, case.board, case.known)
    left, heard = world.find_candidates(finding.dimension), set[str]()
    for charge in matter.charges:
        if charge.entry is not None and charge.entry.norm.id in finding.norms:
            heard.add(charge.entry.norm.id)
            left &= charge.keeps
    return not left and heard == set(finding.norms)


def find_opposed(masks: Iterable[int], candidates: int) -> list[tuple[int, ...]]:
    """Find every smallest set of at most four wishes that leaves no word."""
    found: list[tuple[int, ...]] = []
    rows = sorted(mask for mask in masks if candidates & ~mask)
    for size in range(1, MOST_NORMS + 1):
        _extend((), rows, candidates, size, found)
    return found


def _extend(
    chosen: tuple[int, ...], rows: list[int], left: int, size: int, found: list[tuple[int, ...]]
) -> None:
    if not left:
        if not any(set(one) <= set(chosen) for one in found):
            found.append(chosen)
        return
    if size == 0:
        return
    for number, mask in enumerate(rows):
        if left & ~mask:
            _extend((*chosen, mask), rows[number + 1 :], left & mask, size - 1, found)


def _find_wishes(world: World, dimension: str) -> list[Wish]:
    """Gather the charges of a dimension: norms of one source that ask the same are one wish."""
    gathered: dict[tuple[str, int], list[Entry]] = {}
    for entry, charge in world.find_charges(dimension):
        gathered.setdefault((charge.source, charge.keeps), []).append(entry)
    return [
        Wish(keeps=keeps, source=source, entries=tuple(entries))
        for (source, keeps), entries in gathered.items()
    ]


def _meet_all(world: World, dimension: str, groups: list[list[Wish]]) -> Iterator[Meeting]:
    """Find, for each choice of one wish from each group, where its norms meet."""
    for wishes in _choose(groups):
        meeting = next(iter(_meet_wishes(world, dimension, wishes)), None)
        if meeting is not None:
            yield meeting


def _choose(groups: list[list[Wish]]) -> Iterator[tuple[Wish, ...]]:
    if not groups:
        yield ()
        return
    for wish in groups[0]:
        for rest in _choose(groups[1:]):
            yield (wish, *rest)


def _meet_wishes(world: World, dimension: str, wishes: tuple[Wish, ...]) -> Iterator[Meeting]:
    partial: list[tuple[tuple[Entry, ...], Cube]] = [((), {})]
    for wish in wishes:
        partial = [
            ((*chosen, entry), met)
            for chosen, cube in partial
            for entry in wish.entries
            for other in world.cubes_of(entry)
            if (met := meet(cube, other)) is not None
        ]
    for entries, cube in partial:
        for left in narrow(cube, _find_silences(world, dimension, entries)):
            witness = world.situation(left)
            if witness is not None:
                yield Meeting(dimension=dimension, entries=entries, cube=left, witness=witness)
                return


def _find_silences(
    world: World, dimension: str, entries: tuple[Entry, ...]
) -> Iterator[list[Cube]]:
    """Find, for each norm that could silence one of these here, where it does not speak."""
    for entry in entries:
        for number in world.play.beaten_by.get(entry.number, ()):
            by = world.play.entries[number]
            if not by.asks or any(ask.dimension == dimension for ask in by.asks):
                yield world.cubes_against(by)
