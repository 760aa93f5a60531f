"""The PIN with which somebody goes on after a pause."""

import pytest

from bedside.record.accounts.models import Person
from bedside.record.accounts.sign_in_operations import (
    MOST_MISSES,
    NotAPin,
    PinMissed,
    is_pin,
    record_pin_missed,
    record_pin_set,
    record_resumed,
    record_signed_in,
)
from bedside.record.journal.queries import find_events_by
from record_cast import Cast, begin, read_with

SET_PIN = "27182"


@pytest.fixture
def nurse(cast: Cast) -> Person:
    record_pin_set(begin(by=cast.nurse), cast.nurse, pin=SET_PIN)
    return cast.nurse


def test_a_pin_is_kept_as_a_salted_hash_that_costs_memory(nurse: Person) -> None:
    assert nurse.pin.startswith("argon2$argon2id$")
    assert SET_PIN not in nurse.pin
    assert is_pin(nurse, SET_PIN)
    assert not is_pin(nurse, "27183")


@pytest.mark.parametrize(
    "pin",
    [
        "",
        "123",
        "123456789",
        "12a4",
        "\uff11\uff12\uff13\uff14",
        "1111",
        "1234",
        "4321",
        "7890",
        "0987",
    ],
)
def test_a_pin_that_is_none_or_everybodys_is_refused(nurse: Person, pin: str) -> None:
    with pytest.raises(NotAPin):
        record_pin_set(begin(by=nurse), nurse, pin=pin)

    assert is_pin(Person.objects.get(pk=nurse.pk), SET_PIN)


def test_nobody_without_a_pin_goes_on_with_an_empty_one(cast: Cast) -> None:
    assert not is_pin(cast.physician, "")


def test_after_five_misses_the_right_pin_opens_nothing(nurse: Person) -> None:
    left = [record_pin_missed(begin(by=nurse), nurse.pk) for _ in range(MOST_MISSES)]

    assert left == [4, 3, 2, 1, 0]
    with pytest.raises(PinMissed):
        record_resumed(begin(by=nurse), nurse.pk)


def test_misses_begin_anew_after_going_on_or_signing_in(nurse: Person) -> None:
    record_pin_missed(begin(by=nurse), nurse.pk)
    record_resumed(begin(by=nurse), nurse.pk)
    assert record_pin_missed(begin(by=nurse), nurse.pk) == MOST_MISSES - 1

    record_signed_in(begin(by=nurse), nurse.pk, how="password", device="shared")

    assert record_pin_missed(begin(by=nurse), nurse.pk) == MOST_MISSES - 1


def test_no_event_tells_a_pin(nurse: Person) -> None:
    record_pin_missed(begin(by=nurse), nurse.pk)

    told = str([event.content for event in find_events_by(read_with(), nurse.pk)])
    assert "misses" in told
    assert SET_PIN not in told
