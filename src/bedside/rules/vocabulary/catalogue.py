"""The facts that a norm may read and the dimensions that a norm may speak about."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from bedside.rules.vocabulary.problem import NO_TEXT, Text

Value: TypeAlias = str | int  # a flag's values are False and True


class FactType(StrEnum):
    """What kind of answer a fact takes."""

    WORD = "word"
    FLAG = "flag"
    COUNT = "count"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """One word of a fact or a dimension: its button, its clause, and how to ask for it."""

    id: str
    label: Text = NO_TEXT
    phrase: Text = NO_TEXT
    ask: Text = NO_TEXT


@dataclass(frozen=True, slots=True, kw_only=True)
class Derived:
    """A fact that follows from another: each of its values stands for some of the other's."""

    fact: str
    values: Mapping[Value, tuple[Value, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One question about a situation, and the answers it may have besides unknown."""

    id: str
    type: FactType
    who: str
    sealed: bool = False
    presume: Value | None = None
    low: int = 0
    high: int = 0
    derived: Derived | None = None
    words: tuple[Word, ...] = ()
    label: Text = NO_TEXT
    question: Text = NO_TEXT
    says: Text = NO_TEXT
    denies: Text = NO_TEXT
    domain: tuple[Value, ...] = ()
    places: Mapping[Value, int] = field(default_factory=dict)

    @property
    def every(self) -> int:
        """The set of all answers, as bits over `domain`."""
        return (1 << len(self.domain)) - 1

    def bit(self, value: Value) -> int:
        """Give the set of this one answer."""
        return 1 << self.places[value]

    def find_word(self, value: Value) -> Word | None:
        """Find the word of a value, if the fact has words."""
        return self.words[self.places[value]] if self.words else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Property:
    """Something that words of a dimension have or lack, such as hearing."""

    id: str
    label: Text
    yes: frozenset[str]
    no: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dimension:
    """One aspect of an arrangement, its words from the officer's wish to the patient's privacy."""

    id: str
    label: Text
    words: tuple[Word, ...]
    places: Mapping[str, int]
    properties: Mapping[str, Property]
    order: str = "officer"  # officer, patient or none: which end asks least of others
    many: bool = False
    never_advised: frozenset[str] = frozenset()
    needs: Mapping[str, str] = field(default_factory=dict)
    usual: Mapping[str, str] = field(default_factory=dict)
    touched_by: str = "true"
    stands_by: str | None = None  # a fact whose answer is the word that describes how things stand

    def mask(self, words: frozenset[str] | tuple[str, ...] | list[str]) -> int:
        """Give the set of these words, as bits over `words`."""
        return sum(1 << self.places[word] for word in set(words))

    @property
    def every(self) -> int:
        """The set of all words."""
        return (1 << len(self.words)) - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Preset:
    """A named arrangement, one word for a nurse."""

    id: str
    label: Text
    line: Text
    words: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """Somebody who may be called."""

    id: str
    label: Text
    side: str  # hospital or agency


@dataclass(frozen=True, slots=True, kw_only=True)
class Impossible:
    """A situation that nobody can be in, and why."""

    when: str
    why: Text


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """Everything that can be said: facts, dimensions, presets, people, acts, and their names."""

    facts: Mapping[str, Fact]
    dimensions: Mapping[str, Dimension]
    presets: Mapping[str, Preset]
    roles: Mapping[str, Role]
    impossible: tuple[Impossible, ...]
    later_acts: frozenset[str]  # done by the house in office hours, not at the bedside
    later_events: frozenset[str]  # have not happened yet while somebody asks at the bedside
    labels: Mapping[str, Mapping[str, Text]]  # parties, acts, events, modalities, kinds, readings …
    digest: str = ""
    presumed: tuple[Fact, ...] = ()  # the facts that have a presumption

    def label(self, of: str, id_: str) -> Text:
        """Name an id of one of the closed lists; an id without a name names itself."""
        return self.labels.get(of, {}).get(id_) or Text(en=id_, es=id_)
