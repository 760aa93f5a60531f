"""Several people at one report at one moment: each is kept or refused in words, never lost."""

import secrets
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from django.db import connection

from bedside.record.accounts.roles import Role
from bedside.record.incidents.evaluation_operations import CorrectedBefore, record_evaluation
from bedside.record.incidents.evaluations import Evaluated
from bedside.record.incidents.operations import record_report_taken, record_second_rater
from bedside.record.incidents.queries import find_to_rate
from bedside.record.incidents.refusals import RatedBefore, TakenAlready
from bedside.record.privacy.operations import record_taken_up
from bedside.record.privacy.refusals import TakenUp
from bedside.record.refusal import Refused
from bedside.record.reports import box_operations, receipts
from bedside.record.reports.box_operations import begin_without_name, drop_report, empty_box
from bedside.record.reports.choices import Reached, Route, Side
from bedside.record.reports.models import Card, Dropped, Message, Report
from bedside.record.reports.operations import (
    ClosedByReporter,
    Said,
    record_message,
    record_withdrawn,
)
from bedside.trust.sealing.receipt_card import Cost
from incidents_cast import begin_safely, fresh, open_stay, rate, report, take
from record_cast import NIGHT, SITE, begin, gather, hire, stand

AT_ONCE = 4
SAID = Said(
    route=Route.PUBLIC,
    families=("P",),
    types=("P4",),
    reached_patient=Reached.YES,
    texts={"words": "they filmed the monitor"},
)

pytestmark = pytest.mark.usefixtures("open_record")


@pytest.fixture(autouse=True)
def cheap(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stretch codes as little as is ever allowed."""
    for module in (receipts, box_operations):
        monkeypatch.setattr(module, "COST", Cost(memory_kib=19 * 1024, passes=2, lanes=1))


def do_at_once(job: Callable[[], object]) -> list[type[Refused]]:
    """Do something several times at one moment; say how it was refused, and let slips through."""
    start, refused = Barrier(AT_ONCE), list[type[Refused]]()

    def run() -> None:
        try:
            start.wait()
            job()
        except Refused as refusal:
            refused.append(type(refusal))
        finally:
            connection.close()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        for done in [pool.submit(run) for _ in range(AT_ONCE)]:
            done.result()
    return refused


def test_whoever_empties_the_box_at_one_moment_each_go_on_and_nothing_leaves_it_twice() -> None:
    gather()
    for _ in range(AT_ONCE):
        drop_report(begin_without_name(begin()), SAID)
    tomorrow = NIGHT.date() + timedelta(days=1)

    refused = do_at_once(
        lambda: empty_box(
            SITE, begin=lambda at: begin(at=at), today=tomorrow, random=secrets.token_bytes
        )
    )

    assert refused == []
    assert (Report.objects.count(), Dropped.objects.count()) == (AT_ONCE, 0)


def test_a_form_without_a_name_pressed_twice_at_one_moment_gives_one_code() -> None:
    gather()
    act, codes = begin_without_name(begin()), set[str]()

    def press() -> None:
        codes.add(drop_report(replace(act, key=UUID(str(act.key))), SAID).show())

    do_at_once(press)

    assert (len(codes), Card.objects.count(), Dropped.objects.count()) == (1, 1, 1)


def test_messages_of_one_moment_each_have_their_place_in_the_talk() -> None:
    cast = gather()
    filed = report(cast.nurse)

    do_at_once(
        lambda: record_message(begin_safely(cast.nurse), filed, side=Side.REPORTER, text="a")
    )

    places = Message.objects.filter(report=filed).values_list("number", flat=True)
    assert sorted(places) == list(range(AT_ONCE))


def test_two_reviewers_who_take_a_report_at_one_moment_make_one_review() -> None:
    filed, reviewer = report(gather().nurse), hire(Role.RISK_MANAGER)

    refused = do_at_once(lambda: record_report_taken(begin_safely(reviewer), filed, code="P1"))

    assert refused == [TakenAlready] * (AT_ONCE - 1)


def test_a_rating_sent_from_two_pages_at_one_moment_is_kept_once() -> None:
    review, reviewer = take(report(gather().nurse))

    refused = do_at_once(lambda: rate(review, reviewer))

    assert refused == [RatedBefore] * (AT_ONCE - 1)


def test_a_report_taken_up_twice_at_one_moment_leads_to_one_exposure() -> None:
    filed, officer = report(gather().nurse, code="P4"), hire(Role.PRIVACY_OFFICER)

    refused = do_at_once(lambda: record_taken_up(begin_safely(officer), filed, uuid4()))

    assert refused == [TakenUp] * (AT_ONCE - 1)


def test_an_evaluation_corrected_twice_at_one_moment_has_one_correction() -> None:
    nurse = gather().nurse
    stay, evaluated = open_stay(nurse), Evaluated(texts={"told": "they were held down"})
    row = record_evaluation(begin(by=nurse), stay, evaluated=evaluated)

    refused = do_at_once(
        lambda: record_evaluation(begin(by=nurse), stay, evaluated=evaluated, corrects=row)
    )

    assert refused == [CorrectedBefore] * (AT_ONCE - 1)


def test_a_page_opened_before_a_report_was_taken_back_adds_nothing_and_takes_nothing() -> None:
    nurse, reviewer = gather().nurse, hire(Role.RISK_MANAGER)
    filed = report(nurse)
    record_withdrawn(begin_safely(nurse), Report.objects.get(pk=filed.pk))

    with pytest.raises(ClosedByReporter):
        record_message(begin_safely(reviewer), filed, side=Side.HOUSE, text="late")
    with pytest.raises(ClosedByReporter):
        record_report_taken(begin_safely(reviewer), filed, code="P1")


def test_harm_is_rated_no_further_once_the_report_was_taken_back() -> None:
    nurse, colleague = gather().nurse, hire(Role.ATTENDING)
    filed = report(nurse)
    review, reviewer = take(filed)
    seen = fresh(review).version
    record_second_rater(begin_safely(reviewer), review, rater=colleague, seen=seen)
    assert find_to_rate(stand(colleague)) == (review,)

    record_withdrawn(begin_safely(nurse), filed)

    assert find_to_rate(stand(colleague)) == ()
    with pytest.raises(ClosedByReporter):
        rate(review, colleague)
