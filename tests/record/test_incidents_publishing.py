"""What is published hides small numbers; a row is judged by its own day; all are treated alike."""

from collections import Counter
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest

from bedside.record.encounters.freshness import FILE, load_freshness
from bedside.record.encounters.operations import Opening, record_encounter
from bedside.record.encounters.queries import Where
from bedside.record.incidents.judging import Ground, judge_row
from bedside.record.incidents.publishing import (
    ASKED,
    House,
    count_arrivals,
    count_asked,
    count_changed,
    count_reviewed,
    find_months,
    find_published,
    plan,
    read_cells,
)
from bedside.record.incidents.publishing_operations import (
    NotPublished,
    PublishedBefore,
    Wanted,
    record_published,
)
from bedside.record.incidents.treatment import (
    PROTECTING,
    Group,
    count_types,
    find_group,
    find_permitting,
    find_protecting,
    find_safety_types,
    measure_treatment,
)
from bedside.record.presence.operations import Noted, record_mark
from bedside.record.presence.words import Outcome
from bedside.rules.rulebook.norm import Rank
from bedside.rules.tables.compiled import Compiled, load_compiled
from incidents_cast import ask, note, open_stay, read_safely, report, take
from record_cast import NIGHT, SITE, UNIT, Cast, begin, read_with

ZONE = ZoneInfo("America/Chicago")
LATER = NIGHT + timedelta(days=20)
MONTH = ("2026-11",)


@pytest.fixture(scope="module")
def compiled() -> Compiled:
    """The rulebook that ships."""
    return load_compiled()


@pytest.fixture
def house(compiled: Compiled) -> House:
    return House(zone=ZONE, vocabulary=compiled.vocabulary)


@pytest.fixture
def ground(compiled: Compiled) -> Ground:
    return Ground(
        compiled=compiled,
        where=Where(
            jurisdiction="us/tx",
            overlays=("hospital/sample",),
            facts={"facility_kind": "hospital", "in_custody": True},
            today=date(2026, 12, 24),
        ),
        freshness=load_freshness(FILE, compiled.vocabulary),
        zone=ZONE,
    )


def test_one_row_is_judged_by_the_norms_of_its_day_with_each_norm_cited(
    cast: Cast, ground: Ground
) -> None:
    stay = open_stay(cast.nurse)
    mark = note(stay, cast.nurse, position="at_bedside")

    judged = judge_row(read_with(), stay, mark, ground=ground)

    assert judged is not None
    assert judged.on == date(2026, 11, 24)
    by_name = {part.dimension: part for part in judged.parts}
    assert by_name["position"].stands == "at_bedside"
    assert by_name["device"].stands == "in_use"
    assert "us/federal/hhs/cms/482-13-c-1-personal-privacy" in {
        one.norm.id for one in judged.broken
    }
    assert all(one.norm.source.cite and one.norm.reading for one in judged.broken)
    ranks = [one.rank.value for one in judged.broken]
    assert ranks == sorted(ranks)


def test_a_row_where_the_officer_stood_outside_breaks_nothing_about_the_place(
    cast: Cast, ground: Ground
) -> None:
    stay = open_stay(cast.nurse)
    mark = note(stay, cast.nurse, position="outside_door")

    judged = judge_row(read_with(), stay, mark, ground=ground)

    assert judged is not None
    place = next(part for part in judged.parts if part.dimension == "position")
    assert [one for one in place.broken if one.rank is Rank.LAW] == []


def test_a_row_is_judged_with_the_answers_that_stood_at_its_moment_and_no_later_ones(
    cast: Cast, ground: Ground
) -> None:
    opening = Opening(unit=UNIT, room="412", patient="first baby")
    stay = record_encounter(begin(by=cast.nurse), opening=opening, facts={"activity": "feeding"})
    noted = Noted(position="at_bedside", facts={}, happened_at=NIGHT)
    row = record_mark(begin(by=cast.nurse), stay, noted=noted).pk
    then = judge_row(read_with(), stay, row, ground=ground)
    later = Noted(facts={"activity": "rest"}, happened_at=NIGHT + timedelta(minutes=5))
    record_mark(begin(by=cast.nurse, at=NIGHT + timedelta(minutes=6)), stay, noted=later)

    again = judge_row(read_with(), stay, row, ground=ground)

    assert then is not None
    assert "us/federal/hhs/cms/482-13-c-1-personal-privacy" in {o.norm.id for o in then.broken}
    assert again == then


