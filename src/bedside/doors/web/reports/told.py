"""A report and the talk about it as pages tell them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bedside.doors.web.words import SAID
from bedside.record.incidents.queries import find_progress
from bedside.record.incidents.words import STATUSES, Status
from bedside.record.reports.choices import Side
from bedside.record.reports.models import Report
from bedside.record.reports.queries import ReadMessage
from bedside.rules.incidents.taxonomy import load_families, load_types
from bedside.rules.vocabulary.problem import Language


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageLine:
    """One message as it stands on a page."""

    who: str
    text: str
    at: datetime
    is_ours: bool  # the house wrote it


def tell_kinds(report: Report, language: Language) -> str:
    """Say what kinds a report is of: its types, else its families."""
    types = [load_types()[code] for code in report.types if code in load_types()]
    named = [one.title.say(language) for one in types] or [
        load_families()[code].title.say(language)
        for code in report.families
        if code in load_families()
    ]
    return "; ".join(named) or SAID[language]["reports_no_kind"]


def tell_status(report: Report | None, language: Language) -> str:
    """Say how far a report has got; before it left the box it is received."""
    if report is None:
        return SAID[language]["reports_in_box"]
    if report.is_withdrawn:
        return SAID[language]["reports_taken_back"]
    return STATUSES[find_progress(report)].say(language)


def is_closed(report: Report | None) -> bool:
    """Tell whether the house closed its review; whoever made the report may still write."""
    return report is not None and find_progress(report) is Status.CLOSED


def tell_messages(messages: Iterable[ReadMessage], language: Language) -> list[MessageLine]:
    """Tell the messages in their order."""
    said = SAID[language]
    return [
        MessageLine(
            who=said["reports_house"] if one.row.side == Side.HOUSE else said["reports_reporter"],
            text=one.text,
            at=one.row.at,
            is_ours=one.row.side == Side.HOUSE,
        )
        for one in messages
    ]
