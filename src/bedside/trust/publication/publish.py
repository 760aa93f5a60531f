"""Publish a table, or say which cell forbids it and why."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import ClassVar, Final

from bedside.trust.publication.counts import Counts, Region
from bedside.trust.publication.deduce import Knowledge, cut, find_exposed
from bedside.trust.publication.refusal import Refusal
from bedside.trust.publication.register import Register
from bedside.trust.publication.release import HIDDEN, Release, make_release
from bedside.trust.publication.suppress import find_hidden
from bedside.trust.publication.table import Plan, draw_table

LEAST_THRESHOLD: Final = 11  # what CMS customarily asks of published health data
MOST_NAMED: Final = 3


class ThresholdTooLow(Refusal):
    """A threshold under which people could be found."""

    code: ClassVar[str] = "publication.threshold-too-low"
    en: ClassVar[str] = "counts below {least} are hidden, so the threshold cannot be {given}"
    es: ClassVar[str] = (
        "se ocultan los recuentos menores de {least}; el umbral no puede ser {given}"
    )


class NothingToShow(Refusal):
    """A table of which no number could be shown."""

    code: ClassVar[str] = "publication.nothing-to-show"
    en: ClassVar[str] = "every cell of `{plan}` would have to be hidden; use larger groups"
    es: ClassVar[str] = "habría que ocultar todas las celdas de `{plan}`; agrupe más"


class WouldExpose(Refusal):
    """A release that, held beside earlier ones, would tell a small count."""

    code: ClassVar[str] = "publication.would-expose"
    en: ClassVar[str] = (
        "with {earlier}, `{plan}` would tell that fewer than {threshold} are in {cell}; publish it "
        "in the groups that were used before, or in larger ones"
    )
    es: ClassVar[str] = (
        "junto con {earlier}, `{plan}` revelaría que hay menos de {threshold} en {cell}; publique "
        "con los grupos usados antes, o con otros más grandes"
    )


class WouldShowChange(Refusal):
    """A number that was published, and has since changed by a few."""

    code: ClassVar[str] = "publication.would-show-change"
    en: ClassVar[str] = (
        "{cell} was published in {earlier} and has changed by fewer than {threshold}; `{plan}` "
        "would tell by how many; leave it out until it has changed by more"
    )
    es: ClassVar[str] = (
        "{cell} se publicó en {earlier} y cambió en menos de {threshold}; `{plan}` revelaría en "
        "cuántos; no lo incluya hasta que el cambio sea mayor"
    )


def publish(
    counts: Counts, plan: Plan, register: Register, *, threshold: int = LEAST_THRESHOLD, on: date
) -> Release:
    """Hide what must be hidden, hold the rest against all earlier releases, and register it."""
    if threshold < LEAST_THRESHOLD:
        raise ThresholdTooLow(least=LEAST_THRESHOLD, given=threshold)
    earlier = register.find_releases(counts.subject)
    release = draft(counts, plan, threshold=threshold, on=on)
    verify_differences(counts, release, earlier)
    register.keep(release, after=len(earlier))
    return release


def draft(counts: Counts, plan: Plan, *, threshold: int, on: date) -> Release:
    """Draw up a table by itself, small cells and their company hidden."""
    table = draw_table(counts, plan)
    hidden = find_hidden(table, threshold=threshold)
    if len(hidden) == len(table.cells):
        raise NothingToShow(plan=plan.name)
    cells = {k: HIDDEN if k in hidden else cell.count for k, cell in table.cells.items()}
    return make_release(counts, plan, cells, threshold=threshold, on=on)


def verify_differences(counts: Counts, release: Release, earlier: Sequence[Release]) -> None:
    """Refuse a release from which, with earlier ones, a small count could be worked out."""
    threshold = max([release.threshold, *(one.threshold for one in earlier)])
    _refuse_small_changes(counts, release, earlier, threshold=threshold)
    known = _gather(counts, [*earlier, release])
    exposed = next(find_exposed(counts, known, threshold=threshold), None)
    if exposed is None:
        return
    for one in earlier:  # the shortest explanation: one earlier release that suffices
        known = _gather(counts, [one, release])
        alone = next(find_exposed(counts, known, threshold=threshold), None)
        if alone is not None:
            raise _would_expose(counts, release, alone, [one], threshold=threshold)
    raise _would_expose(counts, release, exposed, earlier, threshold=threshold)


def describe(counts: Counts, region: Region) -> str:
    """Say in words where a region lies; dimensions that are whole are left out."""
    sides = [
        f"{one.name}: {_list(sorted(side))}"
        for one, side in zip(counts.dimensions, region, strict=True)
        if len(side) < len(one.values)
    ]
    return "; ".join(sides) or "all"


def _refuse_small_changes(
    counts: Counts, release: Release, earlier: Sequence[Release], *, threshold: int
) -> None:
    """Refuse to show, even by sums, a number that has changed by a few since it was shown."""
    for one in earlier:
        changed = [
            region
            for region, shown in one.regions(counts)
            if shown is not HIDDEN and 0 < abs(counts.count(region) - shown) < threshold
        ]
        if not changed:
            continue
        shown = _gather(counts, [release]).shown
        parts = cut(counts, Knowledge(shown=shown, hidden=tuple(changed)))
        for region in changed:
            low, high = parts.system.span(parts.of[region])
            if high is not None and high - low < threshold:
                raise WouldShowChange(
                    cell=describe(counts, region),
                    earlier=_name(one),
                    plan=release.name,
                    threshold=threshold,
                )


def _gather(counts: Counts, releases: Iterable[Release]) -> Knowledge:
    cells = [cell for one in releases for cell in one.regions(counts)]
    return Knowledge(
        shown=tuple(region for region, count in cells if count is not HIDDEN),
        hidden=tuple(region for region, count in cells if count is HIDDEN),
    )


def _would_expose(
    counts: Counts, release: Release, region: Region, by: Sequence[Release], *, threshold: int
) -> WouldExpose:
    return WouldExpose(
        cell=describe(counts, region),
        earlier=", ".join(map(_name, by)) or "itself",
        plan=release.name,
        threshold=threshold,
    )


def _name(release: Release) -> str:
    return f"`{release.name}` of {release.published_on.isoformat()}"


def _list(values: Sequence[str]) -> str:
    more = len(values) - MOST_NAMED
    return ", ".join(values[:MOST_NAMED]) + (f" and {more} more" if more > 0 else "")
