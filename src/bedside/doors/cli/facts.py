"""`bedside facts`: what a situation may say, with the words of each fact and dimension."""

import json
from typing import Annotated

import typer

from bedside.doors.cli.door import AsJson, Lang, Tongue, put, speaking
from bedside.doors.cli.paint import BOLD, paint
from bedside.rules.vocabulary.catalogue import Fact, FactType
from bedside.rules.vocabulary.load import load_vocabulary
from bedside.rules.vocabulary.problem import Language, Place, ProblemKind, Problems, Text, find_near

UNKNOWN_FACT = ProblemKind(
    code="cli.unknown-fact",
    what=Text(
        en="there is no fact or dimension `{fact}`", es="no hay un dato ni una dimensión `{fact}`"
    ),
    help=Text(en="`bedside facts` lists them all", es="`bedside facts` los enumera todos"),
)


def facts_command(
    fact: Annotated[str | None, typer.Argument(help="One fact or dimension.")] = None,
    *,
    as_json: AsJson = False,
    lang: Lang = Tongue.EN,
) -> None:
    """List the facts that a norm may read and the dimensions it may speak about."""
    with speaking(lang):
        vocabulary = load_vocabulary()
        known = {**vocabulary.facts, **vocabulary.dimensions}
        if fact is not None and fact not in known:
            problem = UNKNOWN_FACT.at(Place(file=""), fact=fact, near=find_near(fact, known))
            raise Problems([problem])
        facts = {i: f for i, f in vocabulary.facts.items() if fact in {None, i}}
        dimensions = {i: d for i, d in vocabulary.dimensions.items() if fact in {None, i}}
        if as_json:
            put(
                json.dumps(
                    {
                        "facts": {i: list(f.domain) for i, f in facts.items()},
                        "dimensions": {i: list(d.places) for i, d in dimensions.items()},
                    },
                    ensure_ascii=False,
                    indent=1,
                )
            )
            return
        for one in facts.values():
            put(_describe(one, lang.language))
        for dimension in dimensions.values():
            label = dimension.label.say(lang.language)
            put(f"{paint(dimension.id, BOLD)} ({label}): {', '.join(dimension.places)}")


def _describe(fact: Fact, language: Language) -> str:
    question = fact.question.say(language)
    if fact.type is FactType.COUNT:
        words = f"{fact.low}…{fact.high}"
    elif fact.type is FactType.FLAG:
        words = "true, false"
    else:
        words = ", ".join(str(value) for value in fact.domain)
    return f"{paint(fact.id, BOLD)} ({question}): {words}  [{fact.who}]"
