"""Stays: opened once, found again, moved and closed by one person at a time, read with a trace."""

from datetime import timedelta

import pytest

from bedside.record.accounts.access import NotThere, OtherUnit
from bedside.record.accounts.roles import May, Role
from bedside.record.encounters.access import access_encounter
from bedside.record.encounters.models import Answered, Encounter
from bedside.record.encounters.operations import (
    ChangedMeanwhile,
    Closed,
    Opening,
    record_answers,
    record_closing,
    record_encounter,
    record_encounter_from_message,
    record_move,
    record_searched,
)
from bedside.record.encounters.packet_operations import (
    NoSuchPacket,
    PacketUsed,
    record_packet_entered,
    record_packets_printed,
)
from bedside.record.encounters.sample import STAYS, add_sample_stays
from bedside.record.journal.operations import DoneBefore
from bedside.record.journal.queries import find_events_about
from record_cast import NIGHT, SITE, UNIT, Cast, begin, hire, open_hospital, read_with, stand

OPENING = Opening(unit=UNIT, room="412", patient="bed by the window", number="mrn 4711")


def test_the_same_registration_message_opens_one_stay(cast: Cast) -> None:
    stay = record_encounter_from_message(begin(), message="A04-77", opening=OPENING, facts={})

    with pytest.raises(DoneBefore) as refused:
        record_encounter_from_message(begin(), message="A04-77", opening=OPENING, facts={})

    assert refused.value.about == stay.about
    assert Encounter.objects.count() == 1
    del cast


def test_the_same_message_number_of_another_hospital_is_another_message(cast: Cast) -> None:
    open_hospital("elsewhere")
    record_encounter_from_message(begin(), message="A04-77", opening=OPENING, facts={})

    record_encounter_from_message(begin("elsewhere"), message="A04-77", opening=OPENING, facts={})

    assert Encounter.objects.count() == 2
    del cast


def test_a_stay_is_found_by_the_hospitals_number_and_that_somebody_looked_is_told(
    cast: Cast,
) -> None:
    stay = record_encounter(begin(by=cast.nurse), opening=OPENING, facts={})

    found = record_searched(begin(by=cast.nurse), number="MRN4711")
    by_code = record_searched(begin(by=cast.nurse), number=stay.code.lower())
    none = record_searched(begin(by=cast.nurse), number="4712")

    assert (found, by_code, none) == (stay, stay, None)
    told = find_events_about(read_with(), f"site/{SITE}")
    assert [t.kind.name for t in told[:3]] == ["encounter.searched"] * 3
    assert "4711" not in str([t.content for t in told])


def test_a_code_names_no_stay_of_another_hospital(cast: Cast) -> None:
    open_hospital("elsewhere")
    stay = record_encounter(begin("elsewhere"), opening=OPENING, facts={})

    assert record_searched(begin(by=cast.nurse), number=stay.code) is None
    with pytest.raises(NotThere):
        access_encounter(stand(cast.nurse), stay.pk, to=May.READ_CARE)


def test_of_two_who_move_a_patient_from_the_same_page_the_second_is_told(cast: Cast) -> None:
    stay = record_encounter(begin(by=cast.nurse), opening=OPENING, facts={})
    record_move(begin(by=cast.nurse), stay, unit=UNIT, room="414", version=1)

    with pytest.raises(ChangedMeanwhile, match="room 414"):
        record_move(begin(by=cast.physician), stay, unit=UNIT, room="500", version=1)

    stay.refresh_from_db()
    assert (stay.room, stay.version) == ("414", 2)


def test_nothing_is_added_to_a_closed_stay(cast: Cast) -> None:
    stay = record_encounter(begin(by=cast.nurse), opening=OPENING, facts={})
    record_closing(begin(by=cast.nurse), stay, why="discharged", version=1)

    with pytest.raises(Closed):
        record_answers(begin(by=cast.nurse), stay, facts={"activity": "rest"})

    assert not Answered.objects.filter(encounter=stay).exists()


def test_an_earlier_answer_stays_readable_beside_the_later_one(cast: Cast) -> None:
    stay = record_encounter(begin(by=cast.nurse), opening=OPENING, facts={"activity": "rest"})

    record_answers(begin(by=cast.physician), stay, facts={"activity": "exam"})

    rows = Answered.objects.filter(encounter=stay, fact="activity")
    assert rows.count() == 2
    assert rows.get(ended_at=None).by == cast.physician.pk


def test_a_stay_moved_to_another_unit_is_no_longer_the_first_units(cast: Cast) -> None:
    stay = record_encounter(begin(by=cast.nurse), opening=OPENING, facts={})
    record_move(begin(by=cast.nurse), stay, unit="Medical ward", room="1", version=1)

    with pytest.raises(OtherUnit):
        access_encounter(stand(cast.nurse), stay.pk, to=May.READ_CARE)


def test_hs_10_a_packet_keeps_its_own_time_and_is_entered_once(cast: Cast) -> None:
    (packet,) = record_packets_printed(begin(by=cast.nurse), number=1)
    began = NIGHT - timedelta(hours=6)
    opening = Opening(unit=UNIT, room="9", how="packet", opened_at=began)

    stay = record_packet_entered(
        begin(by=cast.nurse), code=packet.code, opening=opening, facts={"agency": "ice"}
    )

    assert (stay.code, stay.opened_at, stay.noted_at) == (packet.code, began, NIGHT)
    assert stay.answers.get(fact="agency").answered_at == began
    with pytest.raises(PacketUsed):
        record_packet_entered(begin(by=cast.nurse), code=packet.code, opening=opening, facts={})
    with pytest.raises(NoSuchPacket):
        record_packet_entered(begin(by=cast.nurse), code="222-222", opening=opening, facts={})


def test_the_sample_hospital_opens_its_six_stays_once(cast: Cast) -> None:
    add_sample_stays(begin)
    add_sample_stays(begin)

    assert Encounter.objects.count() == len(STAYS) == 6
    del cast


def test_a_house_supervisor_reaches_every_unit(cast: Cast) -> None:
    stay = record_encounter(begin(by=cast.nurse), opening=OPENING, facts={})

    assert access_encounter(stand(hire(Role.HOUSE_SUPERVISOR)), stay.pk, to=May.READ_CARE) == stay
