"""The exported tables say in Node and in a browser what the server's tables say."""

import json
from collections.abc import Iterator
from datetime import date
from functools import cache

import pytest
from agreement_cast import SOAK, VOCABULARY, shipped
from browser_cast import (
    RUN,
    Asked,
    Said,
    ask_node,
    draw_answers,
    make_sheet,
    make_sheet_of,
)
from playwright.sync_api import Page, sync_playwright

from bedside.rules.condition.parse import parse_condition
from bedside.rules.tables import export
from bedside.rules.tables.export import SCRIPT, TooManyAnswersError, measure, write_tables

SITUATIONS = 100_000 if SOAK else 20_000
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
TABLES = (
    ("us/tx", date(2026, 11, 23), ("hospital/sample",)),
    ("us/ca", date(2026, 11, 23), ("agencies/fresno-sheriff", "hospital/sample")),
    ("us/nm", date(2022, 3, 1), ()),
    ("us/az", date(2012, 6, 1), ()),
)
MOST_BYTES = 40 * 1024
MOST_LINES = 150
MANY = " && ".join(
    f"({a} || {b})"
    for a, b in (
        ("in_custody", "nursing"),
        ("newborn_present", "life_support"),
        ("palliative", "officer_armed"),
        ("plan_in_place", "discharge_ready"),
        ("same_sex_officer", "exigent_circumstances"),
        ("minor_unaccompanied", "room_has_window"),
        ("agency == 'ice'", "activity in ['exam', 'feeding']"),
    )
)


@cache
def asked() -> tuple[Asked, ...]:
    """Draw each table's share of the situations."""
    share = SITUATIONS // len(TABLES)
    made = []
    for number, (place, day, overlays) in enumerate(TABLES):
        sheet, table = make_sheet(place, day, overlays)
        situations = tuple(draw_answers(share, number))
        made.append(Asked(sheet=sheet, table=table, situations=situations))
    return tuple(made)


@cache
def wanted() -> tuple[Said, ...]:
    return tuple(one.ask_here() for one in asked())


def names() -> list[str]:
    return list(asked()[0].sheet.names)


@cache
def some() -> tuple[list[Asked], list[Said]]:
    """Take a slice, and conditions that have too many cubes to list; and what is right of them."""
    wish = "patient_wish == 'accepts_officer'"
    texts = (MANY, f"!({MANY})", wish, f"in_custody && !({wish})")
    sheet, table = make_sheet_of([parse_condition(text) for text in texts])
    assert len(table.closures) == 2
    drawn = tuple(draw_answers(1_200, 9))
    wild = Asked(sheet=sheet, table=table, situations=drawn)
    first = Asked(sheet=asked()[0].sheet, table=asked()[0].table, situations=drawn)
    return [first, wild], [first.ask_here(), wild.ask_here()]


@pytest.mark.slow
def test_node_says_of_many_situations_what_the_server_says() -> None:
    said = ask_node(asked())

    assert sum(len(one) for one in said) >= SITUATIONS
    assert tuple(said) == wanted()


@pytest.fixture(scope="module")
def tab() -> Iterator[Page]:
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        page = browser.new_page()
        page.add_script_tag(content=SCRIPT.read_text("utf-8"))
        yield page
        browser.close()


@pytest.mark.slow
@pytest.mark.browser
def test_a_browser_says_of_many_situations_what_the_server_says(tab: Page) -> None:
    run = f"(text) => JSON.stringify(({RUN})(JSON.parse(text)))"

    said = tuple(json.loads(tab.evaluate(run, json.dumps(one.export()))) for one in asked())

    assert sum(len(one) for one in said) >= SITUATIONS
    assert said == wanted()


def test_conditions_with_too_many_cubes_travel_as_trees() -> None:
    slice_, right = some()

    assert ask_node(slice_) == right
    assert export.export_tables(slice_[1].sheet)["trees"]


