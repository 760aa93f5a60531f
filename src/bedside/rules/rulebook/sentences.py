"""The sentences to say and the people to call: data, read with the rulebook."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bedside.rules.condition.nodes import Always, Condition
from bedside.rules.rulebook.form import Form
from bedside.rules.vocabulary.catalogue import Vocabulary
from bedside.rules.vocabulary.document import load_document
from bedside.rules.vocabulary.problem import Problems, Text

SAY = Path(__file__).with_name("say.yaml")
CALL = Path(__file__).with_name("call.yaml")
KEYS = ("id", "when", "outcome", "preset", "advised")
OUTCOMES = frozenset({"clear", "depends", "conflict", "hold", "silent"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """When a sentence or a list of people fits; what is left out fits always."""

    id: str
    when: Condition
    outcome: str | None
    preset: str | None
    advised: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sentence:
    """Something to say, and which named person has reviewed the Spanish."""

    fit: Fit
    say: Text
    reviewer: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Ladder:
    """The people to call, in order."""

    fit: Fit
    call: tuple[str, ...]


def load_sentences(vocabulary: Vocabulary, path: Path = SAY) -> tuple[Sentence, ...]:
    """Read the sentences, or raise `Problems`."""
    form = Form(load_document(path), vocabulary)
    found = []
    for row in form.rows("sentences"):
        form.table("sentences", row, keys=(*KEYS, "say", "reviewer"), required=("id", "say"))
        found.append(
            Sentence(
                fit=_read_fit(form, "sentences", row),
                say=form.both("sentences", row, "say"),
                reviewer=form.text("sentences", row, "reviewer", optional=True) or None,
            )
        )
    if form.problems:
        raise Problems(form.problems)
    return tuple(found)


def load_ladders(vocabulary: Vocabulary, path: Path = CALL) -> tuple[Ladder, ...]:
    """Read whom to call, or raise `Problems`."""
    form = Form(load_document(path), vocabulary)
    found = []
    for row in form.rows("ladders"):
        form.table("ladders", row, keys=(*KEYS, "call"), required=("id", "call"))
        call = form.choices("ladders", row, "call", known=vocabulary.roles)
        found.append(Ladder(fit=_read_fit(form, "ladders", row), call=call))
    if form.problems:
        raise Problems(form.problems)
    return tuple(found)


def _read_fit(form: Form, list_: str, row: int) -> Fit:
    path = (list_, row)
    presets, dimensions = form.vocabulary.presets, form.vocabulary.dimensions
    advised: dict[str, str] = {}
    if form.find(*path, "advised") is not None:
        for id_ in form.table(*path, "advised", keys=dimensions):
            words = dimensions[id_].places if id_ in dimensions else {}
            advised[id_] = form.choice(*path, "advised", id_, known=words, fallback="")
    return Fit(
        id=form.text(*path, "id"),
        when=form.condition(*path, "when") if form.find(*path, "when") else Always(),
        outcome=_choose(form, "outcome", OUTCOMES, *path),
        preset=_choose(form, "preset", presets, *path),
        advised=advised,
    )


def _choose(
    form: Form, key: str, known: Mapping[str, object] | frozenset[str], *path: str | int
) -> str | None:
    if form.find(*path, key) is None:
        return None
    return form.choice(*path, key, known=known, fallback="")
