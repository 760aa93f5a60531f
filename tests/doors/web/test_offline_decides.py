"""What a device decides by itself is what the server decides, word for word and id for id."""

import json
from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from offline_cast import (
    SCRIPTS,
    Said,
    ask_here,
    ask_node,
    draw_situations,
    make_copy,
    read_script,
    read_scripts,
    times,
)
from web_cast import find_sample

from bedside.doors.web.offline.copy import find_copy, find_files, pack
from bedside.doors.web.offline.tables import Asker, export_decisions, find_span
from bedside.rules.vocabulary.problem import LANGUAGES

SITUATIONS, SLICE = 2_000, 400
MOST_TABLES, MOST_TEXTS = 40 * 1024, 40 * 1024
MOST_LINES = 400


@cache
def drawn() -> list[Said]:
    return list(draw_situations(SLICE, 3))


@cache
def right() -> list[Said]:
    return [json.loads(json.dumps(ask_here(one))) for one in drawn()]


def differs(scripts: list[str]) -> bool:
    return ask_node(drawn(), scripts) != right()


@pytest.mark.slow
def test_a_device_decides_every_situation_as_the_server_does() -> None:
    situations = list(draw_situations(times(SITUATIONS), 7))

    said = ask_node(situations)

    assert said == [json.loads(json.dumps(ask_here(one))) for one in situations]


def test_the_situations_reach_every_sort_of_answer() -> None:
    judged = [one for said in right() for one in said["dimensions"].values()]

    assert {one["outcome"] for one in judged} >= {"clear", "conflict", "depends", "silent"}
    assert any(one["exceptions"] for one in judged)
    assert any(one["collisions"] for one in judged)
    assert any(one["if_refused"] for one in judged)
    assert len({answer for said in right() for answer, _ in said["claims"]}) >= 3
    assert len({said["ask"] for said in right()}) > 10


@pytest.mark.parametrize(
    ("wanted", "wrong"),
    [
        ("entry.rank + (isCare || entry.isLaw ? 0 : 2)", "entry.rank"),
        ("left &= ~by.binds", "left = 0"),
        ("this.speaking.has(one) && this.doesCount(one)", "this.speaking.has(one)"),
        ("const isHeld = (place) => charges.some(", "const isHeld = (place) => !charges.some("),
        ("at < high && care(at) < care(stands)", "at < high"),
        ("(c) => breaks(c, at) && c.isCare", "(c) => breaks(c, at)"),
        ("blocked.length !== 1", "blocked.length > 2"),
        ("!isStuck && isBinding", "isBinding"),
        ("now.asks(tree, now.answered) !== NO", "now.asks(tree) !== NO"),
    ],
)
def test_a_fault_in_the_scripts_is_found(wanted: str, wrong: str) -> None:
    scripts = read_scripts()
    assert sum(wanted in script for script in scripts) == 1

    assert differs([script.replace(wanted, wrong, 1) for script in scripts])


def test_without_a_fault_nothing_differs() -> None:
    assert not differs(read_scripts())


def test_the_copy_is_small_and_the_same_for_the_same_rules() -> None:
    find_sample()
    copy = find_copy()

    assert len(pack(copy.tables)) <= MOST_TABLES
    assert all(len(pack(copy.texts[language])) <= MOST_TEXTS for language in LANGUAGES)
    assert json.loads(copy.tables) == make_copy()
    assert b"Give" not in copy.tables  # texts travel apart


def test_the_copy_answers_for_days_between_which_nothing_changes() -> None:
    shelf = find_sample()
    since, until = find_span(
        Asker(compiled=shelf.compiled, site=shelf.site, today=shelf.find_today())
    )

    first, last = (
        export_decisions(Asker(compiled=shelf.compiled, site=shelf.site, today=day))
        for day in (since, until - timedelta(days=1))
    )

    assert since <= shelf.find_today() < until
    assert first == last
    after = export_decisions(Asker(compiled=shelf.compiled, site=shelf.site, today=until))
    assert after["about"] != first["about"]


@pytest.mark.parametrize("name", SCRIPTS)
def test_the_scripts_are_short_and_fetch_nothing(name: str) -> None:
    text = read_script(name)

    assert text.count("\n") <= MOST_LINES
    assert not any(word in text for word in ("import ", "fetch(", "http", "eval(", "localStorage"))


def test_everything_that_a_device_fetches_is_there() -> None:
    find_sample()

    assert len(find_files()) == len(set(find_files()))
    for file in find_files():
        if file.startswith("/static/"):
            assert read_static(file)


def read_static(address: str) -> bytes:
    """Read a file of ours by the address that a device is told."""
    found = finders.find(address.split("/", 3)[3])
    assert isinstance(found, str), address
    return Path(found).read_bytes()
