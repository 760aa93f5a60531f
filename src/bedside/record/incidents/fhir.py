"""A review as a FHIR R4 AdverseEvent; nobody is named: no patient, no staff, no officer."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TypeAlias
from uuid import NAMESPACE_URL, uuid5

from bedside.record.incidents.common_formats import LOINC, PatientSafetyEvent, load_harms
from bedside.record.incidents.harm import find_letter, find_worst
from bedside.record.reports.choices import Harm
from bedside.rules.incidents.taxonomy import Ahrq, load_types
from bedside.rules.vocabulary.document import Plain

Resource: TypeAlias = dict[str, Plain]
SYSTEM = "https://bedside.example/fhir/CodeSystem"
CONFIDENTIALITY = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"
SEVERITY = "http://terminology.hl7.org/CodeSystem/adverse-event-severity"
SERIOUSNESS = "http://terminology.hl7.org/CodeSystem/adverse-event-seriousness"
SEVERITIES = {
    Harm.MILD: ("mild", "Mild"),
    Harm.MODERATE: ("moderate", "Moderate"),
    Harm.SEVERE: ("severe", "Severe"),
}
SERIOUS = frozenset({Harm.SEVERE, Harm.DEATH})


def write_bundle(events: Iterable[PatientSafetyEvent], *, at: datetime) -> Resource:
    """Write events as one collection, each with a patient who has no name and no number."""
    resources: list[Resource] = []
    for event in events:
        resources += [_patient(event), *_location(event), write_event(event)]
    return {
        "resourceType": "Bundle",
        "id": str(uuid5(NAMESPACE_URL, f"{SYSTEM}/{at.isoformat()}")),
        "type": "collection",
        "timestamp": _instant(at),
        "entry": [{"fullUrl": f"urn:uuid:{one['id']}", "resource": one} for one in resources],
    }


def write_event(event: PatientSafetyEvent) -> Resource:
    """Write one event; what was stopped in time, or could happen, is a potential one."""
    type_ = load_types().get(event.review.code)
    title = type_.title.en if type_ else event.review.code
    made: Resource = {
        "resourceType": "AdverseEvent",
        "id": str(event.review.pk),
        "meta": {"security": [{"system": CONFIDENTIALITY, "code": "R"}]},
        "identifier": {"system": SYSTEM, "value": event.review.about},
        "actuality": "actual" if event.ahrq is Ahrq.INCIDENT else "potential",
        "category": [_code("ahrq-class", event.ahrq.value, event.ahrq.value.replace("_", " "))],
        "event": _code("incident-type", event.review.code, title),
        "subject": {"reference": f"urn:uuid:{_id(event, 'patient')}"},
        "recordedDate": _instant(event.review.opened_at),
    }
    if event.values["location"]:
        made["location"] = {"reference": f"urn:uuid:{_id(event, 'location')}"}
    if event.values["discovered"]:
        made["detected"] = event.values["discovered"]
    return made | _harm(event)


def _harm(event: PatientSafetyEvent) -> Resource:
    """Say the harm as it was rated last: how serious, how severe, and the code of the scale."""
    if event.rated is None:
        return {}
    worst = find_worst(event.rated)
    if worst is Harm.UNKNOWN:
        return {}
    word = "Serious" if worst in SERIOUS else "Non-serious"
    coding: list[Plain] = [
        {"system": SERIOUSNESS, "code": word.lower(), "display": word},
        {"system": LOINC, "code": worst.value, "display": load_harms()[worst.value]},
    ]
    letter = find_letter(event.rated, event.ahrq)
    if letter:
        coding.append({"system": f"{SYSTEM}/ncc-merp", "code": letter, "display": letter})
    made: Resource = {"seriousness": {"coding": coding}}
    if worst in SEVERITIES:
        code, display = SEVERITIES[worst]
        said: Plain = {"system": SEVERITY, "code": code, "display": display}
        made["severity"] = {"coding": [said]}
    return made


def _patient(event: PatientSafetyEvent) -> Resource:
    return {"resourceType": "Patient", "id": _id(event, "patient")}


def _location(event: PatientSafetyEvent) -> list[Resource]:
    name = event.values["location"]
    if not name:
        return []
    return [{"resourceType": "Location", "id": _id(event, "location"), "name": name}]


def _code(system: str, code: str, display: str) -> Plain:
    return {"coding": [{"system": f"{SYSTEM}/{system}", "code": code, "display": display}]}


def _id(event: PatientSafetyEvent, part: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"{event.review.about}/{part}"))


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
