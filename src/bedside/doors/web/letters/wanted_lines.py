"""What asked-for words would do to the claims, as a page shows it and as a person confirms it."""

from collections.abc import Mapping
from dataclasses import dataclass

from bedside.doors.web.words import say
from bedside.rules.attestation.claim import ClaimClass
from bedside.rules.attestation.classes import load_classes
from bedside.rules.attestation.compare import Effect
from bedside.rules.attestation.wanted import WantedEffect
from bedside.rules.vocabulary.problem import Language

PLUS = frozenset({Effect.ADD_CLAIM, Effect.STRENGTHEN})


@dataclass(frozen=True, slots=True, kw_only=True)
class EffectLine:
    """One thing the words would do, with its class, and what stands instead if it is never said."""

    number: int
    is_added: bool
    letter: str
    label: str
    verb: str
    words: str
    is_never: bool
    instead: str


def build_effects(effects: tuple[WantedEffect, ...], language: Language) -> tuple[EffectLine, ...]:
    """Build the difference by class of claim."""
    return tuple(_build(n, one, language) for n, one in enumerate(effects))


def _build(number: int, one: WantedEffect, language: Language) -> EffectLine:
    words = load_classes()[one.letter] if one.letter else None
    instead = ", ".join(
        f"{other} {load_classes()[other].label.say(language)}"
        for other in (words.instead if words else ())
    )
    return EffectLine(
        number=number,
        is_added=one.effect in PLUS,
        letter=one.letter.value if one.letter else "",
        label=words.label.say(language) if words else "",
        verb=say(f"letter_effect_{one.effect}", language),
        words=one.words,
        is_never=one.is_never,
        instead=instead,
    )


def read_effects(
    sent: Mapping[str, str], wanted: tuple[WantedEffect, ...]
) -> tuple[WantedEffect, ...]:
    """Read which proposals a person confirmed, and one that they named themselves."""
    kept = [one for n, one in enumerate(wanted) if sent.get(f"e{n}") == "yes"]
    verb, letter = sent.get("other_effect", ""), sent.get("other_class", "")
    if verb in set(Effect):
        class_ = ClaimClass(letter) if letter in set(ClaimClass) else None
        kept.append(WantedEffect(effect=Effect(verb), letter=class_, claim=None, words=""))
    return tuple(kept)
