"""Findings of a proof in words, and as situation files that anybody can replay."""

import json
from collections.abc import Iterable, Iterator

from bedside.doors.cli.paint import BOLD, paint
from bedside.doors.cli.words import word
from bedside.rules.condition.nodes import And, Compare, Condition, Flag, Not, Operator
from bedside.rules.condition.phrase import phrase
from bedside.rules.decide.situation import Situation
from bedside.rules.prove.answers import BREAKS, KEEPS
from bedside.rules.prove.finding import Finding, Question, Undecided
from bedside.rules.prove.world import World
from bedside.rules.vocabulary.catalogue import FactType, Value, Vocabulary
from bedside.rules.vocabulary.problem import ENGLISH, SPANISH, Language, Text

MOST_NORMS = 8
QUESTIONS = {
    Question.CONFLICTS: Text(en="conflicts", es="conflictos"),
    Question.GAPS: Text(en="silence", es="silencio"),
    Question.DEAD: Text(en="norms that never speak", es="normas que nunca hablan"),
    Question.COVERED: Text(en="norms that others cover", es="normas que otras cubren"),
    Question.CHANGES: Text(en="changed answers", es="respuestas que cambian"),
    Question.CONCESSIONS: Text(en="what a house gives", es="lo que da una casa"),
    Question.DOMINATED: Text(en="places never better", es="lugares nunca mejores"),
}
NOBODY_ASKS = Text(
    en="No norm on file that binds anybody asks for this where it shows.",
    es="Ninguna norma en archivo que obligue a alguien lo pide donde se ve.",
)
WOULD_BREAK = Text(en="it would break", es="rompería")
NOTHING_DUE = Text(en="nothing", es="nada")
WORD_BY_WORD = {  # of a dimension in which several words may stand together
    KEEPS: Text(en="may stand", es="puede quedar"),
    BREAKS: Text(en="may not stand", es="no puede quedar"),
}
QUICK = Text(
    en="Each norm was looked at by itself and beside one other. Before you adopt, let"
    " `bedside prove changes` list every answer that changes.",
    es="Se miró cada norma sola y junto a otra. Antes de adoptarla, deje que"
    " `bedside prove changes` enumere cada respuesta que cambia.",
)
ALL_CHANGES = Text(
    en="That is all: of every situation, known in part or whole, no other answer changes.",
    es="Eso es todo: en ninguna situación, conocida en parte o del todo, cambia otra respuesta.",
)


def tell_findings(findings: Iterable[Finding], world: World, language: Language) -> Iterator[str]:
    """Tell findings to a person; what the same norms do in one dimension is told together."""
    groups: dict[object, list[Finding]] = {}
    for one in findings:
        groups.setdefault((name_finding(one), one.dimension, one.norms, one.others), []).append(one)
    for group in groups.values():
        yield from _tell_group(group, world, language)
        yield ""


def _tell_group(group: list[Finding], world: World, language: Language) -> Iterator[str]:
    """Tell what was found, between which norms, and where each of it shows."""
    first, vocabulary = group[0], world.vocabulary
    title = word(f"found_{name_finding(first)}", language)
    about = name_dimension(first.dimension, vocabulary, language)
    yield paint(f"{title}: {about}" if about else title, BOLD)
    yield from _tell_norms(first, world, language)
    if first.call:
        roles = [vocabulary.roles[role].label.say(language) for role in first.call]
        yield f"  {word('call', language)}: {', '.join(roles)}"
    for finding in group:
        if finding.after is not None:
            yield f"  {tell_answers(finding, vocabulary, language)}"
        if finding.witness is not None:
            inset = "    " if finding.after is not None else "  "
            shown = tell_witness(finding.witness, vocabulary, language)
            yield f"{inset}{word('shows_when', language)}: {shown}"
            yield f"{inset}{write_situation(finding.witness)}"


def name_finding(finding: Finding) -> str:
    """Name what was found, more closely than by its question."""
    if finding.question is Question.GAPS and finding.before is not None:
        return "closed"
    if finding.question is Question.CHANGES and finding.before == finding.after:
        return "stays"
    return finding.question.value


def tell_answers(finding: Finding, vocabulary: Vocabulary, language: Language) -> str:
    """Say the answer before and after a change, or what a house gives."""
    after = _say_answer(finding.after or "", finding.dimension, vocabulary, language)
    if finding.before is None:
        return f"{word('gives', language)}: {after}"
    before = _say_answer(finding.before, finding.dimension, vocabulary, language)
    return after if finding.before == finding.after else f"{before} → {after}"


