"""What a patient answers and who could hear it, interpreters, copies: as rows and events."""

from datetime import timedelta

import pytest
from clear_cast import find_in_clear

from bedside.record.encounters.models import Encounter
from bedside.record.encounters.operations import (
    Closed,
    Opening,
    record_closing,
    record_encounter,
)
from bedside.record.journal.operations import DoneBefore
from bedside.record.journal.queries import find_events, has_its_leaf
from bedside.record.presence.models import Reply
from bedside.record.presence.patient_operations import (
    AGAIN,
    MOST_WORDS,
    Said,
    record_copy_asked,
    record_copy_given,
    record_exact_words,
    record_interpreter_asked,
    record_interpreter_moved,
    record_officer_asked,
    record_reply,
    record_rights_told,
)
from bedside.record.presence.patient_queries import (
    find_asking_again,
    find_interpreter,
    find_replies,
)
from bedside.record.presence.patient_refusals import CopyGiven, WordsWritten
from bedside.record.presence.patient_words import Card, Coming, Hearing, Way
from bedside.record.presence.refusals import WordsTooLong
from record_cast import NIGHT, UNIT, Cast, begin, read_with

CANARY = "kanarienvogel"


@pytest.fixture
def stay(cast: Cast) -> Encounter:
    opening = Opening(unit=UNIT, room="412")
    return record_encounter(begin(by=cast.nurse), opening=opening, facts={"in_custody": True})


def reply(
    cast: Cast, stay: Encounter, hearing: Hearing, *, answer: str = "private", minutes: int = 0
) -> Reply:
    """Keep an answer to the wish, some minutes later."""
    said = Said(
        question="wish", answer=answer, how=Way.CARD, hearing=hearing, language="es", facts={}
    )
    act = begin(by=cast.nurse, at=NIGHT + timedelta(minutes=minutes))
    return record_reply(act, stay, said=said)


@pytest.mark.parametrize("hearing", [Hearing.YES, Hearing.UNKNOWN])
def test_pf_03_an_answer_that_may_have_been_heard_is_due_again_and_one_in_private_settles_it(
    cast: Cast, stay: Encounter, hearing: Hearing
) -> None:
    reply(cast, stay, hearing)
    assert find_asking_again([stay]) == {stay.pk: NIGHT + AGAIN}

    reply(cast, stay, hearing, minutes=20)
    assert find_asking_again([stay]) == {stay.pk: NIGHT + timedelta(minutes=20) + AGAIN}

    reply(cast, stay, Hearing.NO, minutes=40)
    assert find_asking_again([stay]) == {}
    assert [one.is_open for one in find_replies(read_with(), stay)] == [False] * 3


def test_pf_03_each_answer_is_an_event_with_its_leaf_and_none_is_changed(
    cast: Cast, stay: Encounter
) -> None:
    reply(cast, stay, Hearing.YES, answer="may_stay")
    reply(cast, stay, Hearing.NO, answer="private", minutes=40)

    told = find_events(read_with(), record=stay.about)
    said = [
        one.content["answer"] for one in told if one.kind.name == "patient.replied" and one.content
    ]
    assert said == ["private", "may_stay"]
    events = read_with().events.filter(kind="patient.replied")
    assert all(has_its_leaf(read_with(), one) for one in events)


def test_an_answer_sent_twice_is_one(cast: Cast, stay: Encounter) -> None:
    act = begin(by=cast.nurse)
    said = Said(
        question="wish", answer="later", how=Way.CARD, hearing=Hearing.NO, language="", facts={}
    )
    record_reply(act, stay, said=said)

    with pytest.raises(DoneBefore):
        record_reply(act, stay, said=said)

    assert Reply.objects.count() == 1


def test_pf_08_a_newer_request_for_an_interpreter_ends_the_older_one(
    cast: Cast, stay: Encounter
) -> None:
    first = record_interpreter_asked(begin(by=cast.nurse), stay, language="mam", spoken="")
    record_interpreter_asked(begin(by=cast.nurse), stay, language="kiche", spoken="")

    first.refresh_from_db()
    seen = find_interpreter(read_with(), stay)
    assert first.state == Coming.ENDED
    assert seen is not None
    assert (seen.language, seen.state) == ("kiche", Coming.ASKED)


def test_a_closed_stay_takes_no_answer_but_its_copy_is_still_given(
    cast: Cast, stay: Encounter
) -> None:
    record_closing(begin(by=cast.nurse), stay, why="discharged", version=1)

    with pytest.raises(Closed):
        reply(cast, stay, Hearing.NO)
    asked = record_copy_asked(begin(by=cast.nurse), stay)
    record_copy_given(begin(by=cast.nurse), asked)

    with pytest.raises(CopyGiven):
        record_copy_given(begin(by=cast.nurse), asked)


def test_rn_08_exact_words_are_bounded_and_written_once(cast: Cast, stay: Encounter) -> None:
    act = begin(by=cast.nurse)
    asked = record_officer_asked(act, stay, what="discharge_time", given="I can't answer that.")

    with pytest.raises(WordsTooLong):
        record_exact_words(begin(by=cast.nurse), asked, words="x" * (MOST_WORDS + 1))
    record_exact_words(begin(by=cast.nurse), asked, words="When does he go?")

    with pytest.raises(WordsWritten):
        record_exact_words(begin(by=cast.nurse), asked, words="Something else")


def test_no_answer_language_or_word_of_an_officer_stands_in_the_clear(
    cast: Cast, stay: Encounter
) -> None:
    reply(cast, stay, Hearing.NO, answer=CANARY)
    asked = record_interpreter_asked(begin(by=cast.nurse), stay, language=CANARY, spoken="")
    record_interpreter_moved(begin(by=cast.nurse), asked, state=Coming.HERE)
    given = record_officer_asked(begin(by=cast.nurse), stay, what="letter", given=CANARY)
    record_exact_words(begin(by=cast.nurse), given, words=CANARY)
    record_officer_asked(begin(by=cast.nurse), stay, what="letter", given="no", words=CANARY)
    record_rights_told(begin(by=cast.nurse), stay, card=Card.ADULT, how=Way.SPOKEN)

    assert find_in_clear(CANARY) == []
