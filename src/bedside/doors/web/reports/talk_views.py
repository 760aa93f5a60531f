"""Coming back with the code: how far a report has got, what the house asks, answering, taking back.

A code that opens a report and one that opens none are worked on alike until the page is written:
the same look-ups, the same stretching, a row written in either case.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from bedside.doors.web import clock
from bedside.doors.web.reports.form import clean
from bedside.doors.web.reports.limits import FILING, GUESSING, RETURNING
from bedside.doors.web.reports.naming import find_names
from bedside.doors.web.reports.nobody import (
    begin_nobody,
    find_desk,
    find_reader,
    for_nobody,
    make_key,
)
from bedside.doors.web.reports.public_views import BUSY, show_busy
from bedside.doors.web.reports.told import (
    MessageLine,
    is_closed,
    tell_kinds,
    tell_messages,
    tell_status,
)
from bedside.doors.web.screening.screened import KEEP, Shown, is_stopped, screen
from bedside.doors.web.shelf import find_shelf
from bedside.record.refusal import Refused
from bedside.record.reports.box_operations import (
    drop_answer,
    drop_withdrawal,
    is_taken_back,
    note_use,
)
from bedside.record.reports.choices import MOST_WORDS
from bedside.record.reports.models import Card, Dropped, Message, Report
from bedside.record.reports.queries import find_messages
from bedside.record.reports.receipts import Desk, is_known, redeem_receipt
from bedside.rules.vocabulary.problem import Language
from bedside.trust.sealing.receipt import Receipt, ReceiptMistyped, read_receipt
from bedside.trust.sealing.receipt_card import ReceiptUnknown

ANSWER, TAKE_BACK, LOOK = "answer", "withdraw", "look"
NOTHING: Final = UUID(int=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Came:
    """What a code opened: perhaps nothing."""

    card: Card | None
    report: Report | None  # nothing too while it waits in the box
    used_on: date | None
    waiting: int
    messages: list[MessageLine]


@require_http_methods(["GET", "HEAD", "POST"])
@for_nobody
def talk(request: HttpRequest, language: Language) -> HttpResponse:
    """Ask for the code; show what it opens, and take an answer or the wish to take it back."""
    if request.method != "POST":
        return _ask(request, language)
    try:
        receipt = read_receipt(request.POST.get("code", ""))
    except ReceiptMistyped as mistyped:
        return _ask(request, language, wrong=mistyped.say(language))
    desk = find_desk()
    if not may_look(desk, receipt, clock.tell_time().timestamp()):
        return show_busy(request, BUSY)
    try:
        card: Card | None = redeem_receipt(desk, receipt)
        wrong = ""
    except ReceiptUnknown as unknown:
        card, wrong = None, unknown.say(language)
    came = open_talk(desk, card, language)
    if came.card is None:
        return _ask(request, language, wrong=wrong)
    return _answer(request, language, came, receipt)


def may_look(desk: Desk, receipt: Receipt, now: float) -> bool:
    """Slow down whoever guesses; the holder of a code waits for no one's guesses."""
    if is_known(desk, receipt):
        return RETURNING.take(desk.pepper.mix(b"return", receipt), now)
    return GUESSING.take(now)


def open_talk(desk: Desk, card: Card | None, language: Language) -> Came:
    """Open the talk about a report; the same look-ups are made if there is none."""
    id_ = card.report if card else NOTHING
    today = clock.tell_time().astimezone(find_shelf().site.timezone).date()
    used_on = note_use(desk, card, today)
    report = Report.objects.filter(pk=id_).first()
    waiting = Dropped.objects.filter(report=id_).count()
    messages: list[MessageLine] = []
    if report is not None:
        messages = tell_messages(find_messages(find_reader(), report.pk), language)
    else:
        find_reader().open(f"report/{id_}")
        Message.objects.filter(report_id=id_).count()
    return Came(card=card, report=report, used_on=used_on, waiting=waiting, messages=messages)


def _answer(request: HttpRequest, language: Language, came: Came, receipt: Receipt) -> HttpResponse:
    """Do what the page asks for, and show the talk."""
    do = request.POST.get("do", LOOK)
    text = clean(request.POST.get("text", ""))
    if do == LOOK or came.card is None:
        return _show(request, language, came, receipt)
    if not FILING.take(clock.tell_time().timestamp()):
        return show_busy(request, BUSY)
    worries = (*screen(text, language), *find_names(text, language))
    if is_stopped(worries, is_meant=KEEP in request.POST):
        return _show(request, language, came, receipt, worries=worries)
    try:
        act = begin_nobody(request)
        if do == TAKE_BACK:
            drop_withdrawal(act, came.card.report, text)
        else:
            drop_answer(act, came.card.report, text)
    except Refused as refused:
        return _show(request, language, came, receipt, wrong=refused.say(language))
    return _show(request, language, came, receipt, done=do)


def _ask(request: HttpRequest, language: Language, *, wrong: str = "") -> HttpResponse:
    context = {"staff": None, "wrong": _begin_large(wrong), "lang": language}
    return render(request, "bedside/reports/code.html", context)


def _show(
    request: HttpRequest,
    language: Language,
    came: Came,
    receipt: Receipt,
    *,
    worries: tuple[Shown, ...] = (),
    **said: str,
) -> HttpResponse:
    assert came.card is not None  # noqa: S101 - nobody without a card comes here
    context = {
        "staff": None,
        "status": tell_status(came.report, language),
        "kinds": tell_kinds(came.report, language) if came.report else "",
        "is_taken_back": is_taken_back(came.card.report),
        "is_closed": is_closed(came.report),
        "used_on": came.used_on,
        "waiting": Dropped.objects.filter(report=came.card.report).count(),
        "messages": came.messages,
        "code": receipt.show(),
        "key": make_key(),
        "most": MOST_WORDS,
        "worries": worries,
        "may_keep": worries and all(one.may_keep for one in worries),
        "text": "" if said.get("done") else request.POST.get("text", ""),
        "done": said.get("done", ""),
        "wrong": said.get("wrong", ""),
    }
    return render(request, "bedside/reports/talk.html", context)


def _begin_large(sentence: str) -> str:
    return f"{sentence[:1].upper()}{sentence[1:]}." if sentence else ""
