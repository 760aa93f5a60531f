"""What a privacy officer answered before signing, read back from what was signed, and held to."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

from bedside.record.privacy.refusals import (
    Contradiction,
    NoLimb,
    NoReason,
    NoSafeguards,
    NotAChoice,
)
from bedside.record.privacy.tables import load_exclusions, load_factors, load_limbs, load_results

MOST_WORDS: Final = 2000
NOT_PERMITTED: Final = "not_permitted"
INCIDENTAL: Final = "incidental"
PERMITTED, EXCLUDED, LOW, BREACH = "permitted", "excluded", "low", "breach"
Plain = Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """The answer to one factor: what was chosen, and the reason."""

    chosen: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighed:
    """One assessment as it is about to be signed."""

    limb: str = ""
    limb_says: str = ""
    exclusion: str = ""
    factors: Mapping[str, Answer] = field(default_factory=dict)
    result: str = ""
    result_says: str = ""
    evidence: tuple[Plain, ...] = ()

    def write(self) -> dict[str, object]:
        """Write it as plain values, as the ledger commits to it."""
        return {
            "evidence": [dict(one) for one in self.evidence],
            "exclusion": self.exclusion,
            "factors": {
                name: {"chosen": list(one.chosen), "reason": one.reason}
                for name, one in self.factors.items()
            },
            "limb": self.limb,
            "limb_says": self.limb_says,
            "result": self.result,
            "result_says": self.result_says,
        }


def read_weighed(text: str) -> Weighed:
    """Read an assessment back."""
    plain = json.loads(text)
    factors = {
        name: Answer(chosen=tuple(one["chosen"]), reason=one["reason"])
        for name, one in plain.pop("factors").items()
    }
    return Weighed(factors=factors, evidence=tuple(plain.pop("evidence")), **plain)


def verify_weighed(weighed: Weighed) -> None:
    """Refuse an assessment that is not whole, or that contradicts itself."""
    _verify_choices(weighed)
    is_permitted = weighed.limb != NOT_PERMITTED
    if is_permitted != (weighed.result == PERMITTED):
        raise Contradiction
    if is_permitted and not weighed.limb_says.strip():
        raise NoLimb
    if weighed.limb == INCIDENTAL and not any(one["is_apart"] for one in weighed.evidence):
        raise NoSafeguards
    if weighed.result == EXCLUDED and not (weighed.exclusion and weighed.result_says.strip()):
        raise NoLimb
    if weighed.result == LOW and (missing := find_missing(weighed)):
        raise NoReason(missing=", ".join(missing))


def find_missing(weighed: Weighed) -> tuple[str, ...]:
    """Find the factors, by number, that lack an answer or a reason."""
    answers = weighed.factors
    return tuple(
        str(number)
        for number, name in enumerate(load_factors(), 1)
        if not (name in answers and answers[name].chosen and answers[name].reason.strip())
    )


def _verify_choices(weighed: Weighed) -> None:
    if weighed.limb not in load_limbs():
        raise NoLimb
    known = weighed.result in load_results() and set(weighed.factors) <= set(load_factors())
    known = known and (not weighed.exclusion or weighed.exclusion in load_exclusions())
    for name, answer in weighed.factors.items():
        factor = load_factors().get(name)
        if factor is None or not set(answer.chosen) <= set(factor.choices):
            raise NotAChoice(most=MOST_WORDS)
    texts = [weighed.limb_says, weighed.result_says, *(a.reason for a in weighed.factors.values())]
    if not known or any(len(text) > MOST_WORDS for text in texts):
        raise NotAChoice(most=MOST_WORDS)
