"""What patients read and hear, as data: each sentence with its own signature, read once.

Spanish that no qualified translator signed is shown in a sample hospital alone, and marked there.
A signature is for one text: changed afterwards, it is unsigned again.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from bedside.record.presence.patient_words import Card
from bedside.rules.vocabulary.catalogue import Value
from bedside.rules.vocabulary.document import load_document
from bedside.rules.vocabulary.problem import ENGLISH, LANGUAGES, SPANISH, Language

FILE = Path(__file__).with_name("texts.yaml")
LANGUAGES_FILE = Path(__file__).with_name("languages.yaml")
SIGNS = 12  # of a digest


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientText:
    """One sentence, and who signed its Spanish."""

    en: str
    es: str
    reviewed_by: str = ""
    reviewed_of: str = ""

    @property
    def reviewer(self) -> str:
        """Who signed the Spanish as it stands; nobody, if it was changed since."""
        return self.reviewed_by if self.reviewed_of == sign(self.es) else ""

    def say(self, language: Language) -> str:
        """Say it."""
        return self.es if language == SPANISH else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Right:
    """One right or offer, its picture, and what it stands on."""

    id: str
    icon: str
    is_offer: bool
    norms: tuple[str, ...]
    cards: frozenset[Card]
    adult: PatientText | None
    young: PatientText | None

    def text_for(self, card: Card) -> PatientText | None:
        """Find the sentence for a card; nothing if it is not for that card."""
        if card not in self.cards:
            return None
        return self.adult if card is Card.ADULT else self.young


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One answer with a picture, and what it says to the rules."""

    id: str
    icon: str
    value: Value | None
    is_settled: bool
    text: PatientText


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question to a patient with its answers."""

    id: str
    fact: str
    adult: PatientText
    young: PatientText
    choices: tuple[Choice, ...]

    def text_for(self, card: Card) -> PatientText:
        """Find the sentence for somebody of that age."""
        return self.adult if card is Card.ADULT else self.young

    def find(self, id_: str) -> Choice | None:
        """Find an answer."""
        return next((one for one in self.choices if one.id == id_), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientTexts:
    """Everything that patients read and hear."""

    rights: tuple[Right, ...]
    questions: Mapping[str, Question]
    words: Mapping[str, PatientText]


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """A language that a patient may choose."""

    id: str
    own: str
    en: str
    es: str
    is_indigenous: bool

    def say(self, language: Language) -> str:
        """Name it for staff."""
        return self.es if language == SPANISH else self.en

    @property
    def spoken(self) -> Language | None:
        """The language of ours that it is; none for most, and never Spanish in its stead."""
        return next((one for one in LANGUAGES if one == self.id), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """In which language some texts may be shown, and what is to be said of that."""

    language: Language
    reviewers: str  # who signed the Spanish
    is_unreviewed: bool  # Spanish of a sample hospital
    is_held_back: bool  # Spanish was wanted, and is not signed: English, with an interpreter


def sign(text: str) -> str:
    """Name a text by its digest, as a signature does."""
    return sha256(text.encode()).hexdigest()[:SIGNS]


def choose(texts: Iterable[PatientText], wanted: Language | None, *, is_sample: bool) -> Spoken:
    """Choose the language: all that stand together are signed, or none is shown in Spanish."""
    if wanted != SPANISH:
        return Spoken(language=ENGLISH, reviewers="", is_unreviewed=False, is_held_back=False)
    found = [text.reviewer for text in texts]
    is_signed = all(found)
    return Spoken(
        language=SPANISH if is_signed or is_sample else ENGLISH,
        reviewers=", ".join(sorted(set(found))) if is_signed else "",
        is_unreviewed=is_sample and not is_signed,
        is_held_back=not is_sample and not is_signed,
    )


@cache
def load_texts(file: Path = FILE) -> PatientTexts:
    """Load the sentences for patients."""
    table = _table(load_document(file).value)
    questions = [_read_question(one) for one in _list(table["questions"])]
    return PatientTexts(
        rights=tuple(_read_right(one) for one in _list(table["rights"])),
        questions={one.id: one for one in questions},
        words={key: _read_text(one) for key, one in _table(table["words"]).items()},
    )


@cache
def load_tongues(file: Path = LANGUAGES_FILE) -> Mapping[str, Tongue]:
    """Load the languages that a patient may choose."""
    rows = [_table(row) for row in _list(_table(load_document(file).value)["languages"])]
    return {
        str(row["id"]): Tongue(
            id=str(row["id"]),
            own=str(row["own"]),
            en=str(row["en"]),
            es=str(row["es"]),
            is_indigenous=row.get("family") == "indigenous",
        )
        for row in rows
    }


def _read_right(plain: object) -> Right:
    table = _table(plain)
    adult, young, only = table.get("adult"), table.get("young"), table.get("only_for")
    cards = {Card(str(one)) for one in only} if isinstance(only, list) else set(Card)
    if adult is None:
        cards.discard(Card.ADULT)
    return Right(
        id=str(table["id"]),
        icon=str(table["icon"]),
        is_offer=table["kind"] == "offer",
        norms=tuple(str(one) for one in _list(table["norms"])),
        cards=frozenset(cards),
        adult=_read_text(adult) if adult else None,
        young=_read_text(young) if young else None,
    )


def _read_question(plain: object) -> Question:
    table = _table(plain)
    return Question(
        id=str(table["id"]),
        fact=str(table["fact"]),
        adult=_read_text(table["adult"]),
        young=_read_text(table["young"]),
        choices=tuple(_read_choice(one) for one in _list(table["answers"])),
    )


def _read_choice(plain: object) -> Choice:
    table = _table(plain)
    value = table["value"]
    return Choice(
        id=str(table["id"]),
        icon=str(table["icon"]),
        value=value if isinstance(value, str | int) else None,
        is_settled=bool(table.get("is_settled", True)),
        text=_read_text(table["adult"]),
    )


def _read_text(plain: object) -> PatientText:
    table = _table(plain)
    return PatientText(
        en=str(table["en"]),
        es=str(table["es"]),
        reviewed_by=str(table["reviewed_by"] or ""),
        reviewed_of=str(table["reviewed_of"] or ""),
    )


def _table(value: object) -> dict[str, object]:
    if not isinstance(value, dict):
        raise TypeError(f"no table: {value!r}")
    return value


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
