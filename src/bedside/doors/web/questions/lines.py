"""Questions and instructions as a list or a page tells them, in one language."""

from dataclasses import dataclass

from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.words import say
from bedside.record.accounts.roles import NAMES, Role
from bedside.record.questions.queries import ReadDispute, ReadInstruction
from bedside.rules.vocabulary.problem import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeLine:
    """A question."""

    read: ReadDispute
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InstructionLine:
    """An instruction: who said it by role, and what was on file about it."""

    read: ReadInstruction
    role: str
    document: str
    found: str


def tell_dispute(read: ReadDispute, language: Language) -> DisputeLine:
    """Tell a question; who raised it is not named to anybody."""
    return DisputeLine(read=read, state=say(f"questions_state_{read.row.state}", language))


def tell_instruction(read: ReadInstruction, language: Language) -> InstructionLine:
    """Tell an instruction."""
    names = find_shelf().vocabulary.labels["ui"]
    found = names[read.row.found].say(language) if read.row.found in names else read.row.found
    return InstructionLine(
        read=read,
        role=NAMES[Role(read.row.role)].say(language),
        document=say(f"instructions_document_{read.row.document}", language),
        found=found,
    )
