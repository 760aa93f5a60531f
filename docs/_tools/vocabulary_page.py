"""The page of the vocabulary: every fact, dimension, preset and list, in both languages."""

from collections.abc import Iterator, Mapping

from docs._tools.markdown import MADE, escape, table

from bedside.rules.vocabulary.catalogue import Fact, FactType, Vocabulary
from bedside.rules.vocabulary.document import load_document
from bedside.rules.vocabulary.load import CATALOGUE
from bedside.rules.vocabulary.problem import Text

LISTS = {
    "parties": "Parties",
    "acts": "Acts of a duty",
    "events": "Events that a duty follows",
    "modalities": "Modalities",
    "kinds": "Kinds of source",
    "ranks": "Ranks",
    "readings": "Readings",
    "fits": "Fits",
    "outcomes": "Outcomes of a dimension",
}


def write_vocabulary(vocabulary: Vocabulary) -> str:
    """Write every fact, dimension, preset and list, in both languages."""
    lines = [f"{MADE}\n# Vocabulary\n", "Ids are a contract: they are added, never renamed.\n"]
    lines += [f"## Facts\n\n{len(vocabulary.facts)} questions; *unknown* answers each of them.\n"]
    for fact in vocabulary.facts.values():
        lines += [*_describe_fact(fact, vocabulary)]
    lines += ["\n## Dimensions of an arrangement\n"]
    for dimension in vocabulary.dimensions.values():
        words = [(f"`{w.id}`", escape(w.label.en), escape(w.label.es)) for w in dimension.words]
        lines += [f"### `{dimension.id}`\n", f"{_both(dimension.label)}\n"]
        lines += [table(("Word", "English", "Español"), words)]
    lines += ["\n## Presets\n", _list({p.id: p.label for p in vocabulary.presets.values()})]
    lines += ["\n## People to call\n", _list({r.id: r.label for r in vocabulary.roles.values()})]
    for of, heading in LISTS.items():
        lines += [f"\n## {heading}\n", _list(vocabulary.labels[of])]
    lines += ["\n## Facts that wait for a norm\n", _write_waiting()]
    return "\n".join(lines)


def _describe_fact(fact: Fact, vocabulary: Vocabulary) -> Iterator[str]:
    yield f"### `{fact.id}`\n"
    yield f"{_both(fact.question if fact.question.en else fact.label)}\n"
    who = vocabulary.label("ui", f"who_{fact.who}").en
    about = [who if fact.derived is None else f"follows from `{fact.derived.fact}`"]
    if fact.type is FactType.FLAG:
        about.append("`true` or `false`")
    if fact.type is FactType.COUNT:
        about.append(f"a number from {fact.low} to {fact.high}")
    if fact.presume is not None:
        about.append(f"presumed `{str(fact.presume).lower()}` when nobody answers")
    if fact.sealed:
        about.append("sealed")
    yield f"{'; '.join(about).capitalize()}.\n"
    if fact.words:
        words = [(f"`{w.id}`", escape(w.label.en), escape(w.label.es)) for w in fact.words]
        yield table(("Word", "English", "Español"), words)


def _both(text: Text) -> str:
    return f"{escape(text.en)} · {escape(text.es)}"


def _list(labels: Mapping[str, Text]) -> str:
    rows = [(f"`{id_}`", escape(text.en), escape(text.es)) for id_, text in labels.items()]
    return table(("Word", "English", "Español"), rows)


def _write_waiting() -> str:
    catalogue = load_document(CATALOGUE).value
    waiting = catalogue["waits_for"] if isinstance(catalogue, dict) else {}
    rows = waiting.items() if isinstance(waiting, dict) else ()
    return table(("Fact", "Why it is asked all the same"), [(f"`{f}`", str(w)) for f, w in rows])
