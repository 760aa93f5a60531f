"""`bedside decide FILE`: one situation in, one answer out."""

import json
from dataclasses import replace
from typing import Annotated

import typer

from bedside.doors.cli.door import (
    ANSWERED,
    NEEDS_SOMEBODY,
    AsJson,
    AsOf,
    Lang,
    Norms,
    Tongue,
    find_named_overlays,
    load_rules,
    put,
    read_day,
    read_file,
    speaking,
    today,
)
from bedside.doors.cli.show import Page, find_inside
from bedside.rules.decide.advise import advise
from bedside.rules.decide.read_situation import read_situation
from bedside.rules.decide.render import render_advice


def decide_command(
    file: Annotated[str, typer.Argument(help="A situation file, or - for standard input.")],
    *,
    as_json: AsJson = False,
    lang: Lang = Tongue.EN,
    as_of: AsOf = None,
    norms: Norms = None,
) -> None:
    """Tell what the rules let each party do in a situation."""
    with speaking(lang):
        day = read_day(as_of)
        document = read_file(file)
        compiled = load_rules(norms, beside=file, overlays=find_named_overlays(document))
        situation = read_situation(document, compiled, today=today())
        if day is not None:
            situation = replace(situation, as_of=day)
        advice = advise(compiled, situation)
        if as_json:
            put(json.dumps(render_advice(advice), ensure_ascii=False, indent=1))
        else:
            inside = find_inside(situation, compiled.vocabulary)
            for line in Page(advice, compiled.vocabulary, lang.language, inside).lines():
                put(line)
    raise typer.Exit(NEEDS_SOMEBODY if advice.needs_a_person else ANSWERED)
