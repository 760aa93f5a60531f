"""Visits at the door: recorded, called for, refused, entered, corrected, closed."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bedside.record.accounts.access import NotThere, NotYours
from bedside.record.accounts.models import Person
from bedside.record.accounts.roles import May, Role
from bedside.record.journal.models import Event
from bedside.record.journal.operations import DoneBefore
from bedside.record.journal.queries import has_its_leaf
from bedside.record.paging.queries import find_open_pages, find_pages_about
from bedside.record.visits.access import access_visit
from bedside.record.visits.known import Known
from bedside.record.visits.models import Moment, Visit
from bedside.record.visits.operations import (
    Happens,
    NothingToCorrect,
    VisitChanged,
    VisitClosed,
    record_closing,
    record_correction,
    record_exported,
    record_known,
    record_moment,
    record_viewed,
    record_visit,
)
from bedside.record.visits.queries import (
    find_calls,
    find_happened,
    find_known,
    find_timeline,
    find_visits,
)
from bedside.record.visits.sample import add_sample_visits
from record_cast import NIGHT, OTHER_SITE, Cast, begin, hire, open_hospital, read_with, stand

ASKED = Known(asks="enter", paper="agency", agency="ice", purpose="immigration_enforcement")
CALLED = ("administrator_on_duty",)


@pytest.fixture
def desk(cast: Cast) -> Person:
    """Hire somebody at the front desk."""
    del cast
    return hire(Role.FRONT_DESK)


def come(desk: Person, known: Known = ASKED, *, call: tuple[str, ...] = CALLED) -> Visit:
    return record_visit(
        begin(by=desk), known=known, came_at=NIGHT - timedelta(seconds=20), call=call
    )


def known_of(visit: Visit) -> Known:
    visit.refresh_from_db()
    known = find_known(read_with(), visit)
    assert known is not None
    return known


def test_a_visit_is_recorded_and_the_named_contact_paged_in_one_act(desk: Person) -> None:
    visit = come(desk)

    (event,) = Event.objects.filter(about=visit.about)
    (page,) = find_pages_about(stand(desk), visit.about)
    assert (event.kind, event.record) == ("visit.opened", visit.about)
    assert has_its_leaf(read_with(), event)
    assert (page.to_role, page.sent_at) == ("administrator_on_duty", NIGHT)
    assert (page.sent_at - visit.came_at).total_seconds() == 20
    assert find_known(read_with(), visit) == ASKED


def test_the_administrator_finds_the_page_that_waits_for_them(desk: Person) -> None:
    administrator = hire(Role.ADMINISTRATOR_ON_DUTY)

    visit = come(desk)

    assert [p.about for p in find_open_pages(stand(administrator))] == [visit.about]
    assert not find_open_pages(stand(desk))


def test_the_same_form_sent_twice_records_one_visit(desk: Person) -> None:
    act = begin(by=desk)
    record_visit(act, known=ASKED, came_at=NIGHT, call=CALLED)

    with pytest.raises(DoneBefore):
        record_visit(act, known=ASKED, came_at=NIGHT, call=CALLED)

    assert Visit.objects.count() == 1
    assert len(find_pages_about(stand(desk), Visit.objects.get().about)) == 1


def test_what_is_added_keeps_what_stood_before_in_the_journal(desk: Person) -> None:
    visit = come(desk)

    record_known(begin(by=desk), visit, known=replace(ASKED, count=3, asks="arrest"), version=1)

    opened, changed = find_timeline(read_with(), visit)
    assert opened.content is not None
    assert opened.content["known"]["asks"] == "enter"
    assert changed.content is not None
    assert changed.content["known"] == {"asks": "arrest", "count": 3}


def test_a_form_of_an_older_state_changes_nothing(desk: Person) -> None:
    visit = come(desk)
    record_known(begin(by=desk), visit, known=replace(ASKED, count=3), version=1)

    with pytest.raises(VisitChanged):
        record_known(begin(by=desk), visit, known=replace(ASKED, count=9), version=1)

    assert known_of(visit).count == 3


@pytest.mark.parametrize(("what", "identity"), [("name_refused", "refused"), ("masked", "masked")])
def test_a_refusal_is_an_outcome_and_fills_what_the_rulebook_asks(
    desk: Person, what: str, identity: str
) -> None:
    visit = come(desk)

    record_moment(begin(by=desk), visit, moment=Happens(what=what, happened_at=NIGHT))

    assert find_timeline(read_with(), visit)[-1].kind.name == "visit.refused"
    assert known_of(visit).identity == identity


def test_an_entry_without_consent_pages_administrator_and_counsel(desk: Person) -> None:
    visit = come(desk, call=())
    both = ("administrator_on_duty", "counsel")

    record_moment(
        begin(by=desk), visit, moment=Happens(what="entered", happened_at=NIGHT), call=both
    )

    visit.refresh_from_db()
    pages = find_pages_about(stand(desk), visit.about)
    assert visit.outcome == "entered"
    assert {page.to_role for page in pages} == set(both)
    assert {page.reason for page in pages} == {"visit_entered"}
    assert find_timeline(read_with(), visit)[-1].kind.name == "visit.entered"


def test_calls_by_page_and_by_telephone_stand_in_one_row_of_times(desk: Person) -> None:
    visit = come(desk)
    later = NIGHT + timedelta(seconds=40)
    phoned = Happens(what="phoned_answered", happened_at=later, role="counsel")

    record_moment(begin(by=desk, at=later), visit, moment=phoned)

    pages = find_pages_about(stand(desk), visit.about)
    paged, called = find_calls(pages, find_happened(read_with(), visit))
    assert (paged.role, paged.is_page, paged.answered_at) == (CALLED[0], True, None)
    assert (called.role, called.is_page, called.answered_at) == ("counsel", False, later)


def test_a_closed_visit_takes_corrections_and_nothing_else(desk: Person) -> None:
    visit = come(desk)
    record_closing(begin(by=desk), visit)

    record_correction(begin(by=desk), visit, text="Four officers, not three.")
    with pytest.raises(VisitClosed):
        record_moment(begin(by=desk), visit, moment=Happens(what="left", happened_at=NIGHT))
    with pytest.raises(VisitClosed):
        record_known(begin(by=desk), visit, known=ASKED, version=2)

    told = find_timeline(read_with(), visit)[-1]
    assert told.content == {"correction": "Four officers, not three."}
    assert not Moment.objects.exists()


def test_a_correction_that_says_nothing_is_refused(desk: Person) -> None:
    visit = come(desk)

    with pytest.raises(NothingToCorrect):
        record_correction(begin(by=desk), visit, text="  \n ")


def test_reading_and_exporting_are_events_of_the_visit(desk: Person) -> None:
    visit = come(desk)
    counsel = hire(Role.COUNSEL)

    record_viewed(begin(by=counsel), visit)
    record_exported(begin(by=counsel), visit, missing=["door"])

    kinds = [told.kind.name for told in find_timeline(read_with(), visit)]
    assert kinds == ["visit.opened", "visit.viewed", "visit.exported"]


def test_open_visits_come_first_and_only_those_of_the_hospital(desk: Person) -> None:
    open_hospital(OTHER_SITE)
    closed, open_ = come(desk), come(desk)
    record_closing(begin(by=desk), closed)
    record_visit(begin(OTHER_SITE), known=ASKED, came_at=NIGHT)

    assert [v.pk for v in find_visits(stand(desk))] == [open_.pk, closed.pk]


def test_another_hospitals_visit_is_not_there_and_a_role_without_visits_reads_none(
    desk: Person,
) -> None:
    open_hospital(OTHER_SITE)
    elsewhere = record_visit(begin(OTHER_SITE), known=ASKED, came_at=NIGHT)
    visit = come(desk)

    with pytest.raises(NotThere):
        access_visit(stand(desk), elsewhere.pk, to=May.READ_VISITS)
    with pytest.raises(NotYours):
        access_visit(stand(hire(Role.RULEBOOK_OWNER)), visit.pk, to=May.READ_VISITS)
    with pytest.raises(NotYours):
        access_visit(stand(hire(Role.COUNSEL)), visit.pk, to=May.WRITE_VISITS)


def test_the_sample_hospital_gets_two_invented_visits_once(cast: Cast) -> None:
    del cast

    add_sample_visits(begin)
    add_sample_visits(begin)

    assert [v.outcome for v in Visit.objects.order_by("closed_at")] in (["", "left"], ["left", ""])
    assert Visit.objects.filter(closed_at=None).count() == 1
