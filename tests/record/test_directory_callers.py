"""Whoever is not here and whoever named nobody look the same to a caller."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bedside.record.directory.drafts import Naming
from bedside.record.directory.operations import record_caller, record_contact, record_listing
from bedside.record.directory.queries import Heard
from bedside.record.encounters.models import Encounter
from bedside.record.encounters.operations import Opening, record_encounter
from bedside.record.journal.queries import find_events_by
from record_cast import UNIT, Cast, begin, open_hospital, read_with

NAME, SISTER = "María-José López", "Ana López"
NOBODY = Heard(unit="", contacts=())


@pytest.fixture
def stay(cast: Cast) -> Encounter:
    opening = Opening(unit=UNIT, room="4", patient="P")
    stay = record_encounter(begin(by=cast.nurse), opening=opening, facts={})
    record_listing(begin(by=cast.nurse), stay, name=NAME, choice="opted_out")
    return stay


def name_sister(stay: Encounter, cast: Cast) -> None:
    naming = Naming(name=SISTER, phone="956 555 0199", relation="sibling", in_private=True)
    record_contact(begin(by=cast.nurse), stay, naming=naming)


@pytest.mark.parametrize("called", ["maria jose lopez", "Lopez, Maria Jose", "MARÍA JOSÉ LÓPEZ"])
def test_pf_05_a_caller_whom_the_patient_named_is_found_however_the_names_are_written(
    cast: Cast, stay: Encounter, called: str
) -> None:
    name_sister(stay, cast)

    heard = record_caller(begin(by=cast.nurse), name=called, caller="ana lopez")

    (found,) = heard.contacts
    assert (found.name, heard.unit) == (SISTER, "")


def test_pf_06_nothing_tells_a_patient_who_named_nobody_from_somebody_who_is_not_here(
    cast: Cast, stay: Encounter
) -> None:
    del stay
    with CaptureQueriesContext(connection) as here:
        found = record_caller(begin(by=cast.nurse), name=NAME, caller="Somebody")
    with CaptureQueriesContext(connection) as elsewhere:
        other = record_caller(begin(by=cast.nurse), name="Juan Nadie", caller="Somebody")

    assert found == other == NOBODY
    assert len(here) == len(elsewhere)
    assert [_shape(q["sql"]) for q in here] == [_shape(q["sql"]) for q in elsewhere]


def test_pf_06_nothing_tells_an_unknown_caller_that_others_were_named(
    cast: Cast, stay: Encounter
) -> None:
    name_sister(stay, cast)

    with CaptureQueriesContext(connection) as here:
        found = record_caller(begin(by=cast.nurse), name=NAME, caller="Somebody")
    with CaptureQueriesContext(connection) as elsewhere:
        other = record_caller(begin(by=cast.nurse), name="Juan Nadie", caller="Somebody")

    assert found == other == NOBODY
    assert len(here) == len(elsewhere)


def test_a_patient_who_chose_to_be_listed_is_found_by_the_unit_alone(
    cast: Cast, stay: Encounter
) -> None:
    record_listing(begin(by=cast.nurse), stay, name=NAME, choice="listed")

    heard = record_caller(begin(by=cast.nurse), name=NAME, caller="Somebody")

    assert heard == Heard(unit=UNIT, contacts=())


def test_no_hospital_answers_for_the_patients_of_another(cast: Cast, stay: Encounter) -> None:
    record_listing(begin(by=cast.nurse), stay, name=NAME, choice="listed")
    open_hospital("elsewhere")

    assert record_caller(begin("elsewhere"), name=NAME, caller="Somebody") == NOBODY


def test_a_look_up_is_told_in_the_same_words_whoever_was_found(cast: Cast, stay: Encounter) -> None:
    del stay
    record_caller(begin(by=cast.nurse), name=NAME, caller="Somebody")
    record_caller(begin(by=cast.nurse), name="Juan Nadie", caller="Somebody")

    other, found = find_events_by(read_with(), cast.nurse.pk)[:2]

    assert found.kind == other.kind
    assert found.about.startswith("call/")
    assert other.about.startswith("call/")
    assert found.content == {"asked_for": NAME, "caller": "Somebody", "contacts": [], "unit": ""}


def _shape(sql: str) -> str:
    """Take the values out of a statement: what is left is the work that was done."""
    return re.split(r"WHERE|VALUES|POINT", sql, maxsplit=1)[0]
