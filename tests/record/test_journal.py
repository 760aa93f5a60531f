"""The journal: one act, one event, one leaf, in one transaction."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from bedside.record.encounters.models import Answered, Encounter
from bedside.record.encounters.operations import Opening, record_answers, record_encounter
from bedside.record.journal.ledger import RecordStore, find_origin
from bedside.record.journal.models import Event
from bedside.record.journal.operations import DoneBefore, NotOneEvent, operation
from bedside.record.journal.queries import find_events, find_leaf, has_its_leaf
from bedside.trust.ledger.damage import find_damage
from record_cast import NIGHT, SITE, UNIT, Cast, begin, read_with

OPENING = Opening(unit=UNIT, room="4", patient="canary-patient", number="canary-4711")


def test_an_operation_leaves_one_row_one_event_and_one_leaf(cast: Cast) -> None:
    before = _count_leaves()

    stay = record_encounter(begin(by=cast.nurse), opening=OPENING, facts={"in_custody": True})

    event = Event.objects.get(about=stay.about)
    assert _count_leaves() == before + 1
    assert event.leaf == before
    assert has_its_leaf(read_with(), event)


def test_the_same_act_sent_twice_is_done_once(cast: Cast) -> None:
    act = begin(by=cast.nurse)
    stay = record_encounter(act, opening=OPENING, facts={})

    with pytest.raises(DoneBefore) as refused:
        record_encounter(act, opening=OPENING, facts={})

    assert refused.value.about == stay.about
    assert Encounter.objects.count() == 1


def test_a_failure_after_the_rows_leaves_neither_row_nor_event_nor_leaf(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _count_leaves()
    monkeypatch.setattr(Event.objects, "create", _fail)

    with pytest.raises(OSError, match="disk"):
        record_encounter(begin(by=cast.nurse), opening=OPENING, facts={"in_custody": True})

    assert not Encounter.objects.exists()
    assert not Answered.objects.exists()
    assert _count_leaves() == before


def test_an_operation_without_an_event_is_undone(cast: Cast) -> None:
    @operation
    def record_silently(_act: object) -> None:
        Encounter.objects.all().delete()

    record_encounter(begin(by=cast.nurse), opening=OPENING, facts={})

    with pytest.raises((NotOneEvent, IntegrityError)):
        record_silently(begin())
    assert Encounter.objects.count() == 1


def test_events_are_never_changed_or_deleted(cast: Cast) -> None:
    del cast
    with pytest.raises(DatabaseError, match="keeps"), transaction.atomic():
        Event.objects.update(kind="person.left")
    with pytest.raises(DatabaseError, match="keeps"), transaction.atomic():
        Event.objects.all().delete()


def test_a_changed_event_no_longer_fits_its_leaf(cast: Cast) -> None:
    stay = record_encounter(begin(by=cast.nurse), opening=OPENING, facts={})
    other = record_encounter(begin(by=cast.nurse), opening=OPENING, facts={})
    event, elsewhere = (Event.objects.get(about=one.about) for one in (stay, other))

    event.leaf = elsewhere.leaf

    assert not has_its_leaf(read_with(), event)


def test_the_whole_log_is_sound_after_many_acts(cast: Cast) -> None:
    stay = record_encounter(begin(by=cast.nurse), opening=OPENING, facts={})
    for minute in range(300):
        at = NIGHT + timedelta(minutes=minute)
        record_answers(begin(by=cast.nurse, at=at), stay, facts={"patient_wish": "not_asked"})

    assert not tuple(find_damage(RecordStore(find_origin(SITE)), keys=()))
    assert find_leaf(SITE, 0).kind == "setting-changed"
    assert all(has_its_leaf(read_with(), event) for event in Event.objects.all())


def test_what_was_said_is_told_to_whoever_has_the_keys(cast: Cast) -> None:
    stay = record_encounter(begin(by=cast.nurse), opening=OPENING, facts={"in_custody": True})

    (told,) = find_events(read_with(), record=stay.about)

    assert told.content is not None
    assert told.content["patient"] == "canary-patient"


def test_an_acts_clock_of_the_device_is_kept_beside_the_servers(cast: Cast) -> None:
    act = replace(begin(by=cast.nurse), device_at=NIGHT - timedelta(days=1))

    stay = record_encounter(act, opening=OPENING, facts={})

    event = Event.objects.get(about=stay.about)
    assert (event.at, event.device_at) == (NIGHT, NIGHT - timedelta(days=1))


def _count_leaves() -> int:
    with RecordStore(find_origin(SITE)).reading() as snapshot:
        return snapshot.count_entries()


def _fail(**_: object) -> None:
    raise OSError("disk")
