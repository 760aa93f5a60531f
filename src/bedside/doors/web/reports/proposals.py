"""What somebody's own words propose: boxes to tick, each with the words that led to it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.http import QueryDict

from bedside.doors.web.words import SAID
from bedside.record.reports.facts import find_vocabulary, write
from bedside.rules.incidents.taxonomy import load_types
from bedside.rules.narrative.propose import Proposal, Subject, Words, propose
from bedside.rules.vocabulary.problem import Language

PROPOSE = "propose"  # the button that asks for proposals; with it nothing is ever filed
READ = ("words", "narrative", "patient_words")


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One box to tick, or one hint where there is nothing to tick."""

    name: str  # of the field; nothing for a hint
    value: str
    label: str
    quotes: tuple[str, ...]
    is_stopped: bool
    is_chosen: bool


def propose_from(sent: QueryDict, language: Language) -> tuple[Line, ...]:
    """Propose from what was written; nothing is ticked but what was ticked before."""
    text = "\n".join(sent.get(name, "") for name in READ)
    return tuple(_tell(one, text, sent, language) for one in propose(text).proposals)


def _tell(one: Proposal, text: str, sent: QueryDict, language: Language) -> Line:
    name, value, label = _name(one, language)
    return Line(
        name=name,
        value=value,
        label=label,
        quotes=tuple(_quote(one.words, text)),
        is_stopped=one.is_stopped,
        is_chosen=value in sent.getlist(name),
    )


def _name(one: Proposal, language: Language) -> tuple[str, str, str]:
    if one.subject is Subject.TYPE:
        return "type", one.id, load_types()[one.id].title.say(language)
    if one.subject is Subject.HARM:
        return "", "", SAID[language][f"reports_proposed_{one.id}"]
    vocabulary, value = find_vocabulary(), write(one.value)
    if one.subject is Subject.DIMENSION:
        dimension = vocabulary.dimensions[one.id]
        word = next((w.label.say(language) for w in dimension.words if w.id == value), value)
        return "fact", f"{one.id}={value}", f"{dimension.label.say(language)}: {word}"
    fact = vocabulary.facts[one.id]
    word = next((w.label.say(language) for w in fact.words if w.id == value), "")
    word = word or {"true": SAID[language]["yes"], "false": SAID[language]["no"]}.get(value, value)
    return "fact", f"{one.id}={value}", f"{fact.label.say(language)}: {word}"


def _quote(words: Iterable[Words], text: str) -> Iterable[str]:
    return (text[stretch.start : stretch.end] for stretch in words)
