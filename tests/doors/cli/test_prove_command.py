"""`bedside prove` and `check --impact` as people run them: witnesses, languages, bad input."""

import json
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import z3
from prove_cast import (
    ANSWERED,
    NEEDS_SOMEBODY,
    NOT_DONE,
    NOT_UNDERSTOOD,
    ROOT,
    STAY,
    Run,
    make_house,
    make_run,
)
from typer.testing import CliRunner

from bedside.doors.cli import atlas
from bedside.doors.cli.main import build
from bedside.rules.prove import conflicts
from bedside.rules.prove.conflicts import Meeting, find_meetings
from bedside.rules.prove.scale import Scale
from bedside.rules.prove.world import World
from bedside.rules.vocabulary.problem import SPANISH


@pytest.fixture(scope="module")
def bedside(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run the installed command as anybody would, with a cache of its own."""
    return make_run(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="module")
def with_houses(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run it with further norms; another cache, since each keeps one rulebook."""
    return make_run(tmp_path_factory.mktemp("cache"))


@pytest.mark.slow
def test_every_witness_is_a_file_that_decide_answers(bedside: Run) -> None:
    ran = bedside("prove", "--overlay", "hospital/sample", "--as-of", "2026-11-23", "--json")
    report: dict[str, Any] = json.loads(ran.stdout)

    assert ran.returncode == NEEDS_SOMEBODY
    assert not report["undecided"]
    shown = [one for one in report["findings"] if one["witness"] is not None]
    kinds = {one["question"] for one in shown}
    assert kinds == {"conflicts", "gaps", "concessions"}
    first = {one["question"]: one for one in reversed(shown)}
    for one in first.values():
        decided = bedside("decide", "-", "--json", given=json.dumps(one["witness"]))
        advice = json.loads(decided.stdout)
        judged = advice["dimensions"].get(one["dimension"])
        assert decided.returncode in {ANSWERED, NEEDS_SOMEBODY}
        if one["question"] == "conflicts":
            assert {"en", "es"} == set(one["says"])
            for word, broken in judged["breaks"].items():
                assert word == "never" or set(broken) & set(one["norms"]) or len(broken) == 0
            assert judged["outcome"] in {"conflict", "hold", "depends"}
        if one["question"] == "gaps":
            assert judged is None or judged["outcome"] == "silent"
        if one["question"] == "concessions":
            assert one["norms"][0] in advice["norms"]


@pytest.mark.parametrize(
    ("lang", "title", "absent", "curtain"),
    [
        (
            "en",
            "The house gives more than anybody asks: Officer's place",
            "No norm on file that binds anybody asks for this",
            "Behind the curtain",
        ),
        ("es", "La casa da más de lo que se pide", "Ninguna norma en archivo", "cortina"),
    ],
)
def test_a_finding_is_told_in_the_readers_language(
    bedside: Run, lang: str, title: str, absent: str, curtain: str
) -> None:
    ran = bedside("prove", "concessions", "--overlay", "hospital/sample", "--lang", lang)

    assert ran.returncode == NEEDS_SOMEBODY
    assert ran.stdout.startswith(title)
    assert STAY in ran.stdout
    assert absent in ran.stdout
    assert curtain in ran.stdout  # the theorem on the curtain is stated as well


@pytest.mark.parametrize(
    ("lang", "theorem", "excepted"),
    [
        (
            "en",
            "“Behind the curtain, hears” is never better than “Outside, door closed”",
            "does not speak",
        ),
        ("es", "“Tras la cortina, oye” nunca es mejor que “Fuera, puerta cerrada”", "no habla"),
    ],
)
def test_the_theorem_on_the_curtain_is_stated_state_by_state_with_its_exception(
    bedside: Run, lang: str, theorem: str, excepted: str
) -> None:
    ran = bedside("prove", "dominated", "--lang", lang, "--as-of", "2026-11-23")

    stated = ran.stdout.split("\n\n")[0]
    assert ran.returncode == ANSWERED
    assert theorem in stated
    assert "Texas, Washington." in stated
    assert any("California" in line and excepted in line for line in stated.splitlines())
    assert "us/ca/cdcr-off-site-care-officer-stays" in stated
    (witness,) = [line for line in stated.splitlines() if 'us/ca"' in line]
    breaks = json.loads(bedside("decide", "-", "--json", given=witness).stdout)
    assert "us/ca/cdcr-off-site-care-officer-stays" in str(
        breaks["dimensions"]["position"]["breaks"]["outside_door"]
    )


def test_the_theorems_are_there_for_machines(bedside: Run) -> None:
    ran = bedside("prove", "dominated", "--json", "--as-of", "2026-11-23")
    one = bedside("prove", "gaps", "--json", "--as-of", "2026-11-23")

    rows = json.loads(ran.stdout)["theorems"]
    curtain = {r["jurisdiction"]: r for r in rows if r["worse"] == "behind_curtain"}
    assert [p for p, row in curtain.items() if row["exceptions"]] == ["us/ca"]
    assert len(curtain) > 1
    assert json.loads(one.stdout)["dominated"]["behind_curtain"] == "outside_door"


def test_the_changes_of_a_day_are_told_in_words_and_not_in_ids(bedside: Run) -> None:
    ran = bedside("prove", "changes", "--between", "2025-01-19", "2025-01-20")

    assert ran.returncode == NEEDS_SOMEBODY
    assert "no other answer changes" in ran.stdout
    assert "Rules agree: " in ran.stdout
    assert "clear: deferred" not in ran.stdout
    assert "DHS memorandum of 2025-01-20" in ran.stdout


def test_what_is_printed_does_not_hang_on_the_order_in_which_python_keeps_its_sets(
    tmp_path: Path,
) -> None:
    asked = ("prove", "changes", "--between", "2025-01-19", "2025-01-20")

    printed = {make_run(tmp_path, PYTHONHASHSEED=seed)(*asked).stdout for seed in ("1", "2", "3")}

    assert len(printed) == 1


def test_two_versions_of_a_policy_are_compared_with_a_witness_each(
    with_houses: Run, tmp_path: Path
) -> None:
    old = make_house(tmp_path / "old", "ours")
    new = make_house(tmp_path / "new", "ours", modality="must")

    ran = with_houses("prove", "changes", "--norms", old, "--against", new, "--json")

    findings = json.loads(ran.stdout)["findings"]
    assert ran.returncode == NEEDS_SOMEBODY
    assert findings
    for one in findings:
        assert one["norms"] == ["hospital/ours/stay"]
        assert one["witness"]["overlays"] == ["hospital/ours"]
        assert one["before"] != one["after"]


def test_the_same_policy_twice_changes_nothing(with_houses: Run, tmp_path: Path) -> None:
    old = make_house(tmp_path / "old", "ours")

    ran = with_houses("prove", "changes", "--norms", old, "--against", old)

    assert (ran.returncode, ran.stdout.splitlines()[0]) == (ANSWERED, "0 findings.")


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("changes",), NOT_UNDERSTOOD, "compares two days, or two rulebooks"),
        (
            ("changes", "--between", "2025-01-21", "2025-01-19"),
            NOT_UNDERSTOOD,
            "`2025-01-21` is not before `2025-01-19`",
        ),
        (
            ("changes", "--between", "2025-01-21", "2025-01-21"),
            NOT_UNDERSTOOD,
            "is not before",
        ),
        (("changes", "--between", "2025-1-9", "2025-02-01"), NOT_UNDERSTOOD, "is not a day"),
        (("--overlay", "hospital/smple"), NOT_UNDERSTOOD, "did you mean `hospital/sample`"),
        (("--jurisdiction", "Texas"), NOT_UNDERSTOOD, "Texas"),
        (("--norms", "nowhere"), NOT_DONE, "no folder of norms"),
        (("changes", "--against", "nowhere"), NOT_DONE, "no folder of norms"),
        (
            ("--as-of", "2026-13-01"),
            NOT_UNDERSTOOD,
            "is not a day",
        ),
        (("--html", "nowhere/atlas.html"), NOT_UNDERSTOOD, "the page cannot be written"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_what_to_do(
    bedside: Run, arguments: tuple[str, ...], code: int, said: str
) -> None:
    ran = bedside("prove", *arguments)

    assert ran.returncode == code, ran.stderr
    assert said in ran.stderr
    assert ran.stdout == ""
    assert "Traceback" not in ran.stderr


def test_a_rulebook_that_does_not_load_says_all_that_is_wrong(
    with_houses: Run, tmp_path: Path
) -> None:
    house = make_house(tmp_path, "ours")
    file = house / "hospital/ours/stay.yaml"
    text = file.read_text("utf-8").replace('when: "in_custody"', 'when: "in_custdy"')
    file.write_text(text.replace("binds: [officer]", "binds: [oficer]"), "utf-8")

    ran = with_houses("prove", "--norms", house, "--lang", "es")

    assert ran.returncode == NOT_UNDERSTOOD
    assert "in_custdy" in ran.stderr
    assert "oficer" in ran.stderr


def test_an_overlay_that_contradicts_itself_is_a_conflict_of_the_house_with_itself(
    with_houses: Run, tmp_path: Path
) -> None:
    house = make_house(tmp_path, "ours", modality="must")
    text = (house / "hospital/ours/stay.yaml").read_text("utf-8")
    away = text.replace("[at_bedside, in_room]", "[outside_door]").replace(
        "custody, 6", "custody, 8"
    )
    (house / "hospital/ours/away.yaml").write_text(away, "utf-8")

    ran = with_houses(
        "prove", "conflicts", "--norms", house, "--overlay", "hospital/ours", "--json"
    )

    found = [set(one["norms"]) for one in json.loads(ran.stdout)["findings"]]
    assert {"hospital/ours/stay", "hospital/ours/away"} in found


def test_a_solver_without_time_names_what_it_did_not_decide(bedside: Run) -> None:
    ran = bedside("prove", "gaps", "--milliseconds", "1", "--json")

    report = json.loads(ran.stdout)
    settled = {one["dimension"] for one in (*report["findings"], *report["undecided"])}
    unhurried = json.loads(bedside("prove", "gaps", "--json").stdout)
    assert ran.returncode == NEEDS_SOMEBODY
    assert {one["dimension"] for one in unhurried["findings"]} <= settled


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "Not decided in the time given: changed answers of Arrest or search; "),
        ("es", "Sin decidir en el tiempo dado: respuestas que cambian de "),
    ],
)
def test_changes_that_were_not_settled_are_named_and_the_list_is_not_called_whole(
    monkeypatch: pytest.MonkeyPatch, lang: str, said: str
) -> None:
    monkeypatch.setattr(z3.Solver, "check", lambda *_: z3.unknown)
    monkeypatch.chdir(ROOT)
    days = ["--between", "2025-01-19", "2025-01-20"]

    ran = CliRunner().invoke(build("prove"), ["prove", "changes", *days, "--lang", lang])

    assert ran.exit_code == NEEDS_SOMEBODY
    assert said in ran.stdout
    assert "us/federal/dhs/2021-protected-areas" in ran.stdout
    assert "That is all" not in ran.stdout
    assert "Eso es todo" not in ran.stdout


