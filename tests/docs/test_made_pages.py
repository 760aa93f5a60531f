"""The pages that are made hold every norm, command, code and entry of the research."""

import re

import pytest
from docs._tools.accounting_page import count_entries, find_norm, load_accounting
from docs._tools.codes_page import find_declined, find_problem_kinds, find_refusals
from docs._tools.help_page import write_help
from docs._tools.markdown import escape
from docs._tools.norm_pages import find_sources, label_of
from docs._tools.rules import load_everything
from docs_cast import find_made

from bedside.doors.cli.main import COMMANDS
from bedside.rules.vocabulary.problem import LANGUAGES

CODE = re.compile(r"^\| `([a-z.-]+)` \|", re.MULTILINE)
FILLED = re.compile(r"\{(\w+)\}")


def test_every_source_has_a_page_and_every_page_a_source() -> None:
    titles = {escape(title) for title in find_sources(load_everything().norms)}
    pages = {text for name, text in find_made().items() if name.startswith("norms/")}

    headed = {re.search(r"^# (.+)$", text, re.MULTILINE) for text in pages}

    assert {found[1] for found in headed if found} - {"Every norm on file"} == titles


def test_every_norm_stands_on_one_page_and_in_the_index() -> None:
    pages = [text for name, text in find_made().items() if name.startswith("norms/")]
    index = find_made()["norms/index.md"]

    for norm in load_everything().norms.values():
        assert sum(f"({label_of(norm)})=\n" in page for page in pages) == 1
        assert f"(#{label_of(norm)})" in index


def test_a_page_shows_the_primary_text_where_we_hold_it() -> None:
    page = find_made()["norms/42-cfr-482-13-patient-s-rights.md"]

    assert "The patient has the right to personal privacy." in page.split("The text we hold")[1]


def test_every_command_is_documented_with_its_real_help() -> None:
    page = find_made()["commands.md"]

    assert re.findall(r"^## `bedside (\w+)`$", page, re.MULTILINE) == list(COMMANDS)
    for verb in COMMANDS:
        assert f"```text\n{write_help(verb)}```" in page


def test_every_error_code_is_documented_and_every_documented_one_exists() -> None:
    documented = CODE.findall(find_made()["error-codes.md"])

    assert sorted(documented) == sorted([*find_problem_kinds(), *find_refusals(), *find_declined()])


@pytest.mark.parametrize("language", LANGUAGES)
def test_everything_that_can_be_wrong_is_said_in_both_languages(language: str) -> None:
    silent = [
        code
        for code, kind in find_problem_kinds().items()
        if not (getattr(kind.what, language) and getattr(kind.help, language))
    ]
    refusals = find_refusals() | find_declined()
    silent += [code for code, kind in refusals.items() if not getattr(kind, language)]

    assert silent == []


def test_both_languages_of_an_error_fill_in_the_same_words() -> None:
    uneven = [
        code
        for code, kind in find_problem_kinds().items()
        for said in (kind.what, kind.help)
        if _bare(FILLED.findall(said.en)) != _bare(FILLED.findall(said.es))
    ]

    assert uneven == []


def _bare(names: list[str]) -> set[str]:
    """A word that is said in each language has a name for each."""
    return {name.removesuffix("_es").removesuffix("_en") for name in names}


def test_two_error_codes_are_never_the_same() -> None:
    assert set(find_problem_kinds()) & set(find_refusals()) == set()


def test_no_entry_of_the_research_is_unexplained() -> None:
    rows = [row for rows in load_accounting().values() for row in rows]

    assert count_entries(rows)["unexplained"] == 0


def test_the_accounting_names_only_norms_that_exist() -> None:
    norms = load_everything().norms
    missing = [
        id_
        for rows in load_accounting().values()
        for row in rows
        for key in ("encoded", "noted")
        for id_ in row.get(key) or []  # type: ignore[union-attr] # a list of ids, by the test above
        if find_norm(str(id_), norms) is None
    ]

    assert missing == []


def test_what_is_noted_never_advises() -> None:
    norms = load_everything().norms
    noted = {
        str(id_)
        for rows in load_accounting().values()
        for row in rows
        for id_ in row.get("noted") or []  # type: ignore[union-attr] # likewise
    }

    found = {id_: find_norm(id_, norms) for id_ in noted}

    assert {id_ for id_, norm in found.items() if norm and norm.reading != "remembered"} == set()
