"""The form on which a treating clinician notes what a patient says was done to them.

What it asks follows the Istanbul Protocol as its norms here were read: who was present and for whom
they work, the exact time and place, restraints on arrival and during the exam, the escorts' manner
and any threatening words. How far a finding fits what is told is said in five degrees that are
remembered, not read: the page says so.
"""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from bedside.rules.vocabulary.problem import Text

MOST_WORDS: Final = 8_000
MOST_FINDINGS: Final = 8
NORMS: Final = (
    "world/istanbul-protocol/report-names-who-was-present",
    "world/istanbul-protocol/report-names-restraints",
    "world/istanbul-protocol/313-examined-in-private",
)


class Fits(StrEnum):
    """How far a finding fits what the patient tells, from not at all to hardly anything else."""

    NOT_CONSISTENT = "not_consistent"
    CONSISTENT = "consistent"
    HIGHLY_CONSISTENT = "highly_consistent"
    TYPICAL = "typical"
    DIAGNOSTIC = "diagnostic"


FITS: dict[Fits, Text] = {
    Fits.NOT_CONSISTENT: Text(en="Not consistent", es="No concuerda"),
    Fits.CONSISTENT: Text(en="Consistent", es="Concuerda"),
    Fits.HIGHLY_CONSISTENT: Text(en="Highly consistent", es="Concuerda mucho"),
    Fits.TYPICAL: Text(en="Typical", es="Es típico"),
    Fits.DIAGNOSTIC: Text(en="Diagnostic", es="Es diagnóstico"),
}
TEXTS: Final = (
    "told",  # the patient's own words
    "language",  # in which they were told, and who interpreted
    "present",  # who was present, and for whom they work
    "place",  # exact time and place
    "restraints_arrival",
    "restraints_exam",
    "manner",  # of the escorts
    "threats",  # to the patient or the examiner, verbatim
    "asked_to_leave",  # whether the officer was asked to leave, and what came of it
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something found on the body or in the mind, and how far it fits what was told."""

    what: str
    fits: Fits


@dataclass(frozen=True, slots=True, kw_only=True)
class Evaluated:
    """Everything that one evaluation says."""

    texts: dict[str, str] = field(default_factory=dict)
    findings: tuple[Finding, ...] = ()
