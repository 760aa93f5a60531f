"""Taking a letter out: its proven history, as FHIR, and a patient's own copy of what was kept."""

import json
from datetime import date
from uuid import UUID, uuid4

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from bedside.doors.web.letters.house import compose_version, find_house
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.record.accounts.access import NotThere
from bedside.record.accounts.roles import May
from bedside.record.journal.export import Wanted, export_record
from bedside.record.journal.queries import find_events
from bedside.record.journal.signing import open_notary
from bedside.record.letters.access import access_letter
from bedside.record.letters.fhir import write_bundle
from bedside.record.letters.operations import record_letter_exported
from bedside.record.letters.queries import find_copies, find_history, read_pdf
from bedside.rules.vocabulary.problem import Language


@require_POST
@for_staff(May.READ_JOURNAL)
def export_history(
    request: HttpRequest, staff: Staff, language: Language, letter_id: UUID
) -> HttpResponse:
    """Give one letter's history as a bundle that anybody can verify offline."""
    letter = access_letter(staff.standing, letter_id, to=May.READ_JOURNAL)
    act, digest = staff.act(request), find_shelf().compiled.rulebook.digest.encode()
    wanted = Wanted(
        record=letter.about,
        name=f"bedside-letter-{letter.code.lower()}",
        house=staff.site.name.say(language),
        made_on=_find_today(staff),
        editions={act.edition.digest.hex(): digest},
    )
    with open_notary(
        staff.standing.site,
        master=staff.master,
        heads=settings.BEDSIDE_HEADS_FILE,
        now=lambda: int(staff.at.timestamp()),
    ) as notary:
        bundle = export_record(act, staff.reader(), notary, wanted=wanted)
    return _give(bundle, "application/zip", f"{wanted.name}.zip")


@require_safe
@for_staff(May.READ_CARE)
def give_fhir(
    request: HttpRequest, staff: Staff, language: Language, letter_id: UUID
) -> HttpResponse:
    """Give the signed version in force as FHIR R4; that somebody took it is an event."""
    del language
    letter = access_letter(staff.standing, letter_id, to=May.READ_CARE)
    history = find_history(staff.reader(), letter)
    version = history.last_signed
    if version is None:
        raise NotThere
    house = find_house(request, staff)
    bundle = write_bundle(
        letter,
        history,
        documents=compose_version(staff, letter, version, house),
        house=house,
        files={
            copy.reader: read_pdf(staff.reader(), copy)
            for copy in find_copies(letter)
            if copy.number == version.number
        },
    )
    record_letter_exported(staff.act_under(uuid4()), letter, what="fhir")
    text = json.dumps(bundle, ensure_ascii=False, indent=1)
    return _give(text.encode(), "application/fhir+json", f"letter-{letter.code}.json")


@require_safe
@for_staff(May.READ_CARE)
def show_rows(
    request: HttpRequest, staff: Staff, language: Language, letter_id: UUID
) -> HttpResponse:
    """Show what was kept about a letter, for the patient who asks for a copy of it."""
    letter = access_letter(staff.standing, letter_id, to=May.READ_CARE)
    record_letter_exported(staff.act_under(uuid4()), letter, what="copy for the patient")
    events = reversed(find_events(staff.reader(), record=letter.about))
    lines = [(one.at, one.kind.told.say(language)) for one in events]
    return render(request, "bedside/letters/rows.html", {"letter": letter, "lines": lines})


def _give(content: bytes, kind: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _find_today(staff: Staff) -> date:
    return staff.at.astimezone(staff.site.timezone).date()
