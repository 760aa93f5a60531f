"""The pages of reviews: taken, worked on, rated apart, answered, closed, taken out."""

import io
import json
import re
import zipfile
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from stays_web_cast import Clock, enter, look, open_stay, send
from web_cast import find_sample, read

from bedside.doors.web import clock
from bedside.record.accounts.models import Person
from bedside.record.accounts.roles import Role
from bedside.record.incidents.models import Action, Evaluation, Release, Review
from bedside.record.letters.models import Letter, Raised
from bedside.record.presence.officer_page_operations import record_statement
from bedside.record.presence.words import Outcome
from bedside.record.reports.models import Message, Report
from bedside.trust.ledger.leaf import Lane
from incidents_cast import MILD, ask, fresh, note, rate, report, take
from record_cast import NIGHT, Cast, begin, hire

CANARY = "canary-of-a-review"


@pytest.fixture(autouse=True)
def time(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Clock:
    """Turn the clock by hand at the sample hospital."""
    del cast
    find_sample()
    clock_ = Clock()
    monkeypatch.setattr(clock, "tell_time", clock_.tell)
    return clock_


@pytest.fixture
def reviewer() -> Person:
    """Whoever reviews reports."""
    return hire(Role.RISK_MANAGER)


def work(client: Client, review: Review, do: str, **fields: str) -> int:
    """Send one of the forms of a review; say how it was answered."""
    path = f"/reviews/{review.pk}/steps"
    seen = str(fresh(review).version)
    return send(client, path, do=do, seen=seen, **fields).status_code


def test_a_report_goes_from_the_queue_to_its_answer(cast: Cast, reviewer: Person) -> None:
    filed, client = report(cast.nurse, words=CANARY), enter(reviewer)
    assert CANARY not in read(look(client, "/reviews"))

    taken = send(client, f"/reviews/reports/{filed.pk}", code="P1")
    review = Review.objects.get(report=filed)

    assert taken["Location"] == f"/reviews/{review.pk}"
    assert CANARY in read(look(client, taken["Location"]))
    assert work(client, review, "answer", answer="We moved the chair.") == 302
    assert Message.objects.get(report=filed).side == "house"
    assert "We moved the chair." in read(look(client, f"/reviews/{review.pk}"))


def test_what_bedside_raised_by_itself_is_taken_too(cast: Cast, reviewer: Person) -> None:
    stay = open_stay(cast.physician)
    letter = Letter.objects.create(
        id=begin().draw_id(), site_id="sample", encounter=stay, code="AB12", started_at=NIGHT
    )
    raised = Raised.objects.create(
        id=begin().draw_id(), site_id="sample", letter=letter, code="D2", at=NIGHT
    )
    client = enter(reviewer)

    taken = send(client, f"/reviews/raised/{raised.pk}")

    page = read(look(client, taken["Location"]))
    assert "AB12" in page
    raised.refresh_from_db()
    assert raised.taken_at == NIGHT


def test_of_10_the_page_says_what_is_missing_and_keeps_what_was_typed(
    cast: Cast, reviewer: Person
) -> None:
    review, _ = take(report(cast.nurse), by=reviewer)
    client = enter(reviewer)
    path = f"/reviews/{review.pk}/steps"

    refused = send(client, path, do="close", seen=str(review.version), outcome="typed before")

    assert refused.status_code == 422
    page = read(refused)
    assert "typed before" in page
    assert "was not heard" in page
    assert fresh(review).status == "in_review"


def test_of_10_a_hearing_is_noted_with_its_day_and_then_the_review_closes(
    cast: Cast, reviewer: Person
) -> None:
    review, _ = take(report(cast.nurse), by=reviewer)
    client = enter(reviewer)
    rate(review, reviewer)
    heard = {"whom": "officer", "on": "2026-11-23"}
    assert work(client, review, "hear", **heard, state="asked") == 302
    assert work(client, review, "hear", **heard, state="heard", words="I was told to wait.") == 302
    assert work(client, review, "answer", answer="", withheld="none wanted") == 302

    assert work(client, review, "close", outcome="A misunderstanding; told to both.") == 302

    page = read(look(client, f"/reviews/{review.pk}"))
    assert "I was told to wait." in page
    assert "A misunderstanding" in page
    assert work(client, review, "reopen", why="more is known") == 302


def test_one_row_is_linked_and_its_norms_are_cited_with_how_they_were_read(
    cast: Cast, reviewer: Person
) -> None:
    stay = open_stay(cast.nurse)
    mark = note(stay, cast.nurse, position="at_bedside")
    review, _ = take(report(cast.nurse, stay=stay.pk), by=reviewer)
    client = enter(reviewer)

    assert work(client, review, "link", mark=str(mark)) == 302

    page = look(client, f"/reviews/{review.pk}").content.decode()
    assert "42 CFR 482.13" in page
    assert "2026-11-24" in page
    assert re.search(r"/norms/us/federal/hhs/cms/482-13", page)


def test_of_05_what_an_officer_stated_at_the_stay_stands_word_for_word_beside_the_review(
    cast: Cast, reviewer: Person
) -> None:
    stay, words = open_stay(cast.nurse), "I stood there.\nNobody asked me to go."
    record_statement(begin(), stay, words=words, signed="Badge 1187", language="en")
    review, _ = take(report(cast.nurse, stay=stay.pk), by=reviewer)

    page = look(enter(reviewer), f"/reviews/{review.pk}").content.decode()

    assert "I stood there.<br>Nobody asked me to go." in page
    assert "Badge 1187" in page


def test_a_second_rater_rates_without_seeing_the_first_and_then_both_show(
    cast: Cast, reviewer: Person
) -> None:
    review, _ = take(report(cast.nurse), by=reviewer)
    client, second = enter(reviewer), enter(cast.physician)
    assert look(second, f"/reviews/{review.pk}/rating").status_code == 403
    assert work(client, review, "second", rater=str(cast.physician.pk)) == 302
    rate(review, reviewer, MILD)
    assert "Moderate</b>" in look(client, f"/reviews/{review.pk}").content.decode()

    page = read(look(second, f"/reviews/{review.pk}/rating"))
    assert str(review.pk) in look(second, "/ratings").content.decode()
    assert reviewer.name not in page
    path = f"/reviews/{review.pk}/rating"
    assert send(second, path, reached="yes").status_code == 422
    said = {"physical": "LA21151-8", "psychological": "LA20749-0", "dignity": "LA20748-2"}
    assert send(second, path, reached="yes", **said).status_code == 302

    both = read(look(client, f"/reviews/{review.pk}"))
    assert cast.physician.name in both
    assert look(second, f"/reviews/{review.pk}").status_code == 403


def test_a_corrective_action_reaches_the_role_that_does_it_without_the_report(
    cast: Cast, reviewer: Person
) -> None:
    review, _ = take(report(cast.nurse, words=CANARY), by=reviewer)
    sent = {"change": "room", "owner": "charge_nurse", "due_on": "2026-12-01"}
    assert work(enter(reviewer), review, "set", **sent, what="Put glass in the door") == 302
    charge = enter(hire(Role.CHARGE_NURSE))

    page = read(look(charge, "/changes"))
    assert "Put glass in the door" in page
    assert CANARY not in page
    action = Action.objects.get()
    assert send(enter(cast.nurse), f"/actions/{action.pk}/done").status_code == 403
    assert send(charge, f"/actions/{action.pk}/done").status_code == 302
    action.refresh_from_db()
    assert action.done_at == NIGHT


def test_lane_two_leaves_as_csv_json_and_fhir(cast: Cast, reviewer: Person) -> None:
    take(report(cast.nurse, words=CANARY), by=reviewer)
    client = enter(reviewer)
    assert "74560-4" in read(look(client, "/reviews/exports"))

    table, plain, bundle = (
        send(client, "/reviews/exports/files", what=what) for what in ("csv", "json", "fhir")
    )

    assert CANARY in table.content.decode()
    assert json.loads(plain.content)["label"].startswith("for PSO mapping")
    assert json.loads(bundle.content)["entry"]
    assert "attachment" in table["Content-Disposition"]


def test_lc_08_counsel_takes_lane_one_out_whole_and_nothing_of_lane_two(
    cast: Cast, reviewer: Person
) -> None:
    report(cast.nurse, lane=Lane.OPERATIONAL, words="words-of-lane-one")
    take(report(cast.nurse, words=CANARY), by=reviewer)
    counsel = enter(hire(Role.COUNSEL))

    taken = send(counsel, "/lanes/exports", since="2026-11-20", until="2026-11-24")

    with zipfile.ZipFile(io.BytesIO(taken.content)) as packed:
        text = "".join(packed.read(name).decode() for name in packed.namelist())
    assert "words-of-lane-one" in text
    assert CANARY not in text
    wrong = send(counsel, "/lanes/exports", since="2026-11-24", until="2026-11-20")
    assert wrong.status_code == 409


def test_lc_12_counsel_sees_officer_protective_law_and_s_reports_and_no_report(
    cast: Cast,
) -> None:
    report(cast.nurse, code="S5", words=CANARY)

    page = read(look(enter(hire(Role.COUNSEL)), "/lanes"))

    assert "18 USC 111(a)" in page
    assert "S5" in page
    assert "withheld" in page
    assert CANARY not in page


def test_of_08_a_month_of_requests_is_published_and_taken_out_as_a_table(
    cast: Cast, time: Clock
) -> None:
    stay = open_stay(cast.nurse)
    note(stay, cast.nurse, position="at_bedside")
    ask(stay, cast.nurse, outcome=Outcome.DONE, times=14)
    time.at = NIGHT + timedelta(days=20)
    client = enter(hire(Role.HOUSE_SUPERVISOR))

    assert send(client, "/agency-reports").status_code == 302

    page = read(look(client, "/agency-reports"))
    assert "14" in page
    table = look(client, "/agency-reports/2026-11").content.decode()
    assert "Federal agencies,14" in table
    assert Release.objects.count() >= 2
    assert look(client, "/agency-reports/2026-10").status_code == 404


def test_what_changed_is_shown_to_all_and_published_by_a_reviewer_alone(
    cast: Cast, reviewer: Person, time: Clock
) -> None:
    time.at = NIGHT + timedelta(days=60)
    nurse = enter(cast.nurse)
    assert look(nurse, "/changes").status_code == 200
    assert send(nurse, "/changes").status_code == 403

    answered = send(enter(reviewer), "/changes")

    assert answered.status_code in {302, 422}
    assert "2026-Q4" in read(look(enter(reviewer), "/changes"))
    assert send(enter(reviewer), "/changes", line="words of nobody").status_code in {409, 422}


def test_md_10_only_the_treating_team_reads_an_evaluation_and_the_patient_gets_a_copy(
    cast: Cast, reviewer: Person
) -> None:
    stay = open_stay(cast.physician)
    physician, path = enter(cast.physician), f"/stays/{stay.pk}/evaluations"
    refused = send(physician, path, told=CANARY, **{"0-finding": "marks on both wrists"})
    assert refused.status_code == 422
    assert "marks on both wrists" in refused.content.decode()

    sent = {"0-finding": "marks on both wrists", "0-fits": "typical"}
    kept = send(physician, path, told=CANARY, present="one officer, county", **sent)

    row = Evaluation.objects.get()
    assert kept["Location"] == f"{path}/{row.pk}"
    page = read(look(physician, kept["Location"]))
    assert CANARY in page
    assert "Typical" in page
    copy = send(physician, f"{path}/{row.pk}/copies")
    assert "the patient's" in read(copy)
    for role in (Role.PRIVACY_OFFICER, Role.COUNSEL, Role.HOUSE_SUPERVISOR, Role.SOCIAL_WORK):
        assert look(enter(hire(role)), kept["Location"]).status_code == 403
    away = enter(hire(Role.BEDSIDE_NURSE, unit="Emergency"))
    assert look(away, kept["Location"]).status_code == 403
    assert CANARY not in read(look(enter(reviewer), "/reviews"))


def test_md_10_a_correction_stands_beside_what_it_corrects(cast: Cast) -> None:
    stay = open_stay(cast.physician)
    client, path = enter(cast.physician), f"/stays/{stay.pk}/evaluations"
    send(client, path, told="first")
    row = Evaluation.objects.get()
    assert "first" in read(look(client, f"{path}/{row.pk}?correct=yes"))

    send(client, f"{path}/{row.pk}", told="second")

    assert Evaluation.objects.get(corrects=row).corrects_id == row.pk
    again = send(client, f"{path}/{row.pk}", told="third")
    assert again.status_code == 422


def test_a_report_taken_back_closes_without_a_hearing_and_stays(
    cast: Cast, reviewer: Person
) -> None:
    filed = report(cast.nurse)
    review, _ = take(filed, by=reviewer)
    Report.objects.filter(pk=filed.pk).update(withdrawn_at=NIGHT)
    client = enter(reviewer)

    assert work(client, review, "withdraw") == 302

    assert fresh(review).status == "withdrawn"
    assert Report.objects.filter(pk=filed.pk).exists()


def test_what_was_taken_back_leaves_the_house_in_no_file(cast: Cast, reviewer: Person) -> None:
    filed = report(cast.nurse, words=CANARY)
    take(filed, by=reviewer)
    Report.objects.filter(pk=filed.pk).update(withdrawn_at=NIGHT)

    files = [
        send(enter(reviewer), "/reviews/exports/files", what=what).content.decode()
        for what in ("csv", "json", "fhir")
    ]

    assert not any(CANARY in file or str(filed.review.pk) in file for file in files)


def test_a_file_that_is_asked_for_twice_is_given_twice(reviewer: Person) -> None:
    days = {"since": "2026-11-20", "until": "2026-11-24"}
    asked = (
        (enter(reviewer), "/reviews/exports/files", {"what": "csv"}),
        (enter(hire(Role.COUNSEL)), "/lanes/exports", days),
    )
    for client, path, fields in asked:
        key = str(uuid4())

        files = [send(client, path, key=key, **fields) for _ in range(2)]

        assert [file.status_code for file in files] == [200, 200]
