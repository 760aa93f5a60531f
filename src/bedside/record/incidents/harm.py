"""Harm as somebody rated it: three items on the AHRQ scale, and the NCC MERP letter that follows.

Each item is rated by itself: harm of the mind and of dignity would else be lost behind the body's.
The letter is derived, never chosen, for hospitals that use it; dignity has no letter.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from bedside.record.reports.choices import Harm, Reached
from bedside.rules.incidents.taxonomy import Ahrq
from bedside.rules.vocabulary.problem import Text


class After(StrEnum):
    """What followed for the patient; several may be true."""

    MONITORED = "monitored"
    TREATED = "treated"
    LONGER_STAY = "longer_stay"
    PERMANENT = "permanent"
    LIFE_SUSTAINING = "life_sustaining"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """One rating of one review by one rater."""

    reached: Reached
    physical: Harm
    psychological: Harm
    dignity: Harm
    after: frozenset[After] = field(default_factory=frozenset)


ITEMS: Final = ("physical", "psychological", "dignity")
SCALE: Final = (Harm.NONE, Harm.MILD, Harm.MODERATE, Harm.SEVERE, Harm.DEATH)
HEAVIEST_FIRST: Final = (
    (After.LIFE_SUSTAINING, "H"),
    (After.PERMANENT, "G"),
    (After.LONGER_STAY, "F"),
    (After.TREATED, "E"),
)


def find_letter(rated: Rated, ahrq: Ahrq) -> str:
    """Derive the NCC MERP letter, A to I; nothing where too little is known to tell."""
    if ahrq is Ahrq.UNSAFE_CONDITION and rated.reached is not Reached.YES:
        return "A"
    if rated.reached is Reached.NO:
        return "B"
    if rated.reached is Reached.UNKNOWN:
        return ""
    return _find_reached(rated)


def find_worst(rated: Rated) -> Harm:
    """Find the heavier of the body's harm and the mind's; unknown if neither is known to be any."""
    known = [one for one in (rated.physical, rated.psychological) if one is not Harm.UNKNOWN]
    worst = max(known, key=SCALE.index, default=Harm.UNKNOWN)
    is_open = Harm.UNKNOWN in (rated.physical, rated.psychological)
    return Harm.UNKNOWN if worst is Harm.NONE and is_open else worst


def _find_reached(rated: Rated) -> str:
    worst = find_worst(rated)
    if worst is Harm.DEATH:
        return "I"
    heavier = next((letter for after, letter in HEAVIEST_FIRST if after in rated.after), "")
    if heavier:
        return heavier
    if worst in (Harm.MILD, Harm.MODERATE, Harm.SEVERE):
        return "E"
    if After.MONITORED in rated.after:
        return "D"
    return "C" if worst is Harm.NONE else ""


HARMS: dict[Harm, Text] = {
    Harm.NONE: Text(en="No harm", es="Sin daño"),
    Harm.MILD: Text(en="Mild", es="Leve"),
    Harm.MODERATE: Text(en="Moderate", es="Moderado"),
    Harm.SEVERE: Text(en="Severe", es="Grave"),
    Harm.DEATH: Text(en="Death", es="Muerte"),
    Harm.UNKNOWN: Text(en="Not known", es="No se sabe"),
}
# What each word means is shown where it is chosen: raters agree better. In our words, from memory.
MEANINGS: dict[Harm, Text] = {
    Harm.NONE: Text(
        en="It reached the patient or not; nothing can be found.",
        es="Llegó o no al paciente; no se encuentra nada.",
    ),
    Harm.MILD: Text(
        en="Little or passing: discomfort, fear or shame that ends soon.",
        es="Poco o pasajero: molestia, miedo o vergüenza que pronto termina.",
    ),
    Harm.MODERATE: Text(
        en="Needs care or lasts for days: pain, sleeplessness, loss of trust.",
        es="Necesita atención o dura días: dolor, insomnio, pérdida de confianza.",
    ),
    Harm.SEVERE: Text(
        en="Threatens life, lasts, or takes away a function of body or mind.",
        es="Amenaza la vida, perdura o quita una función del cuerpo o de la mente.",
    ),
    Harm.DEATH: Text(en="The patient died of it.", es="El paciente murió por ello."),
    Harm.UNKNOWN: Text(en="Nobody can tell yet.", es="Todavía nadie puede decirlo."),
}
AFTERS: dict[After, Text] = {
    After.MONITORED: Text(en="Needed watching", es="Necesitó vigilancia"),
    After.TREATED: Text(en="Needed treatment", es="Necesitó tratamiento"),
    After.LONGER_STAY: Text(en="Stayed longer", es="Estuvo más tiempo"),
    After.PERMANENT: Text(en="Harm that stays", es="Daño que queda"),
    After.LIFE_SUSTAINING: Text(en="Needed life support", es="Necesitó soporte vital"),
}
