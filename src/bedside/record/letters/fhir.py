"""A letter as FHIR R4: one Composition and DocumentReference a reader, Provenance, Communications.

What is attested stands in one section and what is not in another. Nothing names the patient or
the officer: the receiving system knows them, and a bundle may travel further than a letter.
"""

import base64
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from html import escape
from itertools import groupby
from typing import TypeAlias
from uuid import NAMESPACE_URL, uuid5

from bedside.record.letters.documents import House
from bedside.record.letters.models import Letter
from bedside.rules.attestation.claim import ClaimClass
from bedside.rules.attestation.classes import load_classes
from bedside.rules.attestation.clause import Reader
from bedside.rules.attestation.compose import Document
from bedside.rules.attestation.history import History, Request, Version
from bedside.rules.attestation.neutral import say_request
from bedside.rules.vocabulary.document import Plain

Resource: TypeAlias = dict[str, Plain]
SYSTEM = "https://bedside.example/fhir/CodeSystem"
LOINC = "http://loinc.org"
CONFIDENTIALITY = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality"
PARTICIPATION = "http://terminology.hl7.org/CodeSystem/provenance-participant-type"
TYPES = {
    Reader.CUSTODY: ("51851-4", "Administrative note"),
    Reader.CLINICIAN: ("18761-7", "Transfer summary note"),
    Reader.PATIENT: ("74213-0", "Discharge instructions"),
}


def write_bundle(
    letter: Letter,
    history: History,
    *,
    documents: Mapping[Reader, Document],
    house: House,
    files: Mapping[str, bytes],
) -> Resource:
    """Write the last signed version and every request for other words as one collection."""
    version = history.last_signed
    assert version is not None  # noqa: S101 - callers ask for a signed letter
    assert version.signature is not None  # noqa: S101 - the same
    resources: list[Resource] = [_patient(letter), _organization(letter, house), _author(letter)]
    for reader, document in documents.items():
        if document.lines:
            resources.append(_composition(letter, version, document, reader))
            resources.append(_reference(letter, version, reader, files.get(reader.value, b"")))
    resources.append(_provenance(letter, version, resources))
    resources += [_communication(letter, one, house) for one in history.requests]
    return {
        "resourceType": "Bundle",
        "id": str(letter.pk),
        "type": "collection",
        "timestamp": _instant(version.signature.at),
        "entry": [{"fullUrl": f"urn:uuid:{one['id']}", "resource": one} for one in resources],
    }


def _composition(letter: Letter, version: Version, document: Document, reader: Reader) -> Resource:
    status = "amended" if version.number > 1 else "final"
    return {
        "resourceType": "Composition",
        "id": _id(letter, f"composition/{reader}/{version.number}"),
        "meta": _restricted(),
        "text": _narrative([document.title.en, document.scope.en]),
        "identifier": {"system": SYSTEM, "value": f"{letter.code}-{version.number}-{reader}"},
        "status": status,
        "type": _type(reader),
        "subject": _to(letter, "patient"),
        "date": _instant(document.as_of),
        "author": [_to(letter, "author")],
        "title": document.title.en,
        "confidentiality": "R",
        "custodian": _to(letter, "organization"),
        "section": [*_attested(document), _not_attested(document)],
    }


def _attested(document: Document) -> Iterator[Plain]:
    for name, lines in groupby(document.lines, key=lambda line: line.letter):
        class_ = ClaimClass(name)
        label = load_classes()[class_].label.en
        yield {
            "title": label,
            "code": _code("claim-class", class_.value, label),
            "text": _narrative([line.text.en for line in lines]),
        }


def _not_attested(document: Document) -> Plain:
    """Say what this document is not, so that nobody reads an opinion into it."""
    return {
        "title": "What this document does not say",
        "code": _code("claim-class", "not-attested", "Not attested"),
        "text": _narrative([document.scope.en]),
    }