def test_the_situations_make_norms_speak_be_silent_and_stay_open() -> None:
    spoke = {n for said in wanted()[0] for n in said[0]}
    waited = {n for said in wanted()[0] for n in said[1]}
    silent = {
        n for sure, open_ in wanted()[0] for n in range(len(names())) if n not in {*sure, *open_}
    }

    assert min(len(spoke), len(waited), len(silent)) > len(names()) * 9 // 10


@pytest.mark.parametrize("place", ["us/tx", "us/ca", "us/nm", "us/il"])
def test_a_days_tables_are_small_enough_for_a_phone(place: str) -> None:
    sheet, _ = make_sheet(place, date(2026, 11, 23), shipped().rulebook.overlays)

    written = write_tables(sheet)

    assert measure(written) <= MOST_BYTES
    assert written == write_tables(sheet)
    assert b"Give" not in written  # texts travel apart


def test_the_script_is_short_and_fetches_nothing() -> None:
    text = SCRIPT.read_text("utf-8")

    assert text.count("\n") <= MOST_LINES
    assert not any(word in text for word in ("import ", "require(", "fetch(", "http", "eval("))


def test_tables_of_another_form_are_refused_by_name() -> None:
    sheet, table = make_sheet_of([parse_condition("in_custody")])
    one = Asked(sheet=sheet, table=table, situations=({"in_custody": True},))
    source = SCRIPT.read_text("utf-8").replace("const FORM = 1", "const FORM = 2")

    with pytest.raises(AssertionError, match="tables of form 1 cannot be read here"):
        ask_node([one], source)


def test_answers_that_no_number_can_hold_are_refused_and_not_cut_off(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(export, "MOST_CLASSES", 3)
    sheet, _ = make_sheet_of([parse_condition(f"agency == '{a}'") for a in ("ice", "cbp", "bop")])

    with pytest.raises(TooManyAnswersError, match="agency"):
        export.export_tables(sheet)


# --- a fault planted in the translation is found


def differs(script: str | None = None) -> bool:
    slice_, right = some()
    return ask_node(slice_, script) != right


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("(set & ~cube[at + 1]) === 0", "(set & cube[at + 1]) !== 0 || set === 0"),
        ("holds = set !== undefined &&", "holds = set === undefined ||"),
        ("for (let at = 1;", "for (let at = 3;"),
        ("!speaks.has(number) && !silent.has(number)", "!speaks.has(number)"),
        ("if (answer >= start) found = number", "if (answer > start) found = number"),
        ("known[where] !== inPrivate", "known[where] === inPrivate"),
        ("if (!Object.hasOwn(known, fact)) known[fact] = presumed", "known[fact] = presumed"),
        ("? known[base] & under : under", "? known[base] : 1"),
        ("return set & parts[1] ? UNKNOWN : NO", "return set & parts[1] ? YES : NO"),
        ("Math.min(YES, ...answers)", "Math.max(NO, ...answers)"),
        ("return YES - answers[0]", "return answers[0]"),
    ],
)
def test_a_fault_in_the_script_is_found(right: str, wrong: str) -> None:
    source = SCRIPT.read_text("utf-8")
    assert right in source

    assert differs(source.replace(right, wrong, 1))


def test_an_export_that_forgets_one_class_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    mask = export._Classes.mask  # noqa: SLF001 - the fault is planted inside

    def forget(self: export._Classes, answers: int) -> int:
        return mask(self, answers & (answers - 1) or answers)

    monkeypatch.setattr(export._Classes, "mask", forget)  # noqa: SLF001 - likewise

    assert differs()


def test_an_export_that_forgets_the_wish_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "_export_discount", lambda *_: [])

    assert differs()


def test_without_a_fault_nothing_differs() -> None:
    assert not differs()
    assert json.loads(write_tables(asked()[0].sheet)) == export.export_tables(asked()[0].sheet)
    assert VOCABULARY.presumed
