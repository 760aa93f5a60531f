"""Closures, cube tables and Google's C++ CEL say the same of every shipped condition."""

import random
from datetime import date
from functools import cache

import pytest
from agreement_cast import (
    SOAK,
    VOCABULARY,
    Case,
    Drawer,
    Panel,
    ask_table,
    find_cases,
    find_differences,
    find_known,
    make_environment,
    make_table,
    shipped,
    times,
)

from bedside.rules.condition.holds import compile_closure
from bedside.rules.decide.play import find_play
from bedside.rules.rulebook.book import condition_of, find_reach
from bedside.rules.vocabulary.answer import Answer

SITUATIONS = 100_000
SLICES = 4
PLACES = ("us/ca", "us/tx", "us/ny", "us/il", "us/nm", "us/wa/seattle", "us/gu")
DAYS = (date(2012, 6, 1), date(2022, 3, 1), date(2026, 3, 1), date(2026, 11, 23))


@cache
def cases() -> tuple[Case, ...]:
    return tuple(find_cases())


@cache
def panel() -> Panel:
    return Panel(cases())


@pytest.mark.slow
@pytest.mark.parametrize("number", range(SLICES))
def test_a_hundred_thousand_situations_get_one_answer(number: int) -> None:
    count = SITUATIONS * (5 if SOAK else 1) // SLICES  # more would not fit into memory

    wrong = find_differences(cases(), count=count, seed=number, panel=panel())

    assert wrong == []


def test_the_situations_make_conditions_speak_be_silent_and_stay_open() -> None:
    table, every = make_table(cases()), (1 << len(cases())) - 1
    spoke = waited = kept_still = 0

    for row in Drawer(cases(), 5).draw(8_000):
        sure, open_ = ask_table(table, find_known(row))
        spoke |= sure
        waited |= open_
        kept_still |= every & ~sure & ~open_

    for seen in (spoke, waited, kept_still):
        assert seen.bit_count() > 0.98 * len(cases())


def test_every_shipped_text_is_valid_cel_with_the_vocabularys_types() -> None:
    environment = make_environment()
    texts = {
        text
        for norm in shipped().rulebook.norms.values()
        for text in (norm.when, *(unless.when for unless in norm.unless))
    }

    for text in sorted(texts | {one.when for one in VOCABULARY.impossible}):
        assert environment.compile(text) is not None


def test_where_several_answers_are_possible_cubes_still_say_what_closures_say() -> None:
    table, chance = make_table(cases()), random.Random(1)  # noqa: S311 - situations, no secrets
    closures = [compile_closure(case.tree, VOCABULARY) for case in cases()]

    for row in Drawer(cases(), 6).draw(times(600)):
        for fact in chance.sample(sorted(row), 12):
            row[fact] |= chance.randrange(1, VOCABULARY.facts[fact].every + 1)
        known = find_known(row)
        said = [close(known) for close in closures]
        sure = sum(1 << n for n, answer in enumerate(said) if answer is Answer.YES)
        open_ = sum(1 << n for n, answer in enumerate(said) if answer is Answer.UNKNOWN)
        assert ask_table(table, known) == (sure, open_)


@pytest.mark.parametrize("place", PLACES)
def test_the_tables_of_a_place_and_a_day_say_what_closures_say(place: str) -> None:
    compiled = shipped()
    for day in DAYS:
        play = find_play(compiled, day, place, compiled.rulebook.overlays)
        reaches = {e.norm.id: find_reach(e.norm, on=day) for e in play.entries}
        closures = [
            compile_closure(condition_of(e.norm, reach), VOCABULARY)
            for e in play.entries
            for reach in reaches[e.norm.id]
            if reach.binds == e.binds
        ]
        assert len(closures) == len(play.entries)

        for row in Drawer(cases(), 7).draw(times(40)):
            known = find_known(row)
            sure, open_ = ask_table(play.table, known)
            for number, close in enumerate(closures):
                said = close(known)
                assert bool(sure >> number & 1) is (said is Answer.YES)
                assert bool(open_ >> number & 1) is (said is Answer.UNKNOWN)
