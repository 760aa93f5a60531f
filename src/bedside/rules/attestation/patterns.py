"""The patterns of forbidden words, from their plain spelling to expressions over folded letters."""

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bedside.rules.attestation.claim import ClaimClass
from bedside.rules.attestation.classes import load_classes
from bedside.rules.attestation.lookalikes import fold_letter
from bedside.rules.attestation.tables import load_table, read_text
from bedside.rules.vocabulary.problem import Text

FORBIDDEN = Path(__file__).with_name("forbidden.yaml")
SOME_WORDS = "(?:[a-z0-9]+ ){0,3}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One thing free words may not say: what it would claim, and what honestly stands instead."""

    id: str
    says: ClaimClass | None
    instead: tuple[ClaimClass, ...]
    honest: Text
    unless_travel: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Patterns:
    """The rules, and one expression for each way of looking."""

    rules: tuple[Rule, ...]
    words: re.Pattern[str]  # each match names its rule in the group `r` and the rule's number
    loose: re.Pattern[str]  # without the edges of words, for letters that were set apart
    cut: re.Pattern[str]
    allowed: re.Pattern[str]


@cache
def load_patterns() -> Patterns:
    """Read the forbidden words and build the expressions."""
    entries = load_table(FORBIDDEN)["rules"]
    finds = [[spell(one) for one in entry["finds"]] for entry in entries]
    cut = [[_close_up(spell(one)) for one in entry.get("cut", ())] for entry in entries]
    allows = [[spell(one) for one in entry.get("allows", ())] for entry in entries]
    return Patterns(
        rules=tuple(
            Rule(
                id=entry["id"],
                says=ClaimClass(entry["says"]),
                instead=tuple(ClaimClass(one) for one in entry["instead"])
                if "instead" in entry
                else load_classes()[ClaimClass(entry["says"])].instead,
                honest=read_text(entry["honest"]),
                unless_travel=entry.get("unless") == "travel",
            )
            for entry in entries
        ),
        words=re.compile(rf"\b(?:{_name(finds)})\b"),
        loose=re.compile(_name([[_close_up(p) for p in some] for some in finds])),
        cut=re.compile(_name(cut)),
        allowed=re.compile(rf"\b(?:{_name(allows)})\b"),
    )


def _name(groups: list[list[str]]) -> str:
    return "|".join(f"(?P<r{n}>{'|'.join(some)})" for n, some in enumerate(groups) if some)


@cache
def spell(pattern: str) -> str:
    """Turn a plain spelling into an expression over folded letters."""
    spelled = ""
    for letter in pattern:
        match letter:
            case " ":
                spelled += " "
            case "*":
                spelled += "[a-z0-9]*"
            case "~":
                spelled += SOME_WORDS
            case "#":
                spelled += f"(?:[0-9]{{1,4}}|{'|'.join(_number_words())})"
            case "(":
                spelled += "(?:"
            case "|" | ")" | "?":
                spelled += letter
            case _:
                folded = fold_letter(letter)
                spelled += folded if len(folded) == 1 else f"(?:{folded})"
    return spelled.replace(f"{SOME_WORDS} ", SOME_WORDS)


def _close_up(pattern: str) -> str:
    """Take the gaps out of an expression, for letters that were set apart or words cut in two."""
    return pattern.replace(SOME_WORDS, "").replace(" ", "")


@cache
def _number_words() -> tuple[str, ...]:
    words = load_table(FORBIDDEN)["numbers"]
    return tuple("".join(map(fold_letter, word)) for word in words)
