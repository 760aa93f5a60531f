"""The words that a device needs to tell what it decided, in one language, apart from its tables."""

from bedside.doors.web.answer_page import (
    ASKED_ABOUT,
    FEW,
    LONG,
    LONG_WORD,
    QUIET,
    SUMMED,
    name_in_sentence,
)
from bedside.doors.web.claims import HEARD
from bedside.doors.web.drawings import PLACES
from bedside.doors.web.norm_lines import NormLine, build_line
from bedside.doors.web.shelf import Shelf
from bedside.doors.web.states import STATES
from bedside.doors.web.taps_page import build_answers
from bedside.doors.web.words import SAID, say
from bedside.rules.decide.advice import GUIDANCE, ClaimAnswer, Outcome
from bedside.rules.decide.depends import PRESENT
from bedside.rules.tables.export import Data
from bedside.rules.vocabulary.catalogue import Fact, FactType
from bedside.rules.vocabulary.known import WISH
from bedside.rules.vocabulary.problem import Language

PICTURED = ("scene_moves", "scene_stays")
TOLD = (
    "silent_line",
    "hold_line",
    "conflict_line",
    "depends_headline",
    "depends_line",
    "many_headline",
    "many_line",
    "sum_wish",
    "sum_phone",
    "nothing_tapped",
    "refusal_say",
    "nothing_advised",
    "offline_to_day",
    "offline_other_day",
    "offline_waits_line",
    "offline_locked",
    "offline_full",
    *PICTURED,
)


def export_texts(shelf: Shelf, norms: list[str], language: Language) -> dict[str, Data]:
    """Put together every word that may stand on an answer of this place and day."""
    vocabulary, rulebook = shelf.vocabulary, shelf.compiled.rulebook
    state = STATES.get(shelf.site.jurisdiction)
    lines = {id_: build_line(shelf.norms[id_], vocabulary, language) for id_ in norms}
    return {
        "told": {key: SAID[language][key] for key in TOLD},
        "asked": {id_: list(about) for id_, about in ASKED_ABOUT.items()},
        "summed": list(SUMMED),
        "quiet": dict(QUIET),
        "long": [LONG, LONG_WORD, FEW],
        "places": list(PLACES),
        "facts": {
            fact.id: _export_fact(fact, language)
            for fact in vocabulary.facts.values()
            if fact.id in SUMMED or (fact.who in PRESENT and not fact.sealed)
        },
        "dimensions": {
            one.id: {
                "label": one.label.say(language),
                "words": {w.id: [w.label.say(language), w.ask.say(language)] for w in one.words},
            }
            for one in vocabulary.dimensions.values()
        },
        "presets": {
            one.id: [one.label.say(language), one.line.say(language)]
            for one in vocabulary.presets.values()
        },
        "outcomes": {
            id_: vocabulary.label("outcomes", id_).say(language)
            for id_ in (GUIDANCE, *(one.value for one in Outcome))
        },
        "roles": _export_roles(shelf, language),
        "norms": {id_: _export_line(line) for id_, line in lines.items()},
        "say": [one.say.say(language) for one in rulebook.sentences],
        "ways": {
            id_: [one.say.say(language) if one.say else "" for one in shelf.norms[id_].unless]
            for id_ in norms
            if shelf.norms[id_].unless
        },
        "claims": {
            id_: [heard.words.say(language), say(f"claim_by_{heard.by}", language)]
            for id_, heard in HEARD.items()
        },
        "answers": {
            one.value: vocabulary.label("ui", one.value).say(language) for one in ClaimAnswer
        },
        "cannot": [one.why.say(language) for one in vocabulary.impossible],
        "state": state.say(language) if state else shelf.site.jurisdiction,
    }


def _export_fact(fact: Fact, language: Language) -> Data:
    return {
        "question": fact.question.say(language),
        "count": fact.type is FactType.COUNT,
        "range": [fact.low, fact.high],
        "patients": fact.id == WISH,
        "words": {word.id: word.label.say(language) for word in fact.words},
        "tiles": [
            [one.name, one.value, one.label, one.more] for one in build_answers(fact, language)
        ],
    }


def _export_roles(shelf: Shelf, language: Language) -> Data:
    """Name whoever may be called, their number, and how they are named within a sentence."""
    found: dict[str, Data] = {}
    for role in shelf.vocabulary.roles.values():
        label = role.label.say(language)
        spoken = name_in_sentence(role.id, label, language)
        found[role.id] = [label, shelf.site.phones.get(role.id, ""), spoken]
    return found


def _export_line(line: NormLine) -> Data:
    """List what the line of a norm shows; its address follows from its id."""
    return [
        line.asks,
        line.cite,
        line.rank,
        line.rank_word,
        line.binds,
        line.modality,
        line.reading_icon,
        line.reading_word,
        line.fit,
        line.fit_word,
        line.text_as_of,
    ]
