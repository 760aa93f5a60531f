"""What the form offers: kinds, the harm scale with its meanings, units, and who was there."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import QueryDict

from bedside.doors.web.reports.form import PRESENT
from bedside.doors.web.reports.proposals import PROPOSE, propose_from
from bedside.doors.web.words import SAID
from bedside.record.accounts.roles import NAMES
from bedside.record.reports.choices import MOST, Harm, Reached, When
from bedside.rules.incidents.taxonomy import load_families, load_types
from bedside.rules.vocabulary.problem import Language

ROLE_NAMES = {role.value: name for role, name in NAMES.items()}
HARMS: Mapping[str, tuple[Harm, ...]] = {
    "harm_physical": tuple(Harm),
    "harm_psychological": tuple(harm for harm in Harm if harm is not Harm.DEATH),
    "dignity_impact": tuple(harm for harm in Harm if harm is not Harm.DEATH),
}
WAYS: Mapping[str, str] = {
    "harm_physical": "reports_harm_physical",
    "harm_psychological": "reports_harm_psychological",
    "dignity_impact": "reports_dignity_impact",
}
REACHED: Mapping[str, str] = {
    Reached.YES: "reports_reached_yes",
    Reached.NO: "reports_reached_no",
    Reached.UNKNOWN: "reports_reached_unknown",
}
WHENS: Mapping[str, str] = {
    When.NOW: "reports_when_now",
    When.SHIFT: "reports_when_shift",
    When.EARLIER: "reports_when_earlier",
}
WHOS: Mapping[str, str] = {
    "here": "reports_who_here",
    "family": "reports_who_family",
    "officer": "reports_who_officer",
}
LEAST_FIRST = (Harm.NONE, Harm.MILD, Harm.MODERATE, Harm.SEVERE, Harm.DEATH, Harm.UNKNOWN)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One thing to choose."""

    value: str
    label: str
    explains: str = ""
    icon: str = ""
    is_chosen: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FamilyOffer:
    """A family and its types."""

    family: Offer
    types: tuple[Offer, ...]
    is_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class HarmOffer:
    """One of the three ways in which somebody can be hurt."""

    name: str
    label: str
    levels: tuple[Offer, ...]


def offer(sent: QueryDict, language: Language, units: tuple[str, ...]) -> dict[str, object]:
    """Offer everything, with what was chosen already."""
    return {
        "families": _offer_families(sent, language),
        "reached": _offer_words(sent, "reached", REACHED, language),
        "harms": _offer_harms(sent, language),
        "whens": _offer_words(sent, "when", WHENS, language),
        "units": [Offer(value=u, label=u, is_chosen=sent.get("unit") == u) for u in units],
        "whos": _offer_words(sent, "who", WHOS, language),
        "present": _offer_present(sent, language),
        "typed": sent,
        "limits": MOST,
        "proposals": propose_from(sent, language) if PROPOSE in sent else None,
    }


def name_present(role: str, language: Language) -> str:
    """Say who was there, by role."""
    known = ROLE_NAMES.get(role)
    return known.say(language) if known else SAID[language][f"reports_present_{role}"]


def _offer_families(sent: QueryDict, language: Language) -> list[FamilyOffer]:
    chosen, families = set(sent.getlist("type")), set(sent.getlist("family"))
    return [
        FamilyOffer(
            family=Offer(
                value=code,
                label=family.title.say(language),
                explains=family.explains.say(language),
                icon=family.icon,
                is_chosen=code in families,
            ),
            types=tuple(
                Offer(
                    value=one.code,
                    label=one.title.say(language),
                    explains=one.explains.say(language),
                    icon=one.icon,
                    is_chosen=one.code in chosen,
                )
                for one in load_types().values()
                if one.family == code
            ),
            is_open=code in families or any(one.startswith(code) for one in chosen),
        )
        for code, family in load_families().items()
    ]


def _offer_harms(sent: QueryDict, language: Language) -> list[HarmOffer]:
    said = SAID[language]
    return [
        HarmOffer(
            name=name,
            label=said[WAYS[name]],
            levels=tuple(
                Offer(
                    value=harm.value,
                    label=said[f"reports_harm_{harm.name.lower()}"],
                    explains=said[f"reports_means_{name}_{harm.name.lower()}"],
                    is_chosen=sent.get(name) == harm.value,
                )
                for harm in LEAST_FIRST
                if harm in levels
            ),
        )
        for name, levels in HARMS.items()
    ]


def _offer_words(
    sent: QueryDict, name: str, words: Mapping[str, str], language: Language
) -> list[Offer]:
    said = SAID[language]
    return [
        Offer(value=value, label=said[key], is_chosen=sent.get(name) == value)
        for value, key in words.items()
    ]


def _offer_present(sent: QueryDict, language: Language) -> list[Offer]:
    chosen = set(sent.getlist("present"))
    return [
        Offer(value=role, label=name_present(role, language), is_chosen=role in chosen)
        for role in PRESENT
    ]
