"""Reading what a device sends: rows of closed kinds, bounded; what is none is said, row by row."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from typing import ClassVar, Final
from uuid import UUID

from bedside.record.presence.words import Outcome
from bedside.record.refusal import Refused
from bedside.record.reports.choices import MOST_WORDS

MOST_ROWS: Final = 40  # of one sending; a device sends the rest after it
MOST_FIELDS: Final = 60
MOST_OF_REPORT: Final = 120  # its fields: every tick of its form is one
MOST_TEXT: Final = 500
MOST_NAME: Final = 40
MOST_DEPTH: Final = 6
OF_TAPS: Final = (MOST_FIELDS, MOST_NAME * 2)  # how many, and how long one is
OF_REPORT: Final = (MOST_OF_REPORT, MOST_WORDS)
EARLIEST, LATEST = datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


class RowKind(StrEnum):
    """What a row notes."""

    MARK = "mark"  # six taps of a stay
    REQUEST = "request"  # a request to the officer and what came of it
    OUTCOME = "outcome"  # what came of a request later
    CHECK = "check"  # a look at a restraint
    REPORT = "report"  # a report under a name


class NotARow(Refused):
    """A row that no device of ours writes."""

    code: ClassVar[str] = "offline.not-a-row"
    status: ClassVar[int] = 400
    en: ClassVar[str] = (
        "This note is not whole: `{part}`. It was not recorded; write it down again on the page."
    )
    es: ClassVar[str] = (
        "Esta nota no está completa: `{part}`. No se registró; anótela otra vez en la página."
    )


class NotRows(Refused):
    """A sending that is no list of rows, or too long a one."""

    code: ClassVar[str] = "offline.not-rows"
    status: ClassVar[int] = 400
    en: ClassVar[str] = "This is no list of at most {most} notes; nothing of it was recorded."
    es: ClassVar[str] = "Esto no es una lista de {most} notas o menos; no se registró nada."


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One note as a device kept it."""

    kind: RowKind
    key: UUID
    stay: UUID | None  # only a report may be of none
    device_at: datetime
    fields: tuple[tuple[str, str], ...] = ()
    preset: str = ""
    outcome: Outcome = Outcome.OPEN
    words: str = ""
    answer: str = ""
    in_danger: bool = False
    after: UUID | None = None  # the key of the row that this one goes on from
    mark: UUID | None = None  # or the note itself, if the house had it already
    restraint: UUID | None = None
    finding: str = ""
    is_meant: bool = False  # its author said that the words are meant

    @property
    def texts(self) -> tuple[str, ...]:
        """Everything in it that somebody may have written."""
        return (self.words, self.answer, self.finding, *(value for _, value in self.fields))


def read_list(text: str) -> list[object]:
    """Read the list of rows, or refuse all of it."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, list) or not 0 < len(found) <= MOST_ROWS:
        raise NotRows(most=MOST_ROWS)
    return found


def read_row(plain: object) -> Row:
    """Read one row, or refuse it and name the part that is wrong."""
    if not isinstance(plain, Mapping):
        raise NotARow(part="row")
    reader = _Reader(plain)
    kind = RowKind(reader.choice("kind", RowKind))
    is_report = kind is RowKind.REPORT
    return Row(
        kind=kind,
        key=reader.id("key"),
        stay=reader.maybe_id("stay") if is_report else reader.id("stay"),
        device_at=read_moment(reader.text("device_at", MOST_NAME)),
        fields=tuple(reader.pairs("fields", OF_REPORT if is_report else OF_TAPS)),
        preset=reader.text("preset", MOST_NAME),
        outcome=Outcome(reader.choice("outcome", Outcome, Outcome.OPEN)),
        words=reader.text("words", MOST_TEXT),
        answer=reader.text("answer", MOST_TEXT),
        in_danger=plain.get("danger") == "now",
        after=reader.maybe_id("after") or reader.maybe_id("of"),
        mark=reader.maybe_id("mark"),
        restraint=reader.maybe_id("restraint"),
        finding=reader.text("finding", MOST_NAME),
        is_meant=plain.get("keep_anyway") is True,
    )


def find_key(plain: object) -> str:
    """Find what a row calls itself, even if nothing else of it can be read."""
    key = plain.get("key") if isinstance(plain, Mapping) else None
    return key[:MOST_NAME] if isinstance(key, str) else ""


def read_moment(text: str) -> datetime:
    """Read a moment of a device's clock."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise NotARow(part="device_at") from None
    if found.tzinfo is None or not EARLIEST <= found < LATEST:
        raise NotARow(part="device_at")
    return found.astimezone(UTC)


class _Reader:
    def __init__(self, plain: Mapping[object, object]) -> None:
        self.plain = plain

    def text(self, name: str, most: int) -> str:
        found = self.plain.get(name)
        if found is None:
            return ""
        if not isinstance(found, str) or len(found) > most or "\0" in found:
            raise NotARow(part=name)
        return _check(found, name)

    def choice(self, name: str, known: type[StrEnum], otherwise: str = "") -> str:
        found = self.text(name, MOST_NAME) or otherwise
        if found not in set(known):
            raise NotARow(part=name)
        return found

    def id(self, name: str) -> UUID:
        found = self.maybe_id(name)
        if found is None:
            raise NotARow(part=name)
        return found

    def maybe_id(self, name: str) -> UUID | None:
        found = self.text(name, MOST_NAME)
        if not found:
            return None
        try:
            return UUID(found)
        except ValueError:
            raise NotARow(part=name) from None

    def pairs(self, name: str, bounds: tuple[int, int]) -> Iterator[tuple[str, str]]:
        most, longest = bounds
        found = self.plain.get(name, [])
        if not isinstance(found, list) or len(found) > most:
            raise NotARow(part=name)
        for pair in found:
            if not (isinstance(pair, list) and len(pair) == 2):  # noqa: PLR2004 - a name and a value
                raise NotARow(part=name)
            yield _bound(pair[0], name, MOST_NAME * 2), _bound(pair[1], name, longest)


def _bound(text: object, name: str, most: int) -> str:
    if not isinstance(text, str) or len(text) > most or "\0" in text:
        raise NotARow(part=name)
    return _check(text, name)


def _check(text: str, name: str) -> str:
    """Refuse half of a letter, which no database keeps."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise NotARow(part=name) from None
    return text
