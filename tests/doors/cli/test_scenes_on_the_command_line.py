"""The founding scenes, asked of the real command: exit codes, both languages, the JSON contract."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import pytest

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
COMMAND = Path(sys.executable).with_name("bedside")
ANSWERED, NEEDS_SOMEBODY, NOT_UNDERSTOOD, NOT_DONE = 0, 1, 2, 3

# What other programs read: keys may be added, these stay.
CONTRACT = {
    "as_of",
    "jurisdiction",
    "edition",
    "preset",
    "differs",
    "assumed",
    "dimensions",
    "duties",
    "permissions",
    "asserted",
    "call",
    "say",
    "ask",
    "set_aside",
    "norms",
}
OF_A_DIMENSION = {
    "outcome",
    "advised",
    "if_refused",
    "keeps",
    "breaks",
    "because",
    "conflicts",
    "exceptions",
    "depends_on",
    "without_reported",
}
OF_A_NORM = {
    "cite",
    "asks",
    "kind",
    "rank",
    "fit",
    "binds",
    "reading",
    "text_as_of",
    "speaks",
}

Run: TypeAlias = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture(scope="module")
def bedside(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run the installed command as anybody would, with a cache of its own."""
    cache = tmp_path_factory.mktemp("cache")
    surroundings = {**os.environ, "XDG_CACHE_HOME": str(cache), "NO_COLOR": "1"}

    def run(*arguments: str, given: str = "") -> "subprocess.CompletedProcess[str]":
        return subprocess.run(  # noqa: S603 - our own command with arguments written here
            [str(COMMAND), *arguments],
            input=given,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=surroundings,
            cwd=EXAMPLES,
            check=False,
        )

    return run


def read_answer(run: "subprocess.CompletedProcess[str]") -> dict[str, Any]:
    """Read the JSON that the command printed."""
    answer: dict[str, Any] = json.loads(run.stdout)
    return answer


def test_a_scene_in_which_the_rules_agree_is_answered(bedside: Run) -> None:
    run = bedside("decide", "scenes/exam/tx.yaml")

    assert run.returncode == ANSWERED, run.stderr
    assert "Please wait outside this door" in run.stdout
    assert "Charge nurse" in run.stdout
    assert "42 CFR 482.13(c)(1)" in run.stdout


def test_a_scene_in_which_the_rules_collide_needs_somebody(bedside: Run) -> None:
    run = bedside("decide", "scenes/exam/tx-federal-prison.yaml")

    assert run.returncode == NEEDS_SOMEBODY, run.stderr
    assert "28 CFR 570.44" in run.stdout


def test_a_claim_without_a_source_is_said_to_have_none(bedside: Run) -> None:
    run = bedside("decide", "scenes/nursing/nm.yaml")

    assert "“I must be with her at all times”: no source on file" in run.stdout


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "I can't say anything about detention"),
        ("es", "No puedo decir nada sobre la detención"),
    ],
)
def test_a_scene_is_answered_in_both_languages(bedside: Run, lang: str, said: str) -> None:
    run = bedside("decide", "scenes/letter/az.yaml", "--lang", lang)

    assert run.returncode == ANSWERED, run.stderr
    assert said in run.stdout


def test_every_answer_says_that_it_is_no_legal_advice_and_of_which_day(bedside: Run) -> None:
    run = bedside("decide", "scenes/briefing/ca.yaml")

    assert "Not legal advice; counsel of this hospital decides." in run.stdout
    assert "as of 2026-11-23, us/ca" in run.stdout


def test_the_json_keeps_the_keys_that_other_programs_read(bedside: Run) -> None:
    run = bedside("decide", "scenes/nursing/ca.yaml", "--json")

    answer = read_answer(run)
    assert set(answer) >= CONTRACT
    assert set(answer["edition"]) >= {"id", "digest", "in_force"}
    assert all(set(one) >= OF_A_DIMENSION for one in answer["dimensions"].values())
    assert all(set(one) >= OF_A_NORM for one in answer["norms"].values())
    assert set(answer["say"]) == {"en", "es"}


def test_the_json_tells_the_place_the_sentence_and_the_person(bedside: Run) -> None:
    run = bedside("decide", "scenes/nursing/az.yaml", "--json")

    answer = read_answer(run)
    assert answer["preset"] == "private"
    assert answer["differs"] == {"device": "pocketed"}
    assert answer["dimensions"]["position"]["advised"] == "outside_door"
    assert answer["call"][0] == "charge_nurse"
    assert [claim["answer"] for claim in answer["asserted"]] == ["no_source_on_file"] * 2


@pytest.mark.parametrize(
    ("day", "memorandum"),
    [
        ("2012-06-15", "us/federal/dhs/ice/10029-2-no-enforcement-at-hospitals"),
        (
            "2022-06-15",
            "us/federal/dhs/2021-protected-areas-no-enforcement-at-medical-facilities",
        ),
        ("2026-11-23", "us/federal/dhs/2025-rescission-discretion-in-any-place"),
    ],
)
def test_the_day_given_on_the_command_line_chooses_the_rules(
    bedside: Run, day: str, memorandum: str
) -> None:
    run = bedside("decide", "scenes/arrest/az-2012.yaml", "--as-of", day, "--json")

    answer = read_answer(run)
    aside = {one["norm"] for one in answer["set_aside"]}
    assert answer["as_of"] == day
    assert answer["norms"][memorandum]["speaks"] == "yes"
    assert memorandum not in aside


def test_an_answer_that_rests_on_a_report_offers_the_answer_without_it(bedside: Run) -> None:
    run = bedside("decide", "scenes/arrest/nm-2026.yaml")

    assert "without rules whose text we have not read ourselves: nothing advised" in run.stdout


def test_a_rule_is_explained_by_what_would_make_it_speak(bedside: Run) -> None:
    norm = "us/federal/congress/18-usc-4322-a-no-restraints-in-pregnancy"

    run = bedside("explain", norm, "cases/C20-shackled-and-bleeding-2025.yaml")

    assert run.returncode == ANSWERED, run.stderr
    assert "`agency`" in run.stdout
    assert "`usms`" in run.stdout


def test_a_situation_can_come_through_standard_input(bedside: Run) -> None:
    given = (EXAMPLES / "scenes/exam/nm.yaml").read_text(encoding="utf-8")

    run = bedside("decide", "-", "--json", given=given)

    assert run.returncode == ANSWERED, run.stderr
    assert read_answer(run)["preset"] == "private"


def test_a_misspelt_fact_is_not_understood_and_the_nearest_word_is_named(bedside: Run) -> None:
    run = bedside("decide", "-", given="jurisdiction: us/tx\nfacts: {actvity: exam}\n")

    assert run.returncode == NOT_UNDERSTOOD
    assert "did you mean `activity`?" in run.stderr
    assert run.stdout == ""


def test_a_missing_file_could_not_be_done(bedside: Run) -> None:
    run = bedside("decide", "scenes/exam/nowhere.yaml")

    assert run.returncode == NOT_DONE
    assert "scenes/exam/nowhere.yaml" in run.stderr
