"""Which sentence fits the answer, and whom to call."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeVar

from bedside.rules.condition.holds import Closure, compile_closure
from bedside.rules.decide.advice import Judgement, Outcome
from bedside.rules.rulebook.sentences import Fit, Ladder, Sentence
from bedside.rules.tables.compiled import Compiled
from bedside.rules.vocabulary.answer import Answer
from bedside.rules.vocabulary.problem import NO_TEXT, Text

NOBODY_FITS = ("charge_nurse", "house_supervisor")
T = TypeVar("T", Sentence, Ladder)


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """What sentences and lists of people are held against."""

    known: Mapping[str, int]
    preset: str | None
    dimensions: Mapping[str, Judgement]


def find_say(compiled: Compiled, moment: Moment) -> Text:
    """Find the sentence to say: the officer's own exception first, else the first that fits."""
    for judgement in moment.dimensions.values():
        said = next((o.say for o in judgement.exceptions if o.say is not None), None)
        if judgement.touched and said is not None:
            return said
    found = _find_first(compiled.rulebook.sentences, moment, compiled)
    return found.say if found else NO_TEXT


def find_call(compiled: Compiled, moment: Moment) -> tuple[str, ...]:
    """Find the people to call, in order."""
    found = _find_first(compiled.rulebook.ladders, moment, compiled)
    return found.call if found else NOBODY_FITS


def _find_first(rows: tuple[T, ...], moment: Moment, compiled: Compiled) -> T | None:
    known = moment.known
    for row, closure in zip(rows, _find_closures(rows, compiled), strict=True):
        if _fits(row.fit, moment) and closure(known) is Answer.YES:
            return row
    return None


def _find_closures(rows: tuple[T, ...], compiled: Compiled) -> list[Closure]:
    """Compile the conditions of the rows, once."""
    key = ("fits", type(rows[0]).__name__ if rows else "")
    found = compiled.remembered.get(key)
    if not isinstance(found, list):
        found = [compile_closure(row.fit.when, compiled.vocabulary) for row in rows]
        compiled.remembered[key] = found
    return found


def _fits(fit: Fit, moment: Moment) -> bool:
    if fit.preset is not None and fit.preset != moment.preset:
        return False
    if fit.outcome is not None and not _has_outcome(moment, Outcome(fit.outcome)):
        return False
    advised = moment.dimensions
    return not fit.advised or all(
        d in advised and advised[d].advised == word for d, word in fit.advised.items()
    )


def _has_outcome(moment: Moment, outcome: Outcome) -> bool:
    return any(j.touched and j.outcome is outcome for j in moment.dimensions.values())
