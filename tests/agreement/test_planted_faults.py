"""The agreement of the readings is a test that can fail: a fault planted in any one is found."""

from collections.abc import Callable, Iterable, Mapping

import agreement_cast
import pytest
from agreement_cast import Case, case_of, find_cases, find_differences

from bedside.rules.condition import holds
from bedside.rules.condition.parse import parse_condition
from bedside.rules.tables import cubes, index
from bedside.rules.vocabulary.answer import Answer, either
from bedside.rules.vocabulary.catalogue import Value

Cube = Mapping[str, int]


def some_cases() -> list[Case]:
    found = find_cases()
    return [*found[::8], *[case for case in found if "clinical" in case.text][:4]]


def look() -> list[str]:
    return find_differences(some_cases(), count=3_000, seed=1)


def test_without_a_fault_nothing_is_found() -> None:
    assert look() == []


def test_a_closure_whose_and_is_an_or_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(holds, "both", either)

    assert look()


def test_a_closure_that_takes_unknown_for_no_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def guess(answer: Answer) -> Answer:
        return Answer.NO if answer is Answer.YES else Answer.YES

    monkeypatch.setattr(holds, "opposite", guess)

    assert look()


def test_cubes_that_forget_one_fact_when_they_meet_are_found(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def forget(one: Cube, other: Cube) -> Cube | None:
        return {**other, **one}

    monkeypatch.setattr(cubes, "_meet", forget)
    met_twice = case_of(parse_condition("agency in ['ice', 'cbp'] && agency in ['cbp', 'bop']"))

    assert find_differences([*some_cases(), met_twice], count=3_000, seed=1)


def test_cubes_that_lose_the_last_way_to_hold_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    keep = cubes._keep_widest  # noqa: SLF001 - the fault is planted inside

    def lose(found: list[Cube]) -> tuple[Cube, ...] | None:
        kept = keep(found)
        return kept[:-1] if kept and len(kept) > 1 else kept

    monkeypatch.setattr(cubes, "_keep_widest", lose)

    assert look()


def test_an_index_that_is_sure_too_soon_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def sure(column: index._Column, answers: int) -> int:
        return column.absent | sum(bit for bit, allowed in column.cubes if answers & allowed)

    build = index.CubeIndex._build  # noqa: SLF001 - the fault is planted inside

    def forgetful(self: index.CubeIndex) -> dict[str, index._Column]:
        columns = build(self)
        for column in columns.values():
            column.absent = self.every
        return columns

    monkeypatch.setattr(index._Column, "sure", sure)  # noqa: SLF001 - likewise
    monkeypatch.setattr(index.CubeIndex, "_build", forgetful)

    assert look()


@pytest.mark.parametrize(
    ("right", "wrong"), [("&&", "||"), ("==", "!="), ("!(", "("), ("in [", "in ['none', ")]
)
def test_a_cel_text_that_says_something_else_is_found(
    monkeypatch: pytest.MonkeyPatch, right: str, wrong: str
) -> None:
    read = agreement_cast.read_by_cel

    def misread(case: Case, environment: object) -> Callable[[dict[str, Value]], Answer]:
        text = case.text.replace(right, wrong, 1)
        try:
            return read(Case(tree=case.tree, text=text), environment)
        except Exception:  # noqa: BLE001 - the changed text is not always typed
            return read(case, environment)

    monkeypatch.setattr(agreement_cast, "read_by_cel", misread)

    assert look()


def test_a_derived_fact_that_is_not_given_to_cel_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    give = agreement_cast.give_to_cel

    def omit(known: Mapping[str, int]) -> dict[str, Value]:
        return {fact: value for fact, value in give(known).items() if fact != "clinical"}

    monkeypatch.setattr(agreement_cast, "give_to_cel", omit)

    assert look()


def test_the_differences_name_the_reading_the_condition_and_the_situation(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def always(_: Iterable[Answer]) -> Answer:
        return Answer.YES

    monkeypatch.setattr(holds, "both", always)

    (first, *_) = look()

    assert first.startswith(("CEL: ", "cubes: "))
