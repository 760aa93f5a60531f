"""The page that takes a report without a name, and the code for it."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bedside.doors.web import clock
from bedside.doors.web.addresses import find_address
from bedside.doors.web.reports.form import NAMELESS, Around, read_nameless
from bedside.doors.web.reports.limits import FILING
from bedside.doors.web.reports.naming import find_names
from bedside.doors.web.reports.nobody import begin_nobody, find_slug, for_nobody, make_key
from bedside.doors.web.reports.offers import offer
from bedside.doors.web.reports.proposals import PROPOSE
from bedside.doors.web.screening.screened import KEEP, Shown, is_stopped, screen
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.words import SAID
from bedside.record.refusal import Refused
from bedside.record.reports.box_operations import drop_report, is_full
from bedside.record.reports.choices import MOST_WORDS
from bedside.rules.vocabulary.problem import LANGUAGES, Language
from bedside.trust.sealing.receipt import GROUP, ReceiptMistyped, read_receipt

BUSY, TAKEN = "reports_busy", "reports_full"
SEND_AGAIN = 429


@require_http_methods(["GET", "HEAD", "POST"])
@for_nobody
def take_report(request: HttpRequest, language: Language) -> HttpResponse:
    """Show the form that asks for no name; take it and show the code."""
    if request.method != "POST":
        return show_form(request, language, QueryDict())
    sent = request.POST
    if not FILING.take(clock.tell_time().timestamp()):  # before anything that costs time
        return show_busy(request, BUSY)
    worries = screen_texts(sent, language)
    if PROPOSE in sent or is_stopped(worries, is_meant=KEEP in sent):
        return show_form(request, language, sent, worries=worries)
    act = begin_nobody(request)
    if is_full(find_slug(), act.at.date()):
        return show_busy(request, TAKEN)
    try:
        receipt = drop_report(act, read_nameless(sent, find_around()))
    except Refused as refused:
        return show_form(request, language, sent, wrongs=(refused.say(language),))
    return _show_receipt(request, language, receipt.show(), is_wrong=False)


@require_POST
@for_nobody
def keep_receipt(request: HttpRequest, language: Language) -> HttpResponse:
    """Let go of the code only once its last group was typed again."""
    code, again = request.POST.get("code", ""), request.POST.get("again", "")
    try:
        shown = read_receipt(code).show()
    except ReceiptMistyped as mistyped:
        return show_form(request, language, QueryDict(), wrongs=(mistyped.say(language),))
    typed = "".join(one for one in again[: GROUP * 3].upper() if one.isalnum())
    if typed != shown.rpartition("-")[2]:
        return _show_receipt(request, language, shown, is_wrong=bool(again))
    return render(request, "bedside/reports/kept.html", {"staff": None})


@require_safe
@for_nobody
def explain(request: HttpRequest, language: Language) -> HttpResponse:
    """Say what a report without a name keeps and does not keep, and what happens with it."""
    return render(request, "bedside/reports/explained.html", {"staff": None, "lang": language})


def show_form(
    request: HttpRequest,
    language: Language,
    sent: QueryDict,
    *,
    worries: tuple[Shown, ...] = (),
    wrongs: tuple[str, ...] = (),
) -> HttpResponse:
    """Show the form with what was typed, and what is wrong with it."""
    site = find_shelf().site
    context = {
        **offer(sent, language, site.units),
        "staff": None,
        "key": sent.get("key") or make_key(),
        "most": MOST_WORDS,
        "worries": worries,
        "may_keep": worries and all(one.may_keep for one in worries),
        "wrongs": wrongs,
        "phone": site.phones.get("house_supervisor", ""),
        "action": find_address("report", language),
    }
    return render(request, "bedside/reports/report.html", context)


def show_busy(request: HttpRequest, key: str) -> HttpResponse:
    """Ask for another minute, with everything that was typed ready to be sent again."""
    hidden = [(name, value) for name, values in request.POST.lists() for value in values]
    context = {"staff": None, "why": key, "hidden": hidden, "action": request.path_info}
    return render(request, "bedside/reports/busy.html", context, status=SEND_AGAIN)


def screen_texts(sent: QueryDict, language: Language) -> tuple[Shown, ...]:
    """Look through what was written for what should be said in other words."""
    return tuple(
        worry
        for name in NAMELESS
        if (text := sent.get(name, ""))
        for worry in (*screen(text, language), *find_names(text, language))
    )


def find_around() -> Around:
    """Find what a form is read against."""
    site = find_shelf().site
    return Around(at=clock.tell_time(), zone=site.timezone, units=site.units)


def _show_receipt(
    request: HttpRequest, language: Language, code: str, *, is_wrong: bool
) -> HttpResponse:
    site = find_shelf().site
    context = {
        "staff": None,
        "code": code,
        "groups": code.split("-"),
        "is_wrong": is_wrong,
        "action": find_address("report_receipt", language),
        "back": request.build_absolute_uri(find_address("report_talk", language)),
        "backs": [SAID[one]["reports_card_back"] for one in LANGUAGES],
        "names": [site.name.say(one) for one in LANGUAGES],
    }
    return render(request, "bedside/reports/receipt.html", context)
