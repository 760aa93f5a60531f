"""The pages about contacts: who may open them, what they take, what they give away."""

import re
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from web_cast import enter, find_sample

from bedside.record.accounts.roles import Role
from bedside.record.directory.drafts import Naming
from bedside.record.directory.models import Restriction
from bedside.record.directory.operations import record_contact, record_listing
from bedside.record.encounters.models import Encounter
from bedside.record.encounters.operations import Opening, record_encounter
from bedside.record.journal.queries import find_events
from record_cast import UNIT, Cast, begin, hire, open_hospital, read_with

WHOLE = {
    "whom": "family",
    "what": "visits",
    "owner": "charge_nurse",
    "authority": "hospital_rule",
    "source": "rule 12",
    "reason": "two visitors fought",
}


@pytest.fixture
def stay(cast: Cast) -> Encounter:
    find_sample()
    opening = Opening(unit=UNIT, room="4", patient="P")
    return record_encounter(begin(by=cast.nurse), opening=opening, facts={})


def call(client: Client, name: str, caller: str) -> HttpResponse:
    sent = {"key": str(uuid4()), "name_asked": name, "caller": caller}
    response = client.post("/callers", sent)
    assert isinstance(response, HttpResponse)
    return response


def even_out(response: HttpResponse) -> bytes:
    """Take out what differs on every page: the tokens of its forms."""
    return re.sub(
        rb'(name="(?:csrfmiddlewaretoken|key|typed_by)" value=")[^"]*', rb"\1", response.content
    )


def test_pf_06_the_pages_for_nobody_and_for_a_patient_who_named_nobody_are_the_same_bytes(
    cast: Cast, stay: Encounter
) -> None:
    record_listing(begin(by=cast.nurse), stay, name="Juana Cruz", choice="not_asked")
    client = enter(hire(Role.FRONT_DESK))

    here, elsewhere = call(client, "Juana Cruz", "Ana"), call(client, "Nadia Nadie", "Ana")

    assert here.status_code == elsewhere.status_code == 200
    assert even_out(here) == even_out(elsewhere)
    assert here.headers.items() == elsewhere.headers.items()


def test_hs_08_the_page_for_a_caller_shows_the_contact_and_no_number_and_no_patient(
    cast: Cast, stay: Encounter
) -> None:
    record_listing(begin(by=cast.nurse), stay, name="Juana Cruz", choice="not_asked")
    naming = Naming(name="Ana Cruz", phone="9565550199", relation="child", in_private=False)
    record_contact(begin(by=cast.nurse), stay, naming=naming)

    said = call(enter(hire(Role.HOSPITAL_SECURITY)), "Juana Cruz", "Ana Cruz").content.decode()

    assert "Ana Cruz" in said
    for hidden in ("Juana", "9565550199", stay.code, UNIT):
        assert hidden not in said


def test_hs_07_a_restriction_without_an_end_is_shown_again_with_what_was_typed(
    cast: Cast, stay: Encounter
) -> None:
    client = enter(cast.nurse)

    response = client.post(f"/stays/{stay.pk}/contacts/restrictions", {**WHOLE, "key": uuid4()})

    assert response.status_code == 400
    assert "two visitors fought" in response.content.decode()
    assert not Restriction.objects.exists()


@pytest.mark.parametrize("until", ["never", "2026-11-24T02:50:00+99:99", "9" * 400, "\x00"])
def test_an_end_that_is_no_time_is_none(cast: Cast, stay: Encounter, until: str) -> None:
    sent = {**WHOLE, "until": until, "key": uuid4()}

    response = enter(cast.nurse).post(f"/stays/{stay.pk}/contacts/restrictions", sent)

    assert response.status_code == 400


def test_a_norm_that_is_not_in_the_rulebook_is_no_authority(cast: Cast, stay: Encounter) -> None:
    sent = {**WHOLE, "authority": "norm", "norm": "us/invented", "key": uuid4()}

    response = enter(cast.nurse).post(f"/stays/{stay.pk}/contacts/restrictions", sent)

    assert "by which authority" in response.content.decode()


@pytest.mark.parametrize(
    ("reason", "keep", "status"),
    [
        ("he is undocumented", "", 422),
        ("he is undocumented", "yes", 422),
        ("call 956-555-0199 first", "", 422),
        ("call 956-555-0199 first", "yes", 400),  # the form itself still lacks an end
    ],
)
def test_pf_09_a_reason_is_screened_and_status_is_kept_by_no_tick(
    cast: Cast, stay: Encounter, reason: str, keep: str, status: int
) -> None:
    sent = {**WHOLE, "reason": reason, "keep_anyway": keep, "key": uuid4()}

    response = enter(cast.nurse).post(f"/stays/{stay.pk}/contacts/restrictions", sent)

    assert response.status_code == status
    assert reason in response.content.decode()


def test_reading_the_contacts_of_a_stay_is_told_in_its_journal(cast: Cast, stay: Encounter) -> None:
    enter(cast.nurse).get(f"/stays/{stay.pk}/contacts")

    assert find_events(read_with(), record=stay.about)[0].kind.name == "directory.viewed"


def test_no_desk_opens_the_contacts_and_no_other_hospital_knows_of_them(
    cast: Cast, stay: Encounter
) -> None:
    del cast
    open_hospital("elsewhere")
    address = f"/stays/{stay.pk}/contacts"

    assert enter(hire(Role.FRONT_DESK)).get(address).status_code == 403
    assert enter(hire(Role.HOUSE_SUPERVISOR, "elsewhere")).get(address).status_code == 404


def test_a_call_back_asks_for_a_contact_of_ones_own_hospital(cast: Cast, stay: Encounter) -> None:
    naming = Naming(name="Ana Cruz", phone="9565550199", relation="child", in_private=False)
    contact = record_contact(begin(by=cast.nurse), stay, naming=naming)
    open_hospital("elsewhere")
    sent = {"key": uuid4(), "contact": contact.pk}

    other = enter(hire(Role.FRONT_DESK, "elsewhere")).post("/callers/callbacks", sent)
    own = enter(hire(Role.FRONT_DESK)).post("/callers/callbacks", sent)

    assert (other.status_code, own.status_code) == (404, 200)
