"""Held beside everything that was published before, a release tells no small count."""

from collections.abc import Sequence
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from public_cast import (
    KINDS,
    Attacker,
    covers,
    make_counts,
    open_register,
    says_why,
    times,
    whole_plan,
)

from bedside.trust.publication.counts import Counts, Dimension, Region
from bedside.trust.publication.publish import (
    NothingToShow,
    ThresholdTooLow,
    WouldExpose,
    WouldShowChange,
    draft,
    publish,
    verify_differences,
)
from bedside.trust.publication.refusal import Refusal
from bedside.trust.publication.register import MemoryRegister, Register, RegisterMoved
from bedside.trust.publication.release import (
    HIDDEN,
    Release,
    ReleaseUnreadable,
    SubjectChanged,
    read_release,
)
from bedside.trust.publication.table import Grouping, Plan

DAY = date(2026, 11, 23)
K = 3
MONTHS = Dimension(name="period", values=tuple(f"2026-{month:02}" for month in range(1, 7)))
LEVELS = Dimension(name="agency_level", values=("federal", "state", "local"))
NUMBERS: dict[tuple[str, ...], int] = {
    (month, level): 20 + 3 * at + 5 * to
    for at, month in enumerate(MONTHS.values)
    for to, level in enumerate(LEVELS.values)
}
STAYS = Counts(
    subject="stays with an officer in the room",
    dimensions=(MONTHS, LEVELS),
    cells=NUMBERS | {("2026-04", "federal"): 4},
)


def periods(name: str, **groups: str) -> Plan:
    """Plan to publish by period: each group is a span of month numbers, such as `14`."""
    made = {
        label: frozenset(f"2026-{month:02}" for month in range(int(span[0]), int(span[1]) + 1))
        for label, span in groups.items()
    }
    return Plan(name=name, groupings=(Grouping(dimension="period", groups=made),))


def by_level(plan: Plan) -> Plan:
    whole = Grouping(dimension="agency_level", groups={v: frozenset({v}) for v in LEVELS.values})
    return Plan(name=plan.name, groupings=(*plan.groupings, whole))


@pytest.fixture(params=KINDS)
def register(request: pytest.FixtureRequest, tmp_path: Path) -> Register:
    return open_register(request.param, tmp_path)


def test_a_release_is_registered_and_shows_no_small_cell(register: Register) -> None:
    release = publish(STAYS, by_level(periods("monthly", april="44", may="55")), register, on=DAY)

    assert list(register.find_releases(STAYS.subject)) == [release]
    assert release.cells["april", "federal"] is HIDDEN
    assert all(count is HIDDEN or count == 0 or count >= 11 for count in release.cells.values())


def test_the_same_table_may_be_published_again(register: Register) -> None:
    plan = by_level(periods("quarters", q1="13", q2="46"))
    publish(STAYS, plan, register, on=DAY)

    publish(STAYS, plan, register, on=DAY)

    assert len(register.find_releases(STAYS.subject)) == 2


def test_two_overlapping_periods_that_tell_a_small_month_are_refused(register: Register) -> None:
    publish(STAYS, by_level(periods("first quarter", q1="13")), register, on=DAY)

    with pytest.raises(WouldExpose) as refused:
        publish(STAYS, by_level(periods("to April", months="14")), register, on=DAY)

    said = str(refused.value)
    assert "period: 2026-04; agency_level: federal" in said
    assert "`first quarter` of 2026-11-23" in said
    assert says_why(refused.value)
    assert len(register.find_releases(STAYS.subject)) == 1


def test_three_releases_that_only_together_tell_a_small_month_are_refused(
    register: Register,
) -> None:
    federal = Grouping(dimension="agency_level", groups={"federal": frozenset({"federal"})})
    for name, span in (("all", "16"), ("early", "13")):
        plan = Plan(name=name, groupings=(*periods(name, months=span).groupings, federal))
        publish(STAYS, plan, register, on=DAY)
    late = Plan(name="late", groupings=(*periods("late", months="56").groupings, federal))

    with pytest.raises(WouldExpose) as refused:
        publish(STAYS, late, register, on=DAY)

    assert "`all` of" in str(refused.value)
    assert "`early` of" in str(refused.value)
    assert "2026-04" in str(refused.value)


