"""`bedside check PATH`: everything that is wrong with a norm file or a folder of them."""

import json
import sys
from pathlib import Path
from typing import Annotated

import typer

from bedside.doors.cli.door import ANSWERED, NOT_UNDERSTOOD, AsJson, Lang, Tongue, put, speaking
from bedside.doors.cli.words import word
from bedside.rules.rulebook.load import check_norms
from bedside.rules.vocabulary.load import load_vocabulary


def check_command(
    path: Annotated[Path, typer.Argument(help="A norm file, or a folder of norms.")],
    *,
    as_json: AsJson = False,
    lang: Lang = Tongue.EN,
) -> None:
    """Check norms and their cases, and report every problem with its place."""
    with speaking(lang):
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
