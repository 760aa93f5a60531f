"""Three records that never mix: each with its own table, keys, stand-ins and log."""

from dataclasses import replace

import pytest
from django.db import DatabaseError, connection, transaction

from bedside.record.journal.act import Act
from bedside.record.journal.ledger import RecordStore, find_origin
from bedside.record.journal.models import EVENTS, LegalEvent, SafetyEvent
from bedside.record.journal.operations import (
    DoneBefore,
    Happening,
    WrongLane,
    append,
    operation,
)
from bedside.record.journal.queries import find_events, has_its_leaf
from bedside.record.vault.lanes import find_lane_record, open_lane
from bedside.trust.ledger.append import read_head
from bedside.trust.ledger.leaf import Lane
from record_cast import SITE, begin, find_master, open_hospital, read_with

APART = (Lane.SAFETY, Lane.LEGAL)
KINDS = {Lane.SAFETY: "report.filed", Lane.LEGAL: "legal.noted"}


@operation
def note(act: Act, kind: str, said: str) -> None:
    """Note something in the lane of the act."""
    room = open_lane(act.site, act.lane, master=act.master, random=act.random)
    record = find_lane_record(act.lane)
    append(
        act,
        Happening(kind=kind, about="reports/1", record=record, room=room, content={"said": said}),
    )


def begin_in(lane: Lane) -> Act:
    """Begin an act of a lane."""
    return replace(begin(), lane=lane)


@pytest.fixture(autouse=True)
def hospital(db: None) -> None:
    """Open the hospital."""
    del db
    open_hospital()


@pytest.mark.parametrize("lane", APART)
def test_an_event_joins_the_table_and_the_log_of_its_lane_alone(lane: Lane) -> None:
    before = {one: table.objects.count() for one, table in EVENTS.items()}
    note(begin_in(lane), KINDS[lane], "a word")
    after = {one: table.objects.count() for one, table in EVENTS.items()}
    assert after == before | {lane: 1}
    with RecordStore(find_origin(SITE, lane)).reading() as snapshot:
        assert read_head(snapshot).size == 1
    reader = replace(read_with(), lane=lane)
    (told,) = find_events(reader, record=find_lane_record(lane))
    assert told.content == {"said": "a word"}
    assert has_its_leaf(reader, reader.events.get())


@pytest.mark.parametrize("lane", Lane)
@pytest.mark.parametrize("kind", ["person.added", *KINDS.values()])
def test_a_kind_joins_no_lane_but_its_own(lane: Lane, kind: str) -> None:
    if kind == KINDS.get(lane) or (lane is Lane.OPERATIONAL and kind != "legal.noted"):
        return
    with pytest.raises(WrongLane):
        note(begin_in(lane), kind, "a word")
    assert not any(table.objects.filter(about="reports/1") for table in EVENTS.values())


@pytest.mark.parametrize("lane", APART)
def test_the_key_of_another_lane_opens_nothing(lane: Lane) -> None:
    note(begin_in(lane), KINDS[lane], "a word")
    for other in set(Lane) - {lane}:
        reader = replace(read_with(), lane=other)
        assert reader.open(find_lane_record(lane)) is None
    master = find_master()
    seeds = {master.log_seed(SITE, one) for one in Lane}
    stand_ins = {master.stand_in_key(SITE, one) for one in Lane}
    assert len(seeds) == len(stand_ins) == len(Lane)


@pytest.mark.parametrize("lane", APART)
def test_a_repeated_act_is_done_once_in_its_lane(lane: Lane) -> None:
    act = begin_in(lane)
    note(act, KINDS[lane], "a word")
    with pytest.raises(DoneBefore):
        note(act, KINDS[lane], "a word")


@pytest.mark.parametrize("table", [SafetyEvent, LegalEvent])
def test_the_database_keeps_the_rows_of_every_lane(
    table: type[SafetyEvent] | type[LegalEvent],
) -> None:
    lane = next(one for one, found in EVENTS.items() if found is table)
    note(begin_in(lane), KINDS[lane], "a word")
    with pytest.raises(DatabaseError), transaction.atomic():
        table.objects.update(kind="person.left")
    if connection.vendor != "postgresql":
        with pytest.raises(DatabaseError), transaction.atomic():
            table.objects.all().delete()
