"""One norm: its source, how it was read, when it speaks, its exceptions, dates and cases."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bedside.doors.web.norm_lines import NormLine, build_line
from bedside.doors.web.shelf import Shelf
from bedside.doors.web.spans import say_span
from bedside.doors.web.words import say
from bedside.rules.condition.parse import parse_condition
from bedside.rules.condition.phrase import phrase
from bedside.rules.rulebook.norm import Ask, Duty, Norm, Standing
from bedside.rules.vocabulary.catalogue import Vocabulary
from bedside.rules.vocabulary.document import load_document
from bedside.rules.vocabulary.problem import Language, Problems


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionLine:
    """When the norm is closed, who closes it, and in which words."""

    when: str
    opened_by: str
    say: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingLine:
    """Why the norm did not bind somebody for a time."""

    state: str
    whom: str
    start: str
    end: str
    court: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseLine:
    """An example that the norm's own condition keeps."""

    given: tuple[str, ...]
    as_of: str
    speaks: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NormPage:
    """Everything that the page of a norm shows."""

    norm: Norm
    line: NormLine
    when: str
    keeps: tuple[tuple[str, str], ...]
    duty: str
    defines: str
    exceptions: tuple[ExceptionLine, ...]
    standings: tuple[StandingLine, ...]
    defeats: tuple[NormLine, ...]
    defeated_by: tuple[NormLine, ...]
    cases: tuple[CaseLine, ...]


def build_norm(shelf: Shelf, norm: Norm, language: Language) -> NormPage:
    """Build the page of one norm."""
    vocabulary = shelf.vocabulary
    by = [other for other in shelf.norms.values() if norm.id in other.defeats]
    of = [shelf.norms[id_] for id_ in norm.defeats if id_ in shelf.norms]
    return NormPage(
        norm=norm,
        line=build_line(norm, vocabulary, language),
        when=say_condition(norm.when, vocabulary, language),
        keeps=tuple(_say_ask(ask, vocabulary, language) for ask in norm.arrangement),
        duty=_say_duty(norm.duty, vocabulary, language) if norm.duty else "",
        defines=_say_definition(norm, language),
        exceptions=find_exceptions(norm, vocabulary, language),
        standings=tuple(_say_standing(s, vocabulary, language) for s in norm.standing),
        defeats=tuple(build_line(other, vocabulary, language) for other in of),
        defeated_by=tuple(build_line(other, vocabulary, language) for other in by),
        cases=tuple(_say_case(c, vocabulary, language) for c in _read_cases(shelf, norm)),
    )


def say_condition(text: str, vocabulary: Vocabulary, language: Language) -> str:
    """Say a condition as a sentence."""
    if text.strip() == "true":
        return say("always", language)
    sentence = phrase(parse_condition(text), language, vocabulary)
    return sentence[:1].upper() + sentence[1:] + "."


def find_exceptions(
    norm: Norm, vocabulary: Vocabulary, language: Language
) -> tuple[ExceptionLine, ...]:
    """Find a norm's exceptions, with who opens each."""
    return tuple(
        ExceptionLine(
            when=say_condition(unless.when, vocabulary, language),
            opened_by=say(f"opened_by_{unless.opened_by}", language),
            say=unless.say.say(language) if unless.say else "",
        )
        for unless in norm.unless
    )


def _say_ask(ask: Ask, vocabulary: Vocabulary, language: Language) -> tuple[str, str]:
    dimension = vocabulary.dimensions[ask.dimension]
    kept = [w.label.say(language) for w in dimension.words if ask.keeps & dimension.mask((w.id,))]
    return dimension.label.say(language), "; ".join(kept)


def _say_duty(duty: Duty, vocabulary: Vocabulary, language: Language) -> str:
    parts = [vocabulary.label("acts", duty.act).say(language)]
    if duty.to:
        role = vocabulary.roles.get(duty.to)
        named = role.label if role else vocabulary.label("parties", duty.to)
        parts.append(f"→ {named.say(language)}")
    parts.append(say_span(duty.within, duty.counted, language))
    if duty.after:
        event = vocabulary.label("events", duty.after).say(language).lower()
        parts.append(say("after_event", language, event=event))
    return " ".join(part for part in parts if part)


def _say_definition(norm: Norm, language: Language) -> str:
    if norm.defines is None:
        return ""
    return f"{norm.defines.term.say(language)}: {norm.defines.means.say(language)}"


def _say_standing(standing: Standing, vocabulary: Vocabulary, language: Language) -> StandingLine:
    parties = [vocabulary.label("parties", p).say(language) for p in sorted(standing.as_to)]
    return StandingLine(
        state=vocabulary.label("ui", standing.state.value).say(language),
        whom=", ".join(party.lower() for party in parties),
        start=standing.start.isoformat() if standing.start else "",
        end=standing.end.isoformat() if standing.end else "",
        court=" ".join(part for part in (standing.court, standing.docket) if part),
        source=standing.source or "",
    )


def _say_case(case: Mapping[str, object], vocabulary: Vocabulary, language: Language) -> CaseLine:
    given = case.get("given")
    facts = given if isinstance(given, dict) else {}
    speaks = case.get("speaks")
    word = ("yes" if speaks else "no") if isinstance(speaks, bool) else str(speaks)
    return CaseLine(
        given=tuple(_say_fact(id_, value, vocabulary, language) for id_, value in facts.items()),
        as_of=str(case.get("as_of", "")),
        speaks=say(f"speaks_{word}", language),
        why=str(case.get("why", "")),
    )


def _say_fact(id_: str, value: object, vocabulary: Vocabulary, language: Language) -> str:
    fact = vocabulary.facts[id_]
    word = fact.find_word(value) if isinstance(value, str) and value in fact.places else None
    said = word.label.say(language) if word else str(value)
    if isinstance(value, bool):
        said = vocabulary.label("ui", "yes" if value else "no").say(language)
    return f"{fact.label.say(language)}: {said}"


@cache
def _read_file(file: Path) -> tuple[Mapping[str, object], ...]:
    try:
        plain = load_document(file).value
    except Problems:
        return ()
    cases = plain.get("cases") if isinstance(plain, dict) else None
    return tuple(c for c in cases if isinstance(c, dict)) if isinstance(cases, list) else ()


def _read_cases(shelf: Shelf, norm: Norm) -> tuple[Mapping[str, object], ...]:
    for root in shelf.roots:
        file = root / f"{norm.id}.yaml"
        if file.is_file():
            return _read_file(file)
    return ()
