"""A teaching case goes out when nobody in it is known again and two people signed it."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, timedelta

import pytest
from consults_cast import HER_WORDS, open_stay, refer
from hypothesis import given
from hypothesis import strategies as st

from bedside.record.accounts.access import NotYours
from bedside.record.accounts.models import Person
from bedside.record.accounts.roles import Role
from bedside.record.consults.access import access_case, access_debrief
from bedside.record.consults.case_operations import (
    record_case,
    record_case_changed,
    record_case_exported,
    record_signed_off,
)
from bedside.record.consults.case_queries import (
    House,
    Telling,
    check_telling,
    find_debriefs,
    find_own_debriefs,
    find_periods,
    read_case,
)
from bedside.record.consults.debrief_operations import record_debrief, record_debrief_answered
from bedside.record.consults.models import Consult, Debrief, TeachingCase
from bedside.record.consults.refusals import (
    ChangedSince,
    NotSigned,
    SignsTwice,
    StillTells,
)
from bedside.record.consults.reidentify import Around, Finding, Found, check_case
from bedside.record.encounters.models import Encounter
from bedside.record.encounters.operations import Opening, record_closing, record_encounter
from bedside.record.journal.queries import find_events, find_events_about
from bedside.record.legal.deletion_operations import record_stay_deleted
from bedside.trust.sealing.tombstone import Reason
from record_cast import NIGHT, UNIT, Cast, begin, hire, read_with, stand

HOUSE = House(names=("Sample hospital in Texas", "ICE"), zone=UTC)
CLEAN = Telling(
    title="Who steps out while a mother nurses",
    story=(
        "A mother in custody wished to nurse her newborn without an officer looking on. The officer"
        " said that a rule kept him at the bed. Staff offered a room with a window, and the"
        " supervisor agreed that the officer would stand at the glass."
    ),
    lesson="Offer a place from which the officer's own rule is kept. Ask early, and say why.",
    period="2026-H2",
    setting="",
)
AROUND = Around(names=("Rosario Quispe", "Quispe", "ABC-234"), words=(), alike=11)


def fill_house(nurse: Person, number: int) -> None:
    """Open more stays of the same half-year."""
    for _ in range(number):
        opening = Opening(unit=UNIT, room="4", patient="")
        record_encounter(begin(by=nurse), opening=opening, facts={})


@pytest.fixture
def consult(cast: Cast) -> Consult:
    """Refer a question about one of eleven stays."""
    fill_house(cast.nurse, 10)
    return refer(open_stay(cast.nurse), begin(by=cast.nurse), spoken=(HER_WORDS,))


def check(consult: Consult, **changes: str) -> set[Found]:
    """Say what is found in a telling, changed as a test needs it."""
    telling = replace(CLEAN, **changes)
    return {one.what for one in check_telling(read_with(), consult, telling, HOUSE)}


def test_ec_06_a_case_in_which_nobody_is_known_again_passes(consult: Consult) -> None:
    assert check(consult) == set()


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ("It was on November 24.", Found.TIME),
        ("Fue el 24 de noviembre.", Found.TIME),
        ("At 02:50 he came.", Found.TIME),
        ("She came on a Tuesday.", Found.TIME),
        ("It was in 2026.", Found.TIME),
        ("The patient, a 34-year-old, said no.", Found.AGE),
        ("La paciente, de 34 años, dijo que no.", Found.AGE),
        ("Then Maribel said no.", Found.NAME),
        ("Asked by Dr. Okafor twice.", Found.NAME),
        ("He came from Laredo that night.", Found.NAME),
        ("The file was 4711.", Found.NUMBER),
        ("The patient is undocumented.", Found.RECORD),
        ("The agency was ICE then.", Found.KNOWN),
        ("At the sample hospital in texas.", Found.KNOWN),
        ("In labor and delivery it was loud.", Found.KNOWN),
        ("She said: no quiero que me mire, she said, que me mire nunca.", None),
        ("She said that I do not want him to look at me.", Found.COPIED),
    ],
)
def test_ec_06_what_could_tell_who_somebody_is_is_found(
    consult: Consult, said: str, what: Found | None
) -> None:
    for field in ("story", "lesson"):
        found = check(consult, **{field: f"{CLEAN.story} {said}"})
        assert (what in found) if what else found == set(), found


def test_ec_06_too_few_stays_of_that_time_and_place_are_too_few(
    cast: Cast, consult: Consult
) -> None:
    assert check(consult, setting=UNIT) == set()
    assert check(consult, period="2025") == {Found.FEW}
    opening = Opening(unit="Emergency", room="7", patient="")
    record_encounter(begin(by=cast.nurse), opening=opening, facts={})
    assert check(consult, setting="Emergency") == {Found.FEW}
    assert find_periods(consult, UTC) == ("2026-H2", "2026")


@given(
    name=st.sampled_from(tuple(AROUND.names)),
    at=st.integers(0, len(CLEAN.story.split())),
    shape=st.sampled_from((str.lower, str.upper, str.title)),
)
def test_ec_06_a_name_of_the_record_is_found_wherever_and_however_it_is_written(
    name: str, at: int, shape: Callable[[str], str]
) -> None:
    words = CLEAN.story.split()
    words.insert(at, shape(name) + ",")

    assert check_case([CLEAN.story], AROUND) == ()
    assert any(one.what is Found.KNOWN for one in check_case([" ".join(words)], AROUND))


def sign(case: TeachingCase, role: Role, by: Person, *found: Finding) -> None:
    """Sign the version as it stands."""
    record_signed_off(begin(by=by), case, role=role, version=case.version, found=found)


def test_ec_06_a_case_goes_out_when_ethics_and_counsel_both_signed_this_version(
    consult: Consult,
) -> None:
    ethics, counsel = hire(Role.ETHICS), hire(Role.COUNSEL)
    case = record_case(begin(by=ethics), consult, telling=CLEAN)

    def export() -> None:
        record_case_exported(begin(by=ethics), case, version=case.version, found=())

    with pytest.raises(NotSigned):
        export()
    sign(case, Role.ETHICS, ethics)
    with pytest.raises(SignsTwice):  # one person is not two
        sign(case, Role.COUNSEL, ethics)
    with pytest.raises(NotSigned):
        export()
    sign(case, Role.COUNSEL, counsel)
    export()
    assert find_events_about(read_with(), case.about)[0].kind.name == "case.exported"
    found = (Finding(what=Found.KNOWN, words="Quispe"),)
    with pytest.raises(StillTells):  # the check passes now, too
        record_case_exported(begin(by=ethics), case, version=case.version, found=found)

    changed = record_case_changed(
        begin(by=ethics), case, telling=replace(CLEAN, title="Another"), version=case.version
    )

    assert read_case(read_with(), changed).title == "Another"
    with pytest.raises(ChangedSince):
        export()
    with pytest.raises(NotSigned):
        record_case_exported(begin(by=ethics), changed, version=changed.version, found=())


def test_ec_06_a_case_that_still_tells_is_signed_by_nobody(consult: Consult) -> None:
    ethics = hire(Role.ETHICS)
    case = record_case(begin(by=ethics), consult, telling=CLEAN)

    with pytest.raises(StillTells):
        sign(case, Role.ETHICS, ethics, Finding(what=Found.AGE, words="34 years"))
    with pytest.raises(SignsTwice):
        sign(case, Role.ATTENDING, ethics)
    with pytest.raises(NotYours):
        access_case(stand(hire(Role.BEDSIDE_NURSE)), case.pk)


def test_ec_06_a_case_of_a_deleted_stay_can_no_longer_be_checked(
    cast: Cast, consult: Consult
) -> None:
    stay = Encounter.objects.get(pk=consult.encounter_id)
    act = replace(begin(by=cast.nurse), at=NIGHT + timedelta(hours=1))
    record_closing(act, stay, why="discharged", version=stay.version)
    stay.refresh_from_db()
    record_stay_deleted(begin(), stay, reason=Reason.REQUESTED)
    consult.refresh_from_db()

    assert check(consult) == {Found.UNCHECKED}


def test_ec_09_a_debriefing_belongs_to_no_stay_and_no_event_repeats_it(cast: Cast) -> None:
    ethics = hire(Role.ETHICS)

    debrief = record_debrief(begin(by=cast.nurse), words="canary: I cannot sleep since")

    assert {one.name for one in Debrief._meta.get_fields()} & {"encounter", "consult"} == set()  # noqa: SLF001 - Django names its open door so
    assert b"canary" not in bytes(debrief.words)
    (told,) = find_events_about(read_with(), debrief.about)
    assert told.content == {}
    assert not find_events(read_with(), record=f"debrief/{debrief.pk}")
    (waiting,) = find_debriefs(read_with(), stand(ethics))
    assert waiting.words == "canary: I cannot sleep since"
    record_debrief_answered(begin(by=ethics), debrief, answer="Tomorrow at nine.")
    (own,) = find_own_debriefs(read_with(), stand(cast.nurse))
    assert own.answer == "Tomorrow at nine."
    assert find_own_debriefs(read_with(), stand(cast.physician)) == ()
    with pytest.raises(NotYours):
        access_debrief(stand(cast.privacy_officer), debrief.pk)
