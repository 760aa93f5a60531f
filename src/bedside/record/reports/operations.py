"""Making a report under one's name, and the talk about it; without a name it goes into the box."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from bedside.record.journal.act import Act
from bedside.record.journal.operations import Happening, append, operation
from bedside.record.refusal import Refused
from bedside.record.reports.choices import (
    MOST,
    MOST_TYPES,
    MOST_WORDS,
    Harm,
    Reached,
    Route,
    Side,
    When,
)
from bedside.record.reports.facts import MOST_FACTS, is_known
from bedside.record.reports.models import Message, Report
from bedside.record.reports.queries import MESSAGES, TABLE, TEXTS
from bedside.record.reports.rooms import make_room, open_room
from bedside.record.vault.sealed import Strongroom
from bedside.rules.incidents.taxonomy import load_families, load_types
from bedside.trust.ledger.leaf import Lane

BAD = 400
HARMS = ("harm_physical", "harm_psychological", "dignity_impact")


class TooLong(Refused):
    """A text of a report that is longer than one text may be."""

    code: ClassVar[str] = "reports.too-long"
    status: ClassVar[int] = BAD
    en: ClassVar[str] = "One text holds {most} characters at most; yours has {count}. Shorten it."
    es: ClassVar[str] = "Un texto admite {most} caracteres; el suyo tiene {count}. Acórtelo."


class NotAChoice(Refused):
    """A word of a report that no form offers."""

    code: ClassVar[str] = "reports.not-a-choice"
    status: ClassVar[int] = BAD
    en: ClassVar[str] = "`{word}` is not one of the choices. Go back and choose again."
    es: ClassVar[str] = "`{word}` no es una de las opciones. Vuelva y elija otra vez."


class NothingChosen(Refused):
    """A report that says neither what kind it is nor anything in words."""

    code: ClassVar[str] = "reports.nothing-chosen"
    status: ClassVar[int] = BAD
    en: ClassVar[str] = "Say what kind it is, or write a sentence. The rest can wait."
    es: ClassVar[str] = "Diga de qué tipo es o escriba una oración. Lo demás puede esperar."


class NoMoment(Refused):
    """A day or time that cannot be read or lies ahead; it would be lost without a word."""

    code: ClassVar[str] = "reports.no-moment"
    status: ClassVar[int] = BAD
    en: ClassVar[str] = (
        "Give when it happened as a day and time that is not ahead of now, as 2026-11-24 03:05,"
        " or leave it empty."
    )
    es: ClassVar[str] = (
        "Diga cuándo ocurrió con un día y hora que no estén por venir, como 2026-11-24 03:05, o"
        " déjelo vacío."
    )


class NeedsLane(Refused):
    """A report in a record that takes none: that of counsel, or the house's own without a name."""

    code: ClassVar[str] = "reports.needs-lane"
    status: ClassVar[int] = BAD
    en: ClassVar[str] = "Choose an ordinary record or a safety report; without a name, the latter."
    es: ClassVar[str] = "Elija registro ordinario o informe de seguridad; sin nombre, este último."


class NeedsConsent(Refused):
    """A patient's words that the patient did not agree to have filed."""

    code: ClassVar[str] = "reports.needs-consent"
    status: ClassVar[int] = BAD
    en: ClassVar[str] = (
        "The patient's words are filed only if the patient agrees. Ask first, alone if you can; "
        "you can report in your own words without them."
    )
    es: ClassVar[str] = (
        "Las palabras del paciente se presentan solo si está de acuerdo. Pregunte antes, a solas "
        "si puede; usted puede informar con sus propias palabras."
    )


class ClosedByReporter(Refused):
    """A message on a report that whoever made it took back."""

    code: ClassVar[str] = "reports.closed-by-reporter"
    en: ClassVar[str] = "This report was taken back; nothing more is added to it."
    es: ClassVar[str] = "Este informe fue retirado; ya no se le agrega nada."


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a report says, whoever makes it."""

    route: Route
    families: tuple[str, ...] = ()
    types: tuple[str, ...] = ()
    reached_patient: str = Reached.UNKNOWN
    harms: Mapping[str, str] = field(default_factory=dict)  # by column, codes of `Harm`
    when: str = ""
    happened_at: datetime | None = None
    happened_until: datetime | None = None
    discovered_at: datetime | None = None
    unit: str = ""
    present: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()  # of the vocabulary, as `id=value`
    texts: Mapping[str, str] = field(default_factory=dict)  # by column of `TEXTS`


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """From what a named report was made, and what the patient agreed to."""

    stay: UUID | None = None
    mark: UUID | None = None
    agreed_to_file: bool | None = None
    agreed_to_be_named: bool | None = None


NOWHERE = Origin()


@operation
def record_report(act: Act, said: Said, *, origin: Origin = NOWHERE) -> Report:
    """File a report under one's name, in the lane of the act."""
    verify_said(said)
    if act.lane is Lane.LEGAL:
        raise NeedsLane
    if said.texts.get("patient_words") and not origin.agreed_to_file:
        raise NeedsConsent
    report = Report(
        id=act.draw_id(),
        named_by=act.person,
        filed_at=act.at,
        stay=origin.stay,
        mark=origin.mark,
        agreed_to_file=origin.agreed_to_file,
        agreed_to_be_named=origin.agreed_to_be_named,
    )
    add_report(act, report, said)
    return report


@operation
def record_message(act: Act, report: Report, *, side: Side, text: str) -> Message:
    """Write a message on a report: the house asks or answers, or the reporter who gave a name."""
    held = lock_report(report)
    verify_open(held)
    verify_text(text)
    message = Message(id=act.draw_id(), by=act.person, side=side, at=act.at)
    add_message(act, held, message, text)
    return message


