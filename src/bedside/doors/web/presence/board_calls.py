"""From a row of the board: whom to call at the agency now, and which rooms would do better."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from bedside.doors.web.presence.board import find_house
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.doors.web.stays.case import Case, find_stay, open_case, tell_viewed
from bedside.doors.web.stays.stay_page import say_value
from bedside.doors.web.words import say
from bedside.record.accounts.models import Site
from bedside.record.accounts.roles import May
from bedside.record.presence.agency_contacts import find_reached
from bedside.record.presence.house_rooms import find_free, find_room
from bedside.record.presence.queries import find_said
from bedside.rules.vocabulary.problem import Language


@require_safe
@for_staff(May.WRITE_CARE)
def show_agency_call(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Show the number that answers at this hour, when somebody last tried it, and what to say."""
    stay = find_stay(staff, stay_id, to=May.WRITE_CARE)
    tell_viewed(staff, stay)
    case = open_case(staff, stay)
    agency = next((str(one.value) for one in case.known if one.fact == "agency"), "")
    plain = Site.objects.get(pk=staff.standing.site).plain
    reached = find_reached(plain, agency, at=staff.at)
    said = find_said(staff.reader(), stay)
    context = {
        "stay": stay,
        "agency": say_value("agency", agency, language) if agency else "",
        "reached": reached,
        "reached_name": reached.name.say(language) if reached else "",
        "script": _write_script(case, staff, language, asked=said[0].preset if said else ""),
        "asked": said[0] if said else None,
    }
    return render(request, "bedside/presence/agency_call.html", context)


@require_safe
@for_staff(May.READ_CARE)
def show_rooms(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Show the rooms in which an officer outside the closed door could see the bed."""
    del language
    stay = find_stay(staff, stay_id)
    house = find_house(staff)
    context = {
        "stay": stay,
        "here": find_room(house.rooms, stay.unit, stay.room),
        "free": find_free(house.rooms, house.taken, unit=stay.unit),
        "may_move": staff.standing.may(May.WRITE_CARE) and stay.closed_at is None,
    }
    return render(request, "bedside/presence/rooms.html", context)


def _write_script(case: Case, staff: Staff, language: Language, *, asked: str) -> str:
    """Write what to say to the agency's supervisor: no name, no diagnosis."""
    preset = find_shelf().vocabulary.presets.get(asked or case.advice.preset or "")
    return say(
        "agency_call_script",
        language,
        hospital=staff.site.name.say(language),
        unit=case.stay.unit,
        preset=preset.label.say(language).lower()
        if preset
        else say("agency_call_change", language),
    )
