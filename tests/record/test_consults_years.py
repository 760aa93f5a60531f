"""A year of questions in numbers: small ones are withheld, and none can be worked out."""

from dataclasses import replace
from datetime import UTC, timedelta

import pytest
from consults_cast import open_stay, refer

from bedside.record.accounts.access import NotYours
from bedside.record.accounts.roles import Role
from bedside.record.consults.operations import record_advice
from bedside.record.consults.year_queries import Counted, count_year
from record_cast import NIGHT, UNIT, Cast, begin, hire, stand


def count(year: int = 2026) -> dict[str, Counted]:
    """Count a year for ethics."""
    standing = stand(hire(Role.ETHICS))
    return {one.by: one for one in count_year(standing, year, zone=UTC, on=NIGHT.date())}


def ask(cast: Cast, *kinds: str, advised: int = 0) -> None:
    """Refer a question of each kind; the first are advised on within an hour."""
    stay, ethics = open_stay(cast.nurse), hire(Role.ETHICS)
    for number, kind in enumerate(kinds):
        consult = refer(stay, begin(by=cast.nurse), kind=kind)
        if number < advised:
            act = replace(begin(by=ethics), at=NIGHT + timedelta(hours=1))
            record_advice(act, consult, text="Ask first.")


def test_ec_11_small_numbers_of_a_year_are_withheld_with_what_would_tell_them(cast: Cast) -> None:
    ask(cast, *["privacy"] * 14, *["restraint"] * 12, *["letter"] * 3)

    table = count()["kind"]

    shown = {row.value: row.count for row in table.rows}
    assert shown["letter"] is None
    assert list(shown.values()).count(None) >= 2 or table.total is None


def test_ec_11_numbers_that_tell_of_nobody_are_shown_by_sort_unit_and_time(cast: Cast) -> None:
    ask(cast, *["privacy"] * 24, advised=12)

    tables = count()

    assert {name: one.total for name, one in tables.items()} == dict.fromkeys(tables, 24)
    waits = {row.value: row.count for row in tables["wait"].rows}
    assert waits == {"not_yet": 12, "two_hours": 12}
    assert [row.value for row in tables["unit"].rows] == [UNIT]
    assert count(2025) == {}
    with pytest.raises(NotYours):
        count_year(stand(cast.nurse), 2026, zone=UTC, on=NIGHT.date())


def test_ec_11_a_year_of_few_questions_shows_no_number(cast: Cast) -> None:
    refer(open_stay(cast.nurse), begin(by=cast.nurse))

    assert all(one.total is None and not one.rows for one in count().values())
