"""Looking at a limb again, what is agreed for a time, and passing a stay to the next shift."""

import re
from collections.abc import Container
from datetime import datetime, timedelta
from typing import TypeVar
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from bedside.doors.web.addresses import find_address
from bedside.doors.web.forms import NOWHERE
from bedside.doors.web.presence.bedside import find_last
from bedside.doors.web.screening.screened import screens
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.doors.web.stays.case import find_stay
from bedside.doors.web.stays.forms import MISSING
from bedside.doors.web.stays.stay_page import Teller
from bedside.doors.web.words import say
from bedside.record.accounts.access import NotThere
from bedside.record.accounts.roles import May
from bedside.record.encounters.models import Encounter
from bedside.record.encounters.rooms import open_room
from bedside.record.presence.models import HandOver, Terms
from bedside.record.presence.queries import (
    find_earlier_terms,
    find_hand_over,
    find_restraints,
    find_terms,
)
from bedside.record.presence.refusals import EndedBefore, NoSuchChoice, WordsTooLong
from bedside.record.presence.restraint_operations import record_check, record_restraint_ended
from bedside.record.presence.shift_operations import (
    MOST_LINE,
    Agreement,
    record_hand_over,
    record_taken_over,
    record_terms,
    record_terms_ended,
)
from bedside.record.presence.words import FINDINGS, GAINS, MEASURES, Finding, Gain, Measure
from bedside.rules.vocabulary.problem import Language, Problems

FORMS = ["GET", "HEAD", "POST"]
LEAST_HOURS, MOST_HOURS = 1, 72
OFF = "off"
MOST_COST = 24
Seen = TypeVar("Seen", HandOver, Terms)
HOURS = re.compile("[0-9]{1,2}")