def _reference(letter: Letter, version: Version, reader: Reader, pdf: bytes) -> Resource:
    assert version.signature is not None  # noqa: S101 - it is signed
    number = f"reference/{reader}/{version.number}"
    made: Resource = {
        "resourceType": "DocumentReference",
        "id": _id(letter, number),
        "meta": _restricted(),
        "identifier": [{"system": SYSTEM, "value": f"{letter.code}-{version.number}-{reader}"}],
        "status": "current",
        "docStatus": "amended" if version.number > 1 else "final",
        "type": _type(reader),
        "subject": _to(letter, "patient"),
        "date": _instant(version.signature.at),
        "author": [_to(letter, "author")],
        "custodian": _to(letter, "organization"),
        "content": [
            {
                "attachment": {
                    "contentType": "application/pdf",
                    # FHIR allows no empty data: a copy that was not printed has none.
                    **({"data": base64.b64encode(pdf).decode()} if pdf else {}),
                    "title": f"{letter.code}, version {version.number}",
                }
            }
        ],
    }
    return made


def _provenance(letter: Letter, version: Version, about: list[Resource]) -> Resource:
    assert version.signature is not None  # noqa: S101 - it is signed
    kinds = {"Composition", "DocumentReference"}
    return {
        "resourceType": "Provenance",
        "id": _id(letter, f"provenance/{version.number}"),
        "target": [
            {"reference": f"urn:uuid:{one['id']}"} for one in about if one["resourceType"] in kinds
        ],
        "recorded": _instant(version.signature.at),
        "agent": [
            {
                "type": {"coding": [{"system": PARTICIPATION, "code": "attester"}]},
                "who": _to(letter, "author"),
                "onBehalfOf": _to(letter, "organization"),
            }
        ],
        "entity": [
            {
                "role": "source",
                "what": {"identifier": {"system": SYSTEM, "value": letter.about}},
            }
        ],
    }


def _communication(letter: Letter, request: Request, house: House) -> Resource:
    """Write a request in the neutral line of the letter; the exact words stay in the record."""
    line = say_request(request, zone=house.zone)
    return {
        "resourceType": "Communication",
        "id": _id(letter, f"request/{request.asked.request}"),
        "meta": _restricted(),
        "status": "completed" if request.answer else "in-progress",
        "category": [_code("communication", "wording-request", "Request for other words")],
        "subject": _to(letter, "patient"),
        "sent": _instant(request.asked.at),
        "payload": [{"contentString": line.en}],
    }


def _patient(letter: Letter) -> Resource:
    return {
        "resourceType": "Patient",
        "id": _id(letter, "patient"),
        "identifier": [{"system": SYSTEM, "value": letter.encounter.code}],
    }


def _organization(letter: Letter, house: House) -> Resource:
    return {
        "resourceType": "Organization",
        "id": _id(letter, "organization"),
        "name": house.name,
    }


def _author(letter: Letter) -> Resource:
    return {
        "resourceType": "PractitionerRole",
        "id": _id(letter, "author"),
        "organization": _to(letter, "organization"),
        "code": [_code("role", "attending", "Attending physician")],
    }


def _restricted() -> Plain:
    return {"security": [{"system": CONFIDENTIALITY, "code": "R"}]}


def _type(reader: Reader) -> Plain:
    code, display = TYPES[reader]
    return {"coding": [{"system": LOINC, "code": code, "display": display}]}


def _code(system: str, code: str, display: str) -> Plain:
    return {"coding": [{"system": f"{SYSTEM}/{system}", "code": code, "display": display}]}


def _to(letter: Letter, part: str) -> Plain:
    return {"reference": f"urn:uuid:{_id(letter, part)}"}


def _id(letter: Letter, part: str) -> str:
    return str(uuid5(NAMESPACE_URL, f"{letter.about}/{part}"))


def _narrative(sentences: list[str]) -> Plain:
    paragraphs = "".join(f"<p>{escape(one)}</p>" for one in sentences)
    return {
        "status": "generated",
        "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{paragraphs}</div>',
    }


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")
