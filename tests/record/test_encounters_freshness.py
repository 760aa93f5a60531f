"""An answer has an age: what is too old is last known, asked again, and no longer advises."""

from datetime import timedelta
from pathlib import Path

import pytest

from bedside.record.encounters.freshness import FILE, Freshness, Span, load_freshness
from bedside.record.encounters.models import Encounter
from bedside.record.encounters.operations import (
    Opening,
    record_answers,
    record_encounter,
    record_move,
)
from bedside.record.encounters.queries import Where, find_known, mark_stale, situation_of
from bedside.rules.vocabulary.catalogue import Value
from bedside.rules.vocabulary.load import load_vocabulary
from bedside.rules.vocabulary.problem import Problems
from record_cast import NIGHT, UNIT, Cast, begin, read_with

WHERE = Where(jurisdiction="us/tx", overlays=(), facts={}, today=NIGHT.date())
HOUR = timedelta(hours=1)


@pytest.fixture(scope="module")
def freshness() -> Freshness:
    return load_freshness(FILE, load_vocabulary())


def test_every_fact_that_can_be_answered_says_how_long_it_holds(freshness: Freshness) -> None:
    wanted = {id_ for id_, fact in load_vocabulary().facts.items() if fact.derived is None}

    assert set(freshness.spans) == wanted
    assert freshness.spans["capacity"] is Span.SHIFT


def test_a_fact_of_no_catalogue_stops_the_start_with_the_place(tmp_path: Path) -> None:
    file = tmp_path / "freshness.yaml"
    file.write_text(FILE.read_text().replace("  - capacity\n", "  - capacitee\n"))

    with pytest.raises(Problems) as found:
        load_freshness(file, load_vocabulary())

    said = str(found.value)
    assert "capacitee" in said
    assert "did you mean `capacity`?" in said
    assert "no list says how long `capacity` holds" in said


def test_a_fact_in_two_lists_stops_the_start(tmp_path: Path) -> None:
    file = tmp_path / "freshness.yaml"
    file.write_text(FILE.read_text() + "  - capacity\n")

    with pytest.raises(Problems, match="two lists"):
        load_freshness(file, load_vocabulary())


def test_an_answer_of_the_last_shift_is_last_known_and_advises_no_more(
    cast: Cast, freshness: Freshness
) -> None:
    stay = _open(cast, legal_restraint="one_limb", agency="ice")

    before = _read(stay, freshness, after=timedelta(hours=11, minutes=59))
    after = _read(stay, freshness, after=timedelta(hours=12))

    assert before == {"agency": "ice", "legal_restraint": "one_limb"}
    assert after == {"agency": "ice"}
    assert {one.fact for one in find_known(read_with(), stay)} == {"agency", "legal_restraint"}


def test_the_patients_wish_does_not_outlive_what_was_going_on(
    cast: Cast, freshness: Freshness
) -> None:
    stay = _open(cast, activity="feeding", patient_wish="wants_private", agency="ice")
    at = NIGHT + timedelta(minutes=20)

    record_answers(begin(by=cast.nurse, at=at), stay, facts={"activity": "exam"})

    assert _read(stay, freshness, after=timedelta(minutes=20)) == {
        "activity": "exam",
        "agency": "ice",
    }
    assert _read(stay, freshness, after=timedelta(minutes=80)) == {"agency": "ice"}


def test_what_was_said_of_the_room_ends_with_the_move(cast: Cast, freshness: Freshness) -> None:
    stay = _open(cast, room_has_window=True, agency="ice")
    act = begin(by=cast.nurse, at=NIGHT + HOUR)
    record_move(act, stay, unit=UNIT, room="500", version=1)
    stay.refresh_from_db()

    assert _read(stay, freshness, after=2 * HOUR) == {"agency": "ice"}


def test_a_stale_answer_given_again_counts_again(cast: Cast, freshness: Freshness) -> None:
    stay = _open(cast, danger="assault")
    act = begin(by=cast.nurse, at=NIGHT + 5 * HOUR)

    record_answers(act, stay, facts={"danger": "none"})

    assert _read(stay, freshness, after=5 * HOUR) == {"danger": "none"}


def _open(cast: Cast, **facts: Value) -> Encounter:
    opening = Opening(unit=UNIT, room="412")
    return record_encounter(begin(by=cast.nurse), opening=opening, facts=facts)


def _read(stay: Encounter, freshness: Freshness, *, after: timedelta) -> dict[str, Value]:
    known = mark_stale(find_known(read_with(), stay), stay, freshness=freshness, at=NIGHT + after)
    return dict(situation_of(known, where=WHERE).facts)
