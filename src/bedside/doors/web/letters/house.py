"""What a letter of this hospital is made with: its name, its clock, its key, what the rules say."""

import secrets
from collections.abc import Mapping
from dataclasses import replace

from django.conf import settings
from django.http import HttpRequest

from bedside.doors.web.addresses import find_address
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.site import Site
from bedside.doors.web.staff.signed_in import Staff
from bedside.doors.web.stays.case import find_freshness, find_where
from bedside.record.accounts.models import Person
from bedside.record.encounters.case_queries import find_patient
from bedside.record.encounters.models import Encounter
from bedside.record.encounters.queries import find_known, mark_stale, situation_of
from bedside.record.letters.documents import Around, Frame, House, compose_three, make_sheets
from bedside.record.letters.grounds import Grounds
from bedside.record.letters.keys import KeyPlace
from bedside.record.letters.models import Letter
from bedside.record.letters.operations import Signing, make_signing_events
from bedside.record.letters.paper.press import open_press
from bedside.record.letters.printing import Printed, print_and_sign
from bedside.record.letters.queries import find_grounds
from bedside.rules.attestation.clause import Reader, load_library
from bedside.rules.attestation.compose import Document
from bedside.rules.attestation.events import Signed
from bedside.rules.attestation.history import History, Version
from bedside.rules.attestation.neutral import say_request
from bedside.rules.attestation.signature import say_signature
from bedside.rules.attestation.steps import take
from bedside.rules.decide.advice import Advice
from bedside.rules.decide.advise import advise
from bedside.rules.vocabulary.catalogue import Value
from bedside.rules.vocabulary.problem import ENGLISH, Text


def find_house(request: HttpRequest, staff: Staff) -> House:
    """Find what is printed of the hospital on every letter."""
    checks = find_address("letter_checks", ENGLISH)
    return House(
        name=staff.site.name.en,
        zone=staff.site.timezone,
        is_sample=staff.site.is_sample,
        check_at=f"{request.build_absolute_uri(checks)}/",
    )


def find_place(site: Site) -> KeyPlace:
    """Find where the key lies that signs this hospital's letters."""
    return KeyPlace(folder=settings.BEDSIDE_HEADS_FILE.parent, site=site.slug, name=site.name.en)


def find_facts(staff: Staff, stay: Encounter) -> Mapping[str, Value]:
    """Find what still counts of what is known of a stay."""
    known = mark_stale(
        find_known(staff.reader(), stay), stay, freshness=find_freshness(), at=staff.at
    )
    return situation_of(known, where=find_where(staff)).facts


def ask_rules(staff: Staff, stay: Encounter, grounds: Grounds) -> Mapping[Reader, Advice]:
    """Ask the rules of each reader what may be given to them here."""
    known = mark_stale(
        find_known(staff.reader(), stay), stay, freshness=find_freshness(), at=staff.at
    )
    situation = situation_of(known, where=find_where(staff))
    compiled = find_shelf().compiled
    return {
        reader: advise(
            compiled, replace(situation, facts={**situation.facts, **grounds.facts_for(reader)})
        )
        for reader in Reader
    }


def compose_version(
    staff: Staff, letter: Letter, version: Version, house: House
) -> Mapping[Reader, Document]:
    """Make the three documents as they would be signed now, or as they were signed."""
    grounds = find_grounds(staff.reader(), letter)
    frame = Frame(
        at=version.signature.at if version.signature else staff.at,
        expires_at=version.draft.expires_at,
        scope_version=version.draft.scope_version,
        grounds=grounds,
        advices=ask_rules(staff, letter.encounter, grounds),
    )
    return compose_three(version.claims, frame, house)


def print_version(
    request: HttpRequest, staff: Staff, letter: Letter, history: History, signing: Signing
) -> tuple[Printed, ...]:
    """Print and sign a draft, or raise what the rules have against it before anything is made."""
    tried = history
    by = f"person/{staff.person.pk}"
    for event in make_signing_events(staff.at, by, signing, earlier=letter.signed):
        tried = take(tried, event, load_library())
    version = tried.find_version(signing.number)
    assert version is not None  # noqa: S101 - it was taken in just now
    assert version.signature is not None  # noqa: S101 - the same
    house = find_house(request, staff)
    around = _stand_around(staff, letter, history, version, version.signature)
    sheets = make_sheets(
        compose_version(staff, letter, version, house), around, house, claims=version.claims
    )
    return print_and_sign(
        sheets,
        open_press(),
        find_place(staff.site),
        at=staff.at,
        random=secrets.token_bytes,
    )


def _stand_around(
    staff: Staff, letter: Letter, history: History, version: Version, signed: Signed
) -> Around:
    zone, stay = staff.site.timezone, letter.encounter
    order = name_of(signed.order.by) if signed.order else ""
    return Around(
        code=letter.code,
        number=version.number,
        patient=find_patient(staff.reader(), stay) or stay.code,
        language=stay.language,
        signer=say_signature(signed, name=staff.person.name, order_name=order, zone=zone),
        scope_version=version.draft.scope_version,
        requests=tuple(_say_requests(history, staff)),
    )


def _say_requests(history: History, staff: Staff) -> list[Text]:
    return [
        say_request(one, zone=staff.site.timezone)
        for one in history.requests
        if one.answer is not None
    ]


def name_of(reference: str) -> str:
    """Find the name behind a reference; the reference itself if there is none."""
    room, _, id_ = reference.partition("/")
    person = Person.objects.filter(pk=id_).first() if room == "person" else None
    return person.name if person else reference
