"""Reporting on the pages, by name and without, as a browser without a script does it."""

import re
import secrets
from dataclasses import replace
from datetime import date, datetime
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from web_cast import enter, find_sample, read

from bedside.doors.web.reports import limits
from bedside.record.accounts.roles import Role
from bedside.record.encounters.operations import Opening, record_encounter
from bedside.record.incidents.models import Review
from bedside.record.incidents.words import Status
from bedside.record.journal.act import Act
from bedside.record.journal.models import Event, SafetyEvent
from bedside.record.reports import box_operations, receipts
from bedside.record.reports.box_operations import empty_box
from bedside.record.reports.models import Dropped, Report
from bedside.record.reports.queries import read_report
from bedside.trust.ledger.leaf import Lane
from bedside.trust.sealing.receipt_card import Cost
from record_cast import NIGHT, SITE, UNIT, Cast, begin, hire, read_with

CODE = re.compile(r'class="code">([0-9A-Z-]{20})<')
KEY = re.compile(r'name="key" value="([^"]+)"')
TAPS: dict[str, object] = {
    "type": ["P2"],
    "reached": "yes",
    "harm_physical": "LA21151-8",
    "harm_psychological": "LA21150-0",
    "dignity_impact": "LA20749-0",
    "when": "now",
    "unit": "Emergency",
}


