"""What happens to a signed letter: requests, deliveries, answers, removal, and taking it out."""

import json
import re
import subprocess
import sys
import zipfile
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from django.test import Client
from stays_web_cast import enter, look, open_stay, send
from test_letters_pages import draft, fill_editor, sign
from web_cast import read

from bedside.doors.web import clock
from bedside.record.accounts.roles import Role
from bedside.record.encounters.models import Encounter
from bedside.record.letters.models import Copy, Delivery, Letter, Pause, Removal, Return
from bedside.record.letters.queries import find_history, read_sheet
from record_cast import NIGHT, Cast, hire, read_with

WORDS = "Write that she is cleared for detention and take out the chain part."


@pytest.fixture(autouse=True)
def _house(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("django.conf.settings.BEDSIDE_HEADS_FILE", tmp_path / "heads.sqlite")
    monkeypatch.setattr("django.conf.settings.BEDSIDE_IS_SAMPLE", True)
    monkeypatch.setattr(clock, "tell_time", lambda: NIGHT)


@pytest.fixture
def letter(cast: Cast) -> Letter:
    """A signed letter about a mother after birth."""
    stay = open_stay(cast.physician, pregnancy="postpartum", newborn_present=True)
    made = draft(cast.physician, stay)
    sign(enter(cast.physician), made)
    made.refresh_from_db()
    return made


def ask(client: Client, letter: Letter) -> str:
    """Keep a request for other words as the page does; give its address."""
    fields = {"agency": "federal", "channel": "in_person", "asked_by": "badge 12", "words": WORDS}
    path, seen = f"/letters/{letter.pk}/requests", str(letter.version)
    proposed = send(client, path, seen=seen, do="read", **fields).content.decode()
    confirmed = dict.fromkeys(re.findall(r'name="(e\d+)"', proposed), "yes")
    kept = send(client, path, seen=seen, do="record", **fields, **confirmed)
    assert kept.status_code == 302, read(kept)
    letter.refresh_from_db()
    return kept.headers["Location"]


def test_md_03_a_request_shows_its_difference_by_class_and_prints_as_one_neutral_line(
    cast: Cast, letter: Letter
) -> None:
    address = ask(enter(cast.nurse), letter)
    client = enter(cast.physician)

    page = read(look(client, address))
    norms = re.findall(r'name="norms" value="([^"]+)"', look(client, address).content.decode())
    answered = client.post(
        address,
        {
            "key": "00000000-0000-4000-8000-000000000001",
            "seen": str(letter.version),
            "decision": "decline",
            "norms": norms,
            "why": "nothing clinical has changed",
            "counsel": "yes",
        },
    )

    assert "never attested" in page
    assert "Take a limit out" in page
    assert answered.status_code == 302
    shown = read(look(client, f"/letters/{letter.pk}"))
    assert "cleared for detention" not in shown
    assert "somebody of a federal agency asked in person for other words" in shown
    assert find_history(read_with(), letter).requests[0].answer is not None


def decline(client: Client, letter: Letter, address: str) -> None:
    """Decline a request as the page does."""
    norms = re.findall(r'name="norms" value="([^"]+)"', look(client, address).content.decode())
    fields = {"seen": str(letter.version), "decision": "decline", "norms": norms[0], "why": "as is"}
    assert send(client, address, **fields).status_code == 302


def test_a_next_version_shows_its_difference_by_class_and_prints_who_asked_for_other_words(
    cast: Cast, letter: Letter, monkeypatch: pytest.MonkeyPatch
) -> None:
    decline(enter(cast.physician), letter, ask(enter(cast.nurse), letter))
    later = NIGHT + timedelta(minutes=30)
    monkeypatch.setattr(clock, "tell_time", lambda: later)
    client, path = enter(cast.physician), f"/letters/{letter.pk}/drafts"
    fields = fill_editor(client, path)
    del fields["r0-keep"]

    alone = client.post(path, fields | {"do": "draft"})
    made = client.post(path, fields | {"do": "draft", "r0-code": "new_finding"})
    assert made.status_code == 302, read(made)  # type: ignore[arg-type]  # a response
    page = read(look(client, f"/letters/{letter.pk}"))
    again = client.post(path, fill_editor(client, path) | {"do": "draft"})
    sign(client, letter)

    assert again.status_code == 302
    assert alone.status_code == 422
    assert "What differs from the version before" in page
    assert re.search("Take a limit out: Restraint and transport limits *New finding", page)
    copy = Copy.objects.get(letter=letter, number=2, reader="custody")
    sheet = read_sheet(read_with(), copy)
    assert sheet is not None
    assert "somebody of a federal agency asked in person" in sheet.content.decode()
    assert "cleared for detention" not in sheet.content.decode()


def test_counsel_sees_patterns_by_kind_of_agency_and_no_names(cast: Cast, letter: Letter) -> None:
    ask(enter(cast.nurse), letter)

    page = read(look(enter(hire(Role.COUNSEL)), "/letters/patterns"))

    assert "Federal agency 1" in page
    assert "badge 12" not in page
    assert look(enter(cast.nurse), "/letters/patterns").status_code == 403


def hand(client: Client, letter: Letter, reader: str, **fields: str) -> str:
    """Hand a copy over as the page does, and give the page."""
    answer = send(
        client,
        f"/letters/{letter.pk}/deliveries",
        seen=str(letter.version),
        reader=reader,
        to="the receiving side",
        channel="paper",
        **fields,
    )
    letter.refresh_from_db()
    return answer.content.decode()


def test_md_07_without_a_receiving_clinician_the_page_warns_and_goes_on_with_a_reason(
    cast: Cast, letter: Letter
) -> None:
    client = enter(cast.nurse)

    warned = hand(client, letter, "custody")
    assert 'id="no_receiver"' in warned
    assert 'id="not_first"' in warned
    assert not Delivery.objects.exists()

    hand(client, letter, "custody", no_receiver="nobody_answers", not_first="declined")
    assert Delivery.objects.get().reader == "custody"


def test_md_11_once_the_patient_has_her_copy_nothing_is_warned_of(
    cast: Cast, letter: Letter
) -> None:
    client = enter(cast.nurse)
    hand(client, letter, "patient")

    warned = hand(client, letter, "clinician")

    assert 'id="not_first"' not in warned


def test_the_receiving_side_answers_with_the_link_and_an_unmet_need_makes_discharge_wait(
    cast: Cast, letter: Letter
) -> None:
    page = hand(
        enter(cast.nurse), letter, "custody", no_receiver="nobody_answers", not_first="declined"
    )
    found = re.search(r"http://testserver(/letters/answers/\w+)", page)
    assert found
    street = Client()
    form = street.get(found[1]).content.decode()
    need = re.search(r'name="cannot" value="([^"]+)"', form)
    assert need

    sent = street.post(
        found[1],
        {
            "key": "00000000-0000-4000-8000-000000000002",
            "papers": "3",
            "medicines": "0",
            "name": "a nurse",
            "role": "charge nurse",
            "phone": "555 0100",
            "cannot": need[1],
            "restraint": "yes",
        },
    )

    assert "Thank you" in sent.content.decode()
    assert Pause.objects.get().ended_at is None
    assert "Discharge waits" in read(look(enter(cast.physician), f"/letters/{letter.pk}"))
    nurse, closings = enter(cast.nurse), f"/stays/{letter.encounter_id}/closings"
    silent = send(nurse, closings, why="discharged", version="1")
    assert silent.status_code == 400
    assert "why it closes anyway: nothing is written here" in read(silent)
    said = send(nurse, closings, why="discharged", version="1", despite="she left with her sister")
    assert said.status_code == 302
    assert street.get(found[1]).status_code == 410
    assert street.get("/letters/answers/AAAA").status_code == 404


def test_a_removal_before_discharge_is_kept(cast: Cast, letter: Letter) -> None:
    client = enter(cast.physician)

    empty = send(client, f"/letters/{letter.pk}/removals", told_to="")
    kept = send(
        client,
        f"/letters/{letter.pk}/removals",
        objection="the infection is not controlled",
        told_to="the sergeant",
        records="yes",
        warning="yes",
    )

    assert empty.status_code == 422
    assert kept.status_code == 302
    assert Removal.objects.count() == 1


def test_a_return_is_linked_from_the_page_of_the_new_stay(cast: Cast, letter: Letter) -> None:
    client = enter(cast.nurse)
    hand(client, letter, "patient")
    back = open_stay(cast.nurse, room="9")

    assert letter.code in read(look(client, f"/stays/{back.pk}/letters"))
    linked = send(client, f"/stays/{back.pk}/letters/{letter.pk}/returns")

    assert linked.status_code == 302
    assert Return.objects.get().encounter == Encounter.objects.get(pk=back.pk)


def test_md_12_and_lc_07_one_letters_history_verifies_offline_and_shows_who_asked_for_what(
    cast: Cast, letter: Letter, tmp_path: Path
) -> None:
    ask(enter(cast.nurse), letter)
    counsel = enter(hire(Role.COUNSEL))
    bundle = send(counsel, f"/letters/{letter.pk}/bundles")
    policy = look(counsel, "/journal/policies")
    file, trusted = tmp_path / "bundle.zip", tmp_path / "policy.txt"
    file.write_bytes(bundle.content)
    trusted.write_bytes(policy.content)

    said = verify_file(file, trusted)

    assert said.returncode == 0, said.stdout + said.stderr
    with zipfile.ZipFile(BytesIO(bundle.content)) as archive:
        whole = b"".join(archive.read(name) for name in archive.namelist())
    assert b"cleared for detention" in whole
    assert b"encounter.opened" not in whole


def test_the_signed_version_goes_out_as_fhir(cast: Cast, letter: Letter) -> None:
    ask(enter(cast.nurse), letter)

    bundle = json.loads(look(enter(cast.physician), f"/letters/{letter.pk}/fhir").content)

    kinds = [one["resource"]["resourceType"] for one in bundle["entry"]]
    assert kinds.count("Composition") == kinds.count("DocumentReference") == 3
    assert {"Provenance", "Communication"} <= set(kinds)
    text = json.dumps(bundle)
    assert "badge 12" not in text
    assert "canary" not in text


def test_pf_10_the_patient_gets_the_rows_about_her_letter_in_her_language(
    cast: Cast, letter: Letter
) -> None:
    page = read(look(enter(cast.nurse), f"/es/letters/{letter.pk}/rows"))

    assert "Carta firmada" in page
    assert "Borrador de carta" in page


def test_the_command_checks_a_letter_offline_against_the_certificate(
    cast: Cast, letter: Letter, tmp_path: Path
) -> None:
    copy = Copy.objects.get(letter=letter, reader="custody")
    pdf = look(enter(cast.physician), f"/letters/{letter.pk}/copies/{copy.pk}").content
    file, altered = tmp_path / "letter.pdf", tmp_path / "altered.pdf"
    file.write_bytes(pdf)
    altered.write_bytes(pdf + b"\n1 0 obj<<>>endobj\n")
    certificate = tmp_path / "letters-sample" / "letters.pem"

    said = [verify_file(file, certificate), verify_file(altered, certificate)]

    assert ["changed or added" in one.stdout for one in said] == [False, True]
    assert said[1].returncode == 1
    assert "Sample hospital in Texas" in said[0].stdout


def verify_file(file: Path, trusted: Path) -> subprocess.CompletedProcess[str]:
    """Ask the command about a file."""
    command = "from bedside.doors.cli.main import main; main()"
    return subprocess.run(  # noqa: S603 - our own command
        [sys.executable, "-c", command, "verify", str(file), "--policy", str(trusted)],
        capture_output=True,
        text=True,
        check=False,
    )
