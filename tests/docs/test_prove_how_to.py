"""Every command on the page about proving runs as it is printed, and prints what the page shows."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from docs._tools.rules import ROOT
from docs_cast import DOCS

PAGE = DOCS / "how-to" / "prove-before-you-adopt.md"
COMMAND = Path(sys.executable).with_name("bedside")
SAMPLE = ROOT / "src/bedside/norms/hospital/sample/officers-may-stay-at-the-bedside.yaml"
FENCE = re.compile(
    r"^( *)(?:<!-- output: (?P<name>\w+) -->\n *)?```(?P<kind>\w+)\n(?P<text>.*?)^ *```$",
    re.DOTALL | re.MULTILINE,
)
UNCHANGED = ("check house", "check examples/memoranda")  # these answer 0, all others 1


def find_commands() -> list[tuple[str, tuple[str, ...]]]:
    """Find each command, and the lines that the page says it prints."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for block in FENCE.finditer(PAGE.read_text("utf-8")):
        lines = [line.removeprefix(block[1]) for line in block["text"].splitlines()]
        if block["kind"] == "sh":
            found += [(line, ()) for line in lines]
        elif block["name"]:
            found[-1] = (found[-1][0], tuple(line.rstrip() for line in lines))
    return found


COMMANDS = find_commands()


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a folder as a reader's: Bedside, the examples, a house and its drafts."""
    desk = tmp_path_factory.mktemp("desk")
    (desk / ".venv/bin").mkdir(parents=True)
    (desk / ".venv/bin/bedside").symlink_to(COMMAND)
    (desk / "examples").symlink_to(ROOT / "examples")
    text = SAMPLE.read_text("utf-8").replace("hospital/sample", "hospital/our-hospital")
    for folder, modality in (("house", "may"), ("drafts", "must"), ("house-of-next-year", "must")):
        file = desk / folder / "hospital/our-hospital/stay.yaml"
        file.parent.mkdir(parents=True)
        file.write_text(text.replace("modality: may", f"modality: {modality}"), "utf-8")
    return desk


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def test_the_page_shows_commands_and_what_they_print() -> None:
    assert len(COMMANDS) >= 12
    assert len([shown for _, shown in COMMANDS if shown]) >= 5


@pytest.mark.slow
@pytest.mark.parametrize(("command", "shown"), COMMANDS, ids=[line[:70] for line, _ in COMMANDS])
def test_a_command_of_the_page_runs_and_prints_what_is_shown(
    desk: Path, cache: Path, command: str, shown: tuple[str, ...]
) -> None:
    surroundings = {**os.environ, "XDG_CACHE_HOME": str(cache), "NO_COLOR": "1"}

    ran = subprocess.run(  # noqa: S603 - a command of our own page
        ["/bin/sh", "-c", command],
        cwd=desk,
        env=surroundings,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )

    is_quiet = command.endswith(UNCHANGED) or "decide" in command
    assert ran.returncode in ({0, 1} if "decide" in command else {0 if is_quiet else 1}), ran.stderr
    assert "Traceback" not in ran.stderr
    printed = [line.rstrip() for line in ran.stdout.splitlines()]
    for line in shown:
        assert any(line in one for one in printed), line
