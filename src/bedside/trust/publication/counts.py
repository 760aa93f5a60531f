"""The hospital's own counts, whole and unpublished: of what, by what, how many."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import ClassVar, Final, TypeAlias

from bedside.trust.publication.refusal import Refusal

Region: TypeAlias = tuple[frozenset[str], ...]  # for each dimension, the values that are meant

MOST_VALUES: Final = 400
MOST_DIMENSIONS: Final = 6
# Agency says nearly what we promise never to store; the others name a person.
NEVER: Final = frozenset(
    {
        "agency", "badge", "birth_place", "clinician", "date", "encounter", "immigration_status",
        "name", "nationality", "officer", "officer_identity", "patient", "time",
    }
)  # fmt: skip
A_DAY: Final = re.compile(r"\d{4}-\d\d?-\d\d?|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d{1,2}:\d\d")


class TooFine(Refusal):
    """A dimension that could tell who somebody is."""

    code: ClassVar[str] = "publication.too-fine"
    en: ClassVar[str] = (
        "`{dimension}` (`{value}`) could tell who somebody is; use months or longer, and the "
        "agency's level"
    )
    es: ClassVar[str] = (
        "`{dimension}` (`{value}`) podría revelar quién es alguien; use meses o periodos más "
        "largos, y el nivel de la agencia"
    )


class BadCounts(Refusal):
    """Counts that are no counts."""

    code: ClassVar[str] = "publication.bad-counts"
    en: ClassVar[str] = "the counts of `{subject}` cannot be read at `{cell}`: {why}"
    es: ClassVar[str] = "los recuentos de `{subject}` no se leen en `{cell}`: {why}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """One thing that is counted by, with its closed list of values."""

    name: str
    values: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.name in NEVER:
            raise TooFine(dimension=self.name, value="")
        for value in self.values:
            if A_DAY.search(value):
                raise TooFine(dimension=self.name, value=value)
        if not 0 < len(set(self.values)) == len(self.values) <= MOST_VALUES:
            why = "values are missing, repeated, or too many"
            raise BadCounts(subject=self.name, cell=f"{len(self.values)} values", why=why)


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many of a subject fall into each combination of values; what is left out is zero."""

    subject: str
    dimensions: tuple[Dimension, ...]
    cells: Mapping[tuple[str, ...], int]

    def __post_init__(self) -> None:
        names = [one.name for one in self.dimensions]
        if not 0 < len(set(names)) == len(names) <= MOST_DIMENSIONS:
            why = "dimensions are missing, repeated, or too many"
            raise BadCounts(subject=self.subject, cell=", ".join(names), why=why)
        known = [frozenset(one.values) for one in self.dimensions]
        for cell, count in self.cells.items():
            fits = len(cell) == len(known) and all(map(frozenset.__contains__, known, cell))
            if not fits:
                raise BadCounts(subject=self.subject, cell=cell, why="a value is not on the list")
            if count < 0:
                raise BadCounts(subject=self.subject, cell=cell, why="a count is a whole number")

    def count(self, region: Region) -> int:
        """Count what lies in a region."""
        return sum(
            count
            for cell, count in self.cells.items()
            if all(v in r for v, r in zip(cell, region, strict=True))
        )


def tabulate(
    rows: Iterable[Mapping[str, str]], *, subject: str, dimensions: tuple[Dimension, ...]
) -> Counts:
    """Count rows by the dimensions; every other column is left behind."""
    names = [one.name for one in dimensions]
    cells = Counter(tuple(row.get(name, "") for name in names) for row in rows)
    return Counts(subject=subject, dimensions=dimensions, cells=cells)
