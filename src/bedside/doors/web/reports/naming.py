"""Find a person called by name in a report: a role says enough, and hurts nobody."""

import re

from bedside.doors.web.screening.screened import AROUND, Shown
from bedside.doors.web.words import SAID
from bedside.rules.vocabulary.problem import Language

TITLES = (
    "dr|dra|doctor|doctora|nurse|enfermer[ao]|officer|agent|agente|oficial|sergeant|sgt|sargento"
    "|deputy|mr|mrs|ms|miss|señora?|sra?|lic|licenciad[ao]"
)
NAMED = re.compile(rf"\b(?i:{TITLES})\.?\s+(?:[A-ZÁÉÍÓÚÑ][a-záéíóúñ'\u2019-]+\s?){{1,3}}")
AFTER_A_TITLE = {"Manager", "Practitioner", "Supervisor", "Station", "In", "On", "At", "Who"}


def find_names(text: str, language: Language) -> tuple[Shown, ...]:
    """Find who is called by a title and a name."""
    said = SAID[language]
    return tuple(
        Shown(
            before=text[max(0, match.start() - AROUND) : match.start()],
            words=match[0].strip()[: AROUND * 2],
            after=text[match.end() : match.end() + AROUND],
            label=said["reports_a_name"],
            instead=said["reports_a_role_instead"],
            may_keep=True,
        )
        for match in NAMED.finditer(text)
        if match[0].split()[1] not in AFTER_A_TITLE
    )
