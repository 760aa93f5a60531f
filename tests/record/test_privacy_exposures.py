"""Clocks that began before anybody opened anything, assessments that hold, delays with a basis."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from django.db import connection
from privacy_cast import (
    CHICAGO,
    FACTORS,
    LOW,
    WORDS,
    in_safety,
    later,
    note,
    open_stay,
    place,
    read_safety,
    report,
    report_without_name,
    show,
)

from bedside.record.accounts.access import NotThere, NotYours
from bedside.record.accounts.roles import Role
from bedside.record.journal.models import EVENTS
from bedside.record.journal.queries import find_events, has_its_leaf
from bedside.record.privacy.access import access_exposure
from bedside.record.privacy.assessing import Answer, Weighed
from bedside.record.privacy.models import Exposure, Origin
from bedside.record.privacy.operations import (
    Found,
    Stated,
    Told,
    record_assessed,
    record_delayed,
    record_exposure,
    record_notice,
    record_taken_up,
)
from bedside.record.privacy.queries import (
    find_assessments,
    find_exposure_of,
    find_exposures,
    find_known,
    find_report_clocks,
    find_running,
    find_waiting_reports,
)
from bedside.record.privacy.refusals import (
    AssessedAgain,
    Contradiction,
    NoBasis,
    NoGround,
    NoMoment,
    NoReason,
    NoSafeguards,
    TakenUp,
)
from bedside.record.refusal import Refused
from bedside.record.reports.choices import Route, Side
from bedside.record.reports.operations import Said, record_message, record_report
from bedside.record.reports.queries import find_messages
from bedside.trust.ledger.leaf import Lane
from record_cast import NIGHT, OTHER_SITE, Cast, begin, hire, open_hospital, read_with, stand

TODAY = date(2026, 11, 24)


@pytest.fixture
def exposure(cast: Cast) -> Exposure:
    """Take up an exposure of a stay."""
    stay = open_stay(cast.nurse)
    found = Found(known_at=NIGHT, happened_at=NIGHT, way="heard")
    return record_exposure(begin(by=cast.privacy_officer), stay, found=found)


@pytest.mark.parametrize("lane", [Lane.SAFETY, Lane.OPERATIONAL])
def test_po_01_clocks_run_from_the_report_before_anybody_opens_it(cast: Cast, lane: Lane) -> None:
    night = datetime(2026, 11, 24, 9, 5, tzinfo=UTC)  # 03:05 in Texas
    report(cast.nurse, "P3", at=night, lane=lane)
    report(cast.nurse, "R1", at=night, lane=lane)
    morning = datetime(2026, 11, 24, 14, 30, tzinfo=UTC)  # 08:30

    (waiting,) = find_waiting_reports(replace(read_with(), lane=lane))
    running = find_report_clocks(waiting, place("us/ca", at=morning))

    by_name = {one.due.clock.id: one for one in running}
    began = {one.due.known.at for one in running}
    assert began == {night.astimezone(CHICAGO)}
    assert by_name["us_patient"].due.on == date(2027, 1, 23)
    assert by_name["us_patient"].days_left == 60
    assert by_name["ca_department"].due.on == date(2026, 12, 16)
    assert by_name["house_capture"].due.at == datetime(2026, 11, 24, 4, 5, tzinfo=CHICAGO)


@pytest.mark.parametrize(("route", "hours"), [(Route.ICON, 2), (Route.OFFICER, 0)])
def test_what_somebody_of_the_house_knew_before_reporting_counts_and_what_others_knew_does_not(
    cast: Cast, route: Route, hours: int
) -> None:
    said = Said(route=route, types=("P4",), discovered_at=later(hours=-2))
    filed = record_report(in_safety(begin(by=cast.nurse)), said)

    assert find_known(filed, CHICAGO).at == later(hours=-hours)


def test_a_report_without_a_name_starts_its_clocks_on_its_day(cast: Cast) -> None:
    del cast
    filed = report_without_name("P5", at=later(hours=7))

    (running, *_) = find_report_clocks(filed, place())

    assert running.due.known.at is None
    assert running.due.known.day == date(2026, 11, 24)
    assert find_waiting_reports(read_safety()) == (filed,)


def test_a_report_leaves_the_list_when_it_is_taken_up_and_leads_there_by_its_own_keys(
    cast: Cast, exposure: Exposure
) -> None:
    filed = report(cast.nurse, "P3")
    act = in_safety(begin(by=cast.privacy_officer))

    record_taken_up(act, filed, exposure.pk)

    assert find_waiting_reports(read_safety()) == ()
    assert find_exposure_of(read_safety(), filed) == exposure.pk
    assert find_exposure_of(read_with(), filed) is None  # the operational keys open nothing
    with pytest.raises(TakenUp):
        record_taken_up(in_safety(begin(by=cast.privacy_officer)), filed, exposure.pk)


def test_po_10_no_word_of_a_safety_report_reaches_the_ordinary_record(cast: Cast) -> None:
    filed = report(cast.nurse, "P3")
    officer = cast.privacy_officer
    found = Found(known_at=filed.filed_at, way="texted")
    exposure = record_exposure(begin(by=officer), None, found=found)
    record_taken_up(in_safety(begin(by=officer)), filed, exposure.pk)
    record_assessed(begin(by=officer), exposure, weighed=LOW, seen=0)

    told = find_events(read_with(), record=exposure.about)

    said = repr([one.content for one in told])
    assert len(told) == 2
    assert WORDS not in said
    assert str(filed.pk) not in said
    assert "P3" not in said
    assert not EVENTS[Lane.OPERATIONAL].objects.filter(about=filed.about).exists()
    with connection.cursor() as cursor:
        for table in ("exposure", "assessment", "notice", "delay"):
            cursor.execute(f"SELECT * FROM privacy_{table}")  # noqa: S608 - our own names
            rows = repr(cursor.fetchall())
            assert str(filed.pk) not in rows
            assert filed.pk.hex not in rows
    assert str(exposure.pk).encode() not in bytes(Origin.objects.get().exposure)


def test_po_02_the_log_of_the_officer_at_the_window_is_evidence_with_its_ledger_places(
    cast: Cast,
) -> None:
    stay = open_stay(cast.nurse)
    note(cast.nurse, stay, "at_window", at=later(minutes=-30))
    note(cast.nurse, stay, "in_doorway", at=later(minutes=-10))
    note(cast.nurse, stay, "off_unit", at=later(hours=-20))

    shown = show(stay, NIGHT)

    assert [one.position for one in shown.notes] == ["at_window", "in_doorway"]
    assert [one.position for one in shown.apart] == ["at_window"]
    assert shown.position == "in_doorway"
    events = {one.leaf: one for one in find_events(read_with(), record=stay.about)}
    (window,) = shown.apart
    assert window.leaf is not None
    content = events[window.leaf].content
    assert content is not None
    assert content["position"] == "at_window"
    assert has_its_leaf(read_with(), EVENTS[Lane.OPERATIONAL].objects.get(leaf=window.leaf))


def test_incidental_needs_a_safeguard_that_was_noted(cast: Cast, exposure: Exposure) -> None:
    stay = exposure.encounter
    assert stay is not None
    weighed = Weighed(limb="incidental", limb_says="an exam; curtain drawn", result="permitted")

    with pytest.raises(NoSafeguards):
        record_assessed(begin(by=cast.privacy_officer), exposure, weighed=weighed, seen=0)
    note(cast.nurse, stay, "at_window")
    evidence = tuple(one.write() for one in show(stay, NIGHT).notes)
    weighed = replace(weighed, evidence=evidence)
    record_assessed(begin(by=cast.privacy_officer), exposure, weighed=weighed, seen=0)

    (signed,) = find_assessments(read_with(), exposure)
    assert signed.weighed == weighed
    exposure.refresh_from_db()
    assert exposure.result == "permitted"
    assert find_running(exposure, place()) == ()


@pytest.mark.parametrize("missing", sorted(FACTORS))
def test_po_03_a_low_probability_without_a_reason_for_every_factor_is_not_signed(
    cast: Cast, exposure: Exposure, missing: str
) -> None:
    lacking = replace(FACTORS[missing], reason=" ")
    weighed = replace(LOW, factors={**FACTORS, missing: lacking})

    with pytest.raises(NoReason):
        record_assessed(begin(by=cast.privacy_officer), exposure, weighed=weighed, seen=0)

    assert find_assessments(read_with(), exposure) == ()


def test_po_03_the_signature_and_all_four_reasons_stand_in_the_ledger(
    cast: Cast, exposure: Exposure
) -> None:
    record_assessed(begin(by=cast.privacy_officer), exposure, weighed=LOW, seen=0)

    (told, _) = find_events(read_with(), record=exposure.about)
    assert told.kind.name == "exposure.assessed"
    assert told.by == cast.privacy_officer.pk
    assert told.content is not None
    reasons = {name: one["reason"] for name, one in told.content["factors"].items()}
    assert reasons == {name: one.reason for name, one in FACTORS.items()}


def test_a_signed_assessment_changes_only_by_a_new_version(cast: Cast, exposure: Exposure) -> None:
    officer = cast.privacy_officer
    record_assessed(begin(by=officer), exposure, weighed=LOW, seen=0)
    breach = Weighed(limb="not_permitted", result="breach")

    with pytest.raises(AssessedAgain):
        record_assessed(begin(by=officer), exposure, weighed=breach, seen=0)
    record_assessed(begin(by=officer), exposure, weighed=breach, seen=1)

    second, first = find_assessments(read_with(), exposure)
    assert (first.row.number, second.row.number) == (1, 2)
    assert first.weighed == LOW


@pytest.mark.parametrize(
    "weighed",
    [
        Weighed(limb="custody", limb_says="asked for safety", result="breach"),
        replace(LOW, result="permitted"),
    ],
)
def test_what_is_permitted_is_no_breach_and_what_is_not_cannot_end_as_permitted(
    cast: Cast, exposure: Exposure, weighed: Weighed
) -> None:
    with pytest.raises(Contradiction):
        record_assessed(begin(by=cast.privacy_officer), exposure, weighed=weighed, seen=0)


@pytest.mark.parametrize(
    "weighed",
    [
        Weighed(),
        Weighed(limb="no-such", result="low"),
        replace(LOW, factors={**FACTORS, "who": Answer(chosen=("nobody",), reason="x")}),
        replace(LOW, factors={**FACTORS, "what": Answer()}),
        replace(LOW, result_says="x" * 2001),
        Weighed(limb="custody", limb_says="  ", result="permitted"),
        Weighed(limb="not_permitted", exclusion="", result="excluded"),
        Weighed(limb="not_permitted", exclusion="none-such", result_says="x", result="excluded"),
    ],
)
def test_what_no_form_offers_is_refused_in_words(
    cast: Cast, exposure: Exposure, weighed: Weighed
) -> None:
    with pytest.raises(Refused):
        record_assessed(begin(by=cast.privacy_officer), exposure, weighed=weighed, seen=0)


def state(**changes: object) -> Stated:
    """State that telling would impede an investigation."""
    stated = Stated(
        form="oral",
        ground="criminal_investigation",
        official="a sergeant of the county",
        words="it would impede our case",
        stated_on=TODAY,
    )
    return replace(stated, **changes)  # type: ignore[arg-type]  # fields of the statement


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"official": ""}, NoBasis),
        ({"words": ""}, NoBasis),
        ({"stated_on": None}, NoBasis),
        ({"form": "written"}, NoBasis),  # without its time
        ({"ground": "civil_arrest"}, NoGround),
        ({"stated_on": date(2026, 11, 25)}, NoMoment),
        ({"form": "written", "until": date(2026, 11, 1)}, NoMoment),
    ],
)
def test_po_05_a_delay_without_a_written_or_dated_oral_basis_pauses_nothing(
    cast: Cast, exposure: Exposure, changes: dict[str, object], why: type[Refused]
) -> None:
    before = find_running(exposure, place())

    with pytest.raises(why):
        record_delayed(
            begin(by=cast.privacy_officer), exposure, stated=state(**changes), today=TODAY
        )

    assert find_running(exposure, place()) == before


def test_po_05_an_oral_statement_pauses_for_thirty_days_and_a_written_one_for_its_time(
    cast: Cast, exposure: Exposure
) -> None:
    officer = begin(by=cast.privacy_officer)
    record_delayed(officer, exposure, stated=state(until=date(2027, 11, 1)), today=TODAY)

    first = {one.due.clock.id: one for one in find_running(exposure, place("us/ca"))}
    written = state(form="written", until=date(2027, 3, 1))
    record_delayed(begin(by=cast.privacy_officer), exposure, stated=written, today=TODAY)
    second = {one.due.clock.id: one for one in find_running(exposure, place("us/ca"))}

    assert first["us_patient"].is_paused
    assert first["us_patient"].due.on == date(2027, 1, 23)
    assert first["ca_patient"].due.on == date(2027, 1, 19)  # 15 business days after 2026-12-24
    assert not first["ca_department"].is_paused
    assert second["us_patient"].due.on == date(2027, 3, 2)


def test_a_notice_answers_its_clock_and_no_other(cast: Cast, exposure: Exposure) -> None:
    officer = cast.privacy_officer
    breach = Weighed(limb="not_permitted", result="breach")
    record_assessed(begin(by=officer), exposure, weighed=breach, seen=0)
    told = Told(to="patient", clocks=("us_patient",), given_on=TODAY, body="Dear patient")

    record_notice(begin(by=officer), exposure, told=told, today=TODAY)

    (found,) = find_exposures("sample", only_open=True)
    open_ = {one.due.clock.id: one.is_open for one in find_running(found, place())}
    assert open_["us_patient"] is False
    assert open_["us_health_department_log"] is True


def test_five_hundred_people_set_off_the_large_clocks(cast: Cast) -> None:
    found = Found(known_at=NIGHT, people=500)
    exposure = record_exposure(begin(by=cast.privacy_officer), None, found=found)

    clocks = {one.due.clock.id for one in find_running(exposure, place())}

    assert {"us_health_department_large", "us_media"} <= clocks
    assert "us_health_department_log" not in clocks


def test_a_moment_that_lies_ahead_is_refused(cast: Cast) -> None:
    with pytest.raises(NoMoment):
        record_exposure(
            begin(by=cast.privacy_officer), None, found=Found(known_at=later(minutes=1))
        )


def test_nobody_but_the_privacy_officer_of_this_hospital_reaches_an_exposure(
    cast: Cast, exposure: Exposure
) -> None:
    open_hospital(OTHER_SITE)
    elsewhere = hire(Role.PRIVACY_OFFICER, OTHER_SITE)

    assert access_exposure(stand(cast.privacy_officer), exposure.pk) == exposure
    for person in (cast.nurse, cast.physician, hire(Role.COUNSEL)):
        with pytest.raises(NotYours):
            access_exposure(stand(person), exposure.pk)
    with pytest.raises(NotThere):
        access_exposure(stand(elsewhere, OTHER_SITE), exposure.pk)


def test_po_06_a_reporter_without_a_name_is_asked_and_stays_unknown(cast: Cast) -> None:
    filed = report_without_name("P3")
    act = in_safety(begin(by=cast.privacy_officer))

    record_message(act, filed, side=Side.HOUSE, text="Was the screen on?")

    (message,) = find_messages(read_safety(), filed.pk)
    assert (message.text, message.row.side) == ("Was the screen on?", Side.HOUSE)
    assert (filed.named_by, filed.filed_at.hour) == (None, 0)


def test_what_was_typed_is_sealed(cast: Cast, exposure: Exposure) -> None:
    record_assessed(begin(by=cast.privacy_officer), exposure, weighed=LOW, seen=0)
    record_delayed(begin(by=cast.privacy_officer), exposure, stated=state(), today=TODAY)
    told = Told(to="patient", given_on=TODAY, body="canary-letter")
    record_notice(begin(by=cast.privacy_officer), exposure, told=told, today=TODAY)

    with connection.cursor() as cursor:
        for table in ("privacy_assessment", "privacy_delay", "privacy_notice", "journal_event"):
            cursor.execute(f"SELECT * FROM {table}")  # noqa: S608 - our own names
            rows = repr(
                [[bytes(x) if isinstance(x, memoryview) else x for x in row] for row in cursor]
            )
            for canary in ("canary-letter", "one sentence about feeding", "sergeant"):
                assert canary not in rows
