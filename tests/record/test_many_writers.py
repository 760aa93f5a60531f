"""Many writers at once: nothing is lost, nothing is done twice, nobody waits in vain."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import partial
from uuid import UUID

import pytest
from django.db import connection

from bedside.record.encounters.models import Encounter
from bedside.record.encounters.operations import Opening, record_answers, record_encounter
from bedside.record.journal.act import Act
from bedside.record.journal.ledger import RecordStore, find_origin
from bedside.record.journal.operations import DoneBefore
from bedside.record.journal.queries import find_events
from bedside.record.presence.operations import Noted, record_mark
from bedside.record.presence.queries import find_moments
from bedside.trust.ledger.damage import find_damage
from record_cast import OTHER_SITE, SITE, UNIT, begin, gather, open_hospital, read_with

CLIENTS, EACH = 16, 5
OPENING = Opening(unit=UNIT, room="4")

pytestmark = pytest.mark.usefixtures("open_record")


def test_sixteen_clients_at_once_lose_no_write() -> None:
    nurse = gather().nurse
    stay = record_encounter(begin(by=nurse), opening=OPENING, facts={})

    def answer() -> None:
        for _ in range(EACH):
            record_answers(begin(by=nurse), stay, facts={"patient_wish": "not_asked"})

    _do_at_once([answer] * CLIENTS)

    told = find_events(read_with(), record=stay.about)
    assert len(told) == CLIENTS * EACH + 1
    assert not tuple(find_damage(RecordStore(find_origin(SITE)), keys=()))


def test_sixteen_notes_of_one_stay_at_once_are_all_kept() -> None:
    nurse = gather().nurse
    stay = record_encounter(begin(by=nurse), opening=OPENING, facts={})

    def note() -> None:
        noted = Noted(position="at_window", facts={"patient_wish": "not_asked"})
        record_mark(begin(by=nurse), stay, noted=noted)

    _do_at_once([note] * CLIENTS)

    assert len(find_moments(read_with(), stay)) == CLIENTS


def test_one_act_sent_from_many_clients_at_once_is_done_once() -> None:
    nurse = gather().nurse
    act = begin(by=nurse)
    refused: list[DoneBefore] = []

    def send() -> None:
        try:
            record_encounter(_copy(act), opening=OPENING, facts={"in_custody": True})
        except DoneBefore as done:
            refused.append(done)

    _do_at_once([send] * CLIENTS)

    (stay,) = Encounter.objects.all()
    assert {done.about for done in refused} == {stay.about}
    assert len(refused) == CLIENTS - 1
    assert len(find_events(read_with(), record=stay.about)) == 1


def test_two_hospitals_write_at_once_into_logs_of_their_own() -> None:
    for site in (SITE, OTHER_SITE):
        open_hospital(site)

    def open_stays(site: str) -> None:
        for _ in range(EACH):
            record_encounter(begin(site), opening=OPENING, facts={})

    _do_at_once([partial(open_stays, site) for site in (SITE, OTHER_SITE)] * 4)

    for site in (SITE, OTHER_SITE):
        assert not tuple(find_damage(RecordStore(find_origin(site)), keys=()))
        assert Encounter.objects.filter(site_id=site).count() == 20


def _copy(act: Act) -> Act:
    """The same act as another process would send it."""
    return replace(act, key=UUID(str(act.key)))


def _do_at_once(jobs: Sequence[Callable[[], object]]) -> None:
    """Run every job in a thread and on a connection of its own, and let what it raises through."""

    def run(job: Callable[[], object]) -> None:
        try:
            job()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(jobs)) as pool:
        for done in [pool.submit(run, job) for job in jobs]:
            done.result()