def test_another_subject_is_not_held_against_it(register: Register) -> None:
    publish(STAYS, by_level(periods("first quarter", q1="13")), register, on=DAY)
    births = Counts(subject="births", dimensions=STAYS.dimensions, cells=STAYS.cells)

    publish(births, by_level(periods("to April", months="14")), register, on=DAY)

    assert len(register.find_releases("births")) == 1


def test_a_number_that_changed_by_a_few_is_not_published_again(register: Register) -> None:
    publish(STAYS, by_level(periods("first quarter", q1="13")), register, on=DAY)
    later = Counts(
        subject=STAYS.subject,
        dimensions=STAYS.dimensions,
        cells={**STAYS.cells, ("2026-02", "state"): STAYS.cells["2026-02", "state"] + 1},
    )

    with pytest.raises(WouldShowChange) as refused:
        publish(later, by_level(periods("by month", a="11", b="22", c="33")), register, on=DAY)

    assert "agency_level: state" in str(refused.value) or "2026-01" in str(refused.value)
    assert says_why(refused.value)


def test_a_number_that_changed_by_many_may_be_published_again(register: Register) -> None:
    plan = by_level(periods("first quarter", q1="13"))
    publish(STAYS, plan, register, on=DAY)
    later = Counts(
        subject=STAYS.subject,
        dimensions=STAYS.dimensions,
        cells={cell: count * 2 for cell, count in STAYS.cells.items()},
    )

    publish(later, plan, register, on=DAY)

    assert len(register.find_releases(STAYS.subject)) == 2


def test_new_months_do_not_change_what_older_sums_meant(register: Register) -> None:
    levels = Plan(name="levels", groupings=by_level(periods("x", x="11")).groupings[1:])
    publish(STAYS, levels, register, on=DAY)
    more = Dimension(name="period", values=(*MONTHS.values, "2026-07"))
    grown = Counts(
        subject=STAYS.subject,
        dimensions=(more, LEVELS),
        cells={**STAYS.cells, ("2026-07", "federal"): 2},
    )

    with pytest.raises(WouldExpose) as refused:
        publish(grown, levels, register, on=DAY)

    assert "2026-07" in str(refused.value)


def test_a_subject_that_is_no_longer_counted_alike_is_refused(register: Register) -> None:
    publish(STAYS, by_level(periods("first quarter", q1="13")), register, on=DAY)
    fewer = Counts(
        subject=STAYS.subject,
        dimensions=(MONTHS,),
        cells={(month,): 50 for month in MONTHS.values},
    )

    with pytest.raises(SubjectChanged) as refused:
        publish(fewer, periods("halves", h1="16"), register, on=DAY)

    assert says_why(refused.value)


@pytest.mark.parametrize("threshold", [-1, 0, 5, 10])
def test_no_threshold_below_eleven_is_published_with(threshold: int) -> None:
    with pytest.raises(ThresholdTooLow) as refused:
        publish(STAYS, periods("a", a="16"), MemoryRegister(), threshold=threshold, on=DAY)

    assert says_why(refused.value)


def test_a_table_of_small_cells_only_is_refused() -> None:
    counts = make_counts((2, 2), [1, 2, 3, 1])

    with pytest.raises(NothingToShow) as refused:
        publish(counts, whole_plan(counts), MemoryRegister(), on=DAY)

    assert says_why(refused.value)


def test_a_register_that_moved_keeps_nothing(register: Register) -> None:
    release = draft(STAYS, periods("a", a="16"), threshold=11, on=DAY)
    register.keep(release, after=0)

    with pytest.raises(RegisterMoved) as refused:
        register.keep(release, after=0)

    assert says_why(refused.value)


def test_a_release_reads_back_and_has_one_digest() -> None:
    release = draft(STAYS, by_level(periods("a", a="44", b="56")), threshold=11, on=DAY)

    again = read_release(release.write())

    assert again == release
    assert again.digest == release.digest


