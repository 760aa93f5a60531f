"""A letter as FHIR R4 is what independent validators call one, where they run on this machine."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
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

    assert named <= ids


def test_one_section_says_what_is_not_attested(resources: list[dict[str, Plain]]) -> None:
    for one in resources:
        if one["resourceType"] == "Composition":
            assert "What this document does not say" in json.dumps(one["section"])


def test_independent_validators_accept_every_resource(
    resources: list[dict[str, Plain]], tmp_path: Path
) -> None:
    command = shutil.which("fhir-check")
    try:
        from fhir.resources.R4B import get_fhir_model_class  # type: ignore[import-not-found]  # not one of our requirements
    except ImportError:
        get_fhir_model_class = None
    if get_fhir_model_class is None and command is None:
        pytest.skip("no independent FHIR validator is installed on this machine")
    for one in resources:
        if get_fhir_model_class is not None:
            get_fhir_model_class(one["resourceType"]).model_validate(one)
        if command is not None:
            file = tmp_path / f"{one['id']}.json"
            file.write_text(json.dumps(one))
            subprocess.run([command, str(file)], check=True)  # noqa: S603 - found on the path
