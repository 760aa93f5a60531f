"""Every place and every day on which the rulebook changes, asked the same questions: the atlas."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from bedside.rules.prove.concessions import find_concessions_in
from bedside.rules.prove.conflicts import confirm, find_meetings_in
from bedside.rules.prove.finding import Finding, Undecided
from bedside.rules.prove.formulas import Formulas
from bedside.rules.prove.pairwise import find_changes_nearby
from bedside.rules.prove.unions import find_gap
from bedside.rules.prove.world import DUTIES, World
from bedside.rules.rulebook.book import EVERYWHERE, LAID, Rulebook, applies_in, find_reach
from bedside.rules.rulebook.norm import Norm, Reading
from bedside.rules.tables.compiled import Compiled

Reached = frozenset[tuple[str, frozenset[str]]]  # norms by id, with the parties that they bind
Step = Callable[[int, int], None]  # told how much is done, and of how much


@dataclass(slots=True, kw_only=True)
class Sighting:
    """One finding, and for each place the days on which it stands: first, and first no longer."""

    finding: Finding
    spans: dict[str, list[tuple[int, int]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A day on which the rulebook changes: what begins, what ends, and what that does."""

    day: date
    begins: tuple[str, ...]
    ends: tuple[str, ...]
    changes: tuple[Finding, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What was found; days are named by their position in `days`."""

    days: tuple[date, ...]
    places: tuple[str, ...]
    sightings: tuple[Sighting, ...]
    turns: tuple[Turn, ...]
    undecided: tuple[Undecided, ...]


def find_places(rulebook: Rulebook) -> tuple[str, ...]:
    """Find the states that have norms of their own on file."""
    tops = {
        "/".join(id_.split("/")[:2]) for id_ in rulebook.norms if not id_.startswith(EVERYWHERE)
    }
    return tuple(sorted(top for top in tops if not top.startswith(LAID)))


def find_days(rulebook: Rulebook, first: date, last: date, overlays: tuple[str, ...]) -> list[date]:
    """Find the first day and the last, and each between on which some norm begins or ends."""
    days = {first, last}
    for norm in rulebook.norms.values():
        if norm.overlay is None or norm.overlay in overlays:
            turns = {norm.in_force_from, norm.in_force_to}
            turns |= {day for one in norm.standing for day in (one.start, one.end)}
            days |= {day for day in turns if day is not None and first < day <= last}
    return sorted(days)


def survey(world: World, first: date, places: tuple[str, ...], step: Step) -> Survey:
    """Ask for conflicts, gaps, concessions and changes in each place from the first day to today.

    What a dimension comes to depends only on the norms that speak of it and on what defeats them,
    so each set of them is asked once and its answers hold wherever and whenever it stands.
    """
    rulebook = world.compiled.rulebook
    days = find_days(rulebook, first, world.on, world.overlays)
    work = _Survey(world=world, formulas=Formulas(world.vocabulary), days=days)
    total = len(places) + len(days) - 1
    for number, place in enumerate(places):
        step(number, total)
        work.look_in(place)
    turns: list[Turn] = []
    for number, (before, after) in enumerate(pairwise(days)):
        step(len(places) + number, total)
        turns.append(work.find_turn(before, after, places))
    step(total, total)
    return Survey(
        days=tuple(days),
        places=places,
        sightings=tuple(work.sightings.values()),
        turns=tuple(turns),
        undecided=tuple(dict.fromkeys(work.undecided)),
    )


@dataclass(slots=True, kw_only=True)
class _Survey:
    world: World
    formulas: Formulas
    days: list[date]
    kept: dict[tuple[str, Reached], tuple[Finding, ...]] = field(default_factory=dict)
    in_force: dict[tuple[str, date], Mapping[str, frozenset[str]]] = field(default_factory=dict)
    narrowed: dict[frozenset[str], Compiled] = field(default_factory=dict)
    sightings: dict[object, Sighting] = field(default_factory=dict)
    undecided: list[Undecided] = field(default_factory=list)

    def look_in(self, place: str) -> None:
        """Look at one place on each day."""
        for number, day in enumerate(self.days):
            world = replace(self.world, on=day, jurisdiction=place)
            reached = self.find_reached(place, day)
            for dimension in world.vocabulary.dimensions:
                for finding in self._ask(world, dimension, reached.get(dimension, frozenset())):
                    self._note(finding, place, number)

    def _ask(self, world: World, dimension: str, reached: Reached) -> tuple[Finding, ...]:
        found = self.kept.get((dimension, reached))
        if found is None:
            narrow = self.narrow(world, frozenset({dimension}))
            found = self.kept[dimension, reached] = tuple(self._find(narrow, dimension))
        return found

    def find_reached(self, place: str, day: date) -> Mapping[str, Reached]:
        """Find for each dimension the norms in force that speak of it, or may silence one."""
        in_force = self.find_in_force(place, day)
        reached: dict[str, set[tuple[str, frozenset[str]]]] = {}
        for id_, binds in in_force.items():
            norm = self.norms[id_]
            beaten = [self.norms[other] for other in norm.defeats if other in in_force]
            for dimension in {ask.dimension for one in (norm, *beaten) for ask in one.arrangement}:
                reached.setdefault(dimension, set()).add((id_, binds))
        return {dimension: frozenset(norms) for dimension, norms in reached.items()}

    def find_in_force(self, place: str, day: date) -> Mapping[str, frozenset[str]]:
        """Find what binds whom, without building any table; worked out once."""
        found = self.in_force.get((place, day))
        if found is None:
            world = replace(self.world, on=day, jurisdiction=place)
            found = self.in_force[place, day] = dict(_find_in_force(world))
        return found

    def narrow(self, world: World, subjects: frozenset[str]) -> World:
        """Leave only what has a say in these dimensions; chosen once for all days and places."""
        found = self.narrowed.get(subjects)
        if found is None:
            found = self.narrowed[subjects] = world.narrow(subjects).compiled
        return replace(world, compiled=found)

    @property
    def norms(self) -> Mapping[str, Norm]:
        """The norms by id."""
        return self.world.compiled.rulebook.norms

    def _find(self, world: World, dimension: str) -> Iterator[Finding]:
        yield from (confirm(world, meeting) for meeting in find_meetings_in(world, dimension))
        gap = find_gap(world, self.formulas, world.vocabulary.dimensions[dimension])
        for one in (gap, *find_concessions_in(world, self.formulas, dimension)):
            if isinstance(one, Undecided):
                self.undecided.append(one)
            elif one is not None:
                yield one

    def _note(self, finding: Finding, place: str, number: int) -> None:
        facts = tuple(finding.witness.facts.items()) if finding.witness else ()
        key = (finding.question, finding.dimension, finding.norms, finding.norms or facts)
        sighting = self.sightings.setdefault(key, Sighting(finding=finding))
        spans = sighting.spans.setdefault(place, [])
        if spans and spans[-1][1] == number:
            spans[-1] = (spans[-1][0], number + 1)
        else:
            spans.append((number, number + 1))
        # The witness that is shown is the one of the latest day on which the finding stands.
        shown = sighting.finding.witness
        if finding.witness and shown and self.days[number] > shown.as_of:
            witness = replace(shown, as_of=self.days[number], jurisdiction=place)
            sighting.finding = replace(sighting.finding, witness=witness)

    def find_turn(self, before: date, after: date, places: tuple[str, ...]) -> Turn:
        """Find what begins, ends and changes on a day, in the first place that it concerns."""
        ids: dict[str, None] = {}
        begins: dict[str, None] = {}
        changes: list[Finding] = []
        for place in places:
            was, is_ = (self.find_in_force(place, day) for day in (before, after))
            new = {id_ for id_, binds in is_.items() if was.get(id_) != binds}
            gone = {id_ for id_, binds in was.items() if is_.get(id_) != binds}
            if not (new | gone) - {*ids, *begins}:
                continue  # nothing that another place has not shown
            begins |= dict.fromkeys(sorted(new))
            ids |= dict.fromkeys(sorted(gone))
            subjects = self._find_subjects(new | gone)
            here = replace(self.world, jurisdiction=place)
            worlds = [self.narrow(replace(here, on=day), subjects) for day in (before, after)]
            findings, unseen = find_changes_nearby(worlds[0], worlds[1], self.formulas)
            seen = {(one.dimension, one.before, one.after) for one in changes}
            changes += [f for f in findings if (f.dimension, f.before, f.after) not in seen]
            self.undecided += unseen
        return Turn(day=after, begins=tuple(begins), ends=tuple(ids), changes=tuple(changes))

    def _find_subjects(self, ids: set[str]) -> frozenset[str]:
        """Find what these norms, and all that they may silence, are about."""
        reached, ahead = set(ids), list(ids)
        while ahead:
            more = [id_ for id_ in self.norms[ahead.pop()].defeats if id_ not in reached]
            reached.update(more)
            ahead += more
        norms = [self.norms[id_] for id_ in reached if id_ in self.norms]
        asked = {ask.dimension for norm in norms for ask in norm.arrangement}
        return frozenset(asked | {DUTIES} if any(norm.duty for norm in norms) else asked)


def _find_in_force(world: World) -> Iterator[tuple[str, frozenset[str]]]:
    """Find what binds whom, without building any table."""
    for norm in world.compiled.rulebook.norms.values():
        if norm.reading is Reading.REMEMBERED or not norm.is_in_force(on=world.on):
            continue
        if applies_in(norm, world.jurisdiction, world.overlays):
            for reach in find_reach(norm, on=world.on):
                yield norm.id, reach.binds
