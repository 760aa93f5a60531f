"""Reading questions for ethics, whose words, its advice, and what rules leave open."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import F

from bedside.record.accounts.access import Standing
from bedside.record.accounts.roles import May
from bedside.record.consults.models import Advice, Consult, Danger, Gap, Voice
from bedside.record.encounters.models import Encounter
from bedside.record.journal.queries import Reader
from bedside.record.vault.sealed import SITE_RECORD

MOST_SHOWN: Final = 200
CONSULTS, VOICES, ADVICES = "consults_consult", "consults_voice", "consults_advice"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadConsult:
    """A question with its words; empty if its stay was deleted."""

    row: Consult
    question: str = ""
    situation: str = ""
    noted: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """Somebody's own words, and what a person made of them in another language."""

    speaker: str
    words: str
    language: str
    translated: str
    translator: str
    interpreter: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Advised:
    """What the committee advised, and when."""

    text: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class OnStay:
    """A question as the page of its stay tells of it: how it stands, the newest advice."""

    row: Consult
    advice: str
    is_late: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDanger:
    """A danger to somebody, with the words that say so."""

    row: Danger
    words: str
    told: str


def find_consults(standing: Standing) -> tuple[Consult, ...]:
    """Find the questions that a person may read: waiting ones first, the one due first on top."""
    rows = Consult.objects.filter(site_id=standing.site).select_related("encounter")
    ordered = rows.order_by(F("advised_at").desc(nulls_first=True), "due_at")
    return tuple(one for one in ordered[:MOST_SHOWN] if _may_read(standing, one))


def find_consults_of(stay: Encounter) -> tuple[Consult, ...]:
    """Find the questions about a stay, the newest first."""
    rows = Consult.objects.filter(encounter=stay).select_related("encounter")
    return tuple(rows.order_by("-referred_at")[:MOST_SHOWN])


def find_on_stay(reader: Reader, stay: Encounter, *, at: datetime) -> tuple[OnStay, ...]:
    """Find what the page of a stay tells of its questions, the newest first."""
    found = []
    for row in find_consults_of(stay):
        advice = find_advice(reader, row)
        newest = advice[0].text if advice else ""
        found.append(OnStay(row=row, advice=newest, is_late=is_late(row, at)))
    return tuple(found)


def read_consult(reader: Reader, row: Consult) -> ReadConsult:
    """Open a question."""
    room = reader.open(row.encounter.about)
    if room is None:
        return ReadConsult(row=row)
    return ReadConsult(
        row=row,
        question=room.open(row.question, CONSULTS, row.pk, "question"),
        situation=room.open(row.situation, CONSULTS, row.pk, "situation"),
        noted=room.open(row.noted, CONSULTS, row.pk, "noted"),
    )


def find_voices(reader: Reader, consult: Consult) -> tuple[Heard, ...]:
    """Find whose words were kept, the oldest first."""
    room = reader.open(consult.encounter.about)
    rows = Voice.objects.filter(consult=consult).order_by("at", "id")[:MOST_SHOWN] if room else ()
    return tuple(
        Heard(
            speaker=row.speaker,
            words=room.open(row.words, VOICES, row.pk, "words"),
            language=row.language,
            translated=room.open(row.translated, VOICES, row.pk, "translated"),
            translator=row.translator,
            interpreter=room.open(row.interpreter, VOICES, row.pk, "interpreter"),
            at=row.at,
        )
        for row in rows
        if room
    )


def find_advice(reader: Reader, consult: Consult) -> tuple[Advised, ...]:
    """Find what the committee advised, the newest first."""
    room = reader.open(consult.encounter.about)
    rows = Advice.objects.filter(consult=consult).order_by("-at", "-id")[:MOST_SHOWN]
    return tuple(
        Advised(text=room.open(row.text, ADVICES, row.pk, "text"), at=row.at)
        for row in rows
        if room
    )


def find_gaps(standing: Standing) -> tuple[Gap, ...]:
    """Find what rules leave open: unanswered ones first, the newest on top."""
    rows = Gap.objects.filter(site_id=standing.site).prefetch_related("consults")
    ordered = rows.order_by(F("answered_at").desc(nulls_first=True), "-raised_at")
    return tuple(ordered[:MOST_SHOWN])


def read_gap_answer(reader: Reader, gap: Gap) -> str:
    """Open how a gap was answered."""
    room = reader.open(SITE_RECORD)
    return room.open(gap.answer, "consults_gap", gap.pk, "answer") if room else ""


def find_dangers(reader: Reader, stay: Encounter) -> tuple[ReadDanger, ...]:
    """Find the dangers to somebody that were noted of a stay, the newest first."""
    room = reader.open(stay.about)
    rows = Danger.objects.filter(encounter=stay).order_by("-at", "-id")[:MOST_SHOWN]
    return tuple(
        ReadDanger(
            row=row,
            words=room.open(row.words, "consults_danger", row.pk, "words"),
            told=room.open(row.told, "consults_danger", row.pk, "told"),
        )
        for row in rows
        if room
    )


def is_late(consult: Consult, at: datetime) -> bool:
    """Tell whether a question waits longer than it should."""
    return consult.advised_at is None and consult.due_at <= at


def _may_read(standing: Standing, consult: Consult) -> bool:
    return standing.may_in(May.READ_CARE, consult.encounter.unit)
