"""The closed lists of a report; words are added here, never renamed."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Final

MOST_WORDS = 20_000  # characters of one text
# Shorter ones, so that a whole form is taken: it may weigh 64 KiB.
MOST: Final[Mapping[str, int]] = {
    "place": 200,
    "patient_words": 4000,
    "patient_language": 60,
    "interpreter": 120,
    "asked": 4000,
    "answered": 4000,
}
MOST_TYPES = 12  # of one report


class When(StrEnum):
    """When it happened, for whom no hour is at hand."""

    NOW = "now"
    SHIFT = "shift"
    EARLIER = "earlier"


class Reached(StrEnum):
    """Whether it reached the patient, or was stopped in time."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class Route(StrEnum):
    """By which way a report came."""

    ICON = "icon"
    ROW = "row"  # from what was noted at a stay
    SPOKEN = "spoken"  # a patient said it, staff wrote it
    PUBLIC = "public"  # the page that asks for no name
    FAMILY = "family"  # the same page, by somebody close to the patient
    OFFICER = "officer"  # the same page, by an officer or whoever leads officers
    OFFLINE = "offline"
    AUTOMATIC = "automatic"


class Side(StrEnum):
    """Who wrote a message."""

    REPORTER = "reporter"
    HOUSE = "house"


class What(StrEnum):
    """What waits in the box."""

    REPORT = "report"
    ANSWER = "answer"
    WITHDRAWAL = "withdrawal"


class Harm(StrEnum):
    """How badly somebody was hurt: the AHRQ harm scale, LOINC answer list LL2819-2."""

    DEATH = "LA20747-4"
    SEVERE = "LA20748-2"
    MODERATE = "LA20749-0"
    MILD = "LA21150-0"
    NONE = "LA21151-8"
    UNKNOWN = "LA4489-6"
