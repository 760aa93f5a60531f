"""The tables of the narrative help, from their plain spelling to expressions over folded text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bedside.rules.vocabulary.catalogue import Value
from bedside.rules.vocabulary.document import load_document

HERE = Path(__file__).parent
FINDS, LANGUAGES = HERE / "finds.yaml", (HERE / "english.yaml", HERE / "spanish.yaml")

# The tables are ours, held in shape by tests, so they are read without a ceremony of problems.
Table = Mapping[str, Any]
Expression = re.Pattern[str]

GAP = r"[^a-z0-9.;!?\n]{1,3}"  # between two words of a sentence
WORD = f"[a-z0-9]+{GAP}"
START, END = "(?<![a-z0-9])", "(?![a-z0-9])"
NEVER = re.compile("(?!)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """What is looked for under one name."""

    name: str
    is_thing: bool  # else a doing, which a denial reaches from further off
    begins: frozenset[str]  # the words with which it can begin, or with `*` their beginnings
    finds: Expression
    harmless: Expression


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """The words by which an account in one language is read."""

    names: tuple[Named, ...]
    same: Mapping[str, tuple[str, ...]]  # names that also stand for what others find
    common: Expression  # the small words by which a sentence is known to be in this language
    denied: Expression  # ends where a doing would begin that is denied
    denied_thing: Expression
    parts: Expression
    followers: Expression
    may_be_silent: bool  # a verb alone can speak of the officer of the sentence before
    stops: Expression
    stops_before: Expression


@dataclass(frozen=True, slots=True, kw_only=True)
class Says:
    """What is proposed."""

    subject: str
    id: str
    value: Value | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Find:
    """What is proposed where all of some things stand together and none of others does."""

    says: tuple[Says, ...]
    of: tuple[str, ...]
    unless: tuple[str, ...]


@cache
def load_finds() -> tuple[Find, ...]:
    """Read what an account proposes."""
    return tuple(
        Find(
            says=tuple(_read_says(said) for said in entry["says"]),
            of=tuple(entry["of"]),
            unless=tuple(entry.get("unless", ())),
        )
        for entry in _load(FINDS)["finds"]
    )


@cache
def load_languages() -> tuple[Language, ...]:
    """Read the words of each language."""
    return tuple(_build(_load(path)) for path in LANGUAGES)


def _load(path: Path) -> Table:
    plain = load_document(path, name=path.name).value
    assert isinstance(plain, dict)  # noqa: S101 - the table is part of the program
    return plain


def _read_says(said: str) -> Says:
    subject, _, what = said.partition(" ")
    id_, is_, value = what.partition("=")
    return Says(subject=subject, id=id_, value=_read_value(value) if is_ else None)


def _read_value(value: str) -> Value:
    if value in {"true", "false"}:
        return value == "true"
    return int(value) if value.isdigit() else value


def _build(table: Table) -> Language:
    spell = _Spelling(table)
    words = {**table["things"], **table["doings"]}
    harmless = table["harmless"]
    return Language(
        names=tuple(
            Named(
                name=name,
                is_thing=name in table["things"],
                begins=frozenset(begin for way in ways for begin in _find_begins(way)),
                finds=spell.all([one for one in ways if not one.startswith("=")]),
                harmless=spell.all(harmless.get(name, ())),
            )
            for name, ways in words.items()
        ),
        same={
            name: tuple(one[1:] for one in ways if one.startswith("="))
            for name, ways in words.items()
        },
        common=spell.all(table["common"]),
        denied=spell.denials(table),
        denied_thing=re.compile(f"{START}{spell.join(table['none'])}{GAP}(?:{WORD})?$"),
        parts=re.compile(f"{START}{spell.join(table['parts'])}{END}|[,:()]"),
        followers=spell.all(table["followers"]),
        may_be_silent=table["may_be_silent"],
        stops=spell.all(table["stops"]),
        stops_before=spell.all(table["before"]),
    )


class _Spelling:
    """Turns ways of saying something into expressions of one language."""

    def __init__(self, table: Table) -> None:
        denials = {one.removesuffix(" t") for one in (*table["denials"], *table["near_denials"])}
        alone = "|".join(sorted(one for one in denials if " " not in one))
        # What stands between two words never turns their meaning round.
        self.few = f"(?:(?!(?:{alone}){END}){WORD}){{0,4}}"

    def all(self, ways: Sequence[str]) -> Expression:
        """Find any of the ways."""
        return re.compile(f"{START}{self.join(ways)}{END}") if ways else NEVER

    def denials(self, table: Table) -> Expression:
        """Find a denial that reaches to the end of a text."""
        far = f"{self.join(table['denials'])}{GAP}(?:{WORD}){{0,3}}?"
        near = f"{self.join(table['near_denials'])}{GAP}(?:{WORD})?"
        return re.compile(f"{START}(?!{self.join(table['only'])}{END})(?:{far}|{near})$")

    def join(self, ways: Sequence[str]) -> str:
        """Spell any of the ways."""
        return f"(?:{'|'.join(self._spell(way) for way in ways)})"

    def _spell(self, way: str) -> str:
        spelled, is_open = "", False  # open: the gap before the next word is not written yet
        for word in way.removesuffix(" ~").split():
            gap = GAP if is_open else ""
            is_open = word != "~" and not word.endswith("?")
            if word == "~":
                spelled += gap + self.few
            elif is_open:
                spelled += gap + _spell_word(word)
            else:
                spelled += f"{gap}(?:{_spell_word(word[:-1])}{GAP})?"
        return spelled


def _find_begins(way: str) -> Iterator[str]:
    first, _, rest = way.partition(" ")
    yield from (one.split("_", 1)[0] for one in first.removesuffix("?").split("/"))
    if first.endswith("?"):
        yield from _find_begins(rest)


def _spell_word(word: str) -> str:
    """Spell a word: `a/b` is either, `*` any ending, `_` a space inside one side of `a/b`."""
    either = (re.escape(one).replace(r"\*", "[a-z]*").replace("_", GAP) for one in word.split("/"))
    return f"(?:{'|'.join(either)})"