@pytest.fixture(autouse=True)
def quick(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Gather the cast; stretch codes as little as is ever allowed; begin with full buckets."""
    del cast
    find_sample()
    for module in (receipts, box_operations):
        monkeypatch.setattr(module, "COST", Cost(memory_kib=19 * 1024, passes=2, lanes=1))
    limits.FILING.fill()
    limits.GUESSING.fill()


def send(path: str, client: Client | None = None, /, **said: object) -> HttpResponse:
    """Send a form."""
    response = (client or Client()).post(f"/{path}", said)
    assert isinstance(response, HttpResponse)
    return response


def look(path: str, client: Client | None = None) -> str:
    """Read a page."""
    response = (client or Client()).get(f"/{path}")
    assert isinstance(response, HttpResponse)
    return read(response)


def file_nameless(client: Client | None = None, /, **said: object) -> str:
    """File a report without a name and take the code."""
    shown = send("report", client, **(TAPS | {"key": str(uuid4())} | said))
    found = CODE.search(shown.content.decode())
    assert found, read(shown)
    return found[1]


def test_rn_11_a_report_without_a_name_gives_a_code_and_the_code_opens_it() -> None:
    code = file_nameless(words="The curtain was left open.")

    opened = send("report/answers", code=code.lower().replace("-", " "))

    assert "Received" in read(opened)
    assert (Dropped.objects.count(), Report.objects.count()) == (1, 0)


def test_the_page_needs_no_cookie_and_sets_none() -> None:
    client = Client(enforce_csrf_checks=True)

    shown = client.get("/report")
    key = KEY.search(shown.content.decode())
    assert key
    sent = client.post("/report", TAPS | {"key": key[1]})

    assert CODE.search(sent.content.decode())
    assert not client.cookies
    assert "Cookie" not in sent.headers.get("Vary", "")


def test_a_report_under_ones_name_stands_in_the_lane_that_was_chosen(cast: Cast) -> None:
    client = enter(cast.nurse)

    answer = send(
        "reports/new", client, key=str(uuid4()), lane="operational", words="No key.", **TAPS
    )

    report = Report.objects.get()
    assert answer.headers["Location"] == f"/reports/{report.pk}"
    assert (report.lane, report.named_by, report.route) == ("operational", cast.nurse.pk, "icon")
    assert report.happened_at is not None
    assert Event.objects.filter(kind="report.filed").count() == 1
    assert SafetyEvent.objects.count() == 0
    assert "No key." in look(answer.headers["Location"][1:], client)


def test_pf_04_a_patients_words_are_filed_with_her_consent_and_taken_back_in_her_name(
    cast: Cast,
) -> None:
    client = enter(cast.nurse)
    said = TAPS | {"lane": "safety", "patient_words": "Se rieron de mí.", "patient_language": "es"}

    without = send("reports/new", client, key=str(uuid4()), **said)
    agreed = send("reports/new", client, key=str(uuid4()), agreed_to_file="yes", **said)

    assert "only if the patient agrees" in read(without)
    assert "Se rieron de mí." in without.content.decode()
    report = Report.objects.get()
    assert (report.route, report.agreed_to_file, report.agreed_to_be_named) == (
        "spoken",
        True,
        False,
    )
    send(agreed.headers["Location"][1:], client, key=str(uuid4()), do="withdraw", text="")
    report.refresh_from_db()
    assert report.is_withdrawn
    assert "not deleted" in look(agreed.headers["Location"][1:], client)


@pytest.mark.parametrize("written", ["9999-12-31T00:00", "2099-01-01T10:00", "11/24/2026"])
def test_a_moment_that_is_ahead_or_cannot_be_read_is_said_and_not_lost(
    written: str, cast: Cast
) -> None:
    named = TAPS | {"lane": "safety", "words": "No key.", "happened": written}

    wrong = send("reports/new", enter(cast.nurse), key=str(uuid4()), **named)
    nameless = send("report", key=str(uuid4()), day=written[:10], **TAPS)

    assert "a day and time that is not ahead of now" in read(wrong)
    assert "No key." in wrong.content.decode()
    assert "a day and time that is not ahead of now" in read(nameless)
    assert (Report.objects.count(), Dropped.objects.count()) == (0, 0)


def test_somebody_elses_report_is_not_there(cast: Cast) -> None:
    send("reports/new", enter(cast.nurse), key=str(uuid4()), lane="safety", **TAPS)
    report = Report.objects.get()

    assert enter(cast.physician).get(f"/reports/{report.pk}").status_code == 404


def test_the_conduct_of_staff_toward_an_officer_is_as_easy_to_report_as_the_reverse() -> None:
    page = Client().get("/report").content.decode()
    codes = {"S4": "officer toward staff", "S5": "staff toward officer"}

    for code in codes:
        assert page.count(f'name="type" value="{code}"') == 1
        file_nameless(type=[code], who="officer")

    assert Dropped.objects.count() == 2


@pytest.mark.parametrize(
    ("words", "may_keep"),
    [("Dr. Smithson told me to stop.", True), ("She is undocumented.", False)],
)
def test_a_name_is_warned_of_and_status_is_never_taken(words: str, *, may_keep: bool) -> None:
    key = str(uuid4())

    warned = send("report", key=key, words=words, **TAPS)
    meant = send("report", key=key, words=words, keep_anyway="yes", **TAPS)

    assert "Look at these words" in read(warned)
    assert words in warned.content.decode()
    assert bool(CODE.search(meant.content.decode())) == may_keep
    assert Dropped.objects.count() == int(may_keep)


def test_a_text_that_the_page_without_a_name_never_asks_for_is_not_kept() -> None:
    unasked = dict.fromkeys(("narrative", "patient_words", "asked"), "She is undocumented.")

    file_nameless(words="The curtain was open.", **unasked)
    empty_box(SITE, begin=begin_at, today=date(2100, 1, 1), random=secrets.token_bytes)

    kept = read_report(replace(read_with(), lane=Lane.SAFETY), Report.objects.get().pk)
    assert kept.words == "The curtain was open."
    assert (kept.narrative, kept.patient_words, kept.asked) == ("", "", "")


def test_the_code_is_let_go_only_when_its_last_group_was_typed_again() -> None:
    code = file_nameless()

    wrong = send("report/code", code=code, again="ABCDEF")
    nothing = send("report/code", code=code, again="")
    right = send("report/code", code=code, again=code[-6:].lower())

    assert code in read(wrong)
    assert "not the last group" in read(wrong)
    assert "not the last group" not in read(nothing)
    assert code not in right.content.decode()


def test_a_lost_code_is_spoken_of_honestly() -> None:
    assert "Nobody can find it" in look("report/answers")


def test_whoever_guesses_is_slowed_and_the_holder_of_a_code_is_not() -> None:
    from bedside.trust.sealing.receipt import make_receipt

    code = file_nameless()
    for _ in range(limits.GUESSING.most):
        limits.GUESSING.take(0)
    limits.GUESSING.at = 10.0**12  # a clock that never moves on

    guess = send("report/answers", code=make_receipt(lambda n: b"\x07" * n).show())
    mine = send("report/answers", code=code)

    assert (guess.status_code, mine.status_code) == (429, 200)
    assert "Received" in read(mine)


def test_too_many_at_once_are_asked_to_wait_and_lose_nothing_they_typed() -> None:
    limits.FILING.left, limits.FILING.at = 0.0, 10.0**12

    shown = send("report", key=str(uuid4()), words="The door was shut.", **TAPS)

    assert shown.status_code == 429
    assert 'name="words" value="The door was shut."' in shown.content.decode()
    assert 'name="type" value="P2"' in shown.content.decode()


def test_the_same_form_sent_twice_shows_the_same_code() -> None:
    key = str(uuid4())

    codes = {file_nameless(key=key) for _ in range(2)}

    assert (len(codes), Dropped.objects.count()) == (1, 1)


def test_what_no_form_offers_is_said_on_the_form_and_nothing_is_kept() -> None:
    shown = send("report", key=str(uuid4()), **(TAPS | {"type": ["P99"]}))

    assert "`P99` is not one of the choices" in read(shown)
    assert Dropped.objects.count() == 0


def test_a_form_without_a_key_is_refused_with_a_sentence() -> None:
    assert send("report", **TAPS).status_code == 400


@pytest.mark.parametrize("path", ["report", "reports/new"])
def test_words_propose_boxes_to_tick_and_file_nothing(cast: Cast, path: str) -> None:
    words = "The officer was texting on his phone during rounds."
    client = enter(cast.nurse)

    shown = send(path, client, key=str(uuid4()), lane="safety", words=words, propose="yes")

    page = shown.content.decode()
    proposals = page[page.index('id="proposals"') :]
    assert re.search('name="type" value="P3"(?! checked)', proposals)
    assert "<mark>" in proposals
    assert 'name="fact"' in proposals
    assert words in page
    assert (Dropped.objects.count(), Report.objects.count()) == (0, 0)


def test_a_proposal_that_was_ticked_is_kept_with_the_report(cast: Cast) -> None:
    said = {"lane": "safety", "fact": ["device=in_use"], **TAPS}

    send("reports/new", enter(cast.nurse), key=str(uuid4()), **said)

    reader = replace(read_with(), lane=Lane.SAFETY)
    assert read_report(reader, Report.objects.get().pk).facts == ("device=in_use",)


def test_a_file_is_added_to_ones_own_report_and_taken_out_as_a_copy(cast: Cast) -> None:
    client = enter(cast.nurse)
    send("reports/new", client, key=str(uuid4()), lane="safety", **TAPS)
    path = f"/reports/{Report.objects.get().pk}/papers"
    note = SimpleUploadedFile("note.txt", b"The door was shut at ten.", "text/plain")

    added = client.post(path, {"key": str(uuid4()), "file": note})
    nothing = client.post(path, {"key": str(uuid4())})
    (link,) = re.findall(rf'href="({path}/[0-9a-f-]+)"', client.get(path).content.decode())

    assert (added.status_code, nothing.status_code) == (302, 400)
    assert client.get(link).content == b"The door was shut at ten."
    assert enter(cast.physician).get(link).status_code == 404
    kinds = SafetyEvent.objects.order_by("leaf").values_list("kind", flat=True)
    assert list(kinds) == ["report.filed", "report.file-added", "report.viewed"]


def test_a_report_of_a_stay_is_tied_to_it_and_another_units_stay_is_not_reached(cast: Cast) -> None:
    stay = record_encounter(
        begin(by=cast.nurse), opening=Opening(unit=UNIT, room="4", patient="p", number=""), facts={}
    )
    client = enter(cast.nurse)
    path = f"stays/{stay.pk}/reports/new"

    shown = client.get(f"/{path}").content.decode()
    send(path, client, key=str(uuid4()), lane="safety", **(TAPS | {"unit": UNIT}))

    assert f'value="{UNIT}" checked' in shown
    report = Report.objects.get()
    assert (report.stay, report.route, report.unit) == (stay.pk, "row", UNIT)
    assert client.get(f"/stays/{stay.pk}/marks/{uuid4()}/reports/new").status_code == 404
    other = enter(hire(Role.BEDSIDE_NURSE, unit="Emergency"))
    assert other.get(f"/{path}").status_code == 403


def test_what_is_written_after_the_review_closed_is_kept_and_that_is_said() -> None:
    code = file_nameless()
    empty_box(SITE, begin=begin_at, today=date(2100, 1, 1), random=secrets.token_bytes)
    Review.objects.create(
        id=uuid4(),
        site_id=SITE,
        report=Report.objects.get(),
        code="P2",
        status=Status.CLOSED,
        concerns="nobody",
        opened_at=NIGHT,
        closed_at=NIGHT,
    )

    opened = send("report/answers", code=code)
    said = send("report/answers", code=code, do="answer", text="It went on.", key=str(uuid4()))

    assert "The review is closed. What you write now is kept and read" in read(opened)
    assert "Sent. It joins the talk" in read(said)
    assert Dropped.objects.filter(what="answer").count() == 1


def test_pf_11_a_complaint_that_was_taken_back_is_shown_to_no_officer() -> None:
    words = "zqx they laughed at me"
    code = file_nameless(words=words, who="family")

    taken = send("report/answers", code=code, do="withdraw", text="fear zqx", key=str(uuid4()))
    empty_box(SITE, begin=begin_at, today=date(2100, 1, 1), random=secrets.token_bytes)

    assert "Taken back" in read(taken)
    assert Report.objects.get().is_withdrawn
    pages = ("officer", "norms", "about", "report", "report/answers", "report/about", "")
    shown = [look(page) for page in pages]
    assert not any("zqx" in page or code in page for page in shown)
    again = send("report/answers", code=code, do="answer", text="more", key=str(uuid4()))
    assert "nothing more is added" in read(again)


def begin_at(at: datetime) -> Act:
    """Begin an act at a moment."""
    return begin(at=at)
