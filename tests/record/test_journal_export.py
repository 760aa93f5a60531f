"""The journal is read page by page, signed, and taken out of the house as a proven bundle."""

import json
import subprocess
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path

import pytest
from django.db import connection, transaction

from bedside.record.accounts.models import Person
from bedside.record.accounts.operations import record_leaving
from bedside.record.encounters.models import Encounter
from bedside.record.encounters.operations import Opening, record_answers, record_encounter
from bedside.record.journal import pages
from bedside.record.journal.export import Wanted, export_record, record_journal_viewed
from bedside.record.journal.models import Event
from bedside.record.journal.pages import find_day, find_of_person, find_of_record
from bedside.record.journal.signing import Notary, open_notary
from bedside.trust.ledger.signer import OlderThanSigned
from record_cast import NIGHT, SITE, UNIT, Cast, begin, find_master, read_with

NOW = int(NIGHT.timestamp())
VERIFY = "from bedside.doors.cli.main import main; main()"
EDITION = b"an edition"


@pytest.fixture
def stay(cast: Cast) -> Encounter:
    opening = Opening(unit=UNIT, room="4", patient="canary-patient")
    stay = record_encounter(begin(by=cast.nurse), opening=opening, facts={"in_custody": True})
    record_answers(begin(by=cast.physician), stay, facts={"activity": "exam"})
    return stay


@pytest.fixture
def notary(tmp_path: Path) -> Iterator[Notary]:
    heads = tmp_path / "heads.sqlite"
    with open_notary(SITE, master=find_master(), heads=heads, now=lambda: NOW) as found:
        yield found


def want(stay: Encounter) -> Wanted:
    return Wanted(
        record=stay.about,
        name="bedside-stay",
        house="Sample hospital",
        made_on=date(2026, 11, 24),
        editions={sha256(EDITION).hexdigest(): EDITION},
    )


def verify(folder: Path, bundle: bytes, policy: str) -> tuple[int, dict[str, object]]:
    """Check a bundle with the real command, offline, believing the policy alone."""
    (folder / "bundle.zip").write_bytes(bundle)
    (folder / "policy.txt").write_text(policy)
    command = [sys.executable, "-c", VERIFY, "verify", "bundle.zip", "--policy", "policy.txt"]
    done = subprocess.run(  # noqa: S603 - our own command
        [*command, "--json"], cwd=folder, capture_output=True, text=True, check=False
    )
    return done.returncode, json.loads(done.stdout)


def test_a_bundle_of_a_stay_is_accepted_by_the_command_that_anybody_can_run(
    cast: Cast, stay: Encounter, notary: Notary, tmp_path: Path
) -> None:
    bundle = export_record(begin(by=cast.nurse), read_with(), notary, wanted=want(stay))

    code, said = verify(tmp_path, bundle, notary.write_policy())

    assert (code, said["proven"]) == (0, True), said
    assert b"canary-patient" not in connection_bytes()


def connection_bytes() -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM journal_event")
        return b"".join(bytes(row[0]) for row in cursor.fetchall())


def test_a_bundle_in_which_a_byte_was_changed_is_not_accepted(
    cast: Cast, stay: Encounter, notary: Notary, tmp_path: Path
) -> None:
    bundle = export_record(begin(by=cast.nurse), read_with(), notary, wanted=want(stay))
    at = bundle.index(b"canary-patient")

    changed = bundle[:at] + b"C" + bundle[at + 1 :]

    code, said = verify(tmp_path, changed, notary.write_policy())
    assert code == 1
    assert said["proven"] is False


def test_taking_a_stay_out_of_the_house_is_an_event_of_the_stay(
    cast: Cast, stay: Encounter, notary: Notary
) -> None:
    export_record(begin(by=cast.nurse), read_with(), notary, wanted=want(stay))

    line = find_of_record(read_with(), stay.about, page=1).lines[0]
    assert (line.kind.name, line.by) == ("journal.exported", cast.nurse.pk)
    assert line.content == {"bundle": "bedside-stay", "count": 2}


def test_reading_the_journal_is_an_event(cast: Cast, stay: Encounter) -> None:
    record_journal_viewed(begin(by=cast.privacy_officer), about=stay.about, record=stay.about)

    line = find_of_record(read_with(), stay.about, page=1).lines[0]
    assert (line.kind.name, line.fit) == ("journal.viewed", "fits")


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "person.left"},
        {"by": None},
        {"about": "encounter/other"},
        {"at": NIGHT - timedelta(hours=1)},
        {"content": b"garbage"},
        {"leaf": 0},
    ],
)
def test_a_row_that_was_changed_no_longer_fits_its_leaf(
    stay: Encounter, change: dict[str, object]
) -> None:
    event = Event.objects.filter(record=stay.about).latest("id")
    for name, value in change.items():
        setattr(event, name, value)

    (line,) = pages._tell(read_with(), [event])  # noqa: SLF001 - rows are never changed in the database, so the change is held up to the reader

    assert line.fit == "fits_not"


def test_the_journal_of_a_person_who_left_still_shows_what_they_read(
    cast: Cast, stay: Encounter
) -> None:
    record_journal_viewed(begin(by=cast.nurse), about=stay.about, record=stay.about)
    record_leaving(begin(by=cast.privacy_officer), Person.objects.get(pk=cast.nurse.pk))

    read = find_of_person(read_with(), cast.nurse.pk, only_reads=True, page=1)
    everything = find_of_person(read_with(), cast.nurse.pk, only_reads=False, page=1)

    assert [line.kind.name for line in read.lines] == ["journal.viewed"]
    assert everything.count == 2


def test_a_day_holds_its_own_events_alone(cast: Cast, stay: Encounter) -> None:
    record_answers(begin(by=cast.nurse, at=NIGHT + timedelta(days=1)), stay, facts={})

    day = find_day(read_with(), since=NIGHT, until=NIGHT + timedelta(days=1), page=1)

    assert all(NIGHT <= line.at < NIGHT + timedelta(days=1) for line in day.lines)
    assert day.count == Event.objects.count() - 1


@pytest.mark.parametrize("page", [-1, 0, 1, 2, 10**9])
def test_any_page_that_is_asked_for_is_answered(stay: Encounter, page: int) -> None:
    found = find_of_record(read_with(), stay.about, page=page)

    assert found.count == 2
    assert found.last == 1
    assert len(found.lines) == (2 if found.number == 1 else 0)


def test_a_log_that_was_put_back_to_an_older_copy_is_not_signed(
    cast: Cast, stay: Encounter, notary: Notary
) -> None:
    with transaction.atomic():
        record_answers(begin(by=cast.nurse), stay, facts={"activity": "feeding"})
        notary.sign()
        transaction.set_rollback(True)  # what was signed is lost, as with a restored copy

    with pytest.raises(OlderThanSigned):
        export_record(begin(by=cast.nurse), read_with(), notary, wanted=want(stay))
