"""What could tell of somebody is in no table in clear, and papers and officers keep their order."""

from datetime import timedelta

import pytest
from django.db import connection

from bedside.record.encounters.call_operations import (
    CannotDecide,
    Spoken,
    record_call,
    record_decider,
)
from bedside.record.encounters.case_queries import find_officers, find_papers, read_image
from bedside.record.encounters.models import Encounter, Officer
from bedside.record.encounters.officer_operations import (
    MOST_WAITING,
    Arrival,
    NotHere,
    TooManyWaiting,
    record_officer,
    record_officer_confirmed,
    record_officer_left,
    record_officer_signed_in,
    record_relief,
)
from bedside.record.encounters.operations import (
    Opening,
    record_encounter,
    record_encounter_from_message,
)
from bedside.record.encounters.paper_kinds import FILE, load_papers
from bedside.record.encounters.paper_operations import Image, Shown, record_paper
from bedside.record.encounters.queries import find_known
from bedside.record.journal.queries import find_events_about
from bedside.rules.vocabulary.load import load_vocabulary
from record_cast import NIGHT, UNIT, Cast, begin, read_with

CANARY = "kanarienvogel"
ARRIVAL = Arrival(agency="tribal_police", identity=f"{CANARY} 77", channel=f"{CANARY} 555")


def test_no_sealed_value_stands_in_a_plain_dump_of_the_tables(cast: Cast) -> None:
    opening = Opening(unit=UNIT, room="412", patient=f"{CANARY} patient", number=f"{CANARY}9")
    stay = record_encounter(
        begin(by=cast.nurse),
        opening=opening,
        facts={"agency": "tribal_police", "custody_basis_seen": "verbal_only"},
    )
    record_encounter_from_message(begin(), message=f"{CANARY}-m", opening=opening, facts={})
    image = Image(kind="png", data=b"\x89PNG" + CANARY.encode())
    answers = {"issuer": "court", "signature": "judge"}
    shown = Shown(answers=answers, kind="judicial_warrant", facts={}, image=image)
    record_paper(begin(by=cast.nurse), stay, shown=shown)
    officer = record_officer(begin(by=cast.nurse), stay, arrival=ARRIVAL)
    record_relief(begin(by=cast.nurse), stay, officer, arrival=ARRIVAL, both_signed=True)
    record_officer_signed_in(begin(), arrival=ARRIVAL, unit=UNIT)
    spoken = Spoken(
        called_at=NIGHT,
        agency="tribal_police",
        number=f"{CANARY} number",
        name=f"{CANARY} supervisor",
        words=f"{CANARY} words",
        outcome="refused",
    )
    record_call(begin(by=cast.physician), stay, spoken=spoken)
    record_decider(begin(by=cast.physician), stay, who="sibling", reached_by=f"{CANARY} phone")

    dump = _dump()

    assert len(dump) > 10_000
    for word in (CANARY, "tribal_police", "verbal_only", "judicial_warrant", "sibling"):
        assert word.encode() not in dump, word
    assert UNIT.encode() in dump  # the dump would show what is not sealed


def test_lc_05_a_paper_keeps_its_picture_sealed_and_the_ledger_only_a_digest(cast: Cast) -> None:
    stay = _open(cast)
    image = Image(kind="png", data=b"\x89PNG picture")
    facts = {"custody_basis_seen": "administrative_paper"}
    shown = Shown(
        answers={"issuer": "agency"}, kind="administrative_paper", facts=facts, image=image
    )

    paper = record_paper(begin(by=cast.nurse), stay, shown=shown)

    (seen,) = find_papers(read_with(), stay)
    assert (seen.kind, seen.has_image) == ("administrative_paper", True)
    assert read_image(read_with(), paper) == image.data
    assert {k.fact: k.value for k in find_known(read_with(), stay)} == facts
    told = find_events_about(read_with(), stay.about)[0]
    assert told.content is not None
    assert len(told.content["image"]) == 64


def test_every_kind_of_paper_can_come_out_and_sets_only_answers_of_the_catalogue() -> None:
    table = load_papers(FILE, load_vocabulary())
    fallback = {"names_patient": "yes", "expiry": "valid", "place": "none"}

    found = {
        table.classify({**fallback, **{q: min(words) for q, words in kind.when.items()}}).id
        for kind in table.kinds
    }

    assert found == {kind.id for kind in table.kinds}


