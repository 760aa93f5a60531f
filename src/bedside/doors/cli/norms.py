"""`bedside norms`: what is on file, by source."""

import json
from typing import Annotated

import typer

from bedside.doors.cli.door import (
    AsJson,
    AsOf,
    Lang,
    Norms,
    Tongue,
    load_rules,
    put,
    read_day,
    speaking,
)
from bedside.doors.cli.paint import BOLD, DIM, paint
from bedside.doors.cli.words import word
from bedside.rules.decide.read_situation import check_place
from bedside.rules.rulebook.book import applies_in
from bedside.rules.rulebook.norm import Norm

Jurisdiction = Annotated[
    str | None, typer.Option(help="Only norms that apply there, such as us/tx.")
]
Source = Annotated[str | None, typer.Option(help="Only norms whose citation or title holds this.")]
Find = Annotated[str | None, typer.Option(help="Only norms whose text holds this.")]


def norms_command(  # noqa: PLR0913 - the options of the command line's contract
    *,
    jurisdiction: Jurisdiction = None,
    source: Source = None,
    as_of: AsOf = None,
    find: Find = None,
    as_json: AsJson = False,
    lang: Lang = Tongue.EN,
    norms: Norms = None,
) -> None:
    """List the norms on file, with how each was read."""
    with speaking(lang):
        day = read_day(as_of)
        if jurisdiction is not None:
            check_place(jurisdiction)
        rulebook = load_rules(norms).rulebook
        found = [
            norm
            for norm in rulebook.norms.values()
            if (jurisdiction is None or applies_in(norm, jurisdiction, rulebook.overlays))
            and (day is None or norm.is_in_force(on=day))
            and (
                source is None
                or source.lower() in f"{norm.source.cite} {norm.source.title}".lower()
            )
            and (find is None or find.lower() in f"{norm.id} {norm.asks.en} {norm.asks.es}".lower())
        ]
        if as_json:
            put(json.dumps([_render(norm) for norm in found], ensure_ascii=False, indent=1))
            return
        title = ""
        for norm in sorted(found, key=lambda n: (n.source.title, n.source.cite, n.id)):
            if norm.source.title != title:
                title = norm.source.title
                put(paint(title, BOLD))
            put(f"  {norm.source.cite}: {norm.asks.say(lang.language)}")
            put(paint(f"    {norm.id} [{norm.reading.value}, {norm.fit.value}]", DIM))
        put(word("found", lang.language, count=len(found)))


def _render(norm: Norm) -> dict[str, object]:
    return {
        "id": norm.id,
        "cite": norm.source.cite,
        "title": norm.source.title,
        "asks": {"en": norm.asks.en, "es": norm.asks.es},
        "modality": norm.modality.value,
        "binds": sorted(norm.binds),
        "reading": norm.reading.value,
        "fit": norm.fit.value,
        "in_force_from": norm.in_force_from.isoformat(),
        "in_force_to": norm.in_force_to.isoformat() if norm.in_force_to else None,
    }
