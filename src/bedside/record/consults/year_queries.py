"""How many questions came in a year: by sort, by unit, by time to advice; small numbers hidden."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from typing import Final

from bedside.record.accounts.access import Standing, access
from bedside.record.accounts.roles import May
from bedside.record.consults.models import Consult
from bedside.trust.publication.counts import Counts, Dimension, tabulate
from bedside.trust.publication.publish import LEAST_THRESHOLD, draft, verify_differences
from bedside.trust.publication.refusal import Refusal
from bedside.trust.publication.release import Release
from bedside.trust.publication.table import ALL, Grouping, Plan

BY: Final = ("kind", "unit", "wait")
WAITS: Final = (
    ("two_hours", timedelta(hours=2)),
    ("a_day", timedelta(hours=24)),
    ("later", timedelta.max),
)
NOT_YET: Final = "not_yet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a table; no number is a number withheld."""

    value: str
    count: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """One table; without rows it is withheld as a whole."""

    by: str
    rows: tuple[Row, ...]
    total: int | None


def count_year(standing: Standing, year: int, *, zone: tzinfo, on: date) -> tuple[Counted, ...]:
    """Count the questions of a year, each table held against those before it."""
    access(standing, May.ADVISE_ETHICS)
    rows = list(_find_rows(standing.site, year, zone))
    if not rows:
        return ()
    values = {name: tuple(sorted({row[name] for row in rows})) for name in BY}
    dimensions = tuple(Dimension(name=name, values=values[name]) for name in BY)
    counts = tabulate(rows, subject="consults", dimensions=dimensions)
    earlier: list[Release] = []
    tables = []
    for name in BY:
        release = _draw(counts, name, values[name], earlier, on=on)
        tables.append(_tell(name, values[name], release))
        earlier += [release] if release else []
    return tuple(tables)


def _draw(
    counts: Counts, name: str, values: tuple[str, ...], earlier: list[Release], *, on: date
) -> Release | None:
    """Draw one table, or nothing if it would tell a small number by itself or with another."""
    groups = {value: frozenset({value}) for value in values}
    plan = Plan(name=name, groupings=(Grouping(dimension=name, groups=groups),))
    try:
        release = draft(counts, plan, threshold=LEAST_THRESHOLD, on=on)
        verify_differences(counts, release, earlier)
    except Refusal:
        return None
    return release


def _tell(name: str, values: tuple[str, ...], release: Release | None) -> Counted:
    if release is None:
        return Counted(by=name, rows=(), total=None)
    rows = tuple(Row(value=value, count=release.cells[(value,)]) for value in values)
    return Counted(by=name, rows=rows, total=release.cells[(ALL,)])


def _find_rows(site: str, year: int, zone: tzinfo) -> Iterator[dict[str, str]]:
    first = datetime(year, 1, 1, tzinfo=zone)
    after = datetime(year + 1, 1, 1, tzinfo=zone)
    rows = Consult.objects.filter(site_id=site, referred_at__gte=first, referred_at__lt=after)
    for row in rows.select_related("encounter"):
        wait = row.advised_at - row.referred_at if row.advised_at else None
        yield {
            "kind": row.kind,
            "unit": row.encounter.unit,
            "wait": NOT_YET if wait is None else _name_wait(wait),
        }


def _name_wait(wait: timedelta) -> str:
    return next(name for name, most in WAITS if wait <= most)
