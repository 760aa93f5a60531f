"""Whoever reports without a name leaves no trace, even while signed in: everything is searched."""

import logging
import secrets
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.test import Client
from test_reports_pages import CODE, TAPS, quick
from web_cast import enter

from bedside.doors.web import clock
from bedside.record.journal.act import Act
from bedside.record.journal.ledger import RecordStore, find_origin
from bedside.record.journal.models import Event
from bedside.record.journal.queries import Reader, find_events_by
from bedside.record.reports.box_operations import empty_box
from bedside.record.reports.models import Report
from bedside.trust.ledger.leaf import Lane, Pseudonym, Role
from record_cast import NIGHT, SITE, Cast, begin, find_master, read_with

__all__ = ["quick"]  # the fixture of the pages, which pytest finds by its name
CANARY = "zqx the monitor was filmed"
Dump = dict[str, list[tuple[object, ...]]]
LANE = Lane.SAFETY


def dump() -> Dump:
    """Take everything that is in the database, as whoever steals it would."""
    said: Dump = {}
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names of our own tables
            said[table] = sorted(cursor.fetchall(), key=repr)
    return said


def flatten(dumped: Dump) -> bytes:
    """Write everything of a dump one after another."""
    return b"\n".join(
        bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
        for rows in dumped.values()
        for row in rows
        for value in row
    )


def find_changed(before: Dump, after: Dump) -> set[str]:
    """Name the tables that are not as they were."""
    return {table for table in after if after[table] != before.get(table)}


def empty() -> None:
    """Empty the box, whatever chance says."""
    tomorrow = NIGHT.date() + timedelta(days=1)
    empty_box(SITE, begin=begin_at, today=tomorrow, random=secrets.token_bytes)


def begin_at(at: object) -> Act:
    """Begin an act at a moment."""
    return begin(at=at)  # type: ignore[arg-type]  # a moment


