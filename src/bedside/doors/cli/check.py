"""`bedside check PATH`: everything that is wrong with a norm file or a folder of them."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from bedside.doors.cli.door import (
    ANSWERED,
    NEEDS_SOMEBODY,
    NOT_UNDERSTOOD,
    AsJson,
    Lang,
    Tongue,
    load_rules,
    put,
    speaking,
    today,
)
from bedside.doors.cli.words import word
from bedside.rules.decide.read_situation import check_place
from bedside.rules.rulebook.load import check_norms
from bedside.rules.vocabulary.load import load_vocabulary
from bedside.rules.vocabulary.problem import Language

Impact = Annotated[
    bool, typer.Option("--impact", help="Tell what a draft would change if it were laid over.")
]
Jurisdiction = Annotated[str, typer.Option(help="Where the draft would hold, such as us/tx.")]


def check_command(
    path: Annotated[Path, typer.Argument(help="A norm file, or a folder of norms.")],
    *,
    impact: Impact = False,
    jurisdiction: Jurisdiction = "us/tx",
    as_json: AsJson = False,
    lang: Lang = Tongue.EN,
) -> None:
    """Check norms and their cases, and report every problem with its place."""
    with speaking(lang):
        if impact:
            raise typer.Exit(_tell_impact(path, check_place(jurisdiction), lang.language))
        count, problems = check_norms(path, load_vocabulary())
        if as_json:
            rows = [
                {
                    "code": p.kind.code,
                    "file": p.place.file,
                    "line": p.place.line,
                    "column": p.place.column,
                    "says": p.say(lang.language),
                }
                for p in problems
            ]
            put(json.dumps(rows, ensure_ascii=False, indent=1))
        else:
            for problem in problems:
                sys.stderr.write(f"{problem.say(lang.language)}\n")
        if not problems and not as_json:
            put(word("all_well", lang.language, count=count))
    raise typer.Exit(NOT_UNDERSTOOD if problems else ANSWERED)


def _tell_impact(path: Path, jurisdiction: str, language: Language) -> int:
    """Tell what a draft norm, or a folder of them, would change."""
    from bedside.doors.cli.findings import tell_finding, tell_undecided
    from bedside.rules.prove.impact import find_impact, lay_over, load_drafts
    from bedside.rules.prove.world import World

    before = World(compiled=load_rules(), on=today(), jurisdiction=jurisdiction)
    drafts = load_drafts(path, before)
    found = find_impact(before, drafts)
    after = lay_over(before, drafts)
    findings = [*found.conflicts, *found.closed, *found.concessions, *found.changes]
    for finding in findings:
        for line in tell_finding(finding, after, language):
            put(line)
        put()
    for line in tell_undecided(found.undecided, language):
        put(line)
    if not findings and not found.undecided:
        put(word("no_impact", language))
    return NEEDS_SOMEBODY if findings or found.undecided else ANSWERED