@given(data=st.data())
@settings(max_examples=times(100, soak=10_000), deadline=None)
def test_a_register_entry_that_was_changed_is_refused_or_another(data: st.DataObject) -> None:
    text = draft(STAYS, by_level(periods("a", a="44")), threshold=11, on=DAY).write()
    at = data.draw(st.integers(0, len(text) - 1))
    changed = text[:at] + data.draw(st.binary(max_size=2)) + text[at + 1 :]

    try:
        other = read_release(changed)
    except ReleaseUnreadable:
        return
    assert other.write() == changed


@pytest.mark.parametrize(
    "text", [b"", b"{}", b"[]", b"null", b'{"cells":1}', b"\xff", b"[" * 99_999]
)
def test_what_is_no_register_entry_is_refused(text: bytes) -> None:
    with pytest.raises(ReleaseUnreadable) as refused:
        read_release(text)

    assert says_why(refused.value)


def plans(counts: Counts) -> st.SearchStrategy[Plan]:
    """Draw plans that group some dimensions in some way."""

    def grouping(one: Dimension) -> st.SearchStrategy[Grouping | None]:
        labels = st.lists(
            st.sampled_from(["x", "y", "left out"]),
            min_size=len(one.values),
            max_size=len(one.values),
        )

        def build(drawn: list[str]) -> Grouping | None:
            groups: dict[str, frozenset[str]] = {}
            for value, label in zip(one.values, drawn, strict=True):
                if label != "left out":
                    groups[label] = groups.get(label, frozenset()) | {value}
            return Grouping(dimension=one.name, groups=groups) if groups else None

        return labels.map(build)

    drawn = st.tuples(*(grouping(one) for one in counts.dimensions))
    return drawn.map(
        lambda made: Plan(name="drawn", groupings=tuple(one for one in made if one is not None))
    ).filter(lambda plan: bool(plan.groupings))


def attack(counts: Counts, releases: Sequence[Release]) -> tuple[Attacker, list[frozenset[int]]]:
    """Let a reader hold all releases together; give the small counts that nobody shall learn."""
    places = list(product(*(one.values for one in counts.dimensions)))

    def inside(region: Region) -> frozenset[int]:
        return frozenset(
            at
            for at, place in enumerate(places)
            if all(value in side for value, side in zip(place, region, strict=True))
        )

    cells = [(inside(region), n) for one in releases for region, n in one.regions(counts)]
    shown = {where: n for where, n in cells if n is not HIDDEN}
    hidden = {where for where, n in cells if n is HIDDEN}
    between = {one - other for one, other in product(shown, repeat=2) if other < one}
    truth = [counts.cells[place] for place in places]
    small = [t for t in hidden | between if 0 < sum(truth[at] for at in t) < K]
    return Attacker(shown.items(), ceiling=K + sum(truth)), small


@given(
    numbers=st.lists(st.integers(0, 6), min_size=6, max_size=6),
    data=st.data(),
)
@settings(max_examples=times(60, soak=5000), deadline=None)
def test_no_series_of_releases_tells_a_small_count(numbers: list[int], data: st.DataObject) -> None:
    counts = make_counts((3, 2), numbers)
    released: list[Release] = []
    for plan in data.draw(st.lists(plans(counts), min_size=1, max_size=4)):
        try:
            release = draft(counts, plan, threshold=K, on=DAY)
            verify_differences(counts, release, released)
        except Refusal:
            continue
        released.append(release)
    assume(released)

    attacker, small = attack(counts, released)

    assert [one for one in small if not covers(attacker, one, threshold=K)] == []


def test_the_attacker_works_out_a_month_from_two_releases() -> None:
    counts = make_counts((3, 2), [5, 6, 6, 5, 1, 4])
    plans_of = [frozenset("ab"), frozenset("abc")]
    released = [
        draft(
            counts,
            Plan(
                name=str(at),
                groupings=(
                    Grouping(dimension="d0", groups={"span": span}),
                    Grouping(dimension="d1", groups={"a": frozenset("a"), "b": frozenset("b")}),
                ),
            ),
            threshold=K,
            on=DAY,
        )
        for at, span in enumerate(plans_of)
    ]

    attacker, small = attack(counts, released)

    assert any(not covers(attacker, one, threshold=K) for one in small)
    with pytest.raises(WouldExpose):
        verify_differences(counts, released[1], released[:1])