def test_of_08_an_agency_level_sees_its_own_numbers_and_small_ones_are_hidden(
    cast: Cast, house: House
) -> None:
    stay = open_stay(cast.nurse)
    note(stay, cast.nurse, position="at_bedside")
    for outcome, times in ((Outcome.DONE, 14), (Outcome.PARTLY, 12), (Outcome.REFUSED, 3)):
        ask(stay, cast.nurse, outcome=outcome, times=times)

    publish_asked(cast, house)

    (row,) = find_published(SITE, ASKED, "2026-11")
    cells = read_cells(row)
    assert cells["federal", "done"] == 14
    assert cells["federal", "refused"] is None
    shown = Counter(count is None for count in cells.values())
    assert shown[True] >= 2


def test_of_08_a_month_is_published_once(cast: Cast, house: House) -> None:
    stay = open_stay(cast.nurse)
    note(stay, cast.nurse, position="at_bedside")
    ask(stay, cast.nurse, outcome=Outcome.DONE, times=14)
    publish_asked(cast, house)

    with pytest.raises(PublishedBefore):
        publish_asked(cast, house)


def test_a_table_that_would_tell_what_an_earlier_one_hid_is_refused_and_it_is_said(
    cast: Cast, house: House
) -> None:
    stay = open_stay(cast.nurse)
    note(stay, cast.nurse, position="at_bedside")
    ask(stay, cast.nurse, outcome=Outcome.DONE, times=14)
    publish_asked(cast, house)
    ask(stay, cast.nurse, outcome=Outcome.DONE, times=3)

    with pytest.raises(NotPublished) as refused:
        publish_asked(cast, house, period="once more")

    assert "2026-11" in refused.value.say("en")
    assert "No se publicó" in refused.value.say("es")
    assert len(find_published(SITE, ASKED)) == 1


def test_arrivals_are_counted_by_level_alone(cast: Cast, house: House) -> None:
    del cast
    counts = count_arrivals(read_with(), house, months=MONTH)

    assert [one.name for one in counts.dimensions] == ["month", "level", "oriented"]


def test_what_changed_is_counted_of_closed_reviews_and_done_actions(
    cast: Cast, house: House
) -> None:
    take(report(cast.nurse))

    assert count_reviewed(SITE, house, months=MONTH).cells == {}
    assert count_changed(SITE, house, months=MONTH).cells == {}


@pytest.mark.parametrize(
    ("day", "month", "quarter"),
    [
        (date(2026, 11, 24), "2026-10", "2026-Q3"),
        (date(2026, 1, 1), "2025-12", "2025-Q4"),
        (date(2026, 4, 1), "2026-03", "2026-Q1"),
    ],
)
def test_only_whole_months_and_quarters_are_published(day: date, month: str, quarter: str) -> None:
    assert find_months(day, quarter=False) == (month, (month,))
    assert find_months(day, quarter=True)[0] == quarter
    assert len(find_months(day, quarter=True)[1]) == 3


def test_lc_12_law_that_protects_officers_is_on_file_and_shown(compiled: Compiled) -> None:
    norms = compiled.rulebook.norms.values()

    assert {norm.id for norm in find_protecting(norms)} == set(PROTECTING)
    assert len(find_permitting(norms)) >= 5
    assert find_safety_types() == ("S1", "S2", "S3", "S4", "S5", "S6")


def test_lc_12_every_group_is_measured_by_the_same_numbers_and_heard_by_the_same_rule(
    cast: Cast,
) -> None:
    for code in ("S5", "P1", "S1"):
        take(report(cast.nurse, code=code))

    measured = measure_treatment(read_safely())

    assert [one.group for one in measured] == list(Group)
    assert [one.heard_first for one in measured] == [True, True, True]
    assert [one.reports for one in measured] == [None, None, None]
    assert (find_group("S5"), find_group("P1"), find_group("S1")) == (
        Group.STAFF,
        Group.OFFICER,
        Group.NOBODY,
    )
    assert count_types(read_safely())["S5"] is None
    assert count_types(read_safely())["S2"] == 0


def publish_asked(cast: Cast, house: House, *, period: str = "2026-11") -> None:
    """Publish how requests of the month were answered."""
    counts = count_asked(read_with(), house, months=MONTH)
    table = plan("2026-11", counts, months=MONTH, by=("level", "came"))
    record_published(
        begin(by=cast.nurse, at=LATER),
        kind="agency-report.published",
        period=period,
        wanted=[Wanted(counts=counts, plan=table)],
    )
