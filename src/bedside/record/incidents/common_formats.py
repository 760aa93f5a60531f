"""Reviews as concepts of the AHRQ Common Formats, for a Patient Safety Organization to map.

Everything here is of the safety lane and leaves only by its own export.
"""

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from bedside.record.incidents.harm import Rated, find_letter, find_worst
from bedside.record.incidents.models import Review
from bedside.record.incidents.queries import (
    RatingSeen,
    Story,
    find_actions,
    find_ratings,
    find_story,
)
from bedside.record.journal.queries import Reader
from bedside.record.reports.models import Report
from bedside.record.reports.queries import read_report
from bedside.rules.incidents.taxonomy import Ahrq, load_types
from bedside.rules.vocabulary.document import load_document
from bedside.rules.vocabulary.problem import Text
from bedside.trust.ledger.leaf import Lane

TABLE = Path(__file__).with_name("common_formats.yaml")
LOINC = "http://loinc.org"
CUSTODY = "https://bedside.example/fhir/CodeSystem/custody-module"
LABEL = "for PSO mapping; not a CDA submission"
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # what a spreadsheet would take for a formula


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """One thing that is asked, its LOINC code if it has one, and the module it belongs to."""

    key: str
    label: Text
    loinc: str
    module: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PatientSafetyEvent:
    """One review as it is taken out."""

    review: Review
    ahrq: Ahrq
    rated: Rated | None
    values: Mapping[str, str]


@cache
def load_elements() -> tuple[Element, ...]:
    """Read the elements of both modules, in their order."""
    plain = _load()
    return tuple(
        Element(
            key=one["key"],
            label=Text(en=one["en"], es=one["es"]),
            loinc=str(one.get("loinc", "")),
            module=module,
        )
        for module in ("generic", "custody")
        for one in plain[module]
    )


@cache
def load_harms() -> Mapping[str, str]:
    """Read the answers of the harm scale, by their LOINC code."""
    return {str(code): str(said) for code, said in _load()["harms"].items()}


def find_events(reader: Reader, reviews: Iterable[Review]) -> tuple[PatientSafetyEvent, ...]:
    """Read reviews as they are taken out; with what is read must be of the safety lane."""
    return tuple(_read(reader, review) for review in reviews)


def find_class(review: Review) -> Ahrq:
    """Tell the AHRQ class: a type that may be a near miss is one if it was stopped in time."""
    type_ = load_types().get(review.code)
    if type_ is None:
        return Ahrq.UNSAFE_CONDITION
    stopped = review.report is not None and review.report.reached_patient == "no"
    if stopped and type_.ahrq_also is Ahrq.NEAR_MISS:
        return Ahrq.NEAR_MISS
    return type_.ahrq


def write_csv(events: Iterable[PatientSafetyEvent]) -> str:
    """Write a table: one event a line, the code of each element beside its name."""
    elements, out = load_elements(), io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow([f"{one.key} ({one.loinc})" if one.loinc else one.key for one in elements])
    for event in events:
        table.writerow([_disarm(event.values[one.key]) for one in elements])
    return out.getvalue()


def write_json(events: Iterable[PatientSafetyEvent]) -> str:
    """Write the same as JSON, each element with its system and code."""
    plain = {
        "label": LABEL,
        "panel": {"system": LOINC, "code": _load()["panel"]},
        "events": [
            [_say(one, event.values[one.key]) for one in load_elements()] for event in events
        ],
    }
    return json.dumps(plain, ensure_ascii=False, indent=1)


def _read(reader: Reader, review: Review) -> PatientSafetyEvent:
    story = find_story(reader, review)
    ratings = find_ratings(reader, review)
    rated = ratings[-1].rated if ratings else None
    ahrq = find_class(review)
    values = {
        **_say_generic(review, ahrq, rated),
        **_say_report(reader, review.report),
        **_say_harm(ratings, rated, ahrq),
        **_say_review(reader, review, story),
    }
    return PatientSafetyEvent(review=review, ahrq=ahrq, rated=rated, values=values)


def _say_generic(review: Review, ahrq: Ahrq, rated: Rated | None) -> dict[str, str]:
    family = load_types()[review.code].family if review.code in load_types() else review.code[:1]
    return {
        "event_id": str(review.pk),
        "report_date": _day(review).isoformat(),
        "reported": ahrq.value,
        "discovered": "",
        "narrative": "",
        "location": _unit(review),
        "category": family,
        "harm": find_worst(rated).value if rated else "",
        "types": review.code,
        "reached_patient": "",
    }


def _say_report(reader: Reader, report: Report | None) -> dict[str, str]:
    """Say what was reported; the words of a report of the other lane are read with its own key."""
    if report is None:
        return {}
    lane = Lane(report.lane)
    own = Reader(site=reader.site, master=reader.master, random=reader.random, lane=lane)
    read = read_report(own, report.pk)
    said = [read.words, read.narrative, read.patient_words]
    found = report.discovered_at
    return {
        "discovered": found.date().isoformat() if found else "",
        "narrative": "\n".join(one for one in said if one),
        "types": " ".join(report.types) or " ".join(report.families),
        "reached_patient": report.reached_patient,
    }


def _say_harm(ratings: tuple[RatingSeen, ...], rated: Rated | None, ahrq: Ahrq) -> dict[str, str]:
    return {
        "harm_physical": rated.physical.value if rated else "",
        "harm_psychological": rated.psychological.value if rated else "",
        "dignity_impact": rated.dignity.value if rated else "",
        "ncc_merp": find_letter(rated, ahrq) if rated else "",
        "raters": str(len(ratings)),
    }


def _say_review(reader: Reader, review: Review, story: Story) -> dict[str, str]:
    return {
        "factors": " ".join(sorted(one.value for one in story.factors)),
        "concerns": review.concerns,
        "hearing": " ".join(f"{one.whom}:{one.state}" for one in story.hearings),
        "status": review.status,
        "actions": " ".join(sorted({one.row.change for one in find_actions(reader, review)})),
    }


def _say(element: Element, value: str) -> dict[str, str]:
    code = element.loinc or element.key
    system = LOINC if element.loinc else CUSTODY
    said = {"system": system, "code": code, "name": element.label.en, "value": value}
    if value in load_harms():
        said["display"] = load_harms()[value]
    return said


def _disarm(value: str) -> str:
    """Keep a spreadsheet from taking somebody's words for a formula."""
    return f"'{value}" if value.startswith(FORMULA) else value


def _day(review: Review) -> date:
    return (review.report.filed_at if review.report else review.opened_at).date()


def _unit(review: Review) -> str:
    if review.report is not None:
        return review.report.unit
    return review.raised.letter.encounter.unit if review.raised else ""


@cache
def _load() -> Mapping[str, Any]:
    plain = load_document(TABLE, name=TABLE.name).value
    assert isinstance(plain, dict)  # noqa: S101 - the table is part of the program
    return plain