# --- a fault of ours stops the command


@pytest.mark.parametrize(
    "asked", [["changes", "--between", "2025-01-19", "2025-01-20"], ["dominated"]]
)
def test_a_change_or_a_theorem_that_does_not_replay_stops_the_command(
    monkeypatch: pytest.MonkeyPatch, asked: list[str]
) -> None:
    empty = property(lambda _: ())
    monkeypatch.setattr(Scale, "read", lambda *_, **__: "clear: never")
    monkeypatch.setattr("bedside.rules.prove.dominated.Claim.exceptions", empty)
    monkeypatch.chdir(ROOT)

    ran = CliRunner().invoke(build("prove"), ["prove", *asked])

    assert ran.exit_code == NOT_DONE
    assert ran.stdout == ""
    assert "The decider does not confirm a finding" in ran.stderr


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "The decider does not confirm"), ("es", "El decisor no confirma")]
)
def test_a_finding_that_does_not_replay_stops_the_command(
    monkeypatch: pytest.MonkeyPatch, lang: str, said: str
) -> None:
    def plant(world: World) -> list[Meeting]:
        (first, *_) = find_meetings(world)
        return [Meeting(dimension=first.dimension, entries=first.entries, cube={})]

    monkeypatch.setattr(conflicts, "find_meetings", plant)
    monkeypatch.chdir(ROOT)

    ran = CliRunner().invoke(build("prove"), ["prove", "conflicts", "--lang", lang])

    assert ran.exit_code == NOT_DONE
    assert said in ran.stderr
    assert ran.stdout == ""


# --- progress


def test_progress_is_told_on_standard_error_once_the_work_is_long(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    clock = iter([0.0, 1.0, 2.5, 3.0, 9.0])
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    progress = atlas.Progress(SPANISH)

    for done in range(4):
        progress.step(done, 3)

    shown = capsys.readouterr()
    assert shown.out == ""
    assert shown.err == "3 de 3 lugares y días revisados\n"
    assert date(2010, 1, 1) == atlas.FIRST
