"""`bedside prove`: questions asked of every situation at once, each finding with its witness."""

import json
import sys
from dataclasses import replace
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

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
from bedside.doors.cli.findings import render_finding, tell_finding
from bedside.doors.cli.words import word
from bedside.rules.decide.read_situation import check_place
from bedside.rules.prove.finding import NotReplayedError, Question, Report
from bedside.rules.prove.report import prove, prove_changes
from bedside.rules.prove.world import World
from bedside.rules.vocabulary.problem import Language, Place, ProblemKind, Problems, Text

BACKWARDS = ProblemKind(
    code="prove.days-backwards",
    what=Text(en="`{first}` is not before `{second}`", es="`{first}` no es anterior a `{second}`"),
    help=Text(en="give the earlier day first", es="ponga primero el día anterior"),
)
NO_DAYS = ProblemKind(
    code="prove.no-days",
    what=Text(en="`changes` compares two days", es="`changes` compara dos días"),
    help=Text(
        en="add --between 2025-01-19 2025-01-21", es="agregue --between 2025-01-19 2025-01-21"
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


Jurisdiction = Annotated[str, typer.Option(help="Where, such as us/tx.")]
Overlay = Annotated[
    list[str] | None, typer.Option(help="A house's or agency's own norms, such as hospital/sample.")
]
Between = Annotated[
    tuple[str, str] | None, typer.Option(help="Two days, for `changes`: YYYY-MM-DD YYYY-MM-DD.")
]
Limit = Annotated[
    int, typer.Option("--milliseconds", min=1, max=600_000, help="Time for each question.")
]


def prove_command(  # noqa: PLR0913 - the options of the command line's contract
    asked: Annotated[Asked, typer.Argument(help="What to look for.")] = Asked.ALL,
    *,
    jurisdiction: Jurisdiction = "us/tx",
    overlay: Overlay = None,
    between: Between = None,
    as_of: AsOf = None,
    milliseconds: Limit = 2_000,
    as_json: AsJson = False,
    lang: Lang = Tongue.EN,
    norms: Norms = None,
) -> None:
    """Look for conflicts, gaps, dead and covered norms, changes and concessions."""
    with speaking(lang):
        days = _read_days(asked, between)
        world = World(
            compiled=load_rules(norms, beside=str(Path("examples/x").resolve())),
            on=days[1] if days else read_day(as_of) or today(),
            jurisdiction=check_place(jurisdiction),
            overlays=tuple(overlay or ()),
        )
        world.check_overlays()
        try:
            report = _ask(world, asked, days, milliseconds)
        except NotReplayedError as fault:
            sys.stderr.write(f"{word('not_replayed', lang.language, what=fault)}\n")
            raise typer.Exit(NOT_DONE) from None
        _put_report(report, world, lang.language, as_json=as_json)
    raise typer.Exit(NEEDS_SOMEBODY if report.findings or report.undecided else ANSWERED)


def _read_days(asked: Asked, between: tuple[str, str] | None) -> tuple[date, date] | None:
    if between is None:
        if asked is Asked.CHANGES:
            raise Problems([NO_DAYS.at(Place(file=""))])
        return None
    first, second = (find_day(text, option="--between") for text in between)
    if first >= second:
        place = Place(file="--between")
        raise Problems([BACKWARDS.at(place, first=between[0], second=between[1])])
    return first, second


def _ask(world: World, asked: Asked, days: tuple[date, date] | None, limit: int) -> Report:
    if asked is Asked.CHANGES and days is not None:
        return prove_changes(replace(world, on=days[0]), world, milliseconds=limit)
    questions: list[Question] = [q for q in Question if q is not Question.CHANGES]
    if asked is not Asked.ALL:
        questions = [Question(asked.value)]
    return prove(world, questions, milliseconds=limit)


def _put_report(report: Report, world: World, language: Language, *, as_json: bool) -> None:
    if as_json:
        rows = {
            "findings": [render_finding(one, world.vocabulary) for one in report.findings],
            "undecided": [
                {"question": u.question.value, "norms": list(u.norms), "dimension": u.dimension}
                for u in report.undecided
            ],
            "dominated": dict(report.dominated),
        }
        put(json.dumps(rows, ensure_ascii=False, indent=1))
        return
    for finding in report.findings:
        for line in tell_finding(finding, world, language):
            put(line)
        put()
    for undecided in report.undecided:
        what = ", ".join(undecided.norms) or undecided.dimension
        put(word("undecided", language, question=undecided.question.value, what=what))
    position = world.vocabulary.dimensions["position"]
    for worse, better in report.dominated.items():
        said = [position.words[position.places[w]].label.say(language) for w in (worse, better)]
        put(word("dominated", language, worse=said[0], better=said[1]))
    put(word("findings", language, count=len(report.findings)))
