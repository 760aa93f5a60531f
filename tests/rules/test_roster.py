"""Things called by bits come in order, whatever was called before."""

from hypothesis import given
from hypothesis import strategies as st

from bedside.rules.tables.index import CubeIndex, find_bits
from bedside.rules.tables.roster import Roster

COUNT = 70
ROSTER = Roster([f"thing {number}" for number in range(COUNT)])


@given(st.integers(0, (1 << COUNT) - 1))
def test_a_roster_calls_the_things_whose_bits_are_set(bits: int) -> None:
    called = ROSTER.call(bits)

    assert called == [f"thing {number}" for number in find_bits(bits)]


def test_an_empty_roster_calls_nothing() -> None:
    assert Roster[str]([]).call(0) == []


def test_a_condition_without_cubes_never_holds_and_one_with_an_empty_cube_always_does() -> None:
    index = CubeIndex([(), ({},), ({"nursing": 2}, {"pregnancy": 1})])

    assert index.find({}) == 0b010
    assert index.find({"nursing": 2}) == 0b110
    assert index.find({"nursing": 1, "pregnancy": 1}) == 0b110
    assert index.find({"nursing": 1, "pregnancy": 2}) == 0b010


def test_an_index_remembers_unknown_answers_apart_from_known_ones() -> None:
    index = CubeIndex([({"nursing": 2, "pregnancy": 1},)])

    found = [
        index.find(known)
        for known in ({"nursing": 2}, {"nursing": 2, "pregnancy": 1}, {"nursing": 2}) * 2
    ]

    assert found == [0, 1, 0, 0, 1, 0]
