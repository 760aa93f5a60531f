"""Nobody can work out a small count from the sums beside it."""

from collections.abc import Iterator, Mapping
from itertools import product

import pytest
from hypothesis import given, settings
from public_cast import (
    SOAK,
    Attacker,
    all_counts,
    covers,
    make_counts,
    says_why,
    times,
    whole_plan,
)

from bedside.trust.publication.counts import Counts
from bedside.trust.publication.suppress import find_hidden, find_small
from bedside.trust.publication.table import (
    ALL,
    BadPlan,
    Grouping,
    Key,
    Plan,
    Table,
    TooLarge,
    draw_table,
)

K = 3
FLAT = [(2,), (4,), (2, 2), (2, 3), (3, 3), (3, 4)]
DEEP = [(2, 2, 2), (2, 2, 3)]


def attack(table: Table, hidden: frozenset[Key]) -> Attacker:
    parts = parts_of(table)
    ceiling = K + max(cell.count for cell in table.cells.values())
    return Attacker(
        ((parts[k], cell.count) for k, cell in table.cells.items() if k not in hidden),
        ceiling=ceiling,
    )


def parts_of(table: Table) -> Mapping[Key, frozenset[int]]:
    inner = [key for key in table.cells if ALL not in key]
    return {
        key: frozenset(
            at
            for at, one in enumerate(inner)
            if all(b in (ALL, a) for a, b in zip(one, key, strict=True))
        )
        for key in table.cells
    }


def find_worked_out(counts: Counts, *, hidden: frozenset[Key] | None = None) -> Iterator[Key]:
    table = draw_table(counts, whole_plan(counts))
    hidden = find_hidden(table, threshold=K) if hidden is None else hidden
    attacker, parts = attack(table, hidden), parts_of(table)
    for key in (key for key, cell in table.cells.items() if 0 < cell.count < K):
        if key not in hidden or not covers(attacker, parts[key], threshold=K):
            yield key


@given(counts=all_counts(FLAT, most=8))
@settings(max_examples=times(150, soak=20_000), deadline=None)
def test_no_small_count_of_a_flat_table_can_be_worked_out(counts: Counts) -> None:
    assert list(find_worked_out(counts)) == []


@given(counts=all_counts(DEEP, most=6))
@settings(max_examples=times(60, soak=5000), deadline=None)
def test_no_small_count_of_a_deep_table_can_be_worked_out(counts: Counts) -> None:
    assert list(find_worked_out(counts)) == []


def test_no_small_count_of_any_table_of_two_by_two_can_be_worked_out() -> None:
    numbers = range(6 if SOAK else 5)

    found = [
        drawn
        for drawn in product(numbers, repeat=4)
        if any(find_worked_out(make_counts((2, 2), drawn)))
    ]

    assert found == []


def test_the_attacker_works_out_a_small_count_without_company() -> None:
    counts = make_counts((2, 2), [1, 20, 30, 40])
    small = find_small(draw_table(counts, whole_plan(counts)), threshold=K)

    assert list(find_worked_out(counts, hidden=small)) == [("a", "a")]


def test_the_attacker_works_out_two_small_counts_that_share_a_sum() -> None:
    counts = make_counts((3,), [1, 1, 20])
    small = find_small(draw_table(counts, whole_plan(counts)), threshold=K)

    assert set(find_worked_out(counts, hidden=small)) == {("a",), ("b",)}


def test_two_small_counts_that_share_a_sum_get_company() -> None:
    assert list(find_worked_out(make_counts((3,), [1, 1, 20]))) == []


def test_what_is_not_small_and_needs_not_be_company_is_shown() -> None:
    table = draw_table(counts := make_counts((3, 3), range(20, 29)), whole_plan(counts))

    assert find_hidden(table, threshold=11) == frozenset()


def test_one_small_cell_takes_three_others_with_it() -> None:
    counts = make_counts((3, 3), [2, 30, 40, 50, 60, 70, 80, 90, 100])

    hidden = find_hidden(draw_table(counts, whole_plan(counts)), threshold=11)

    assert hidden == {("a", "a"), ("a", "b"), ("b", "a"), ("b", "b")}


def test_a_zero_is_shown() -> None:
    counts = make_counts((2, 2), [0, 20, 30, 40])

    assert find_hidden(draw_table(counts, whole_plan(counts)), threshold=11) == frozenset()


def test_the_same_table_is_always_hidden_alike() -> None:
    counts = make_counts((3, 4), [1, 5, 20, 30, 2, 40, 0, 11, 60, 9, 70, 80])

    hidden = {find_hidden(draw_table(counts, whole_plan(counts)), threshold=11) for _ in range(5)}

    assert len(hidden) == 1


def test_sums_are_over_what_is_shown() -> None:
    counts = make_counts((3, 2), [20, 30, 40, 50, 60, 70])
    some = Grouping(dimension="d0", groups={"first": frozenset("a"), "rest": frozenset("bc")})

    table = draw_table(counts, Plan(name="some", groupings=(some,)))

    assert {key[0]: cell.count for key, cell in table.cells.items()} == {
        "first": 50,
        "rest": 220,
        ALL: 270,
    }


@pytest.mark.parametrize(
    "groupings",
    [
        (),
        (Grouping(dimension="d9", groups={"x": frozenset("a")}),),
        (Grouping(dimension="d0", groups={}),),
        (Grouping(dimension="d0", groups={"x": frozenset()}),),
        (Grouping(dimension="d0", groups={"x": frozenset("z")}),),
        (Grouping(dimension="d0", groups={ALL: frozenset("a")}),),
        (Grouping(dimension="d0", groups={"x": frozenset("ab"), "y": frozenset("b")}),),
        (Grouping(dimension="d0", groups={"x": frozenset("a")}),) * 2,
    ],
    ids=["none", "unknown", "no-groups", "empty", "no-value", "star", "overlap", "twice"],
)
def test_a_plan_that_does_not_fit_says_where(groupings: tuple[Grouping, ...]) -> None:
    counts = make_counts((2, 2), [20, 30, 40, 50])

    with pytest.raises(BadPlan) as refused:
        draw_table(counts, Plan(name="plan", groupings=groupings))

    assert says_why(refused.value)


def test_a_table_too_large_to_check_is_refused() -> None:
    counts = make_counts((8, 8, 8, 8), [1] * 8**4)

    with pytest.raises(TooLarge) as refused:
        draw_table(counts, whole_plan(counts))

    assert says_why(refused.value)
