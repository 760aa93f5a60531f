"""Reading questions to the rulebook's owner, and what managers told staff."""

from dataclasses import dataclass

from bedside.record.accounts.access import Standing
from bedside.record.journal.queries import Reader
from bedside.record.questions.models import Asked, Dispute, Instruction
from bedside.record.vault.sealed import Strongroom

MOST_SHOWN = 100
OPEN = "open"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadDispute:
    """A question with its sealed words; all empty if its stay was deleted."""

    row: Dispute
    situation: str
    advised: str
    reason: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadInstruction:
    """An instruction with its sealed words; all empty if its stay was deleted."""

    row: Instruction
    situation: str
    words: str


def find_own_disputes(reader: Reader, standing: Standing) -> tuple[ReadDispute, ...]:
    """Find the questions that a person raised, the newest first."""
    rows = Dispute.objects.filter(site_id=standing.site, by=standing.person).order_by("-at")
    return tuple(read_dispute(reader, row) for row in rows[:MOST_SHOWN])


def find_disputes_to_answer(reader: Reader, standing: Standing) -> tuple[ReadDispute, ...]:
    """Find the questions that wait for the rulebook's owner, the oldest first."""
    rows = Dispute.objects.filter(site_id=standing.site, state=OPEN).order_by("at")
    return tuple(read_dispute(reader, row) for row in rows[:MOST_SHOWN])


def find_answered_disputes(reader: Reader, standing: Standing) -> tuple[ReadDispute, ...]:
    """Find the questions that were answered, the newest first."""
    rows = Dispute.objects.filter(site_id=standing.site).exclude(state=OPEN)
    return tuple(read_dispute(reader, row) for row in rows.order_by("-answered_at")[:MOST_SHOWN])


def find_own_instructions(reader: Reader, standing: Standing) -> tuple[ReadInstruction, ...]:
    """Find what a person noted that somebody in charge told them."""
    rows = Instruction.objects.filter(site_id=standing.site, by=standing.person)
    return tuple(read_instruction(reader, row) for row in rows.order_by("-at")[:MOST_SHOWN])


def find_instructions(reader: Reader, standing: Standing) -> tuple[ReadInstruction, ...]:
    """Find every instruction that was noted at a hospital, the newest first."""
    rows = Instruction.objects.filter(site_id=standing.site).order_by("-at")
    return tuple(read_instruction(reader, row) for row in rows[:MOST_SHOWN])


def read_dispute(reader: Reader, row: Dispute) -> ReadDispute:
    """Open the words of a question."""
    room, table = reader.open(row.record), "questions_dispute"
    return ReadDispute(
        row=row,
        situation=_open(room, row, table, "situation"),
        advised=_open(room, row, table, "advised"),
        reason=_open(room, row, table, "reason"),
        answer=_open(room, row, table, "answer"),
    )


def read_instruction(reader: Reader, row: Instruction) -> ReadInstruction:
    """Open the words of an instruction."""
    room, table = reader.open(row.record), "questions_instruction"
    return ReadInstruction(
        row=row,
        situation=_open(room, row, table, "situation"),
        words=_open(room, row, table, "words"),
    )


def _open(room: Strongroom | None, row: Asked, table: str, column: str) -> str:
    if room is None:
        return ""
    sealed: bytes = getattr(row, column)
    return room.open(sealed, table, row.pk, column)
