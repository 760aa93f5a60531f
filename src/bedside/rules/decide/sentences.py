"""Which sentence fits the answer, and whom to call."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from bedside.rules.condition.holds import holds
from bedside.rules.decide.advice import Judgement, Outcome
from bedside.rules.rulebook.book import Rulebook
from bedside.rules.rulebook.sentences import Fit, Ladder, Sentence
from bedside.rules.vocabulary.answer import Answer
from bedside.rules.vocabulary.catalogue import Vocabulary
from bedside.rules.vocabulary.problem import NO_TEXT, Text

NOBODY_FITS = ("charge_nurse", "house_supervisor")
POSITION = "position"
T = TypeVar("T", Sentence, Ladder)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What sentences and lists of people are held against."""

    known: Mapping[str, int]
    preset: str | None
    dimensions: Mapping[str, Judgement]


def find_say(rulebook: Rulebook, moment: Moment) -> Text:
    """Find the sentence to say: the officer's own exception first, else the first that fits."""
    for judgement in moment.dimensions.values():
        said = next((o.say for o in judgement.exceptions if o.say is not None), None)
        if judgement.touched and said is not None:
            return said
    found = _find_first(rulebook.sentences, moment, rulebook.vocabulary)
    return found.say if found else NO_TEXT


def find_call(rulebook: Rulebook, moment: Moment) -> tuple[str, ...]:
    """Find the people to call, in order."""
    found = _find_first(rulebook.ladders, moment, rulebook.vocabulary)
    return found.call if found else NOBODY_FITS


def _find_first(rows: Iterable[T], moment: Moment, vocabulary: Vocabulary) -> T | None:
    return next((row for row in rows if _fits(row.fit, moment, vocabulary)), None)


def _fits(fit: Fit, moment: Moment, vocabulary: Vocabulary) -> bool:
    if fit.preset is not None and fit.preset != moment.preset:
        return False
    if fit.outcome is not None and not _has_outcome(moment, Outcome(fit.outcome)):
        return False
    advised = {id_: judgement.advised for id_, judgement in moment.dimensions.items()}
    if any(advised.get(id_) != word for id_, word in fit.advised.items()):
        return False
    return holds(fit.when, moment.known, vocabulary) is Answer.YES


def _has_outcome(moment: Moment, outcome: Outcome) -> bool:
    return any(j.touched and j.outcome is outcome for j in moment.dimensions.values())
