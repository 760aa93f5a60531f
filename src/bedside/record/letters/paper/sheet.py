"""A sheet: everything that will stand on the paper of one document, as plain data for the press."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import ClassVar, TypeAlias

from bedside.record.letters.paper.edition import press_edition
from bedside.record.refusal import Refused
from bedside.rules.attestation.claim import ClaimClass
from bedside.rules.attestation.classes import load_classes
from bedside.rules.attestation.clause import Reader
from bedside.rules.attestation.compose import Document, Line
from bedside.rules.attestation.moment import say_moment
from bedside.rules.attestation.tables import Table, load_table, read_text
from bedside.rules.vocabulary.document import Plain
from bedside.rules.vocabulary.problem import LANGUAGES, Language, Text
from bedside.trust.ledger.canonical import write_canonical

WORDS = Path(__file__).with_name("words.yaml")
MARK = "bedside-letter"
WORDS_USED = ("scope", "check", "requests", "signed", "acknowledge", "acknowledge_how")

Said: TypeAlias = list[Plain]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What stands around the claims: whose letter, which version, in which languages."""

    letter: str  # its number, without which nobody finds it; says nothing of the patient
    version: int
    patient: str
    hospital: str
    signer: Text
    languages: tuple[Language, ...]  # the first is the document's own
    zone: tzinfo
    check_at: str  # the address that the code holds
    reviewer: str | None = None  # who reviewed the translation; nobody yet if empty
    requests: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """One document, ready to print: the same sheet always gives the same bytes."""

    content: bytes  # canonical JSON, what the ledger can commit to
    check_at: str
    printed_at: datetime


class HiddenCharacter(Refused):
    """A name with a character that cannot be seen, or that turns the reading direction."""

    code: ClassVar[str] = "letters.hidden-character"
    status: ClassVar[int] = 422
    en: ClassVar[str] = (
        "`{name}` holds a character that cannot be seen (U+{number}); type it again without it."
    )
    es: ClassVar[str] = (
        "`{name}` tiene un carácter que no se ve (U+{number}); escríbalo de nuevo sin él."
    )


def make_sheet(document: Document, heading: Heading) -> Sheet:
    """Lay a document out in its languages, or raise `HiddenCharacter`."""
    _refuse_hidden(heading)
    page = _Page(heading)
    plain: dict[str, Plain] = {
        "lang": str(heading.languages[0]),
        "hospital": heading.hospital,
        "keywords": list(_keywords(document, heading)),
        "title": page.say(document.title),
        "for_whom": page.say(document.for_whom),
        "facts": page.facts(document),
        "words": {key: page.word(key) for key in WORDS_USED},
        "code_alt": page.line("code_alt", url=heading.check_at),
        "scope": page.say(document.scope),
        "groups": page.groups(document.lines),
        "requests": [page.say(one) for one in heading.requests],
        "signed": [page.say(heading.signer), *page.review()],
        "answers": page.answers(document.reader),
        "footer": f"{heading.hospital} · {heading.letter} · {heading.version}",
    }
    return Sheet(
        content=write_canonical(plain), check_at=heading.check_at, printed_at=document.as_of
    )


def _refuse_hidden(heading: Heading) -> None:
    names = (heading.letter, heading.patient, heading.hospital, heading.reviewer or "")
    for name in (*names, heading.signer.en, heading.signer.es, heading.check_at):
        hidden = [letter for letter in name if unicodedata.category(letter)[0] in "CZ"]
        if any(letter != " " for letter in hidden):
            number = next(f"{ord(letter):04X}" for letter in hidden if letter != " ")
            raise HiddenCharacter(name=name, number=number)


def _keywords(document: Document, heading: Heading) -> Iterable[str]:
    """Say in the file itself which letter it is, for whom, and when it ends."""
    yield MARK
    yield f"letter={heading.letter}"
    yield f"version={heading.version}"
    yield f"reader={document.reader}"
    yield f"scope={document.scope_version}"
    yield f"ends={int(document.expires_at.timestamp())}"
    yield f"press={press_edition()}"


class _Page:
    """Says things in the languages of one sheet."""

    def __init__(self, heading: Heading) -> None:
        self.heading = heading

    def say(self, text: Text) -> Said:
        said: Said = []
        for language in self.heading.languages:
            if text.say(language):
                said.append({"lang": str(language), "text": text.say(language)})
        return said

    def as_written(self, text: Text) -> Said:
        """Say what nobody translated as it was written, sooner than leave it out."""
        return [
            {"lang": str(language), "text": text.say(language)}
            for language in LANGUAGES
            if text.say(language)
        ]

    def word(self, key: str, **values: Text) -> Said:
        text = read_text(_load_words()[key])
        en = text.en.format(**{name: value.en for name, value in values.items()})
        es = text.es.format(**{name: value.es for name, value in values.items()})
        return self.say(Text(en=en, es=es))

    def line(self, key: str, **values: str) -> str:
        text = read_text(_load_words()[key]).say(self.heading.languages[0])
        return text.format(**values)

    def moment(self, at: datetime) -> Said:
        return self.say(say_moment(at, self.heading.zone))

    def facts(self, document: Document) -> list[Plain]:
        word, heading = read_text(_load_words()["version"]), self.heading
        number = Text(
            en=f"{heading.letter}, {word.en} {heading.version}",
            es=f"{heading.letter}, {word.es} {heading.version}",
        )
        rows = (
            ("patient", self.say(Text(en=heading.patient, es=heading.patient))),
            ("letter", self.say(number)),
            ("as_of", self.moment(document.as_of)),
            ("ends", self.moment(document.expires_at)),
        )
        return [{"name": self.word(name), "value": value} for name, value in rows]

    def groups(self, lines: Iterable[Line]) -> list[Plain]:
        found: list[Plain] = []
        for letter, some in groupby(lines, key=lambda line: line.letter):
            label = load_classes()[ClaimClass(letter)].label
            found.append(
                {
                    "letter": str(letter),
                    "label": self.say(label),
                    "lines": [self.claim(line) for line in some],
                }
            )
        return found

    def claim(self, line: Line) -> Plain:
        at = say_moment(line.assessed_at, self.heading.zone)
        return {
            "text": self.say(line.text),
            "addition": self.say(line.addition) or self.as_written(line.addition),
            "seen": self.word(str(line.ground), at=at),
        }

    def answers(self, reader: Reader) -> list[Plain]:
        """Ask the receiving side what it got and can give; a patient is not asked."""
        if reader is Reader.PATIENT:
            return []
        rows = _load_words()["acknowledge_rows"]
        return [[self.say(read_text(one)) for one in row] for row in rows]

    def review(self) -> list[Plain]:
        """Say who reviewed the translation, where there is one."""
        if self.heading.languages == (Language("en"),):
            return []
        if self.heading.reviewer is None:
            return [self.word("unreviewed")]
        reviewer = Text(en=self.heading.reviewer, es=self.heading.reviewer)
        return [self.word("reviewed", reviewer=reviewer)]


@cache
def _load_words() -> Table:
    return load_table(WORDS)
