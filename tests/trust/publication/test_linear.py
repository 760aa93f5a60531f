"""The exact arithmetic finds the same bounds as trying everything."""

from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from public_cast import times

from bedside.trust.publication.deduce import is_covered
from bedside.trust.publication.linear import System


def equations(data: st.DataObject, truth: list[int]) -> list[tuple[frozenset[int], int]]:
    names = st.sets(st.integers(0, len(truth) - 1), min_size=1).map(frozenset)
    drawn = data.draw(st.lists(names, max_size=6))
    return [(one, sum(truth[at] for at in one)) for one in drawn]


@given(truth=st.lists(st.integers(0, 3), min_size=1, max_size=4), data=st.data())
@settings(max_examples=times(100, soak=20_000), deadline=None)
def test_every_solution_lies_within_the_bounds(truth: list[int], data: st.DataObject) -> None:
    known = equations(data, truth)
    target = data.draw(st.sets(st.integers(0, len(truth) - 1), min_size=1).map(frozenset))

    low, high = System(known).span(target)

    for values in product(range(7), repeat=len(truth)):
        if all(sum(values[at] for at in one) == total for one, total in known):
            reached = sum(values[at] for at in target)
            assert low <= reached
            assert high is None or reached <= high


@given(truth=st.lists(st.integers(0, 3), min_size=1, max_size=4), data=st.data())
@settings(max_examples=times(100, soak=20_000), deadline=None)
def test_what_may_be_reached_is_reached_by_whole_numbers(
    truth: list[int], data: st.DataObject
) -> None:
    known = equations(data, truth)
    target = data.draw(st.sets(st.integers(0, len(truth) - 1), min_size=1).map(frozenset))
    system, wanted = System(known), data.draw(st.integers(1, 4))

    high = system.may_reach(target, least=wanted, most=None)
    low = system.may_reach(target, least=None, most=wanted)

    reached = {
        sum(values[at] for at in target)
        for values in product(range(7), repeat=len(truth))
        if all(sum(values[at] for at in one) == total for one, total in known)
    }
    assert not high or max(reached) >= wanted
    assert not low or min(reached) <= wanted


@given(numbers=st.lists(st.integers(0, 2), min_size=4, max_size=4), at=st.integers(0, 3))
@settings(max_examples=times(60, soak=5000), deadline=None)
def test_the_bounds_of_a_table_are_exact(numbers: list[int], at: int) -> None:
    lines = [frozenset({0, 1}), frozenset({2, 3}), frozenset({0, 2}), frozenset({1, 3})]
    known = [(one, sum(numbers[cell] for cell in one)) for one in lines]

    span = System(known).span(frozenset({at}))

    reached = [
        values[at]
        for values in product(range(5), repeat=4)
        if all(sum(values[cell] for cell in one) == total for one, total in known)
    ]
    assert span == (Fraction(min(reached)), Fraction(max(reached)))


def test_a_part_in_no_sum_has_no_greatest_value() -> None:
    system = System([(frozenset({0}), 3)])

    assert system.span(frozenset({1})) == (Fraction(0), None)
    assert system.span(frozenset({0, 1})) == (Fraction(3), None)
    assert system.may_reach(frozenset({0, 1}), least=1000, most=None)
    assert not system.may_reach(frozenset({0, 1}), least=None, most=2)


def test_a_growing_difference_has_no_greatest_value() -> None:
    system = System([(frozenset({0, 1}), 3)])

    assert system.span(frozenset({0})) == (Fraction(0), Fraction(3))
    assert not system.may_reach(frozenset({0}), least=4, most=None)


def test_what_only_halves_would_reach_is_not_reached() -> None:
    triangles = [
        (frozenset({6 * at + a, 6 * at + b, 6 * at + 3 + slack}), 1)
        for at in range(2)
        for slack, (a, b) in enumerate([(0, 1), (1, 2), (0, 2)])
    ]
    target = frozenset({0, 1, 2, 6, 7, 8})

    assert System(triangles).span(target) == (Fraction(0), Fraction(3))
    assert not System(triangles).may_reach(target, least=3, most=None)


@pytest.mark.parametrize(
    ("other", "covered"),
    [(31, True), (30, False), (25, False)],
    ids=["from-one-up", "from-two-up", "from-seven-up"],
)
def test_a_count_is_covered_only_from_one_to_the_threshold(other: int, *, covered: bool) -> None:
    # The count and its neighbour add up to 32; the neighbour and a third to no more than `other`.
    sums = [(frozenset({0, 1}), 32), (frozenset({1, 2}), other)]

    assert is_covered(System(sums), frozenset({0}), threshold=11) is covered


def test_a_solution_in_halves_alone_is_no_solution() -> None:
    triangle = [(frozenset({0, 1}), 1), (frozenset({1, 2}), 1), (frozenset({0, 2}), 2)]

    assert System(triangle).span(frozenset({0})) == (Fraction(1), Fraction(1))
    assert System(triangle).may_reach(frozenset({0}), least=1, most=None)
