"""The patterns of what is looked for, from their plain spelling to expressions over folded text."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bedside.rules.screening.table import Table, load_table
from bedside.rules.vocabulary.problem import Text

WORDS = Path(__file__).with_name("words.yaml")
# A letter as it is drawn by those who would slip past: digits and signs that look like it.
DRAWN = {"a": "[a4@]", "b": "[b8]", "e": "[e3]", "o": "[o0]", "s": "[s5$]", "t": "[t7+]"}
DRAWN |= {"i": "[i1l|!]", "l": "[l1i|!]"}
GAP = r"[^a-z0-9\n]{0,3}"  # between two letters of a word, as in `i.l.l.e.g.a.l`
# Between two words of a sentence, never past its end, unless the letters are set apart.
SPACE = r"(?:[^a-z0-9\n.;!?]{0,8}|[.](?=[a-z0-9])|[^a-z0-9\n]{1,3}(?=[a-z0-9][^a-z0-9]))"
REST = r"[a-z]*"
FEW = r"(?:[a-z0-9']{1,14}[^a-z0-9\n.;!?]{1,3}){0,2}"
CLAUSE_END = r"(?=[^a-z0-9]*(?:$|\n|[.,;:!?)/\"-]|\b(?:and|but|so|or|with|y|pero|o|sin|con)\b))"
PIECE = re.compile(r"<(\w+)>|(.)")
START, END = "(?<![a-z0-9])", "(?![a-z0-9])"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of thing that is looked for."""

    id: str
    label: Text
    instead: Text
    may_keep: bool
    finds: re.Pattern[str]
    harmless: re.Pattern[str] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Patterns:
    """The kinds in the order of precedence, and how long a text may be."""

    kinds: tuple[Kind, ...]
    most: int
    too_long: Kind


@cache
def load_patterns() -> Patterns:
    """Read the table and build the expressions; a kind is named only there, never in code."""
    plain = load_table(WORDS)
    parts = {name: f"(?:{'|'.join(map(_spell, some))})" for name, some in plain["parts"].items()}
    too_long = {"id": "too_long", "may_keep": False} | plain["too_long"]
    return Patterns(
        kinds=tuple(_build(entry, parts) for entry in plain["kinds"]),
        most=plain["most"],
        too_long=_build(too_long, parts),
    )


def _build(entry: Table, parts: Mapping[str, str]) -> Kind:
    finds = _join(entry.get("words", ()), entry.get("shapes", ()), parts)
    harmless = _join(entry.get("harmless", ()), entry.get("harmless_shapes", ()), parts)
    return Kind(
        id=entry["id"],
        label=Text(**entry["label"]),
        instead=Text(**entry["instead"]),
        may_keep=entry["may_keep"],
        finds=re.compile(finds or "(?!)"),
        harmless=re.compile(harmless) if harmless else None,
    )


def _join(words: list[str], shapes: list[str], parts: Mapping[str, str]) -> str:
    spelled = "|".join(_spell(one, parts) for one in words)
    alternatives = [f"{START}(?:{spelled})"] if spelled else []
    return "|".join([*alternatives, *shapes])


def _spell(pattern: str, parts: Mapping[str, str] | None = None) -> str:
    """Turn a plain spelling into an expression; whole patterns end where a word ends."""
    spelled, after = "", ""
    for found in PIECE.finditer(pattern):
        gap = GAP if _is_letter(found[0]) and _is_letter(after) else ""
        spelled += gap + _spell_piece(found, parts or {})
        after = found[0]
    return spelled if parts is None or after == "." else spelled + END


def _is_letter(sign: str) -> bool:
    return len(sign) == 1 and sign.isalnum()


def _spell_piece(found: re.Match[str], parts: Mapping[str, str]) -> str:
    if found[1]:
        return parts[found[1]]
    sign = found[2]
    known = {" ": SPACE, "*": REST, "~": FEW, ".": END + CLAUSE_END, "(": "(?:", "'": "[.]?"}
    return known.get(sign, DRAWN.get(sign, sign))
