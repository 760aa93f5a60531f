"""Notes for counsel: a lane of their own, and nobody else learns that there are any."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from consults_cast import act_for_counsel, open_stay, read_as_counsel
from django.db import connection

from bedside.record.accounts.access import NotYours
from bedside.record.accounts.roles import Role
from bedside.record.journal.models import Event, LegalEvent, SafetyEvent
from bedside.record.journal.operations import WrongLane
from bedside.record.journal.queries import find_events, find_events_about, has_its_leaf
from bedside.record.legal.models import Note
from bedside.record.legal.operations import (
    MOST_WORDS,
    NothingNoted,
    record_note,
    record_notes_exported,
    record_notes_viewed,
)
from bedside.record.legal.queries import find_notes, write_notes
from record_cast import OTHER_SITE, Cast, begin, hire, open_hospital, read_with, stand

CANARY = "canary: we should settle"


def test_a_note_joins_the_lane_of_counsel_and_no_other(cast: Cast) -> None:
    counsel, stay = hire(Role.COUNSEL), open_stay(cast.nurse)
    before = (Event.objects.count(), SafetyEvent.objects.count())

    note = record_note(act_for_counsel(counsel), text=CANARY, about_what=stay.about)

    assert (Event.objects.count(), SafetyEvent.objects.count()) == before
    assert has_its_leaf(read_as_counsel(), LegalEvent.objects.get())
    (read,) = find_notes(read_as_counsel(), stand(counsel))
    assert (read.text, read.about_what) == (CANARY, stay.about)
    assert read_with().open(note.about) is None  # the key of care opens nothing of it


def test_lc_05_no_role_but_counsel_learns_whether_there_is_a_note(cast: Cast) -> None:
    del cast
    counsel = hire(Role.COUNSEL)
    others = [stand(hire(role)) for role in sorted(set(Role) - {Role.COUNSEL})]

    def ask() -> list[str]:
        said = []
        for one in others:
            with pytest.raises(NotYours) as refused:
                find_notes(read_as_counsel(), one)
            said.append(refused.value.say("en"))
        return said

    without = ask()
    record_note(act_for_counsel(counsel), text=CANARY)

    assert ask() == without
    assert find_events_about(read_with(), f"note/{Note.objects.get().pk}") == ()


def test_what_a_note_says_and_is_about_is_in_no_table_in_the_clear(cast: Cast) -> None:
    counsel, stay = hire(Role.COUNSEL), open_stay(cast.nurse)
    note = record_note(act_for_counsel(counsel), text=CANARY, about_what=stay.about)

    with connection.cursor() as cursor:
        cursor.execute("SELECT about_what, text FROM legal_note")
        row = b"".join(bytes(one) for one in cursor.fetchone())
    event = LegalEvent.objects.get()

    for kept in (row, bytes(event.content), event.about.encode()):
        assert b"canary" not in kept
        assert str(stay.pk).encode() not in kept
    assert event.record == note.about


def test_reading_and_taking_out_are_events_of_the_same_lane(cast: Cast) -> None:
    del cast
    counsel = hire(Role.COUNSEL)
    for number in range(3):
        act = act_for_counsel(counsel)
        later = replace(act, at=act.at + timedelta(minutes=number))
        record_note(later, text=f"note {number}")
    notes = find_notes(read_as_counsel(), stand(counsel))

    record_notes_viewed(act_for_counsel(counsel), count=len(notes))
    record_notes_exported(act_for_counsel(counsel), count=len(notes))

    file = json.loads(write_notes(notes))
    assert [one["text"] for one in file] == ["note 0", "note 1", "note 2"]
    assert {one["lane"] for one in file} == {"legal"}
    told = find_events(read_as_counsel(), record="lane/legal")
    assert [one.kind.name for one in told] == ["legal.exported", "legal.viewed"]


def test_a_note_in_another_lane_or_of_another_hospital_is_not_kept_or_shown(cast: Cast) -> None:
    del cast
    counsel = hire(Role.COUNSEL)
    with pytest.raises(WrongLane):
        record_note(begin(by=counsel), text="a note")
    assert not Note.objects.exists()
    record_note(act_for_counsel(counsel), text="a note")
    open_hospital(OTHER_SITE)

    assert find_notes(read_as_counsel(), stand(hire(Role.COUNSEL, OTHER_SITE), OTHER_SITE)) == ()


@pytest.mark.parametrize("text", ["", "x" * (MOST_WORDS + 1)])
def test_a_note_without_words_or_without_end_is_refused(cast: Cast, text: str) -> None:
    del cast
    with pytest.raises(NothingNoted):
        record_note(act_for_counsel(hire(Role.COUNSEL)), text=text)
