"""What officers ask for at the bedside, and what a letter of Bedside gives instead."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path

from bedside.rules.attestation.claim import ClaimClass
from bedside.rules.attestation.tables import load_table, read_text
from bedside.rules.vocabulary.problem import Text

ASKED = Path(__file__).with_name("asked.yaml")


class Besides(StrEnum):
    """What is done besides the letter."""

    LOG_REQUEST = "log_request"
    RAISE_INCIDENT = "raise_incident"
    ROUTE_REQUEST = "route_request"
    SEAL_SUMMARY = "seal_summary"
    TELL_PATIENT_FIRST = "tell_patient_first"


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedForm:
    """One form of words or paper that is asked for, and the honest answer to it."""

    id: str
    asked: Text
    says: tuple[ClaimClass, ...]
    gives: tuple[ClaimClass, ...]
    does: tuple[Besides, ...]
    answer: Text


@cache
def load_asked_forms() -> tuple[AskedForm, ...]:
    """Read what is asked for, in the order in which it is shown."""
    return tuple(
        AskedForm(
            id=entry["id"],
            asked=read_text(entry["asked"]),
            says=tuple(ClaimClass(one) for one in entry["says"]),
            gives=tuple(ClaimClass(one) for one in entry["gives"]),
            does=tuple(Besides(one) for one in entry["does"]),
            answer=read_text(entry["answer"]),
        )
        for entry in load_table(ASKED)["forms"]
    )