@pytest.fixture(autouse=True)
def night(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let it be ten to three at night."""
    monkeypatch.setattr(clock, "tell_time", lambda: NIGHT)


@pytest.fixture
def nurse(cast: Cast) -> Client:
    """Sign the nurse in, and let her browser be known."""
    client = enter(cast.nurse)
    client.get("/home", headers={"User-Agent": "a browser with a cat"})
    return client


def report_without_a_name(client: Client) -> str:
    """Let her report, ask with the code, answer, and type it again, in one browser."""
    later = {"HTTP_USER_AGENT": "a browser with a cat", "REMOTE_ADDR": "198.51.100.7"}
    client.get("/report", **later)  # type: ignore[arg-type]  # what the browser says of itself
    sent = client.post("/report", TAPS | {"key": str(uuid4()), "words": CANARY}, **later)  # type: ignore[arg-type]  # the same
    found = CODE.search(sent.content.decode())
    assert found
    code = found[1]
    client.post("/report/code", {"code": code, "again": code[-6:]}, **later)  # type: ignore[arg-type]  # the same
    said = {"code": code, "do": "answer", "text": CANARY, "key": str(uuid4())}
    client.post("/report/answers", said, **later)  # type: ignore[arg-type]  # the same
    return code


def test_rn_11_only_the_box_and_the_cards_change_when_she_reports(nurse: Client) -> None:
    clock.tell_time = lambda: NIGHT + timedelta(minutes=2)
    before = dump()

    report_without_a_name(nurse)

    after = dump()
    assert find_changed(before, after) <= {"reports_card", "reports_dropped", "vault_wrap"}
    fresh = flatten({t: [row for row in after[t] if row not in before[t]] for t in after})
    for trace in (CANARY, "cat", "198.51", "08:5", "02:5"):
        assert trace.encode() not in fresh


def test_rn_11_her_session_is_not_touched_and_says_nothing(nurse: Client) -> None:
    before = {one.pk: (one.session_data, one.expire_date) for one in Session.objects.all()}
    assert len(before) == 1
    clock.tell_time = lambda: NIGHT + timedelta(minutes=2)

    report_without_a_name(nurse)

    assert before == {one.pk: (one.session_data, one.expire_date) for one in Session.objects.all()}


def test_rn_11_what_joins_the_record_later_names_nobody_and_no_minute(
    nurse: Client, cast: Cast
) -> None:
    code = report_without_a_name(nurse)
    before = dump()
    empty()
    after = dump()

    assert Report.objects.get().named_by is None
    fresh = {t: [row for row in after[t] if row not in before[t]] for t in after}
    said = flatten(fresh)
    person = cast.nurse.pk
    for trace in (CANARY, str(person), person.hex, cast.nurse.username, code, "cat", "198.51"):
        assert trace.encode() not in said, trace
    assert b"02:50" not in said
    assert b"08:5" not in said
    assert CANARY.encode() not in flatten(after)
    assert code.replace("-", "").encode() not in flatten(after)


def test_rn_11_her_own_journal_and_that_of_the_house_show_nothing(
    nurse: Client, cast: Cast
) -> None:
    before = Event.objects.count()

    report_without_a_name(nurse)
    empty()

    safety = Reader(site=SITE, master=find_master(), random=secrets.token_bytes, lane=LANE)
    assert Event.objects.count() == before
    assert find_events_by(safety, cast.nurse.pk) == ()
    kinds = {one.kind.name for one in find_events_by(read_with(), cast.nurse.pk)}
    assert not any(kind.startswith("report.") for kind in kinds)


def test_rn_11_no_leaf_of_the_ledger_holds_her_stand_in(nurse: Client, cast: Cast) -> None:
    report_without_a_name(nurse)
    empty()

    stand_ins = {
        Pseudonym(
            key=find_master().stand_in_key(SITE, lane), role=role, reference=str(cast.nurse.pk)
        ).digest.hex()
        for lane in Lane
        for role in Role
    }
    with RecordStore(find_origin(SITE, LANE)).reading() as snapshot:
        leaves = b"".join(one.leaf for one in snapshot.read_entries(0)).decode()
    assert leaves.count('"kind"') == 2
    assert not any(stand_in in leaves for stand_in in stand_ins)


def test_rn_11_nothing_is_logged_mailed_or_cached(
    nurse: Client, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    caplog.clear()
    kept = dump()["accounts_tries"]

    report_without_a_name(nurse)
    nurse.post("/report", TAPS | {"key": str(uuid4()), "type": ["P99"], "words": CANARY})
    nurse.post("/report", TAPS | {"words": CANARY})  # without a key: refused
    nurse.post("/report/answers", {"code": "nonsense"})
    empty()

    ours = [one for one in caplog.records if not one.name.startswith("django.db")]
    assert [one.getMessage() for one in ours if one.name != "asyncio"] == []
    assert capfd.readouterr() == ("", "")
    assert mail.outbox == []
    assert dump()["accounts_tries"] == kept


def test_a_session_that_ran_out_is_not_ended_on_the_page_without_a_name(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = enter(cast.nurse)
    assert client.get("/home").status_code == 200
    monkeypatch.setattr(clock, "tell_time", lambda: NIGHT + timedelta(days=2))
    before = dump()

    assert client.get("/report").status_code == 200
    assert client.get("/es/report").status_code == 200
    assert not find_changed(before, dump())

    client.get("/home")  # where somebody is asked for, it ends
    assert find_changed(before, dump())


@pytest.mark.parametrize("words", ["a\0b", "x" * 90_000])
def test_a_form_that_the_gate_refuses_leaves_no_line_that_tells_the_minute(
    cast: Cast, caplog: pytest.LogCaptureFixture, words: str
) -> None:
    del cast
    with caplog.at_level(logging.DEBUG):
        answer = Client().post("/report", {"words": words})

    assert answer.status_code in {400, 413}
    assert not [one for one in caplog.records if one.name.startswith("django.request")]
