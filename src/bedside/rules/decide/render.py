"""The advice as plain values: the form that `--json` prints and other programs read."""

from typing import Any, TypeAlias

from bedside.rules.decide.advice import Advice, Judgement, Named
from bedside.rules.vocabulary.problem import Text

Json: TypeAlias = dict[str, Any]  # at the door, where values leave the house


def render_advice(advice: Advice) -> Json:
    """Turn the advice into values that JSON can hold."""
    edition = advice.edition
    return {
        "as_of": advice.as_of.isoformat(),
        "jurisdiction": advice.jurisdiction,
        "edition": {"id": edition.id, "digest": edition.digest, "in_force": edition.in_force},
        "preset": advice.preset,
        "differs": dict(advice.differs),
        "assumed": dict(advice.assumed),
        "dimensions": {id_: _render_judgement(j) for id_, j in advice.dimensions.items()},
        "duties": [
            {
                "norm": d.norm,
                "party": d.party,
                "act": d.act,
                "to": d.to,
                "within": d.within,
                "counted": d.counted,
                "after": d.after,
                "now": d.now,
            }
            for d in advice.duties
        ],
        "permissions": list(advice.permissions),
        "definitions": list(advice.definitions),
        "asserted": [
            {"by": c.by, "words": c.words, "on_file": list(c.on_file), "answer": c.answer.value}
            for c in advice.asserted
        ],
        "call": list(advice.call),
        "say": _render_text(advice.say),
        "ask": list(advice.ask),
        "set_aside": [{"norm": s.norm, "why": s.why, "by": s.by} for s in advice.set_aside],
        "norms": {id_: _render_norm(named) for id_, named in advice.norms.items()},
    }


def _render_judgement(judgement: Judgement) -> Json:
    return {
        "outcome": judgement.outcome.value,
        "advised": judgement.advised,
        "if_refused": judgement.if_refused,
        "keeps": list(judgement.keeps),
        "breaks": {word: list(ids) for word, ids in (judgement.breaks or {}).items()},
        "because": list(judgement.because),
        "conflicts": [list(c.norms) for c in judgement.collisions],
        "collisions": [
            {"norms": list(c.norms), "parties": list(c.parties), "call": list(c.call)}
            for c in judgement.collisions
        ],
        "exceptions": [
            {"norm": o.norm, "opened_by": o.opened_by, "say": _render_text(o.say), "clears": o.word}
            for o in judgement.exceptions
        ],
        "depends_on": list(judgement.depends_on),
        "without_reported": judgement.without_reported,
        "touched": judgement.touched,
        "guidance_only": judgement.is_guidance,
    }


def _render_norm(named: Named) -> Json:
    norm = named.norm
    as_of = norm.source.text_as_of
    return {
        "cite": norm.source.cite,
        "asks": _render_text(norm.asks),
        "kind": norm.kind.value,
        "rank": named.rank.value,
        "modality": norm.modality.value,
        "fit": norm.fit.value,
        "binds": sorted(norm.binds),
        "reading": norm.reading.value,
        "text_as_of": as_of.isoformat() if as_of else None,
        "speaks": named.speaks.name.lower(),
    }


def _render_text(text: Text | None) -> dict[str, str] | None:
    return {"en": text.en, "es": text.es} if text is not None else None
