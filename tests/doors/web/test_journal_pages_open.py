"""The journal's pages: for counsel and the privacy officer alone, and reading them is noted."""

from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from web_cast import enter, find_sample, read

from bedside.record.accounts.models import Person
from bedside.record.accounts.operations import record_leaving
from bedside.record.accounts.roles import Role
from bedside.record.encounters.models import Encounter
from bedside.record.encounters.operations import Opening, record_answers, record_encounter
from bedside.record.journal.queries import find_events
from record_cast import UNIT, Cast, begin, hire, open_hospital, read_with

DAY = "journal?day=2026-11-24"


@pytest.fixture
def stay(cast: Cast, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Encounter:
    find_sample()
    monkeypatch.setattr(settings, "BEDSIDE_HEADS_FILE", tmp_path / "heads.sqlite")
    opening = Opening(unit=UNIT, room="4", patient="P")
    return record_encounter(begin(by=cast.nurse), opening=opening, facts={"in_custody": True})


@pytest.mark.parametrize("role", [Role.COUNSEL, Role.PRIVACY_OFFICER])
def test_the_journal_of_a_day_tells_each_event_with_its_leaf(
    cast: Cast, stay: Encounter, role: Role
) -> None:
    del stay
    said = read(enter(hire(role)).get(f"/{DAY}"))  # type: ignore[arg-type]  # the test client's own kind

    assert f"Stay opened {cast.nurse.name}" in said
    assert "fits its leaf" in said
    assert "does not fit" not in said


def test_the_sentences_are_said_in_spanish_too(cast: Cast, stay: Encounter) -> None:
    del cast, stay
    said = read(enter(hire(Role.COUNSEL)).get(f"/es/{DAY}"))  # type: ignore[arg-type]  # as above

    assert "Estancia abierta" in said
    assert "coincide con su hoja" in said


def test_reading_the_journal_of_a_stay_is_told_in_it(cast: Cast, stay: Encounter) -> None:
    enter(cast.privacy_officer).get(f"/stays/{stay.pk}/journal")

    told = find_events(read_with(), record=stay.about)[0]
    assert (told.kind.name, told.by) == ("journal.viewed", cast.privacy_officer.pk)


def test_po_09_what_somebody_read_stays_readable_after_they_left(
    cast: Cast, stay: Encounter
) -> None:
    enter(cast.nurse).get(f"/stays/{stay.pk}/contacts")
    record_leaving(begin(by=cast.privacy_officer), Person.objects.get(pk=cast.nurse.pk))

    client = enter(cast.privacy_officer)
    said = read(client.get(f"/journal/people/{cast.nurse.pk}?only=read"))  # type: ignore[arg-type]  # as above
    listed = read(client.get("/journal/people"))  # type: ignore[arg-type]  # as above

    assert "Contacts read" in said
    assert f"{cast.nurse.username} left" in listed


def test_a_long_journal_is_turned_page_by_page(cast: Cast, stay: Encounter) -> None:
    for _ in range(55):
        record_answers(begin(by=cast.nurse), stay, facts={})

    client = enter(cast.privacy_officer)
    first = client.get(f"/stays/{stay.pk}/journal").content.decode()
    second = client.get(f"/stays/{stay.pk}/journal?page=2").content.decode()

    assert first.count("<li><p") == 50
    assert "page=2" in first
    assert 0 < second.count("<li><p") < 50
    assert "page=1" in second


@pytest.mark.parametrize(
    "query", ["page=0", "page=-1", "page=x", "page=99999999", "day=never", "day=2026-13-40"]
)
def test_a_page_or_day_that_is_none_is_answered_all_the_same(
    cast: Cast, stay: Encounter, query: str
) -> None:
    del stay
    assert enter(cast.privacy_officer).get(f"/journal?{query}").status_code == 200


def test_a_stay_is_taken_out_as_one_file_and_that_is_noted(cast: Cast, stay: Encounter) -> None:
    client = enter(cast.privacy_officer)

    response = client.post(f"/stays/{stay.pk}/journal/exports", {"key": uuid4()})
    policy = client.get("/journal/policies")

    assert response.content[:2] == b"PK"
    assert f"bedside-{stay.code.lower()}.zip" in response.headers["Content-Disposition"]
    assert policy.content.startswith(b"log bedside.record/")
    assert find_events(read_with(), record=stay.about)[0].kind.name == "journal.exported"


def test_nobody_else_opens_the_journal_and_no_other_hospital_sees_this_one(
    cast: Cast, stay: Encounter
) -> None:
    open_hospital("elsewhere")
    other = enter(hire(Role.COUNSEL, "elsewhere"))
    addresses = ["journal", "journal/people", "journal/policies"]
    addresses += [f"journal/people/{cast.nurse.pk}", f"stays/{stay.pk}/journal"]

    for address in addresses:
        for person in (cast.nurse, cast.physician, hire(Role.STAFF_KEEPER)):
            assert enter(person).get(f"/{address}").status_code == 403, address
    assert other.get(f"/stays/{stay.pk}/journal").status_code == 404
    assert other.get(f"/journal/people/{cast.nurse.pk}").status_code == 404
    assert "Stay opened" not in other.get(f"/{DAY}").content.decode()
    exports = f"/stays/{stay.pk}/journal/exports"
    assert other.post(exports, {"key": uuid4()}).status_code == 404
    assert enter(cast.nurse).post(exports, {"key": uuid4()}).status_code == 403
