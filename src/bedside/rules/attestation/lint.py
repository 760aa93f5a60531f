"""Look through free words of a letter for what no letter says, however it is written."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from bedside.rules.attestation.claim import ClaimClass
from bedside.rules.attestation.classes import load_classes
from bedside.rules.attestation.folding import View, find_spaced, fold, fold_closed, join
from bedside.rules.attestation.lookalikes import load_plain_signs
from bedside.rules.attestation.patterns import Rule, load_patterns
from bedside.rules.vocabulary.problem import Language, Place, Problem, ProblemKind, Text

MOST_LETTERS = 2000
LAST_LATIN = 0x24F
BLANK_LETTERS = frozenset("\u115f\u1160\u3164\uffa0\u2800\u034f")
PERHAPS_ODD = re.compile(r"[^\n\r\t -~]")

TOO_LONG = Rule(
    id="too-long",
    says=None,
    instead=(),
    honest=Text(
        en=f"at most {MOST_LETTERS} letters are free; choose sentences of the library instead",
        es=f"hay {MOST_LETTERS} letras libres a lo más; mejor elija frases de la biblioteca",
    ),
)
HIDDEN = Rule(
    id="hidden-character",
    says=None,
    instead=(),
    honest=Text(
        en="a character that cannot be seen, or that turns the reading direction; type it again",
        es="un carácter que no se ve o que cambia la dirección de lectura; escríbalo de nuevo",
    ),
)
OTHER_LETTERS = Rule(
    id="other-letters",
    says=None,
    instead=(),
    honest=Text(
        en="letters of another alphabet, or ornamental ones; type them plainly",
        es="letras de otro alfabeto o de adorno; escríbalas con letras comunes",
    ),
)
BLOCKED = ProblemKind(
    code="attestation.blocked-words",
    what=Text(
        en="`{found}` (letters {start} to {end}) is not said in a letter",
        es="`{found}` (letras {start} a {end}) no se dice en una carta",
    ),
    help=Text(en="{wanted}", es="{wanted_es}"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One place in free words that cannot stand: where, by which rule, what instead."""

    start: int
    end: int
    found: str
    rule: Rule

    @property
    def instead(self) -> tuple[ClaimClass, ...]:
        """The classes of claim that answer the same wish honestly."""
        return self.rule.instead

    def say(self, language: Language) -> str:
        """Say what to write instead, with the classes that hold it."""
        said = self.rule.honest.say(language)
        names = [f"{one} {load_classes()[one].label.say(language)}" for one in self.instead]
        return f"{said} ({', '.join(names)})" if names else said

    def as_problem(self, place: Place) -> Problem:
        """Report the hit as a problem of a claim."""
        return BLOCKED.at(
            place,
            found=self.found,
            start=self.start + 1,
            end=self.end,
            wanted=self.say(Language("en")),
            wanted_es=self.say(Language("es")),
        )


def lint_addition(text: str, *, has_travel: bool = False) -> tuple[Hit, ...]:
    """Find everything in free words that cannot stand; a travel claim lets travel be spoken of."""
    if len(text) > MOST_LETTERS:
        return (_hit(text, MOST_LETTERS, len(text), TOO_LONG),)
    hits = [*_find_odd_letters(text), *_find_words(text, has_travel=has_travel)]
    return _keep_once(hits)


def find_never(text: str) -> tuple[Hit, ...]:
    """Find the claims that no letter makes, in words of somebody else that are kept as they are."""
    return _keep_once(list(_find_words(text, has_travel=True)))


def _find_odd_letters(text: str) -> Iterator[Hit]:
    for found in PERHAPS_ODD.finditer(text):
        at = found.start()
        rule = _judge_letter(found[0], text[at - 1 : at])
        if rule is not None:
            yield _hit(text, at, at + 1, rule)


def _judge_letter(letter: str, before: str) -> Rule | None:
    if letter in load_plain_signs():
        return None
    category = unicodedata.category(letter)
    if letter in BLANK_LETTERS or category in {"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"}:
        return HIDDEN
    if category in {"Mn", "Me", "Mc"}:
        return None if before.isascii() and before.isalpha() else HIDDEN
    is_ornament = category == "So" or ord(letter) > LAST_LATIN
    return OTHER_LETTERS if is_ornament and (letter.isalnum() or category == "So") else None


def _find_words(text: str, *, has_travel: bool) -> Iterator[Hit]:
    patterns, plain, closed = load_patterns(), fold(text), fold_closed(text)
    views = [plain] if closed is None else [plain, closed]
    found = [hit for view in views for hit in _match(text, view, patterns.words)]
    found += [
        hit
        for view in views
        for run in find_spaced(view)
        for hit in _match(text, run, patterns.loose)
    ]
    taken = _cover(text, found)
    cut = _match(text, join(plain), patterns.cut)
    found += [hit for hit in cut if not any(taken[hit.start : hit.end])]
    allowed = [one for view in views for one in _match(text, view, patterns.allowed)]
    for hit in found:
        is_allowed = any(hit.rule is one.rule and _is_inside(hit, one) for one in allowed)
        if not is_allowed and not (hit.rule.unless_travel and has_travel):
            yield hit


def _match(text: str, view: View, pattern: re.Pattern[str]) -> Iterator[Hit]:
    rules = load_patterns().rules
    for found in pattern.finditer(view.letters):
        yield _hit(text, *view.span(*found.span()), rules[int(str(found.lastgroup)[1:])])


def _cover(text: str, hits: list[Hit]) -> bytearray:
    """Mark the letters that hits stand on."""
    taken = bytearray(len(text))
    for hit in hits:
        taken[hit.start : hit.end] = bytes([1]) * (hit.end - hit.start)
    return taken


def _is_inside(one: Hit, other: Hit) -> bool:
    return other.start <= one.start and one.end <= other.end


def _hit(text: str, start: int, end: int, rule: Rule) -> Hit:
    return Hit(start=start, end=end, found=text[start:end], rule=rule)


def _keep_once(hits: list[Hit]) -> tuple[Hit, ...]:
    """Keep one hit for each stretch, the longest, in the order of the text."""
    kept: list[Hit] = []
    end_of_words = end_of_letters = 0
    for hit in sorted(hits, key=lambda one: (one.start, -one.end)):
        is_word = hit.rule.says is not None
        if hit.end <= (end_of_words if is_word else max(end_of_words, end_of_letters)):
            continue
        kept.append(hit)
        end_of_words = max(end_of_words, hit.end) if is_word else end_of_words
        end_of_letters = end_of_letters if is_word else hit.end
    return tuple(kept)
