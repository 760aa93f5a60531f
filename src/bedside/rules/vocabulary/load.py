"""Read the catalogue: plain values in, `Vocabulary` out."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bedside.rules.vocabulary.catalogue import (
    Derived,
    Dimension,
    Fact,
    FactType,
    Impossible,
    Preset,
    Property,
    Role,
    Value,
    Vocabulary,
    Word,
)
from bedside.rules.vocabulary.document import load_document
from bedside.rules.vocabulary.problem import NO_TEXT, Text

CATALOGUE = Path(__file__).with_name("catalogue.yaml")
NAMED = ("parties", "acts", "events", "modalities", "kinds", "readings", "fits", "ranks", "ui")

# The catalogue is ours and its shape is held by tests, so it is read here without a ceremony
# of problems: a hospital never edits it.
Table = Mapping[str, Any]


def load_vocabulary(path: Path = CATALOGUE) -> Vocabulary:
    """Read the vocabulary from its catalogue."""
    plain = load_document(path).value
    assert isinstance(plain, dict)  # noqa: S101 - the catalogue is part of the program
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return build_vocabulary(plain, digest=digest)


def build_vocabulary(plain: Table, *, digest: str) -> Vocabulary:
    """Build the vocabulary from the catalogue's plain values."""
    facts: dict[str, Fact] = {}
    for id_, entry in plain["facts"].items():
        facts[id_] = _build_fact(id_, entry, facts)
    labels = {of: _build_labels(plain.get(of, {})) for of in NAMED}
    labels["outcomes"] = _build_labels(plain.get("outcomes", {}))
    return Vocabulary(
        facts=facts,
        dimensions={i: _build_dimension(i, e) for i, e in plain["dimensions"].items()},
        presets={i: _build_preset(i, e) for i, e in plain["presets"].items()},
        roles={
            i: Role(id=i, label=_text(e.get("label")), side=e["side"])
            for i, e in plain["roles"].items()
        },
        impossible=tuple(
            Impossible(when=e["when"], why=_text(e.get("why"))) for e in plain["impossible"]
        ),
        later_acts=frozenset(plain["later"]["acts"]),
        later_events=frozenset(plain["later"]["events"]),
        labels=labels,
        digest=digest,
        presumed=tuple(fact for fact in facts.values() if fact.presume is not None),
    )


def _build_fact(id_: str, entry: Table, earlier: Mapping[str, Fact]) -> Fact:
    type_ = FactType(entry["type"])
    words = tuple(_build_word(i, w) for i, w in (entry.get("words") or {}).items())
    low, high = entry.get("from", 0), entry.get("to", 0)
    domain: tuple[Value, ...]
    if type_ is FactType.WORD:
        domain = tuple(word.id for word in words)
    else:
        domain = (False, True) if type_ is FactType.FLAG else tuple(range(low, high + 1))
    return Fact(
        id=id_,
        type=type_,
        who=entry["who"],
        sealed=entry.get("sealed", False),
        presume=entry.get("presume"),
        low=low,
        high=high,
        derived=_build_derived(entry.get("derived"), earlier),
        words=words,
        label=_text(entry.get("label")),
        question=_text(entry.get("question")),
        says=_text(entry.get("says")),
        denies=_text(entry.get("denies")),
        domain=domain,
        places={value: place for place, value in enumerate(domain)},
    )


def _build_derived(entry: Table | None, earlier: Mapping[str, Fact]) -> Derived | None:
    if entry is None:
        return None
    if "map" in entry:
        values = {value: tuple(of) for value, of in entry["map"].items()}
        return Derived(fact=entry["fact"], values=values)
    # A derived flag may stand before or after the fact it follows from.
    yes = tuple(entry["yes"])
    base = earlier.get(entry["fact"])
    rest = tuple(v for v in base.domain if v not in yes) if base else ()
    return Derived(fact=entry["fact"], values={True: yes, False: rest})


def _build_word(id_: str, entry: Table) -> Word:
    return Word(
        id=id_,
        label=_text(entry.get("label")),
        phrase=_text(entry.get("phrase")),
        ask=_text(entry.get("ask")),
    )


def _build_dimension(id_: str, entry: Table) -> Dimension:
    words = tuple(_build_word(i, w) for i, w in entry["words"].items())
    properties = {
        i: Property(
            id=i, label=_text(p.get("label")), yes=frozenset(p["yes"]), no=frozenset(p["no"])
        )
        for i, p in (entry.get("properties") or {}).items()
    }
    return Dimension(
        id=id_,
        label=_text(entry.get("label")),
        words=words,
        places={word.id: place for place, word in enumerate(words)},
        properties=properties,
        order=entry.get("order", "officer"),
        many=entry.get("many", False),
        never_advised=frozenset(entry.get("never_advised", ())),
        needs=entry.get("needs", {}),
        usual=entry.get("usual", {}),
        touched_by=entry.get("touched_by", "true"),
        stands_by=entry.get("stands_by"),
    )


def _build_preset(id_: str, entry: Table) -> Preset:
    return Preset(
        id=id_, label=_text(entry.get("label")), line=_text(entry.get("line")), words=entry["words"]
    )


def _build_labels(entries: Table) -> dict[str, Text]:
    return {i: _text(e.get("label", e)) for i, e in entries.items()}


def _text(entry: Table | None) -> Text:
    return Text(en=entry.get("en", ""), es=entry.get("es", "")) if entry else NO_TEXT