@require_http_methods(FORMS)
@for_staff(May.WRITE_CARE)
def keep_check(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Show the restraints that are on, and take a look at one of them."""
    stay = find_stay(staff, stay_id, to=May.WRITE_CARE)
    held = find_restraints(stay)
    if request.method != "POST":
        teller = Teller(staff=staff, language=language)
        context = {
            "stay": stay,
            "held": [
                (one, say(f"limb_{one.limb}", language), *teller.until(one.check_due_at))
                for one in held
            ],
            "findings": [(one.value, FINDINGS[one].say(language)) for one in Finding],
        }
        return render(request, "bedside/presence/checks.html", context)
    wanted = request.POST.get("restraint", "")
    restraint = next((one for one in held if str(one.pk) == wanted), None)
    if restraint is None:
        raise NotThere
    found = request.POST.get("finding", "")
    if found == OFF:
        record_restraint_ended(staff.act(request), restraint)
    elif found in set(Finding):
        record_check(staff.act(request), restraint, finding=Finding(found))
    else:
        raise NoSuchChoice(choice=found)
    return HttpResponseRedirect(find_address("stay_checks", language, stay_id=str(stay_id)))


@require_http_methods(FORMS)
@for_staff(May.WRITE_CARE)
@screens(agreed_with="presence_agreed_with")
def keep_agreement(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Show what is agreed, end it, or put another in its place."""
    stay = find_stay(staff, stay_id, to=May.WRITE_CARE)
    terms = find_terms(stay)
    presets = {one.id: one.label.say(language) for one in find_shelf().vocabulary.presets.values()}
    if request.method == "POST":
        if request.POST.get("end"):
            record_terms_ended(staff.act(request), _find_seen(request, "terms", terms))
        else:
            record_terms(staff.act(request), stay, agreement=_read_agreement(request, staff))
        return HttpResponseRedirect(find_address("stay_agreements", language, stay_id=str(stay_id)))
    context = {
        "stay": stay,
        "told": _tell_terms(staff, terms, language) if terms else None,
        "earlier": [_tell_terms(staff, one, language) for one in find_earlier_terms(stay)],
        "presets": presets.items(),
        "measures": [(one.value, MEASURES[one].say(language)) for one in Measure],
        "gains": [(one.value, GAINS[one].say(language)) for one in Gain],
        "most": MOST_LINE,
    }
    return render(request, "bedside/presence/agreements.html", context)


@require_http_methods(FORMS)
@for_staff(May.WRITE_CARE)
@screens(line="presence_line")
def keep_hand_over(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Pass a stay on with one line, or confirm that it was taken over."""
    stay = find_stay(staff, stay_id, to=May.WRITE_CARE)
    waiting = find_hand_over(stay)
    if request.method == "POST":
        if request.POST.get("take"):
            _take_over(request, staff, _find_seen(request, "hand_over", waiting))
            return HttpResponseRedirect(find_address("stay", language, stay_id=str(stay_id)))
        line = request.POST.get("line", "").strip()
        if not line:
            raise Problems([MISSING.at(NOWHERE, field=say("presence_line", language))])
        record_hand_over(staff.act(request), stay, line=line)
        return HttpResponseRedirect(find_address("stay_hand_overs", language, stay_id=str(stay_id)))
    line = ""
    if waiting is not None:
        room = open_room(staff.act_under(stay.pk), stay)
        line = room.open(waiting.line, "presence_handover", waiting.pk, "line")
    context = {
        "stay": stay,
        "waiting": waiting,
        "line": line or _propose_line(staff, stay, language),
        "is_own": waiting is not None and waiting.given_by == staff.person.pk,
        "most": MOST_LINE,
    }
    return render(request, "bedside/presence/hand_overs.html", context)


def _find_seen(request: HttpRequest, name: str, standing: Seen | None) -> Seen:
    """Find what stands, or refuse if that is not what the page had shown."""
    if standing is None or request.POST.get(name, str(standing.pk)) != str(standing.pk):
        raise EndedBefore
    return standing


def _take_over(request: HttpRequest, staff: Staff, waiting: HandOver) -> None:
    if waiting.given_by == staff.person.pk:
        raise NoSuchChoice(choice="take")  # whoever comes next reads and confirms
    told = request.POST.get("officer_told") == "yes"
    record_taken_over(staff.act(request), waiting, officer_was_told=told)


def _tell_terms(staff: Staff, terms: Terms, language: Language) -> dict[str, object]:
    """Tell an agreement: what for what, who agreed, who pays, until when, what holds afterwards."""
    presets = find_shelf().vocabulary.presets
    stay = terms.encounter
    room = open_room(staff.act_under(stay.pk), stay)
    by = Teller(staff=staff, language=language).roles([terms.by])
    return {
        "terms": terms,
        "preset": presets[terms.preset].label.say(language) if terms.preset in presets else "",
        "at_end": presets[terms.at_end].label.say(language) if terms.at_end in presets else "",
        "given": MEASURES[Measure(terms.given)].say(language) if terms.given else "",
        "gained": GAINS[Gain(terms.gained)].say(language) if terms.gained else "",
        "with_whom": room.open(terms.agreed_with, "presence_terms", terms.pk, "agreed_with"),
        "by": by[terms.by],
        "ended": say(f"presence_ended_{terms.ended_why}", language) if terms.ended_why else "",
    }


def _propose_line(staff: Staff, stay: Encounter, language: Language) -> str:
    """Propose the line of a hand-over: what is agreed, where the officer was last."""
    vocabulary, parts = find_shelf().vocabulary, []
    terms, last = find_terms(stay), find_last(staff, stay)
    if terms is not None and terms.preset in vocabulary.presets:
        agreed = vocabulary.presets[terms.preset].label.say(language)
        parts.append(say("presence_agreed_line", language, preset=agreed))
    if last is not None and last.position:
        position = vocabulary.dimensions["position"]
        place = position.words[position.places[last.position]].label.say(language)
        parts.append(say("presence_stood_line", language, place=place))
    return " ".join(parts)


def _read_agreement(request: HttpRequest, staff: Staff) -> Agreement:
    sent, presets = request.POST, find_shelf().vocabulary.presets
    cost_centre = sent.get("cost_centre", "").strip()
    if len(cost_centre) > MOST_COST:
        raise WordsTooLong(most=MOST_COST)
    return Agreement(
        preset=_choose(sent.get("preset", ""), presets),
        given=_choose(sent.get("given", ""), {"", *Measure}),
        gained=_choose(sent.get("gained", ""), {"", *Gain}),
        agreed_with=sent.get("agreed_with", "").strip(),
        cost_centre=cost_centre,
        until=_read_hours(sent.get("hours", "").strip(), staff.at),
        at_end=_choose(sent.get("at_end", ""), presets),
    )


def _choose(sent: str, known: Container[str]) -> str:
    if sent not in known:
        raise NoSuchChoice(choice=sent)
    return sent


def _read_hours(sent: str, at: datetime) -> datetime | None:
    if not sent:
        return None
    if not HOURS.fullmatch(sent) or not LEAST_HOURS <= int(sent) <= MOST_HOURS:
        raise NoSuchChoice(choice=sent)
    return at + timedelta(hours=int(sent))
