"""`bedside explain NORM FILE`: why a norm speaks in a situation, or what would make it speak."""

import json
from collections.abc import Iterator
from typing import Annotated

import typer

from bedside.doors.cli.door import (
    AsJson,
    Lang,
    Norms,
    Tongue,
    find_named_overlays,
    load_rules,
    put,
    read_file,
    speaking,
    today,
)
from bedside.doors.cli.words import word
from bedside.rules.condition.parse import parse_condition
from bedside.rules.condition.phrase import phrase
from bedside.rules.decide.explain import Explanation, explain
from bedside.rules.decide.read_situation import read_situation
from bedside.rules.rulebook.book import overlay_of
from bedside.rules.vocabulary.catalogue import Value, Vocabulary
from bedside.rules.vocabulary.problem import Language, Place, ProblemKind, Problems, Text, find_near

NO_NORM = ProblemKind(
    code="cli.no-norm",
    what=Text(en="there is no norm `{id}`", es="no hay una norma `{id}`"),
    help=Text(
        en="`bedside norms --find WORD` finds its id",
        es="`bedside norms --find PALABRA` encuentra el id",
    ),
)


def explain_command(
    norm: Annotated[str, typer.Argument(help="A norm's id.")],
    file: Annotated[str, typer.Argument(help="A situation file, or - for standard input.")],
    *,
    as_json: AsJson = False,
    lang: Lang = Tongue.EN,
    norms: Norms = None,
) -> None:
    """Explain why a norm speaks in a situation, or what would make it speak."""
    with speaking(lang):
        document = read_file(file)
        overlays = [*find_named_overlays(document), overlay_of(norm) or ""]
        compiled = load_rules(norms, beside=file, overlays=overlays)
        if norm not in compiled.rulebook.norms:
            near = find_near(norm, compiled.rulebook.norms)
            raise Problems([NO_NORM.at(Place(file=""), id=norm, near=near)])
        situation = read_situation(document, compiled, today=today())
        found = explain(compiled, situation, norm)
        if as_json:
            put(json.dumps(_render(found), ensure_ascii=False, indent=1))
            return
        for line in _write(found, compiled.vocabulary, lang.language):
            put(line)


def _write(found: Explanation, vocabulary: Vocabulary, language: Language) -> Iterator[str]:
    norm = found.norm
    yield f"{norm.source.cite}: {norm.asks.say(language)}"
    when = phrase(parse_condition(norm.when), language, vocabulary)
    yield word("speaks_when", language, when=when)
    for unless in norm.unless:
        said = phrase(parse_condition(unless.when), language, vocabulary)
        yield word(
            "unless", language, when=said, who=word(f"opened_by_{unless.opened_by}", language)
        )
    in_force = "in_force" if norm.in_force_to else "in_force_still"
    yield word(in_force, language, start=norm.in_force_from, end=norm.in_force_to)
    yield word(f"speaks_{found.speaks.name.lower()}", language)
    for why in found.obstacles:
        yield word("but", language, why=word(why, language))
    for by in found.defeated_by:
        yield word("goes_before", language, id=by)
    for unless in found.opened:
        said = phrase(parse_condition(unless.when), language, vocabulary)
        yield word("closed_by", language, when=said)
    for change in found.changes:
        values = f" {word('or', language)} ".join(f"`{_show(v)}`" for v in change.values)
        now = _show(change.now) if change.now is not None else word("not_known", language)
        yield word("would_speak", language, fact=change.fact, values=values, now=now)


def _show(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _render(found: Explanation) -> dict[str, object]:
    return {
        "norm": found.norm.id,
        "speaks": found.speaks.name.lower(),
        "counts": found.counts,
        "obstacles": list(found.obstacles),
        "defeated_by": list(found.defeated_by),
        "closed_by": [unless.when for unless in found.opened],
        "changes": [
            {"fact": c.fact, "now": c.now, "values": list(c.values)} for c in found.changes
        ],
    }
