"""Tables of what was published, as pages show them: a number, or that it is withheld."""

from collections.abc import Mapping
from dataclasses import dataclass

from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.staff.signed_in import Staff
from bedside.doors.web.words import say
from bedside.record.incidents.models import Release
from bedside.record.incidents.publishing import LEVELS, House, read_cells
from bedside.rules.vocabulary.problem import Language
from bedside.trust.publication.table import ALL

HIDDEN = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """One published table: a heading, its columns, and a row for each label."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[str, ...]], ...]


def find_house(staff: Staff) -> House:
    """Find what the counts need to know of this hospital."""
    return House(zone=staff.site.timezone, vocabulary=find_shelf().vocabulary)


def build_crossed(
    row: Release, title: str, words: Mapping[str, str], *, language: Language
) -> Table:
    """Build a table of levels by something else."""
    cells = read_cells(row)
    columns = (*words, ALL)
    return Table(
        title=title,
        columns=tuple(words.get(one, say("inc_all", language)) for one in columns),
        rows=tuple(
            (
                say(f"inc_level_{level}" if level != ALL else "inc_all", language),
                tuple(say_count(cells.get((level, one)), language) for one in columns),
            )
            for level in (*LEVELS, ALL)
            if level == ALL or cells.get((level, ALL)) != 0
        ),
    )


def build_plain(row: Release, title: str, words: Mapping[str, str], *, language: Language) -> Table:
    """Build a table of one column."""
    cells = read_cells(row)
    labels = [*words, ALL]
    return Table(
        title=title,
        columns=(say("inc_count", language),),
        rows=tuple(
            (
                words.get(one, say("inc_all", language)),
                (say_count(cells.get((one,)), language),),
            )
            for one in labels
        ),
    )


def say_count(count: int | None, language: Language) -> str:
    """Say a number, or that it is withheld; a zero is a zero."""
    return say("inc_withheld", language) if count is HIDDEN else str(count)


def write_lines(tables: tuple[Table, ...]) -> list[list[str]]:
    """Write tables as the lines of one file."""
    lines: list[list[str]] = []
    for table in tables:
        lines.append([table.title, *table.columns])
        lines += [[label, *values] for label, values in table.rows]
        lines.append([])
    return lines
