"""What requested words would do to the signed claims: a proposal that a person confirms."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bedside.rules.attestation.claim import Claim, ClaimClass, ClaimId
from bedside.rules.attestation.clause import Clause, Library
from bedside.rules.attestation.compare import Effect
from bedside.rules.attestation.folding import fold
from bedside.rules.attestation.lint import MOST_LETTERS, find_never
from bedside.rules.attestation.patterns import spell
from bedside.rules.attestation.tables import load_table

WANTED = Path(__file__).with_name("wanted.yaml")
SENTENCE = re.compile(r"[.;!?\n]+|(?<=\s)(?:and|but|y|pero)(?=\s)")
MOST_KEPT = 10_000  # letters of a request that are looked through; all of it is kept elsewhere


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedEffect:
    """One thing the requested words would do: to a signed claim, or a claim they would add."""

    effect: Effect
    letter: ClaimClass | None
    claim: ClaimId | None
    words: str  # the part of the request that says so, verbatim

    @property
    def is_never(self) -> bool:
        """Tell whether no letter may ever say it."""
        return self.letter is not None and not self.letter.is_attested


def read_wanted(words: str, signed: Iterable[Claim], library: Library) -> tuple[WantedEffect, ...]:
    """Propose what a request would change, sentence by sentence; the request itself is kept whole.

    Where nothing is recognised the answer is empty, and the person who records the request says
    what it would do. Nothing here changes a claim.
    """
    found: list[WantedEffect] = []
    known = [(claim, library.find(claim.clause)) for claim in signed]
    sound = [(claim, clause) for claim, clause in known if clause is not None]
    for part in _split(words[:MOST_KEPT]):
        found += _read_part(part, sound)
    return tuple(dict.fromkeys(found))


def _split(words: str) -> Iterator[str]:
    for part in SENTENCE.split(words):
        stripped = part.strip()
        for start in range(0, len(stripped), MOST_LETTERS):
            yield stripped[start : start + MOST_LETTERS]


def _read_part(part: str, signed: list[tuple[Claim, Clause]]) -> Iterator[WantedEffect]:
    letters = fold(part).letters
    table = _load_wanted()
    never = [hit.rule.says for hit in find_never(part) if hit.rule.says]
    for class_ in never:
        yield WantedEffect(effect=Effect.ADD_CLAIM, letter=class_, claim=None, words=part)
    verb = next((one for one in table.verbs if table.verbs[one].search(letters)), None)
    if verb is Effect.FORMAT:
        yield WantedEffect(effect=verb, letter=None, claim=None, words=part)
    elif verb is not None:
        yield from _read_verb(part, verb, _find_topics(letters), signed)


def _read_verb(
    part: str,
    verb: Effect,
    topics: tuple[ClaimClass, ...],
    signed: list[tuple[Claim, Clause]],
) -> Iterator[WantedEffect]:
    for class_ in topics:
        touched = [(claim, clause) for claim, clause in signed if clause.letter is class_]
        if verb is Effect.ADD_CLAIM:
            yield WantedEffect(effect=verb, letter=class_, claim=None, words=part)
            continue
        for claim, clause in touched:
            effect = verb
            if verb is Effect.REMOVE_CLAIM and clause.is_limit:
                effect = Effect.DELETE_LIMIT
            yield WantedEffect(effect=effect, letter=class_, claim=claim.id, words=part)


def _find_topics(letters: str) -> tuple[ClaimClass, ...]:
    topics = _load_wanted().topics
    return tuple(class_ for class_, pattern in topics.items() if pattern.search(letters))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    verbs: Mapping[Effect, re.Pattern[str]]  # the first that is found counts
    topics: Mapping[ClaimClass, re.Pattern[str]]


@cache
def _load_wanted() -> _Wanted:
    table = load_table(WANTED)
    names = {
        Effect.REMOVE_CLAIM: "deletes",
        Effect.WEAKEN: "weakens",
        Effect.STRENGTHEN: "strengthens",
        Effect.ADD_CLAIM: "adds",
        Effect.FORMAT: "formats",
    }
    return _Wanted(
        verbs={effect: _compile(table[name]) for effect, name in names.items()},
        topics={ClaimClass(one): _compile(words) for one, words in table["topics"].items()},
    )


def _compile(words: Iterable[str]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(spell(word) for word in words)})\b")
