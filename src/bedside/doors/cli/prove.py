"""`bedside prove`: questions asked of every situation at once, each finding with its witness."""

import json
import sys
from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from bedside.doors.cli.atlas import write_atlas
from bedside.doors.cli.door import (
    ANSWERED,
    NEEDS_SOMEBODY,
    NOT_DONE,
    AsJson,
    AsOf,
    Lang,
    Norms,
    Tongue,
    find_day,
    load_rules,
    put,
    read_day,
    speaking,
    today,
)
from bedside.doors.cli.findings import ALL_CHANGES, render_report, tell_findings, tell_undecided
from bedside.doors.cli.prove_theorems import put_theorems, render_theorem, tell_shortly
from bedside.doors.cli.words import word
from bedside.rules.decide.read_situation import check_place
from bedside.rules.prove.finding import NotReplayedError, Question, Report
from bedside.rules.prove.report import prove, prove_changes
from bedside.rules.prove.world import World
from bedside.rules.rulebook.book import LAID
from bedside.rules.vocabulary.problem import Language, Place, ProblemKind, Problems, Text

BESIDE = str(Path("examples/x").resolve())  # the example agencies, where they are at hand

BACKWARDS = ProblemKind(
    code="prove.days-backwards",
    what=Text(en="`{first}` is not before `{second}`", es="`{first}` no es anterior a `{second}`"),
    help=Text(en="give the earlier day first", es="ponga primero el día anterior"),
)
NO_DAYS = ProblemKind(
    code="prove.no-days",
    what=Text(
        en="`changes` compares two days, or two rulebooks",
        es="`changes` compara dos días o dos reglamentos",
    ),
    help=Text(
        en="add --between 2025-01-19 2025-01-21, or --against with a folder of norms",
        es="agregue --between 2025-01-19 2025-01-21, o --against con una carpeta de normas",
    ),
)


class Asked(StrEnum):
    """What can be asked on the command line."""

    ALL = "all"
    CONFLICTS = "conflicts"
    GAPS = "gaps"
    DEAD = "dead"
    COVERED = "covered"
    CHANGES = "changes"
    CONCESSIONS = "concessions"
    DOMINATED = "dominated"


Jurisdiction = Annotated[str, typer.Option(help="Where, such as us/tx.")]
Overlay = Annotated[
    list[str] | None, typer.Option(help="A house's or agency's own norms, such as hospital/sample.")
]
Between = Annotated[
    tuple[str, str] | None, typer.Option(help="Two days, for `changes`: YYYY-MM-DD YYYY-MM-DD.")
]
Against = Annotated[
    Path | None,
    typer.Option(help="A folder of norms, for `changes`: compare with it in place of --norms."),
]
Limit = Annotated[
    int, typer.Option("--milliseconds", min=1, max=600_000, help="Time for each question.")
]
Html = Annotated[
    Path | None,
    typer.Option(
        help="Write the atlas to this file: all places and days, readable without a network."
    ),
]


def prove_command(  # noqa: PLR0913 - the options of the command line's contract
    asked: Annotated[Asked, typer.Argument(help="What to look for.")] = Asked.ALL,
    *,
    jurisdiction: Jurisdiction = "us/tx",
    overlay: Overlay = None,
    between: Between = None,
    against: Against = None,
    as_of: AsOf = None,
    milliseconds: Limit = 10_000,
    html: Html = None,
    as_json: AsJson = False,
    lang: Lang = Tongue.EN,
    norms: Norms = None,
) -> None:
    """Look for conflicts, gaps, dead and covered norms, changes, concessions, dominated places."""
    with speaking(lang):
        days = _read_days(asked, between, against)
        here = check_place(jurisdiction)
        world = World(
            compiled=load_rules(norms, beside=BESIDE),
            on=days[1] if days else read_day(as_of) or today(),
            jurisdiction=here,
            overlays=tuple(overlay or ()),
        )
        before = replace(world, on=days[0]) if days else world
        if against is not None:
            other = replace(world, compiled=load_rules([against], beside=BESIDE))
            before, world = _lay_over(before, other, overlay or find_overlays(norms, against))
        world.check_overlays()
        try:
            if html is not None:
                raise typer.Exit(write_atlas(html, world, lang.language))
            if asked is Asked.DOMINATED:
                raise typer.Exit(put_theorems(world, milliseconds, lang.language, as_json=as_json))
            if asked is Asked.CHANGES:
                report = prove_changes(before, world, milliseconds=milliseconds)
            else:
                report = _ask(world, asked, milliseconds)
        except NotReplayedError as fault:
            sys.stderr.write(f"{word('not_replayed', lang.language, what=fault)}\n")
            raise typer.Exit(NOT_DONE) from None
        _put_report(report, world, lang.language, as_json=as_json)
    raise typer.Exit(NEEDS_SOMEBODY if report.findings or report.undecided else ANSWERED)


def find_overlays(norms: list[Path] | None, against: Path) -> list[str]:
    """Find the overlays that these folders hold."""
    found = {
        f"{top}/{folder.name}"
        for root in [*(norms or ()), against]
        for top in LAID
        for folder in (root / top).glob("*/")
    }
    return sorted(found)


def _lay_over(before: World, after: World, names: list[str]) -> tuple[World, World]:
    """Lay over each world the overlays that it knows; one that neither knows is an error."""
    worlds = [
        replace(world, overlays=tuple(n for n in names if n in world.compiled.rulebook.overlays))
        for world in (before, after)
    ]
    laid = {name for world in worlds for name in world.overlays}
    replace(after, overlays=tuple(n for n in names if n not in laid)).check_overlays()
    return worlds[0], worlds[1]


def _read_days(
    asked: Asked, between: tuple[str, str] | None, against: Path | None
) -> tuple[date, date] | None:
    if between is None:
        if asked is Asked.CHANGES and against is None:
            raise Problems([NO_DAYS.at(Place(file=""))])
        return None
    first, second = (find_day(text, option="--between") for text in between)
    if first >= second:
        place = Place(file="--between")
        raise Problems([BACKWARDS.at(place, first=between[0], second=between[1])])
    return first, second


def _ask(world: World, asked: Asked, limit: int) -> Report:
    questions: list[Question] = [q for q in Question if q is not Question.CHANGES]
    if asked is not Asked.ALL:
        questions = [Question(asked.value)]
    return prove(world, questions, milliseconds=limit)


def _put_report(report: Report, world: World, language: Language, *, as_json: bool) -> None:
    if as_json:
        rows = {
            **render_report(report.findings, report.undecided, world.vocabulary),
            "is_complete": report.is_complete,
            "dominated": {t.worse: t.better for t in report.theorems if not t.exceptions},
            "theorems": [render_theorem(one, world) for one in report.theorems],
        }
        put(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for line in tell_findings(report.findings, world, language):
        put(line)
    for line in tell_undecided(report.undecided, world.vocabulary, language):
        put(line)
    for theorem in report.theorems:
        put(tell_shortly(theorem, world, language))
    put(word("findings", language, count=len(report.findings)))
    if report.is_complete:
        put(ALL_CHANGES.say(language))