@pytest.mark.parametrize(
    ("kind", "answers"),
    [
        ("judicial_warrant_for_this_area", {}),
        ("judicial_warrant", {"place": "none"}),
        ("other_patient", {"names_patient": "no"}),
        ("expired", {"expiry": "expired"}),
        ("administrative_paper", {"issuer": "agency", "signature": "agency_officer"}),
        (
            "administrative_subpoena",
            {"issuer": "agency", "signature": "nobody", "title": "subpoena"},
        ),
        ("unclear", {"issuer": "unreadable", "signature": "unclear"}),
    ],
)
def test_lc_05_a_warrant_is_a_judges_only_with_a_judges_signature(
    kind: str, answers: dict[str, str]
) -> None:
    whole = {
        "issuer": "court",
        "signature": "judge",
        "names_patient": "yes",
        "place": "this_area",
        "expiry": "valid",
        "title": "warrant",
    }

    assert load_papers(FILE, load_vocabulary()).classify(whole | answers).id == kind


def test_of_01_who_signs_in_by_code_answers_nothing_until_staff_confirm(cast: Cast) -> None:
    stay = _open(cast)
    officer = record_officer_signed_in(begin(), arrival=ARRIVAL, unit=UNIT)
    assert find_known(read_with(), stay) == ()

    record_officer_confirmed(begin(by=cast.nurse), stay, officer)

    known = {one.fact: one.value for one in find_known(read_with(), stay)}
    assert known["agency"] == "tribal_police"
    assert known["officer_identity"] == "seen"
    (seen,) = find_officers(read_with(), stay)
    assert (seen.identity, seen.is_of_unit) == (ARRIVAL.identity, False)
    with pytest.raises(NotHere):
        record_officer_confirmed(begin(by=cast.physician), stay, officer)


def test_hs_05_an_officer_who_has_not_read_the_page_is_not_oriented(cast: Cast) -> None:
    stay = _open(cast)

    record_officer(begin(by=cast.nurse), stay, arrival=ARRIVAL)

    assert {k.fact: k.value for k in find_known(read_with(), stay)}["officer_oriented"] is False


def test_who_declines_to_say_who_they_are_is_noted_so_and_nothing_more(cast: Cast) -> None:
    stay = _open(cast)

    record_officer(begin(by=cast.nurse), stay, arrival=Arrival(agency="", declined=True))

    known = {one.fact: one.value for one in find_known(read_with(), stay)}
    assert known == {"officer_identity": "refused", "officer_oriented": False}


def test_an_officer_who_came_earlier_keeps_the_hour_they_came(cast: Cast) -> None:
    stay, at = _open(cast), NIGHT - timedelta(hours=2)

    record_officer(begin(by=cast.nurse), stay, arrival=Arrival(agency="ice", at=at))

    assert Officer.objects.get().arrived_at == at


def test_a_flood_of_sign_ins_stops_and_says_so(cast: Cast) -> None:
    stay = _open(cast)
    for _ in range(MOST_WAITING):
        record_officer_signed_in(begin(), arrival=ARRIVAL, stay=stay)

    with pytest.raises(TooManyWaiting):
        record_officer_signed_in(begin(), arrival=ARRIVAL, stay=stay)

    assert Officer.objects.count() == MOST_WAITING


def test_terms_pass_on_only_when_both_have_signed(cast: Cast) -> None:
    stay = _open(cast)
    first = record_officer(begin(by=cast.nurse), stay, arrival=ARRIVAL)

    second = record_relief(begin(by=cast.nurse), stay, first, arrival=ARRIVAL, both_signed=False)
    third = record_relief(begin(by=cast.nurse), stay, second, arrival=ARRIVAL, both_signed=True)

    assert (second.terms_at, third.terms_at) == (None, NIGHT)
    assert [one.id for one in find_officers(read_with(), stay)] == [third.pk]
    with pytest.raises(NotHere):
        record_officer_left(begin(by=cast.nurse), stay, first)


@pytest.mark.parametrize("who", ["officer", "agency"])
def test_md_08_neither_officer_nor_agency_decides_for_a_patient(cast: Cast, who: str) -> None:
    stay = _open(cast)

    with pytest.raises(CannotDecide, match="custody of a person is not consent"):
        record_decider(begin(by=cast.physician), stay, who=who, reached_by="")

    assert not stay.deciders.exists()


def _open(cast: Cast) -> Encounter:
    opening = Opening(unit=UNIT, room="412")
    return record_encounter(begin(by=cast.nurse), opening=opening, facts={})


def _dump() -> bytes:
    """Read every row of every table as the database holds it."""
    rows: list[bytes] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'select * from "{table}"')  # noqa: S608 - a table of ours, by its name
            for row in cursor.fetchall():
                rows += [
                    bytes(v) if isinstance(v, bytes | memoryview) else str(v).encode() for v in row
                ]
    return b"\n".join(rows)