@operation
def record_withdrawn(act: Act, report: Report, *, reason: str = "") -> None:
    """Close a report at the wish of whoever made it; nothing of it is deleted."""
    add_withdrawal(act, report, reason)


@operation
def record_viewed(act: Act, report: Report) -> None:
    """Note that somebody read a report."""
    _tell(act, report, "report.viewed", {})


@operation
def record_messages_read(act: Act, report: Report, *, side: Side) -> None:
    """Note that one side read what the other wrote."""
    flag = "read_by_house" if side is Side.HOUSE else "read_by_reporter"
    Message.objects.filter(report=report).exclude(side=side).update(**{flag: True})
    _tell(act, report, "report.messages-read", {"side": side.value})


def add_report(act: Act, report: Report, said: Said) -> None:
    """Add the rows of a report and its one event; only inside an operation."""
    report.site_id, report.lane = act.site, act.lane.value
    report.route, report.when, report.unit = said.route, said.when, said.unit
    report.families, report.types = list(said.families), list(said.types)
    report.reached_patient = said.reached_patient
    report.happened_at, report.happened_until = said.happened_at, said.happened_until
    report.discovered_at = said.discovered_at
    for column in HARMS:
        setattr(report, column, said.harms.get(column, ""))
    room = make_room(act, report.pk)
    for column in TEXTS:
        setattr(report, column, room.seal(said.texts.get(column, ""), TABLE, report.pk, column))
    for column, listed in (("present", said.present), ("facts", said.facts)):
        text = json.dumps(list(listed)) if listed else ""
        setattr(report, column, room.seal(text, TABLE, report.pk, column))
    report.save(force_insert=True)
    _tell(act, report, "report.filed", _say(report, said), room)


def add_message(act: Act, report: Report, message: Message, text: str) -> None:
    """Add a message and its one event; only inside an operation that locked the report."""
    room = open_room(act, report)
    message.report = report
    message.number = Message.objects.filter(report=report).count()
    message.text = room.seal(text, MESSAGES, message.pk, "text")
    message.read_by_house = message.side == Side.HOUSE
    message.read_by_reporter = message.side == Side.REPORTER
    message.save(force_insert=True)
    kind = "report.asked" if message.side == Side.HOUSE else "report.answered"
    _tell(act, report, kind, {"text": text}, room)


def add_withdrawal(act: Act, report: Report, reason: str) -> None:
    """Close a report and tell it once; only inside an operation."""
    verify_text(reason, may_be_empty=True)
    rows = Report.objects.filter(pk=report.pk, withdrawn_at=None)
    if not rows.update(withdrawn_at=act.at):
        raise ClosedByReporter
    _tell(act, report, "report.withdrawn", {"reason": reason})


def verify_said(said: Said) -> None:
    """Refuse what no form offers, and texts that are too long."""
    unknown = [word for word, known in _find_choices(said) if word not in known]
    unknown += [fact for fact in said.facts if not is_known(fact)]
    for listed, most in ((said.types, MOST_TYPES), (said.facts, MOST_FACTS)):
        unknown += listed[most:]
    if unknown:
        raise NotAChoice(word=unknown[0])
    for column, text in said.texts.items():
        verify_text(text, may_be_empty=True, most=MOST.get(column, MOST_WORDS))
    if not (said.types or said.families or any(said.texts.values())):
        raise NothingChosen


def verify_text(text: str, *, may_be_empty: bool = False, most: int = MOST_WORDS) -> None:
    """Refuse a text that is too long, or empty where it must not be."""
    if len(text) > most:
        raise TooLong(most=most, count=len(text))
    if not text and not may_be_empty:
        raise NothingChosen


def lock_report(report: Report) -> Report:
    """Read a report as it stands now, and let nobody else change it before this is done."""
    return Report.objects.select_for_update().get(pk=report.pk)


def verify_open(report: Report) -> None:
    """Refuse to add to a report that was taken back."""
    if report.is_withdrawn:
        raise ClosedByReporter


def _find_choices(said: Said) -> list[tuple[str, frozenset[str]]]:
    types, families = frozenset(load_types()), frozenset(load_families())
    harms = frozenset(harm.value for harm in Harm)
    return [
        *((code, types) for code in said.types),
        *((code, families) for code in said.families),
        *((code, harms) for code in said.harms.values() if code),
        *((column, frozenset(HARMS)) for column in said.harms),
        *((column, frozenset(TEXTS)) for column in said.texts),
        (said.reached_patient, frozenset(one.value for one in Reached)),
        (said.when, frozenset({"", *(one.value for one in When)})),
        (said.route, frozenset(one.value for one in Route)),
    ]


def _say(report: Report, said: Said) -> dict[str, object]:
    """Say everything that a leaf commits to."""
    return {
        "agreed_to_be_named": report.agreed_to_be_named,
        "agreed_to_file": report.agreed_to_file,
        "facts": list(said.facts),
        "families": list(said.families),
        "harms": {column: said.harms.get(column, "") for column in HARMS},
        "mark": str(report.mark) if report.mark else None,
        "moments": [
            moment.isoformat() if moment else None
            for moment in (said.happened_at, said.happened_until, said.discovered_at)
        ],
        "present": list(said.present),
        "reached_patient": said.reached_patient,
        "route": said.route.value,
        "stay": str(report.stay) if report.stay else None,
        "texts": {column: said.texts.get(column, "") for column in TEXTS},
        "types": list(said.types),
        "unit": said.unit,
        "when": said.when,
    }


def _tell(
    act: Act,
    report: Report,
    kind: str,
    content: Mapping[str, object],
    room: Strongroom | None = None,
) -> None:
    append(
        act,
        Happening(
            kind=kind,
            about=report.about,
            record=report.about,
            content=content,
            room=room or open_room(act, report),
        ),
    )