def _say_answer(
    answer: str, dimension: str | None, vocabulary: Vocabulary, language: Language
) -> str:
    """Put an answer's ids into words: `clear: deferred`, a word alone, or duties by party."""
    of = "outcomes" if dimension in vocabulary.dimensions else "parties"
    said: list[str] = []
    for part in answer.split(", "):
        first, _, last = part.rpartition(": ")
        label = WORD_BY_WORD.get(first) or vocabulary.label(of, first)
        named = [label.say(language)] if first else []
        if last != "-":
            named.append(say_word(last, dimension, vocabulary, language))
        nothing = word("nothing", language) if of == "outcomes" else NOTHING_DUE.say(language)
        said.append(": ".join(named) or nothing)
    return ", ".join(said)


def say_word(id_: str, dimension: str | None, vocabulary: Vocabulary, language: Language) -> str:
    """Say a word of a dimension, or an act."""
    known = vocabulary.dimensions.get(dimension or "")
    if known is not None and id_ in known.places:
        return known.words[known.places[id_]].label.say(language)
    return vocabulary.label("acts", id_).say(language)


def _tell_norms(finding: Finding, world: World, language: Language) -> Iterator[str]:
    norms = world.compiled.rulebook.norms
    for id_ in finding.norms[:MOST_NORMS]:
        if id_ in norms:
            yield f"  {norms[id_].source.cite}: {norms[id_].asks.say(language)}"
        yield f"    {id_}"
    beside = word("beside", language)
    if finding.question is Question.CONCESSIONS:
        yield f"  {NOBODY_ASKS.say(language)}"
        beside = WOULD_BREAK.say(language)
    for id_ in finding.others[:MOST_NORMS]:
        yield f"  {beside}: {norms[id_].source.cite} ({id_})"


def name_dimension(dimension: str | None, vocabulary: Vocabulary, language: Language) -> str:
    """Name a dimension, or the duties."""
    if dimension is None:
        return ""
    known = vocabulary.dimensions.get(dimension)
    return known.label.say(language) if known else word(dimension, language)


def tell_undecided(
    undecided: Iterable[Undecided], vocabulary: Vocabulary, language: Language
) -> Iterator[str]:
    """Say what the solver did not settle in its time: which question, where, about which norms."""
    for one in undecided:
        about = name_dimension(one.dimension, vocabulary, language)
        what = "; ".join(part for part in (about, ", ".join(one.norms)) if part)
        question = QUESTIONS[one.question].say(language)
        yield word("undecided", language, question=question, what=what)


def tell_witness(witness: Situation, vocabulary: Vocabulary, language: Language) -> str:
    """Say a situation in plain words."""
    tests = [_say_fact(id_, value, vocabulary) for id_, value in witness.facts.items()]
    tree = tests[0] if len(tests) == 1 else And(parts=tuple(tests))
    return phrase(tree, language, vocabulary)


def write_situation(witness: Situation) -> str:
    """Write a situation as a file's one line: JSON is YAML too."""
    return json.dumps(render_situation(witness), ensure_ascii=False)


def render_situation(witness: Situation) -> dict[str, object]:
    """Turn a situation into what a situation file holds."""
    return {
        "as_of": witness.as_of.isoformat(),
        "jurisdiction": witness.jurisdiction,
        "overlays": list(witness.overlays),
        "facts": dict(witness.facts),
    }


def render_report(
    findings: Iterable[Finding], undecided: Iterable[Undecided], vocabulary: Vocabulary
) -> dict[str, object]:
    """Turn findings, and what was not settled, into values that JSON can hold."""
    return {
        "findings": [render_finding(one, vocabulary) for one in findings],
        "undecided": [
            {"question": u.question.value, "norms": list(u.norms), "dimension": u.dimension}
            for u in undecided
        ],
    }


def render_finding(finding: Finding, vocabulary: Vocabulary) -> dict[str, object]:
    """Turn a finding into values that JSON can hold."""
    witness = finding.witness
    return {
        "question": finding.question.value,
        "dimension": finding.dimension,
        "norms": list(finding.norms),
        "others": list(finding.others),
        "parties": list(finding.parties),
        "call": list(finding.call),
        "before": finding.before,
        "after": finding.after,
        "witness": render_situation(witness) if witness else None,
        "says": {
            "en": tell_witness(witness, vocabulary, ENGLISH),
            "es": tell_witness(witness, vocabulary, SPANISH),
        }
        if witness
        else None,
    }


def _say_fact(id_: str, value: Value, vocabulary: Vocabulary) -> Condition:
    if vocabulary.facts[id_].type is FactType.FLAG:
        return Flag(fact=id_) if value is True else Not(inner=Flag(fact=id_))
    return Compare(fact=id_, operator=Operator.EQUAL, value=value)
