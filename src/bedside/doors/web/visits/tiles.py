"""What is tapped at the door: the first four questions, and what may happen afterwards."""

from dataclasses import dataclass

from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.visits.forms import AGO, CONTACTS
from bedside.doors.web.words import say
from bedside.record.visits.tables import REFUSALS, load_asks, load_moments, load_paper_kinds
from bedside.rules.vocabulary.catalogue import Vocabulary
from bedside.rules.vocabulary.problem import Language

AGENCIES = {
    "ice": "id-card",
    "cbp": "id-card",
    "usms": "id-card",
    "other_federal": "id-card",
    "state_police": "shield-check",
    "county_sheriff": "shield-check",
    "municipal_police": "shield-check",
    "tribal_police": "shield-check",
}
ENDED = ("waits", "left", "entered")
PURPOSES = {
    "immigration_enforcement": "file-text",
    "criminal_enforcement": "scale",
    "other": "list",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Tile:
    """One answer that can be tapped."""

    value: str
    label: str
    icon: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One question and its tiles."""

    name: str
    question: str
    tiles: tuple[Tile, ...]


def build_groups(vocabulary: Vocabulary, language: Language) -> tuple[Group, ...]:
    """Build the four questions."""
    papers = [(one.id, one.label.say(language), one.icon) for one in load_paper_kinds().values()]
    asks = [(one.id, one.label.say(language), one.icon) for one in load_asks().values()]
    return (
        _build("paper", papers, language),
        _build("asks", asks, language),
        _build("agency", _find_words(vocabulary, "agency", AGENCIES, language), language),
        _build("purpose", _find_words(vocabulary, "purpose", PURPOSES, language), language),
    )


def build_choices(language: Language) -> dict[str, object]:
    """Build what can be tapped on the page of a visit."""
    roles = find_shelf().vocabulary.roles
    return {
        "ended": [_build_moment(id_, language) for id_ in ENDED],
        "refusals": [_build_moment(id_, language) for id_ in REFUSALS],
        "contacts": [(role, roles[role].label.say(language)) for role in CONTACTS],
        "ago": [(minutes, _say_ago(minutes, language)) for minutes in AGO],
    }


def _build_moment(id_: str, language: Language) -> Tile:
    moment = load_moments()[id_]
    return Tile(value=id_, label=moment.label.say(language), icon=moment.icon)


def _say_ago(minutes: int, language: Language) -> str:
    if not minutes:
        return say("visits_now", language)
    return say("visits_ago_minutes", language, n=minutes)


def _find_words(
    vocabulary: Vocabulary, fact: str, icons: dict[str, str], language: Language
) -> list[tuple[str, str, str]]:
    words = {word.id: word.label.say(language) for word in vocabulary.facts[fact].words}
    named = [(id_, words[id_], icon) for id_, icon in icons.items()]
    return [*named, ("", say("visits_not_said", language), "circle-question-mark")]


def _build(name: str, rows: list[tuple[str, str, str]], language: Language) -> Group:
    return Group(
        name=name,
        question=say(f"visits_ask_{name}", language),
        tiles=tuple(Tile(value=value, label=label, icon=icon) for value, label, icon in rows),
    )
