"""What a draft norm would do before anybody adopts it: conflicts, closed gaps, changed answers."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bedside.rules.prove.answers import find_only_in, find_subjects
from bedside.rules.prove.closed import find_closed
from bedside.rules.prove.concessions import find_concessions_in
from bedside.rules.prove.conflicts import confirm, find_meetings_in
from bedside.rules.prove.finding import Finding, Undecided
from bedside.rules.prove.formulas import Formulas
from bedside.rules.prove.pairwise import find_changes_nearby
from bedside.rules.prove.world import World
from bedside.rules.rulebook.book import condition_of
from bedside.rules.rulebook.files import TOPS, find_files
from bedside.rules.rulebook.load import read_draft
from bedside.rules.rulebook.norm import Norm
from bedside.rules.tables.compiled import Compiled, find_pair

DRAFT = "hospital/draft"


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """What a draft changes, each finding replayed."""

    conflicts: tuple[Finding, ...]
    closed: tuple[Finding, ...]  # where nothing spoke before
    concessions: tuple[Finding, ...]
    changes: tuple[Finding, ...]
    undecided: tuple[Undecided, ...]


def find_impact(world: World, drafts: Sequence[Norm]) -> Impact:
    """Find what these norms would change if they were laid over the rulebook.

    A draft of an overlay that is on file is compared with that overlay as it stands.
    """
    after = lay_over(world, drafts)
    known = world.compiled.rulebook.overlays
    before = replace(world, overlays=tuple(o for o in after.overlays if o in known))
    formulas = Formulas(world.vocabulary)
    changes, undecided = find_changes_nearby(before, after, formulas)
    closed = list(find_closed(before, after, formulas))
    subjects = _find_subjects(before, after)
    given = [gift for one in subjects for gift in _find_new_gifts(before, after, formulas, one)]
    unseen = [one for one in (*closed, *given) if isinstance(one, Undecided)]
    return Impact(
        conflicts=tuple(c for one in subjects for c in _find_new_conflicts(before, after, one)),
        closed=tuple(one for one in closed if isinstance(one, Finding)),
        concessions=tuple(one for one in given if isinstance(one, Finding)),
        changes=tuple(one for one in changes if one.before != one.after),
        undecided=(*undecided, *unseen),
    )


def _find_subjects(before: World, after: World) -> list[str]:
    """Find the dimensions in which something can change: only there is anything asked."""
    pairs = [(before, entry) for entry in find_only_in(before, after)]
    pairs += [(after, entry) for entry in find_only_in(after, before)]
    found = {subject for world, entry in pairs for subject in find_subjects(world, entry)}
    return [dimension for dimension in before.vocabulary.dimensions if dimension in found]


def _find_new_conflicts(before: World, after: World, dimension: str) -> Iterator[Finding]:
    """Find the sets at odds that were not at odds before."""
    old = {meeting.norms for meeting in find_meetings_in(before, dimension)}
    for meeting in find_meetings_in(after, dimension):
        if meeting.norms not in old:
            yield confirm(after, meeting)


def _find_new_gifts(
    before: World, after: World, formulas: Formulas, dimension: str
) -> Iterator[Finding | Undecided]:
    """Find what a house gives that it did not give before."""
    old = {
        (one.norms, one.after)
        for one in find_concessions_in(before, formulas, dimension)
        if isinstance(one, Finding)
    }
    for one in find_concessions_in(after, formulas, dimension):
        if isinstance(one, Undecided) or (one.norms, one.after) not in old:
            yield one


def lay_over(world: World, drafts: Sequence[Norm]) -> World:
    """Make the world in which the drafts stand on file, in place of norms with the same id."""
    rulebook = world.compiled.rulebook
    norms = {**rulebook.norms, **{norm.id: norm for norm in drafts}}
    pairs = {norm.id: find_pair(condition_of(norm), rulebook.vocabulary) for norm in drafts}
    compiled = Compiled(
        rulebook=replace(rulebook, norms=norms), cubes={**world.compiled.cubes, **pairs}
    )
    laid = {norm.overlay for norm in drafts if norm.overlay}
    overlays = tuple(dict.fromkeys([*world.overlays, *sorted(laid)]))
    return replace(world, compiled=compiled, overlays=overlays)


def load_drafts(path: Path, world: World) -> tuple[Norm, ...]:
    """Load a draft norm, or a folder of them, or raise `Problems`."""
    files = find_files(path) if path.is_dir() else [path]
    return tuple(read_draft(file, name_draft(file), world.vocabulary) for file in files)


def name_draft(file: Path) -> str:
    """Name a draft by the part of its path that mirrors an authority, else as a house's draft."""
    parts = file.resolve().with_suffix("").parts
    for number, part in enumerate(parts[:-1]):
        if part in TOPS:
            return "/".join(parts[number:])
    return f"{DRAFT}/{file.stem}"
