"""Every norm says where it stands, since when, and shows both sides of its condition."""

import re
from collections.abc import Iterable
from datetime import date

from shipped import VOCABULARY, Shipped, find_shipped

from bedside.rules.condition.holds import holds
from bedside.rules.rulebook.norm import LAW, Norm, Reading, State
from bedside.rules.rulebook.read_norm import KEYS, SOURCE_KEYS
from bedside.rules.rulebook.versions import find_versions
from bedside.rules.vocabulary.answer import Answer

PINPOINT = re.compile(r"\d|\b[IVX]+\b")
UNDATED = re.compile(r"[Uu]ndated|\bdate\b|\bstart\b")  # the note says that the day is not known
LEAST_EXERCISED = 0.90


def _names(rows: Iterable[Shipped]) -> list[str]:
    return [row.norm.id for row in rows]


def test_every_norm_file_is_read_without_a_problem() -> None:
    problems = [problem.say() for row in find_shipped() for problem in row.form.problems]

    assert problems == []


def test_every_norm_names_its_source_and_the_day_it_was_read() -> None:
    lacking = [
        row
        for row in find_shipped()
        if not (row.norm.source.cite and row.norm.source.title and row.norm.source.read_on)
    ]

    assert _names(lacking) == []


def test_every_law_is_cited_by_section() -> None:
    lacking = [
        row
        for row in find_shipped()
        if row.norm.kind in LAW
        and _is_alive(row.norm)  # what was looked for and not found has no section
        and not PINPOINT.search(row.norm.source.cite)
    ]

    assert _names(lacking) == []


def test_a_norm_without_a_quotation_says_which_copy_was_read_or_how_sure_we_are() -> None:
    lacking = [
        row
        for row in find_shipped()
        if row.norm.source.quote is None
        and row.norm.source.read_at is None
        and row.norm.confidence_note is None
        and not row.norm.id.startswith("hospital/sample/")  # an invented house cites itself
    ]

    assert _names(lacking) == []


def test_what_nobody_read_is_never_quoted() -> None:
    quoted = [
        row
        for row in find_shipped()
        if row.norm.source.quote is not None and row.norm.reading is not Reading.READ
    ]

    assert _names(quoted) == []


def test_every_norm_says_since_when_and_how_we_know() -> None:
    undated = [
        row
        for row in find_shipped()
        if row.norm.in_force_from == date.min and not UNDATED.search(row.norm.confidence_note or "")
    ]
    unsure = [row for row in find_shipped() if row.norm.dates not in {"read", "remembered"}]

    assert _names(undated) == []
    assert _names(unsure) == []


def test_the_keys_of_every_norm_stand_in_the_same_order() -> None:
    astray = []
    for row in find_shipped():
        for path, order in (((), KEYS), (("source",), list(SOURCE_KEYS))):
            found = list(row.form.table(*path, keys=order))
            if found != sorted(found, key=order.index):
                astray.append(row)

    assert _names(astray) == []


def test_every_norm_has_a_case_in_which_it_speaks_and_one_in_which_it_does_not() -> None:
    one_sided = [
        row for row in find_shipped() if not {"yes", "no"} <= {c.speaks for c in row.cases}
    ]

    assert _names(one_sided) == []


def test_nine_of_ten_clauses_are_seen_true_and_false_in_their_own_cases() -> None:
    every, both, missing = 0, 0, []
    for row in find_shipped():
        for test in row.tests:
            seen = {holds(test, case.known, VOCABULARY) for case in row.cases}
            every += 1
            if {Answer.YES, Answer.NO} <= seen:
                both += 1
            else:
                missing.append(f"{row.norm.id}: {test.fact}")

    print(f"\n{both} of {every} clauses ({both / every:.1%}) exercised both ways")  # noqa: T201 - the figure is the point
    assert both / every >= LEAST_EXERCISED, "\n".join(missing)


def _is_alive(norm: Norm) -> bool:
    return not any(standing.state is State.ABSENT for standing in norm.standing)


def test_no_two_versions_of_one_sentence_are_in_force_at_once() -> None:
    found = find_versions(row.norm for row in find_shipped())

    assert [(one.id, other.id) for one, other in found] == []
