"""`bedside check PATH`: everything that is wrong with a norm file or a folder of them."""

import json
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from bedside.doors.cli.door import (
    ANSWERED,
    NEEDS_SOMEBODY,
    NOT_DONE,
    NOT_UNDERSTOOD,
    AsJson,
    AsOf,
    Lang,
    Norms,
    Tongue,
    load_rules,
    put,
    read_day,
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


def check_command(  # noqa: PLR0913 - the options of the command line's contract
    path: Annotated[Path, typer.Argument(help="A norm file, or a folder of norms.")],
    *,
    impact: Impact = False,
    jurisdiction: Jurisdiction = "us/tx",
    as_of: AsOf = None,
    norms: Norms = None,
    as_json: AsJson = False,
    lang: Lang = Tongue.EN,
) -> None:
    """Check norms and their cases, and report every problem with its place."""
    with speaking(lang):
        if impact:
            here = check_place(jurisdiction)
            draft = Draft(path=path, jurisdiction=here, on=read_day(as_of) or today(), norms=norms)
            raise typer.Exit(_tell_impact(draft, lang.language, as_json=as_json))
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What somebody would adopt: where it lies, where and when it would hold, beside what."""

    path: Path
    jurisdiction: str
    on: date
    norms: list[Path] | None


def _tell_impact(draft: Draft, language: Language, *, as_json: bool) -> int:
    """Tell what a draft norm, or a folder of them, would change."""
    from bedside.doors.cli.findings import QUICK, render_report, tell_findings, tell_undecided
    from bedside.rules.prove.finding import NotReplayedError
    from bedside.rules.prove.impact import find_impact, lay_over, load_drafts
    from bedside.rules.prove.world import World

    compiled = load_rules(draft.norms)
    before = World(compiled=compiled, on=draft.on, jurisdiction=draft.jurisdiction)
    drafts = load_drafts(draft.path, before)
    try:
        found = find_impact(before, drafts)
    except NotReplayedError as fault:
        sys.stderr.write(f"{word('not_replayed', language, what=fault)}\n")
        return NOT_DONE
    after = lay_over(before, drafts)
    findings = (*found.conflicts, *found.closed, *found.concessions, *found.changes)
    code = NEEDS_SOMEBODY if findings or found.undecided else ANSWERED
    if as_json:
        rows = render_report(findings, found.undecided, after.vocabulary)
        put(json.dumps(rows, ensure_ascii=False, indent=1))
        return code
    for line in tell_findings(findings, after, language):
        put(line)
    for line in tell_undecided(found.undecided, after.vocabulary, language):
        put(line)
    put(word("no_impact", language) if code == ANSWERED else QUICK.say(language))
    return code
