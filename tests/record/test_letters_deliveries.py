"""Where a letter went, what the receiving side answered, and what follows if it did not."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from letters_cast import PUMP, open_stay, sign, start

from bedside.record.accounts.roles import Role
from bedside.record.journal.queries import find_events
from bedside.record.letters.delivery_operations import (
    KEY_BYTES,
    Answer,
    Handed,
    find_waiting,
    record_acknowledged,
    record_delivered,
    record_follow_up,
    record_pause_ended,
)
from bedside.record.letters.models import Delivery, Letter, Pause, Raised, Removal, Return
from bedside.record.letters.queries import (
    find_due_follow_ups,
    find_earlier_letters,
    find_history,
    find_pauses,
    find_returns,
)
from bedside.record.letters.refusals import (
    AnsweredBefore,
    AnswerTooLate,
    NoSuchAnswerKey,
    NotPaused,
    NotTheSamePatient,
)
from bedside.record.letters.removal_operations import Taking, record_removal, record_return
from bedside.record.paging.models import Page
from bedside.rules.attestation.clause import Reader
from bedside.rules.attestation.events import Channel
from record_cast import NIGHT, OTHER_SITE, SITE, Cast, begin, find_master, open_hospital, read_with

GIVEN = NIGHT + timedelta(minutes=10)
HANDED = Handed(number=1, reader=Reader.CLINICIAN, to="the clinic on call", channel=Channel.PAPER)
FINE = Answer(
    accepted_by="a nurse, charge nurse, 555 0100",
    papers=3,
    medicines=1,
    cannot_meet=(),
    off_formulary=(),
    is_restraint_read=True,
    next_dose_at=None,
)


@pytest.fixture
def letter(cast: Cast, tmp_path: Path) -> Letter:
    """A signed letter."""
    return sign(start(cast.physician), cast.physician, tmp_path)


def give(cast: Cast, letter: Letter, handed: Handed = HANDED) -> tuple[Delivery, str]:
    """Hand a copy over."""
    made = record_delivered(
        begin(by=cast.nurse, at=GIVEN), letter, handed=handed, seen=letter.version
    )
    letter.refresh_from_db()
    return made


def find(key: str, *, minutes: int = 20, site: str = SITE) -> Delivery:
    """Find what a key answers."""
    return find_waiting(find_master(), site, key, at=NIGHT + timedelta(minutes=minutes))


def test_the_other_side_answers_once_with_a_key_nobody_guesses(cast: Cast, letter: Letter) -> None:
    delivery, key = give(cast, letter)

    record_acknowledged(begin(at=GIVEN), find(key), answer=FINE)

    assert KEY_BYTES * 8 >= 128
    assert key.encode() not in bytes(Delivery.objects.get().digest or b"")
    assert find_history(read_with(), letter).acknowledgements[0].papers == 3
    assert not find_due_follow_ups(SITE, at=NIGHT + timedelta(hours=5))
    with pytest.raises(AnsweredBefore):
        find(key)
    with pytest.raises(AnsweredBefore):
        record_acknowledged(begin(at=GIVEN), delivery, answer=FINE)


def test_a_guessed_late_or_foreign_key_records_nothing(cast: Cast, letter: Letter) -> None:
    _, key = give(cast, letter)
    open_hospital(OTHER_SITE)

    with pytest.raises(NoSuchAnswerKey):
        find("A" * 32)
    with pytest.raises(NoSuchAnswerKey):
        find(key, site=OTHER_SITE)
    with pytest.raises(AnswerTooLate):
        find(key, minutes=5 * 24 * 60)
    assert find(" ".join((key[:8], key[8:].lower()))).letter == letter


def test_a_need_that_cannot_be_met_pages_the_attending_and_makes_discharge_wait(
    cast: Cast, letter: Letter
) -> None:
    _, key = give(cast, letter)

    record_acknowledged(begin(at=GIVEN), find(key), answer=replace(FINE, cannot_meet=(PUMP.id,)))

    (pause,) = find_pauses(letter.encounter)
    assert [one.code for one in Raised.objects.all()] == ["D4"]
    assert Page.objects.filter(reason="letter-unmet", to_role=Role.ATTENDING).exists()
    record_pause_ended(begin(by=cast.physician), letter, pause, why="a pump is sent along")
    assert not find_pauses(letter.encounter)
    with pytest.raises(NotPaused):
        record_pause_ended(begin(by=cast.physician), letter, pause, why="again")
    assert b"pump" not in bytes(Pause.objects.get().why)


def test_no_answer_within_four_hours_opens_a_follow_up_once(cast: Cast, letter: Letter) -> None:
    give(cast, letter)
    late = GIVEN + timedelta(hours=4)
    assert not find_due_follow_ups(SITE, at=late - timedelta(seconds=1))

    for delivery in find_due_follow_ups(SITE, at=late):
        record_follow_up(begin(at=late), delivery)

    assert [one.code for one in Raised.objects.all()] == ["D4"]
    assert not find_due_follow_ups(SITE, at=late)


def test_md_07_a_missing_receiver_is_kept_with_its_reason_and_blocks_nothing(
    cast: Cast, letter: Letter
) -> None:
    give(cast, letter, replace(HANDED, no_receiver="agency_would_not_say"))

    content = find_events(read_with(), record=letter.about)[0].content
    assert content is not None
    assert content["no_receiver"] == "agency_would_not_say"


def test_an_unknown_destination_is_raised_as_d6(cast: Cast, letter: Letter) -> None:
    give(cast, letter, replace(HANDED, is_destination_known=False))

    assert [one.code for one in Raised.objects.all()] == ["D6"]


def test_a_removal_before_discharge_refuses_the_certificate_and_is_raised(
    cast: Cast, letter: Letter
) -> None:
    taking = Taking(
        objection="the infection is not controlled",
        told_to="the sergeant",
        are_records_given=True,
        is_warning_given=True,
        is_destination_known=False,
    )

    record_removal(begin(by=cast.physician), letter, taking=taking)

    assert {one.code for one in Raised.objects.all()} == {"D1", "D6"}
    told = find_events(read_with(), record=letter.about)[0]
    assert told.kind.name == "letter.certificate-refused"
    assert told.content is not None
    assert told.content["certificate"] == "refused"
    assert b"infection" not in bytes(Removal.objects.get().said)


def test_a_return_within_thirty_days_is_linked_and_raised_as_d5(cast: Cast, letter: Letter) -> None:
    give(cast, letter)
    back = open_stay(cast.nurse, days=20)
    assert find_earlier_letters(back) == (letter,)
    assert find_returns(SITE, at=back.opened_at) == ((letter, back),)
    assert find_returns(SITE, at=back.opened_at + timedelta(days=3)) == ()

    record_return(begin(by=cast.nurse, at=back.opened_at), letter, back)

    assert Return.objects.get().encounter == back
    assert not find_earlier_letters(back)
    assert not find_returns(SITE, at=back.opened_at)
    assert [one.code for one in Raised.objects.all()] == ["D5"]


@pytest.mark.parametrize(("number", "days"), [("4711", 31), ("4712", 20), ("", 20)])
def test_another_patient_or_a_late_return_is_not_linked(
    cast: Cast, letter: Letter, number: str, days: int
) -> None:
    give(cast, letter)
    other = open_stay(cast.nurse, number=number, days=days)

    with pytest.raises(NotTheSamePatient):
        record_return(begin(by=cast.nurse, at=other.opened_at), letter, other)
    assert not find_earlier_letters(other)
