"""While counsel holds a record nothing of it is deleted; lifted, its keys can go for good."""

from dataclasses import replace
from datetime import timedelta

import pytest
from consults_cast import open_stay
from hypothesis import given
from hypothesis import strategies as st

from bedside.record.accounts.access import NotYours
from bedside.record.accounts.roles import Role
from bedside.record.encounters.case_queries import find_patient
from bedside.record.encounters.models import Encounter
from bedside.record.encounters.operations import find_lookup, record_closing
from bedside.record.holds.access import access_hold
from bedside.record.holds.models import Hold
from bedside.record.holds.operations import (
    LiftedAlready,
    NothingToHold,
    Scope,
    record_hold_lifted,
    record_hold_set,
)
from bedside.record.holds.queries import (
    HeldForMatter,
    Span,
    find_holds,
    find_holds_on,
    read_matter,
    refuse_if_held,
)
from bedside.record.incidents.evaluation_operations import record_evaluation
from bedside.record.incidents.evaluation_queries import read_evaluation
from bedside.record.incidents.evaluations import Evaluated
from bedside.record.journal.queries import find_events, find_events_about
from bedside.record.legal.deletion_operations import StillOpen, record_stay_deleted
from bedside.record.letters.models import Letter
from bedside.record.vault.keys import VaultKeys
from bedside.record.vault.models import Wrap
from bedside.record.vault.sealed import make_strongroom
from bedside.trust.sealing.binding import Record
from bedside.trust.sealing.tombstone import Reason
from record_cast import NIGHT, OTHER_SITE, SITE, Cast, begin, find_master, hire, read_with, stand

HOUR = timedelta(hours=1)
MATTER = "a claim about the night of the 24th"


def close(stay: Encounter, cast: Cast) -> Encounter:
    """Close a stay an hour later."""
    act = replace(begin(by=cast.nurse), at=NIGHT + HOUR)
    record_closing(act, stay, why="discharged", version=stay.version)
    stay.refresh_from_db()
    return stay


def add_letter(stay: Encounter) -> Letter:
    """Add a letter with keys of its own to a stay."""
    act = begin()
    letter = Letter.objects.create(
        id=act.draw_id(), site_id=SITE, encounter=stay, code="AAA-222", started_at=NIGHT
    )
    key = find_master().care_key(SITE)
    make_strongroom(SITE, letter.about, key=key, random=act.random)
    return letter


def hold(**scope: object) -> Hold:
    """Set a hold."""
    by = hire(Role.COUNSEL)
    return record_hold_set(begin(by=by), matter=MATTER, scope=Scope(**scope))  # type: ignore[arg-type]  # any field


def test_lc_06_nothing_in_scope_is_deleted_while_a_hold_stands(cast: Cast) -> None:
    stay = close(open_stay(cast.nurse), cast)
    held = hold(records=[stay.about])

    with pytest.raises(HeldForMatter) as refused:
        record_stay_deleted(begin(), stay, reason=Reason.RETENTION)

    assert "2026-11-24" in refused.value.say("en")
    assert find_patient(read_with(), stay) == "bed by the window"
    record_hold_lifted(begin(by=hire(Role.COUNSEL)), held)
    record_stay_deleted(begin(), stay, reason=Reason.RETENTION)
    assert find_patient(read_with(), stay) == ""


def test_an_evaluation_of_ill_treatment_goes_with_its_stay(cast: Cast) -> None:
    stay = open_stay(cast.nurse)
    evaluated = Evaluated(texts={"told": "He pulled the chain."})
    row = record_evaluation(begin(by=cast.physician), stay, evaluated=evaluated)
    close(stay, cast)

    record_stay_deleted(begin(), stay, reason=Reason.REQUESTED)

    assert read_evaluation(read_with(), row) is None


def test_lc_06_a_hold_on_a_letter_keeps_its_whole_stay(cast: Cast) -> None:
    stay = close(open_stay(cast.nurse), cast)
    letter = add_letter(stay)
    hold(records=[letter.about])

    with pytest.raises(HeldForMatter):
        record_stay_deleted(begin(), stay, reason=Reason.REQUESTED)

    assert VaultKeys().find_wraps(Record(site=SITE, name=stay.about))


def test_lc_06_a_hold_on_a_time_holds_what_went_on_then_and_nothing_else(cast: Cast) -> None:
    stay = close(open_stay(cast.nurse), cast)  # from NIGHT to an hour later
    earlier = hold(from_at=NIGHT - HOUR, until_at=NIGHT)
    span = Span(began_at=stay.opened_at, ended_at=stay.closed_at)

    assert find_holds_on(SITE, stay.about, span=span) == ()
    assert find_holds_on(SITE, stay.about) == (earlier,)  # nobody says when: it could be
    hold(from_at=NIGHT + HOUR - timedelta(seconds=1), until_at=NIGHT + HOUR)
    with pytest.raises(HeldForMatter):
        record_stay_deleted(begin(), stay, reason=Reason.RETENTION)


