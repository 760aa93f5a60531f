"""Limits on a patient's contacts have an owner, an authority, a reason and an end, or are none."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from bedside.record.accounts.roles import Role
from bedside.record.directory.drafts import Draft, Naming
from bedside.record.directory.expiry import end_what_is_over
from bedside.record.directory.models import Contact, Listing, Restriction, Withholding
from bedside.record.directory.operations import (
    record_callback,
    record_callback_done,
    record_caller,
    record_contact,
    record_contact_ended,
    record_listing,
    record_restriction,
    record_restriction_ended,
    record_withholding,
)
from bedside.record.directory.queries import find_directory
from bedside.record.directory.refusals import (
    CounselOnly,
    NameMissing,
    NoAuthority,
    NoEnd,
    NoOwner,
    NoReason,
    NotListed,
    OverAlready,
)
from bedside.record.encounters.models import Encounter
from bedside.record.encounters.operations import Opening, record_encounter
from bedside.record.encounters.queries import find_known
from bedside.record.journal.queries import find_events
from bedside.record.paging.models import Page
from bedside.record.refusal import Refused
from record_cast import NIGHT, UNIT, Cast, begin, hire, read_with, stand

TOMORROW = NIGHT + timedelta(days=1)
DRAFT = Draft(
    owner="charge_nurse",
    authority="agency_request",
    source="letter of the agency",
    reason="canary-reason",
    until=TOMORROW,
    whom="family",
    what="visits",
)
ALIAS = replace(DRAFT, alias="canary-alias", whom="", what="", owner="house_supervisor")
SISTER = Naming(name="Canary Sister", phone="956 canary", relation="sibling", in_private=True)


def open_stay(cast: Cast) -> Encounter:
    opening = Opening(unit=UNIT, room="4", patient="P")
    return record_encounter(begin(by=cast.nurse), opening=opening, facts={})


@pytest.mark.parametrize(
    ("change", "refusal"),
    [
        ({"owner": ""}, NoOwner),
        ({"owner": "front_desk"}, NoOwner),
        ({"authority": ""}, NoAuthority),
        ({"source": ""}, NoAuthority),
        ({"authority": "norm", "norm": ""}, NoAuthority),
        ({"reason": ""}, NoReason),
        ({"reason": "x" * 501}, NoReason),
        ({"until": None}, NoEnd),
        ({"until": NIGHT}, NoEnd),
        ({"until": NIGHT + timedelta(days=31)}, NoEnd),
        ({"whom": ""}, NotListed),
        ({"what": "mail"}, NotListed),
    ],
)
def test_hs_07_a_restriction_without_owner_authority_reason_or_expiry_cannot_be_saved(
    cast: Cast, change: dict[str, object], refusal: type[Refused]
) -> None:
    stay = open_stay(cast)
    draft = replace(DRAFT, **change)  # type: ignore[arg-type]  # one field at a time

    with pytest.raises(refusal):
        record_restriction(begin(by=cast.nurse), stand(cast.nurse), stay, draft=draft)
    assert not Restriction.objects.exists()


def test_hs_07_the_database_refuses_a_restriction_without_owner_or_expiry(cast: Cast) -> None:
    stay = open_stay(cast)
    act = begin(by=cast.nurse)
    whole = record_restriction(act, stand(cast.nurse), stay, draft=DRAFT)

    for change in ({"owner": ""}, {"until": None}, {"authority": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Restriction.objects.filter(pk=whole.pk).update(**change)


def test_a_whole_restriction_is_kept_and_told_and_stops_counting_at_its_end(cast: Cast) -> None:
    stay = open_stay(cast)

    record_restriction(begin(by=cast.nurse), stand(cast.nurse), stay, draft=DRAFT)

    (now,) = find_directory(read_with(), stay, at=NIGHT).restrictions
    (later,) = find_directory(read_with(), stay, at=TOMORROW).restrictions
    assert (now.reason, now.source, now.is_running) == (DRAFT.reason, DRAFT.source, True)
    assert not later.is_running
    told = find_events(read_with(), record=stay.about)[0]
    assert told.kind.name == "restriction.set"
    assert told.content is not None
    assert told.content["owner"] == "charge_nurse"


@pytest.mark.parametrize("whom", ["lawyer", "consulate"])
def test_staff_cannot_limit_a_lawyer_or_a_consulate_but_counsel_can(cast: Cast, whom: str) -> None:
    stay, draft = open_stay(cast), replace(DRAFT, whom=whom, owner="counsel")
    counsel = hire(Role.COUNSEL)

    with pytest.raises(CounselOnly):
        record_restriction(begin(by=cast.nurse), stand(cast.nurse), stay, draft=draft)
    record_restriction(begin(by=counsel), stand(counsel), stay, draft=draft)

    assert Restriction.objects.count() == 1


def test_a_restriction_that_somebody_ended_is_not_ended_twice(cast: Cast) -> None:
    stay = open_stay(cast)
    made = record_restriction(begin(by=cast.nurse), stand(cast.nurse), stay, draft=DRAFT)
    record_restriction_ended(begin(by=cast.physician), made, version=1)

    with pytest.raises(OverAlready):
        record_restriction_ended(begin(by=cast.nurse), made, version=1)

    (told,) = find_directory(read_with(), stay, at=NIGHT + timedelta(hours=1)).restrictions
    assert not told.is_running


def test_po_08_an_alias_whose_time_is_over_no_longer_counts_though_nobody_ended_it(
    cast: Cast,
) -> None:
    stay = open_stay(cast)
    record_listing(begin(by=cast.nurse), stay, name="Maria Lopez", choice="listed")
    record_withholding(begin(by=cast.nurse), stay, draft=ALIAS)

    during = find_directory(read_with(), stay, at=TOMORROW - timedelta(seconds=1))
    after = find_directory(read_with(), stay, at=TOMORROW)

    assert (during.status, after.status) == ("withheld", "listed")
    assert during.withheld is not None
    assert during.withheld.alias == "canary-alias"


def test_po_08_the_privacy_officer_and_the_owner_are_told_once(cast: Cast) -> None:
    stay = open_stay(cast)
    record_withholding(begin(by=cast.nurse), stay, draft=ALIAS)
    record_restriction(begin(by=cast.nurse), stand(cast.nurse), stay, draft=DRAFT)

    for _ in range(2):
        end_what_is_over(lambda: begin(at=TOMORROW))

    pages = Page.objects.filter(about=stay.about).values_list("to_role", "reason")
    assert sorted(pages) == [
        ("charge_nurse", "restriction-over"),
        ("house_supervisor", "name-listed-again"),
        ("privacy_officer", "name-listed-again"),
        ("privacy_officer", "restriction-over"),
    ]
    assert not Withholding.objects.filter(ended_at=None).exists()
    kinds = [told.kind.name for told in find_events(read_with(), record=stay.about)]
    assert kinds[:2] == ["restriction.ended", "alias.ended"]


def test_nothing_is_ended_before_its_time(cast: Cast) -> None:
    stay = open_stay(cast)
    record_withholding(begin(by=cast.nurse), stay, draft=ALIAS)

    end_what_is_over(lambda: begin(at=TOMORROW - timedelta(seconds=1)))

    assert not Page.objects.exists()


def test_the_wish_of_the_patient_to_be_left_out_has_no_end_that_could_betray_it(
    cast: Cast,
) -> None:
    stay = open_stay(cast)
    record_listing(begin(by=cast.nurse), stay, name="Maria Lopez", choice="listed")
    wish = replace(ALIAS, authority="patient", until=None, source="")

    record_withholding(begin(by=cast.nurse), stay, draft=wish)

    end_what_is_over(lambda: begin(at=NIGHT + timedelta(days=365)))
    year_later = find_directory(read_with(), stay, at=NIGHT + timedelta(days=365))
    assert year_later.status == "withheld"


def test_nobody_else_may_hide_a_name_without_an_end(cast: Cast) -> None:
    stay = open_stay(cast)

    with pytest.raises(NoEnd):
        record_withholding(begin(by=cast.nurse), stay, draft=replace(ALIAS, until=None))


def test_the_choice_of_the_patient_is_the_fact_that_advice_reads(cast: Cast) -> None:
    stay = open_stay(cast)

    record_listing(begin(by=cast.nurse), stay, name="Maria Lopez", choice="opted_out")

    facts = {known.fact: known.value for known in find_known(read_with(), stay)}
    assert facts["directory_choice"] == "opted_out"


def test_a_contact_without_a_number_is_not_saved(cast: Cast) -> None:
    stay = open_stay(cast)

    with pytest.raises(NameMissing):
        record_contact(begin(by=cast.nurse), stay, naming=replace(SISTER, phone=""))


def test_a_contact_whom_the_patient_no_longer_wants_is_not_called(cast: Cast) -> None:
    stay = open_stay(cast)
    record_listing(begin(by=cast.nurse), stay, name="Maria Lopez", choice="not_asked")
    sister = record_contact(begin(by=cast.nurse), stay, naming=SISTER)
    record_contact_ended(begin(by=cast.nurse), sister)

    heard = record_caller(begin(by=cast.nurse), name="Maria Lopez", caller="Canary Sister")

    assert heard.contacts == ()


def test_pf_05_a_call_back_pages_the_unit_and_is_noted_when_done(cast: Cast) -> None:
    stay = open_stay(cast)
    sister = record_contact(begin(by=cast.nurse), stay, naming=SISTER)

    callback = record_callback(begin(), sister)

    (owing,) = find_directory(read_with(), stay, at=NIGHT).contacts
    assert (owing.phone, owing.owed) == (SISTER.phone, (callback,))
    assert Page.objects.get().reason == "call-back"
    record_callback_done(begin(by=cast.nurse), callback, outcome="reached")
    (settled,) = find_directory(read_with(), stay, at=NIGHT).contacts
    assert settled.owed == ()


def test_no_sealed_value_lies_open_in_a_row(cast: Cast) -> None:
    stay = open_stay(cast)
    record_listing(begin(by=cast.nurse), stay, name="Canary Patient", choice="listed")
    record_contact(begin(by=cast.nurse), stay, naming=SISTER)
    record_withholding(begin(by=cast.nurse), stay, draft=ALIAS)
    record_restriction(begin(by=cast.nurse), stand(cast.nurse), stay, draft=DRAFT)
    record_caller(begin(), name="Canary Patient", caller="Canary Sister")

    lying = []
    for table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - names of our own tables
            for row in cursor.fetchall():
                seen = b"".join(_plain(value) for value in row).lower()
                lying += [table] if b"canary" in seen else []
    assert lying == []
    assert Contact.objects.count() == Listing.objects.count() == 1


def _plain(value: object) -> bytes:
    return bytes(value) if isinstance(value, bytes | memoryview) else str(value).encode()
