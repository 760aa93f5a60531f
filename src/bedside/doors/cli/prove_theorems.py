"""`bedside prove dominated`: which place of an officer is never better, state by state."""

import json
from collections.abc import Iterator
from dataclasses import replace

from bedside.doors.cli.atlas_findings import read_places
from bedside.doors.cli.door import ANSWERED, NEEDS_SOMEBODY, put
from bedside.doors.cli.findings import (
    render_situation,
    tell_undecided,
    tell_witness,
    write_situation,
)
from bedside.doors.cli.paint import BOLD, paint
from bedside.doors.cli.words import word
from bedside.rules.prove.dominated import find_theorems
from bedside.rules.prove.finding import Finding, Theorem, Undecided
from bedside.rules.prove.report import POSITION
from bedside.rules.prove.survey import find_places
from bedside.rules.prove.world import World
from bedside.rules.vocabulary.problem import ENGLISH, SPANISH, Language, Text

WORDS = {
    "theorem": Text(
        en="By the rules on file “{worse}” is never better than “{better}”: whatever the second"
        " breaks, the first breaks too.",
        es="Según las reglas en archivo “{worse}” nunca es mejor que “{better}”: todo lo que rompe"
        " la segunda lo rompe también la primera.",
    ),
    "holds": Text(en="Without exception in: {places}.", es="Sin excepción en: {places}."),
    "premises": Text(
        en="It rests on every norm on file that speaks of the officer's place there on {day}:"
        " from {least} to {most} of them.",
        es="Se apoya en cada norma en archivo que habla del lugar del agente allí el {day}:"
        " de {least} a {most}.",
    ),
    "all_but": Text(
        en="In {places}, in every situation in which this norm does not speak:",
        es="En {places}, en toda situación en la que no habla esta norma:",
    ),
    "keeps": Text(
        en="Where it speaks the first keeps something that the second breaks, for instance when"
        " {when}.",
        es="Donde habla, la primera cumple algo que la segunda rompe, por ejemplo cuando {when}.",
    ),
    "example": Text(
        en="The first breaks more, for instance, when {when}.",
        es="La primera rompe más, por ejemplo, cuando {when}.",
    ),
    "except": Text(en=", except where this speaks: {cites}", es=", salvo donde habla: {cites}"),
}
Proved = dict[str, Theorem]  # by place


def put_theorems(world: World, milliseconds: int, language: Language, *, as_json: bool) -> int:
    """State each theorem in every state on file, with its exceptions; give the exit code."""
    places = find_places(world.compiled.rulebook) or (world.jurisdiction,)
    proved: dict[tuple[str, str], Proved] = {}
    undecided: list[Undecided] = []
    rows: list[dict[str, object]] = []
    for place in places:
        here = replace(world, jurisdiction=place)
        for one in find_theorems(here, POSITION, milliseconds=milliseconds):
            if isinstance(one, Undecided):
                undecided.append(replace(one, norms=(place,)))
                continue
            proved.setdefault((one.worse, one.better), {})[place] = one
            rows.append({"jurisdiction": place, **render_theorem(one, here)})
    if as_json:
        put(json.dumps({"theorems": rows}, ensure_ascii=False, indent=1))
        return NEEDS_SOMEBODY if undecided else ANSWERED
    never = world.vocabulary.dimensions[POSITION].never_advised
    for pair in sorted(proved, key=lambda one: one[0] not in never):
        for line in _tell(proved[pair], world, language):
            put(line)
        put()
    for line in tell_undecided(undecided, world.vocabulary, language):
        put(line)
    return NEEDS_SOMEBODY if undecided else ANSWERED


def _tell(proved: Proved, world: World, language: Language) -> Iterator[str]:
    """State one theorem: where it holds, what it rests on, what it excepts."""
    first = next(iter(proved.values()))
    yield paint(_say("theorem", language, **_name(first, world, language)), BOLD)
    whole = [place for place, one in proved.items() if not one.exceptions]
    if whole:
        yield f"  {_say('holds', language, places=_list_places(whole, language))}"
    for place, one in proved.items():
        for exception in one.exceptions:
            yield f"  {_say('all_but', language, places=_list_places([place], language))}"
            yield from _tell_exception(exception, world, language)
    counts = [len(one.premises) for one in proved.values()]
    say = {"day": world.on, "least": min(counts), "most": max(counts)}
    yield f"  {_say('premises', language, **say)}"
    when = tell_witness(first.example, world.vocabulary, language)
    yield f"  {_say('example', language, when=when)}"
    yield f"  {write_situation(first.example)}"


def _tell_exception(exception: Finding, world: World, language: Language) -> Iterator[str]:
    norm = world.compiled.rulebook.norms[exception.norms[0]]
    yield f"    {norm.source.cite}: {norm.asks.say(language)}"
    yield f"      {norm.id}"
    if exception.witness is not None:
        when = tell_witness(exception.witness, world.vocabulary, language)
        yield f"    {_say('keeps', language, when=when)}"
        yield f"    {write_situation(exception.witness)}"


def tell_shortly(theorem: Theorem, world: World, language: Language) -> str:
    """State a theorem of one place in one line."""
    said = word("dominated", language, **_name(theorem, world, language))
    if not theorem.exceptions:
        return said
    norms = world.compiled.rulebook.norms
    cites = "; ".join(norms[one.norms[0]].source.cite for one in theorem.exceptions)
    return f"{said.rstrip('.')}{_say('except', language, cites=cites)}."


def _name(theorem: Theorem, world: World, language: Language) -> dict[str, str]:
    dimension = world.vocabulary.dimensions[theorem.dimension]
    named = {"worse": theorem.worse, "better": theorem.better}
    return {
        key: dimension.words[dimension.places[id_]].label.say(language)
        for key, id_ in named.items()
    }


def _say(key: str, language: Language, **values: object) -> str:
    return WORDS[key].say(language).format(**values)


def _list_places(places: list[str], language: Language) -> str:
    names = read_places()
    return ", ".join(names[place][language] if place in names else place for place in places)


def render_theorem(theorem: Theorem, world: World) -> dict[str, object]:
    """Turn a theorem into values that JSON can hold."""
    vocabulary = world.vocabulary

    def say(one: Finding) -> dict[str, object]:
        assert one.witness is not None  # noqa: S101 - an exception is one because it was shown
        texts = {lang: tell_witness(one.witness, vocabulary, lang) for lang in (ENGLISH, SPANISH)}
        return {"norm": one.norms[0], "witness": render_situation(one.witness), "says": texts}

    return {
        "dimension": theorem.dimension,
        "worse": theorem.worse,
        "better": theorem.better,
        "premises": list(theorem.premises),
        "exceptions": [say(one) for one in theorem.exceptions],
        "example": render_situation(theorem.example),
    }
