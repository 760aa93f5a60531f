"""Random conditions are read alike by closures, cubes and C++ CEL, past the cap on cubes too."""

from typing import Any

import pytest
from agreement_cast import (
    VOCABULARY,
    ask_table,
    case_of,
    conditions,
    give_to_cel,
    knowns,
    make_environment,
    make_table,
    read_by_cel,
    times,
)
from hypothesis import given, settings

from bedside.rules.condition.holds import holds
from bedside.rules.condition.nodes import Condition
from bedside.rules.condition.parse import parse_condition
from bedside.rules.tables import cubes
from bedside.rules.tables.cubes import MAX_CUBES, find_cubes
from bedside.rules.vocabulary.answer import Answer

ENVIRONMENT = make_environment()
FOUND = {Answer.YES: (1, 0), Answer.UNKNOWN: (0, 1), Answer.NO: (0, 0)}
EXPLODES = " && ".join(
    f"!({flag} && agency == '{agency}' && trimester == {number})"
    for number, (flag, agency) in enumerate(
        [("nursing", "ice"), ("newborn_present", "cbp"), ("life_support", "bop")]
    )
) + " && ".join(
    f" && !({one} && {other} && activity == '{activity}')"
    for one, other, activity in [
        ("palliative", "room_single", "exam"),
        ("officer_armed", "discharge_ready", "birth"),
        ("plan_in_place", "admitted == 'inpatient'", "rest"),
    ]
).replace(" &&  && ", " && ")


@settings(max_examples=times(400), deadline=None)
@given(tree=conditions(), known=knowns(sure=True))
def test_a_random_condition_has_one_answer_in_three_readings(
    tree: Condition, known: dict[str, int]
) -> None:
    case = case_of(tree)

    said = holds(tree, known, VOCABULARY)

    assert read_by_cel(case, ENVIRONMENT)(give_to_cel(known)) is said
    assert ask_table(make_table([case]), known) == FOUND[said]


@settings(max_examples=times(300), deadline=None)
@given(tree=conditions(), known=knowns())
def test_cubes_and_closures_agree_where_several_answers_are_possible(
    tree: Condition, known: dict[str, int]
) -> None:
    assert ask_table(make_table([case_of(tree)]), known) == FOUND[holds(tree, known, VOCABULARY)]


@settings(max_examples=times(200), deadline=None)
@given(tree=conditions(most_tests=20), known=knowns())
def test_a_condition_past_the_cap_on_cubes_is_answered_by_its_closure(
    tree: Condition, known: dict[str, int]
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(cubes, "MAX_CUBES", 1)
        table = make_table([case_of(tree)])

    assert ask_table(table, known) == FOUND[holds(tree, known, VOCABULARY)]


def test_a_condition_with_too_many_cubes_keeps_none_and_still_answers() -> None:
    tree = parse_condition(EXPLODES)
    table = make_table([case_of(tree)])
    known: dict[str, Any] = {"nursing": 1, "newborn_present": 1, "life_support": 1}
    known |= {"palliative": 1, "officer_armed": 1, "plan_in_place": 1}

    assert find_cubes(tree, VOCABULARY) is None
    assert table.closures
    assert ask_table(table, {}) == (0, 1)
    assert ask_table(table, known) == (1, 0)


@settings(max_examples=times(200), deadline=None)
@given(tree=conditions())
def test_no_condition_keeps_more_cubes_than_the_cap_or_one_inside_another(tree: Condition) -> None:
    found = find_cubes(tree, VOCABULARY)

    assert found is None or len(found) <= MAX_CUBES
    for one in found or ():
        assert all(allowed for allowed in one.values())
        covering = [
            wide
            for wide in found or ()
            if all(one.get(fact, -1) & ~allowed == 0 for fact, allowed in wide.items())
        ]
        assert covering == [one]