@given(
    held=st.tuples(st.integers(0, 20), st.integers(1, 9)),
    own=st.tuples(st.integers(0, 20), st.integers(1, 9) | st.none()),
)
def test_a_time_is_held_exactly_when_the_two_overlap(
    held: tuple[int, int], own: tuple[int, int | None]
) -> None:
    start, end = held[0], held[0] + held[1]
    began, ended = own[0], None if own[1] is None else own[0] + own[1]
    row = Hold(from_at=NIGHT + start * HOUR, until_at=NIGHT + end * HOUR)
    span = Span(
        began_at=NIGHT + began * HOUR, ended_at=None if ended is None else NIGHT + ended * HOUR
    )

    wanted = any(began <= at and (ended is None or at < ended) for at in range(start, end))

    assert span.overlaps(row.from_at, row.until_at) is wanted


def test_lc_06_setting_and_lifting_are_events_that_do_not_repeat_what_the_matter_is(
    cast: Cast,
) -> None:
    stay, counsel = open_stay(cast.nurse), hire(Role.COUNSEL)
    held = record_hold_set(begin(by=counsel), matter=MATTER, scope=Scope(records=[stay.about]))
    record_hold_lifted(begin(by=counsel), held)

    lifted, set_ = find_events_about(read_with(), held.about)
    assert [lifted.kind.name, set_.kind.name] == ["hold.lifted", "hold.set"]
    assert set_.content == {"from": None, "records": [stay.about], "until": None}
    assert read_matter(read_with(), held) == MATTER
    with pytest.raises(LiftedAlready):
        record_hold_lifted(begin(by=counsel), held)


def test_a_hold_that_names_nothing_or_ends_before_it_begins_is_not_set(cast: Cast) -> None:
    del cast
    counsel = hire(Role.COUNSEL)
    for scope in (
        Scope(),
        Scope(from_at=NIGHT),
        Scope(from_at=NIGHT, until_at=NIGHT),
        Scope(records=[f"visit/{n}" for n in range(101)]),
    ):
        with pytest.raises(NothingToHold):
            record_hold_set(begin(by=counsel), matter=MATTER, scope=scope)
    with pytest.raises(NothingToHold):
        record_hold_set(begin(by=counsel), matter="", scope=Scope(records=["visit/1"]))


def test_no_role_but_counsel_reaches_a_hold_and_no_hold_reaches_another_hospital(
    cast: Cast,
) -> None:
    del cast
    held = hold(records=["encounter/1"])
    for role in set(Role) - {Role.COUNSEL}:
        with pytest.raises(NotYours):
            access_hold(stand(hire(role)), held.pk)

    assert access_hold(stand(hire(Role.COUNSEL)), held.pk) == held
    assert find_holds(stand(hire(Role.COUNSEL))) == (held,)
    assert find_holds_on(OTHER_SITE, "encounter/1") == ()


def test_deleting_a_stay_takes_its_letters_with_it_and_leaves_a_tombstone(cast: Cast) -> None:
    stay = open_stay(cast.nurse, number="MRN 1234")
    letter = add_letter(stay)
    with pytest.raises(StillOpen):
        record_stay_deleted(begin(), stay, reason=Reason.ENTERED_IN_ERROR)

    record_stay_deleted(begin(), close(stay, cast), reason=Reason.ENTERED_IN_ERROR)

    names = [stay.about, letter.about]
    assert not Wrap.objects.filter(record__in=names).exists()
    for name in names:
        stone = VaultKeys().find_tombstone(Record(site=SITE, name=name))
        assert stone is not None
        assert stone.reason is Reason.ENTERED_IN_ERROR
    stay.refresh_from_db()
    assert (stay.lookup, bytes(stay.patient), stay.room) == (None, b"", "")
    assert find_lookup(begin(), "MRN 1234") is not None
    told = find_events_about(read_with(), stay.about)[0]
    assert told.kind.name == "record.deleted"
    assert told.content is not None
    assert told.content["records"] == names
    assert all(one.content is None for one in find_events(read_with(), record=stay.about))


def test_a_deletion_that_asks_about_a_record_of_nobody_is_let_through(cast: Cast) -> None:
    del cast
    refuse_if_held(SITE, "visit/none")
