"""What every command shares: options, the rulebook, languages, exit codes, problems in words."""

import os
import re
import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bedside.rules.rulebook.files import NO_FOLDER
from bedside.rules.rulebook.form import ISO_DAY
from bedside.rules.tables.compiled import SHIPPED, Compiled, load_compiled
from bedside.rules.vocabulary.document import UNREADABLE, Document, load_document, parse_document
from bedside.rules.vocabulary.problem import (
    ENGLISH,
    SPANISH,
    Language,
    Place,
    ProblemKind,
    Problems,
    Text,
)

ANSWERED, NEEDS_SOMEBODY, NOT_UNDERSTOOD, NOT_DONE = 0, 1, 2, 3
STANDARD_INPUT = "-"
AGENCIES = "agencies"
AGENCY = re.compile(r"agencies/[\w-]{1,100}")
MAX_STANDARD_INPUT = 1_000_001

NOT_A_DAY = ProblemKind(
    code="cli.not-a-day",
    what=Text(en="`{found}` is not a day", es="`{found}` no es un día"),
    help=Text(en="write it as 2026-11-23", es="escríbalo como 2026-11-23"),
)


class Tongue(StrEnum):
    """The languages that the command line speaks."""

    EN = "en"
    ES = "es"

    @property
    def language(self) -> Language:
        """The language as the rules know it."""
        return SPANISH if self is Tongue.ES else ENGLISH


Lang = Annotated[Tongue, typer.Option("--lang", help="Answer in English or Spanish.")]
AsOf = Annotated[str | None, typer.Option("--as-of", help="The day whose rules apply, YYYY-MM-DD.")]
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON for other programs.")]
Norms = Annotated[
    list[Path] | None,
    typer.Option(
        "--norms", help="A further folder of norms, such as a hospital's own; repeatable."
    ),
]


def today() -> date:
    """Read the day from the clock; only doors do."""
    return datetime.now(UTC).astimezone().date()


def find_cache() -> Path | None:
    """Find the folder in which compiled rulebooks are kept; none where nobody is at home."""
    own = os.environ.get("BEDSIDE_CACHE", "").strip()
    if own:  # as the page does
        return Path(own)
    named = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if named.is_absolute():  # any other would be a folder of wherever somebody stands
        return named / "bedside"
    try:
        return Path.home() / ".cache" / "bedside"
    except RuntimeError:
        return None


def load_rules(
    more: list[Path] | None = None,
    *,
    beside: str | None = None,
    overlays: Collection[str] | None = None,
) -> Compiled:
    """Load the shipped norms, further folders, and agency overlays that lie near a file.

    Where `overlays` are given, the neighbourhood is searched only for those of them that no other
    folder has: what happens to lie near a file changes no answer that does not name it.
    """
    roots = [SHIPPED, *(more or [])]
    for folder in more or []:
        if not folder.is_dir():
            raise Problems([NO_FOLDER.at(Place(file=str(folder)))])
    wanted = [AGENCIES] if overlays is None else _find_missing(overlays, roots)
    if wanted and beside is not None and beside != STANDARD_INPUT:
        near = [p for p in Path(beside).resolve().parents if (p / wanted[0]).is_dir()]
        roots += [p for p in near[:1] if p not in [root.resolve() for root in roots]]
    return load_compiled(roots, cache=find_cache())


def find_named_overlays(document: Document) -> list[str]:
    """Find the overlays that a situation file names, before it is checked."""
    table = document.value
    named = table.get("overlays") if isinstance(table, dict) else None
    return [one for one in named if isinstance(one, str)] if isinstance(named, list) else []


def _find_missing(overlays: Collection[str], roots: list[Path]) -> list[str]:
    named = [overlay for overlay in overlays if AGENCY.fullmatch(overlay)]
    return [overlay for overlay in named if not any((r / overlay).is_dir() for r in roots)]


def read_file(file: str) -> Document:
    """Read a file, or standard input for `-`."""
    if file != STANDARD_INPUT:
        return load_document(Path(file), name=file)
    return parse_document(sys.stdin.buffer.read(MAX_STANDARD_INPUT), name="-")


def read_day(text: str | None) -> date | None:
    """Take a day from `--as-of`, if it is given."""
    return find_day(text, option="--as-of") if text is not None else None


def find_day(text: str, *, option: str) -> date:
    """Take a day from an option, or raise `Problems`."""
    try:
        if ISO_DAY.fullmatch(text):  # and no week such as 2026-W48-1
            return date.fromisoformat(text)
    except ValueError:
        pass
    raise Problems([NOT_A_DAY.at(Place(file=option), found=text)])


@contextmanager
def speaking(tongue: Tongue) -> Iterator[None]:
    """Turn problems into sentences and an exit code; nothing of ours ends in a traceback."""
    try:
        yield
    except Problems as found:
        for problem in found.problems:
            sys.stderr.write(f"{problem.say(tongue.language)}\n")
        unread = any(p.kind in {UNREADABLE, NO_FOLDER} for p in found.problems)
        raise typer.Exit(NOT_DONE if unread else NOT_UNDERSTOOD) from None
    except BrokenPipeError:
        # Whoever read us has seen enough; keep Python from complaining at its own end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise typer.Exit(ANSWERED) from None


def put(text: str = "") -> None:
    """Write one line of the result."""
    sys.stdout.write(f"{text}\n")
