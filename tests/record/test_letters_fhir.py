"""A letter as FHIR R4 is what independent validators call one, where they run on this machine."""

import json
from pathlib import Path

import fhirkit
import pytest
from fhir.resources.R4B import get_fhir_model_class
from letters_cast import HOUSE, compose_version, sign, start

from bedside.record.letters.fhir import write_bundle
from bedside.record.letters.queries import find_history
from bedside.rules.vocabulary.document import Plain
from record_cast import Cast, read_with

RESOURCES = {"Composition", "DocumentReference", "Provenance", "Patient", "Organization"}


@pytest.fixture
def resources(cast: Cast, tmp_path: Path) -> list[dict[str, Plain]]:
    """The resources of a signed letter."""
    letter = sign(start(cast.physician), cast.physician, tmp_path)
    history = find_history(read_with(), letter)
    version = history.last_signed
    assert version is not None
    assert version.signature is not None
    documents = compose_version(letter, version, version.signature.at)
    bundle = write_bundle(letter, history, documents=documents, house=HOUSE, files={})
    return [one["resource"] for one in json.loads(json.dumps(bundle))["entry"]]


def test_every_resource_has_what_fhir_requires(resources: list[dict[str, Plain]]) -> None:
    required = {
        "Composition": {"status", "type", "date", "author", "title", "section"},
        "DocumentReference": {"status", "content"},
        "Provenance": {"target", "recorded", "agent"},
    }
    for one in resources:
        assert required.get(str(one["resourceType"]), set()) <= one.keys()
    assert {str(one["resourceType"]) for one in resources} >= RESOURCES


def test_every_reference_leads_to_a_resource_of_the_same_bundle(
    resources: list[dict[str, Plain]],
) -> None:
    text = json.dumps(resources)
    ids = {f"urn:uuid:{one['id']}" for one in resources}

    named = {part.split('"')[0] for part in text.split('"reference": "')[1:]}

    assert named
    assert named <= ids


def test_one_section_says_what_is_not_attested(resources: list[dict[str, Plain]]) -> None:
    for one in resources:
        if one["resourceType"] == "Composition":
            assert "What this document does not say" in json.dumps(one["section"])


def test_two_independent_validators_accept_every_resource(
    resources: list[dict[str, Plain]],
) -> None:
    refused = [
        (one["resourceType"], str(issue))
        for one in resources
        for issue in fhirkit.validate(one)
        if getattr(issue, "severity", "") == "error" or str(issue).startswith("error")
    ]
    for one in resources:
        get_fhir_model_class(str(one["resourceType"])).model_validate(one)

    assert refused == []


def test_the_validators_refuse_what_is_wrong(resources: list[dict[str, Plain]]) -> None:
    composition = next(one for one in resources if one["resourceType"] == "Composition")
    wrong = {name: value for name, value in composition.items() if name != "status"}

    with pytest.raises(ValueError, match="status"):
        get_fhir_model_class("Composition").model_validate(wrong)
    assert any("status" in str(issue) for issue in fhirkit.validate(wrong))
