"""The board passed on, agreements that run out, and a month in numbers that tell of nobody."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import pytest

from bedside.record.accounts.roles import Role
from bedside.record.encounters.models import Encounter
from bedside.record.encounters.operations import Opening, record_encounter
from bedside.record.paging.models import Page
from bedside.record.paging.operations import record_page_answered
from bedside.record.presence.board_export_operations import THRESHOLD, record_month_exported
from bedside.record.presence.board_models import BoardItem
from bedside.record.presence.board_month import (
    NOT_KNOWN,
    NOT_OBSERVED,
    Month,
    Span,
    Words,
    count_month,
    count_refusals,
    count_stays,
)
from bedside.record.presence.board_operations import (
    record_board_handed_over,
    record_board_taken_over,
    record_item_confirmed,
)
from bedside.record.presence.board_queries import find_ran_out
from bedside.record.presence.board_refusals import (
    GivenByYou,
    NotAllConfirmed,
    NothingToExport,
    WouldTell,
)
from bedside.record.presence.ladder import Ladder
from bedside.record.presence.operations import Noted, record_mark
from bedside.record.presence.queries import find_terms
from bedside.record.presence.refusals import EndedBefore
from bedside.record.presence.request_operations import CameOf, Request, record_request
from bedside.record.presence.shift_operations import (
    Agreement,
    record_terms,
    record_terms_ended,
    record_terms_ran_out,
)
from bedside.record.presence.words import Ending, Outcome
from bedside.trust.publication.table import ALL
from record_cast import NIGHT, SITE, UNIT, Cast, begin, hire, read_with, stand

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
SPAN = Span(
    label="2026-11",
    since=datetime(2026, 11, 1, 6, tzinfo=UTC),
    until=datetime(2026, 12, 1, 6, tzinfo=UTC),
)
WORDS = Words(
    levels={"ice": "federal", "cbp": "federal", "county_jail": "local"},
    places=("at_bedside", "at_window"),
)


def open_stay(cast: Cast, room: str = "4", **facts: str) -> Encounter:
    """Open a stay at night."""
    opening = Opening(unit=UNIT, room=room)
    return record_encounter(begin(by=cast.nurse), opening=opening, facts=facts)


def refuse(cast: Cast, stay: Encounter, *, at: datetime = NIGHT) -> None:
    """Let an officer refuse."""
    record_request(
        begin(by=cast.nurse, at=at),
        stay,
        request=Request(preset="private", words="Could you step out?"),
        came=CameOf(outcome=Outcome.REFUSED),
        ladder=Ladder(),
    )


def test_hs_11_the_next_supervisor_confirms_each_open_conflict_and_then_takes_the_board(
    cast: Cast,
) -> None:
    first, second = hire(Role.HOUSE_SUPERVISOR), hire(Role.HOUSE_SUPERVISOR)
    items = [(open_stay(cast, "412"), "refused"), (open_stay(cast, "7"), "check_late")]
    given = record_board_handed_over(begin(by=first), stand(first), items=items)

    with pytest.raises(NotAllConfirmed):
        record_board_taken_over(begin(by=second), given)
    for item in BoardItem.objects.all():
        with pytest.raises(GivenByYou):
            record_item_confirmed(begin(by=first), item)
        record_item_confirmed(begin(by=second), item)
    with pytest.raises(GivenByYou):
        record_board_taken_over(begin(by=first), given)
    taken = record_board_taken_over(begin(by=second), given)

    assert taken.taken_by == second.pk
    with pytest.raises(EndedBefore):
        record_board_taken_over(begin(by=second), given)


def test_a_supervisor_takes_a_board_that_another_had_begun_to_confirm(cast: Cast) -> None:
    first, second, third = (hire(Role.HOUSE_SUPERVISOR) for _ in range(3))
    items = [(open_stay(cast), "refused")]
    given = record_board_handed_over(begin(by=first), stand(first), items=items)
    item = BoardItem.objects.get()
    record_item_confirmed(begin(by=second), item)

    with pytest.raises(NotAllConfirmed):
        record_board_taken_over(begin(by=third), given)
    record_item_confirmed(begin(by=third), item)
    with pytest.raises(EndedBefore):
        record_item_confirmed(begin(by=third), item)
    taken = record_board_taken_over(begin(by=third), given)

    assert taken.taken_by == third.pk
    with pytest.raises(EndedBefore):
        record_item_confirmed(begin(by=second), item)


def test_a_board_handed_over_anew_takes_the_place_of_the_one_nobody_took(cast: Cast) -> None:
    first, second = hire(Role.HOUSE_SUPERVISOR), hire(Role.HOUSE_SUPERVISOR)
    items = [(open_stay(cast), "refused")]
    old = record_board_handed_over(begin(by=first), stand(first), items=items)
    stale = BoardItem.objects.get()
    record_board_handed_over(begin(by=first), stand(first), items=[])

    with pytest.raises(EndedBefore):
        record_board_taken_over(begin(by=second), old)
    with pytest.raises(EndedBefore):
        record_item_confirmed(begin(by=second), stale)


def test_hs_06_an_agreement_whose_time_is_over_ends_and_pages_whoever_agrees_anew(
    cast: Cast,
) -> None:
    stay, until = open_stay(cast), NIGHT + 8 * HOUR
    agreement = Agreement(
        preset="sight_only",
        given="sitter",
        gained="restraint_off",
        agreed_with="the night supervisor",
        cost_centre="4410",
        until=until,
        at_end="guarded",
    )
    terms = record_terms(begin(by=cast.nurse), stay, agreement=agreement)

    assert find_ran_out(SITE, at=until - MINUTE) == ()
    (over,) = find_ran_out(SITE, at=until)
    record_terms_ran_out(begin(at=until), over, roles=("charge_nurse", "house_supervisor"))

    terms.refresh_from_db()
    assert (terms.gained, terms.ended_at, terms.ended_why) == (
        "restraint_off",
        until,
        Ending.RAN_OUT,
    )
    assert find_terms(stay) is None
    assert {(one.to_role, one.reason) for one in Page.objects.all()} == {
        ("charge_nurse", "terms-over"),
        ("house_supervisor", "terms-over"),
    }
    assert find_ran_out(SITE, at=until) == ()
    with pytest.raises(EndedBefore):
        record_terms_ran_out(begin(at=until), over, roles=())


def test_an_agreement_that_somebody_ended_or_replaced_does_not_run_out(cast: Cast) -> None:
    stay = open_stay(cast)
    agreement = Agreement(preset="private", until=NIGHT + HOUR, at_end="guarded")
    first = record_terms(begin(by=cast.nurse), stay, agreement=agreement)
    second = record_terms(begin(by=cast.nurse), stay, agreement=agreement)
    record_terms_ended(begin(by=cast.nurse), second)

    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.ended_why, second.ended_why) == (Ending.REPLACED, Ending.PRESSED)
    assert find_ran_out(SITE, at=NIGHT + 2 * HOUR) == ()


def count(*, span: Span = SPAN) -> Month:
    """Count the month."""
    return count_month(read_with(), span, WORDS)


def read_hours(month: Month) -> Mapping[tuple[str, str], float]:
    """Read the hours that were counted."""
    return {cell: round(time / HOUR, 2) for cell, time in month.time.items()}


def test_hs_12_a_note_holds_until_the_next_and_not_for_ever(cast: Cast) -> None:
    stay = open_stay(cast, agency="ice")
    notes = (("at_bedside", 10), ("at_window", 40), ("at_bedside", 240))
    for place, minutes in notes:
        at = NIGHT + minutes * MINUTE
        noted = Noted(position=place, facts={})
        record_mark(begin(by=cast.nurse, at=at), stay, noted=noted)

    span = Span(label="2026-11", since=NIGHT, until=NIGHT + 5 * HOUR)

    # 10 minutes nobody looked; 30 at the bed; 50 at the window, 150 more nobody looked; 50; 10.
    assert read_hours(count(span=span)) == {
        ("federal", "at_bedside"): 1.33,
        ("federal", "at_window"): 0.83,
        ("federal", NOT_OBSERVED): 2.83,
    }


def test_hs_12_only_the_span_is_counted_and_an_unknown_agency_is_not_known(cast: Cast) -> None:
    open_stay(cast)

    after = Span(label="2026-12", since=NIGHT + HOUR, until=NIGHT + 3 * HOUR)
    before = Span(label="2026-10", since=NIGHT - 3 * HOUR, until=NIGHT - HOUR)

    assert read_hours(count(span=after)) == {(NOT_KNOWN, NOT_OBSERVED): 2.0}
    assert count(span=before).stays == {}


def test_hs_12_minutes_to_answer_are_counted_for_each_refusal(cast: Cast) -> None:
    stay = open_stay(cast, agency="county_jail")
    refuse(cast, stay)
    charge = hire(Role.CHARGE_NURSE, unit=UNIT)
    at = NIGHT + 7 * MINUTE
    record_page_answered(begin(by=charge, at=at), stand(charge, at=at), Page.objects.get().pk)
    refuse(cast, stay, at=NIGHT + HOUR)

    month = count()

    assert (month.refusals, month.minutes) == ({"local": 2}, {"local": [7.0]})


def export(month: Month) -> None:
    """Export a month."""
    tables = [count_stays(month, SPAN, WORDS), count_refusals(month, SPAN, WORDS)]
    record_month_exported(begin(), label=SPAN.label, tables=tables, on=NIGHT.date())


def test_hs_12_small_numbers_and_their_company_are_hidden() -> None:
    month = Month()
    for cell, stays in {
        ("federal", "at_window"): 40,
        ("federal", "at_bedside"): 3,
        ("local", "at_window"): 25,
        ("local", "at_bedside"): 30,
    }.items():
        month.stays[cell] = stays

    from bedside.trust.publication.publish import draft

    counts, plan = count_stays(month, SPAN, WORDS)
    cells = draft(counts, plan, threshold=THRESHOLD, on=NIGHT.date()).cells

    assert cells["federal", "at_bedside"] is None
    assert cells["federal", "at_window"] is None  # else it would be worked out from the sum
    assert cells[ALL, ALL] == 98


def test_hs_12_a_month_of_small_numbers_is_not_exported(cast: Cast) -> None:
    open_stay(cast, agency="ice")

    with pytest.raises(NothingToExport):
        export(count())


def test_hs_12_a_month_that_changed_by_a_few_is_not_exported_again(cast: Cast) -> None:
    del cast
    month = Month()
    month.stays["federal", "at_window"] = 40
    month.refusals["federal"] = 15
    export(month)
    export(month)

    month.refusals["federal"] = 17
    with pytest.raises(WouldTell):
        export(month)
