"""`bedside check --impact` as people run it: what a draft would do before anybody adopts it."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from prove_cast import (
    ANSWERED,
    NEEDS_SOMEBODY,
    NOT_DONE,
    NOT_UNDERSTOOD,
    ROOT,
    SAMPLE,
    STAY,
    Run,
    make_house,
    make_run,
)
from typer.testing import CliRunner

from bedside.doors.cli.main import build
from bedside.rules.prove.conflicts import Meeting, find_meetings_in
from bedside.rules.prove.world import World


@pytest.fixture(scope="module")
def bedside(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Run the installed command as anybody would, with a cache of its own."""
    return make_run(tmp_path_factory.mktemp("cache"))


def test_the_impact_of_a_draft_names_conflicts_and_what_it_gives(
    bedside: Run, tmp_path: Path
) -> None:
    may = bedside("check", "--impact", make_house(tmp_path / "may", "ours"))
    must = bedside("check", "--impact", make_house(tmp_path / "must", "ours", modality="must"))

    assert may.returncode == must.returncode == NEEDS_SOMEBODY
    assert "The house gives more than anybody asks" in may.stdout
    assert "Conflict" not in may.stdout
    assert "Conflict: Officer's place" in must.stdout
    assert "Rules conflict" in must.stdout


def test_a_draft_that_ends_a_silence_says_so_in_both_languages(
    bedside: Run, tmp_path: Path
) -> None:
    text = (SAMPLE / "family-told-unless-restriction-on-file.yaml").read_text("utf-8")
    draft = tmp_path / "family.yaml"
    draft.write_text(text.replace("authority: hospital/sample", "authority: hospital/draft"))

    english = bedside("check", "--impact", draft)
    spanish = bedside("check", "--impact", draft, "--lang", "es")

    assert "Where nothing spoke, this does: Word to family" in english.stdout
    assert "Donde nada hablaba, esto habla" in spanish.stdout


def test_a_norm_that_is_on_file_already_has_no_impact(bedside: Run) -> None:
    ran = bedside("check", "--impact", SAMPLE / f"{STAY}.yaml")

    assert ran.returncode == ANSWERED
    assert "changes no answer and opposes no norm" in ran.stdout


def test_new_conflicts_closed_gaps_and_changed_answers_are_named_for_machines_too(
    bedside: Run, tmp_path: Path
) -> None:
    house = make_house(tmp_path, "ours", modality="must")
    family = (SAMPLE / "family-told-unless-restriction-on-file.yaml").read_text("utf-8")
    family = family.replace("authority: hospital/sample", "authority: hospital/ours")
    (house / "hospital/ours/family.yaml").write_text(family, "utf-8")

    ran = bedside("check", "--impact", house, "--as-of", "2026-11-23", "--json")

    report = json.loads(ran.stdout)
    told = {(one["question"], tuple(one["norms"])) for one in report["findings"]}
    stay, family = "hospital/ours/stay", "hospital/ours/family"
    assert ran.returncode == NEEDS_SOMEBODY
    assert any(question == "conflicts" and stay in norms for question, norms in told)
    assert ("gaps", (family,)) in told
    assert {("changes", (stay,)), ("changes", (family,))} <= told
    for one in report["findings"]:
        assert one["witness"]["as_of"] == "2026-11-23"
        assert set(one["says"]) == {"en", "es"}


def test_what_is_quick_says_that_it_is_not_the_whole_list(bedside: Run, tmp_path: Path) -> None:
    house = make_house(tmp_path, "ours", modality="must")

    english = bedside("check", "--impact", house)
    spanish = bedside("check", "--impact", house, "--lang", "es")

    assert "`bedside prove changes` list every answer" in english.stdout
    assert "`bedside prove changes` enumere cada respuesta" in spanish.stdout


def test_an_edited_norm_is_compared_with_the_house_that_is_on_file(
    bedside: Run, tmp_path: Path
) -> None:
    house = make_house(tmp_path / "house", "ours", modality="must")
    same = make_house(tmp_path / "same", "ours", modality="must")
    edited = make_house(tmp_path / "edited", "ours")

    unchanged = bedside("check", "--impact", same, "--norms", house)
    changed = bedside("check", "--impact", edited, "--norms", house, "--json")

    assert unchanged.returncode == ANSWERED
    found = json.loads(changed.stdout)["findings"]
    assert {(one["question"], tuple(one["norms"])) for one in found} == {
        ("changes", ("hospital/ours/stay",))
    }


def test_a_draft_that_contradicts_itself_is_a_new_conflict(bedside: Run, tmp_path: Path) -> None:
    house = make_house(tmp_path, "ours", modality="must")
    text = (house / "hospital/ours/stay.yaml").read_text("utf-8")
    away = text.replace("[at_bedside, in_room]", "[outside_door]")
    (house / "hospital/ours/away.yaml").write_text(away.replace("custody, 6", "custody, 8"))

    ran = bedside("check", "--impact", house, "--json")

    found = [one for one in json.loads(ran.stdout)["findings"] if one["question"] == "conflicts"]
    (own,) = [
        one for one in found if set(one["norms"]) == {"hospital/ours/stay", "hospital/ours/away"}
    ]
    assert own["witness"]["facts"] == {"in_custody": True}


def test_a_draft_that_cannot_be_read_says_all_that_is_wrong_and_nothing_else(
    bedside: Run, tmp_path: Path
) -> None:
    house = make_house(tmp_path, "ours")
    file = house / "hospital/ours/stay.yaml"
    text = file.read_text("utf-8").replace("modality: may", "modality: mai")
    file.write_text(text.replace('"in_custody"', '"in_custdy"'), "utf-8")

    ran = bedside("check", "--impact", file)

    assert ran.returncode == NOT_UNDERSTOOD
    assert ran.stdout == ""
    assert "`mai`" in ran.stderr
    assert "in_custdy" in ran.stderr


@pytest.mark.parametrize("lang", ["en", "es"])
def test_a_finding_that_does_not_replay_stops_the_impact(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, lang: str
) -> None:
    def plant(world: World, dimension: str) -> Iterator[Meeting]:
        if world.overlays:
            first = find_meetings_in(world, dimension)[0]
            yield Meeting(dimension=dimension, entries=first.entries, cube={})

    monkeypatch.setattr("bedside.rules.prove.impact.find_meetings_in", plant)
    monkeypatch.chdir(ROOT)
    house = make_house(tmp_path, "ours", modality="must")

    ran = CliRunner().invoke(build("check"), ["check", "--impact", str(house), "--lang", lang])

    assert ran.exit_code == NOT_DONE
    assert ran.stdout == ""
    assert ("The decider does not confirm" if lang == "en" else "El decisor") in ran.stderr
