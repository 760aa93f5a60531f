"""The founding scenes' answers, one line each: `python -m docs._tools.scenes`."""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from docs._tools.rules import ROOT, load_everything

from bedside.doors.cli.show import Page
from bedside.rules.decide.advise import advise
from bedside.rules.decide.read_situation import read_situation
from bedside.rules.tables.compiled import Compiled, compile_rulebook
from bedside.rules.vocabulary.document import load_document
from bedside.rules.vocabulary.problem import ENGLISH

SCENES = ROOT / "examples" / "scenes"
ABOUT = {"arrest": "enforcement"}  # what a scene is about where no place to stand is
TODAY = date(2026, 11, 23)  # the scenes name their days; this one is never used up


def find_scenes() -> list[Path]:
    """Find the scenes as they happen in Texas."""
    return sorted(SCENES.glob("*/tx*.yaml"))


def say_answer(compiled: Compiled, scene: Path) -> str:
    """Say the answer to a scene in one line: the preset, what it is about, or the sentence."""
    situation = read_situation(load_document(scene), compiled, today=TODAY)
    advice = advise(compiled, situation)
    lines = list(Page(advice, compiled.vocabulary, ENGLISH).lines())
    about = ABOUT.get(scene.parent.name)
    if about is None:
        return lines[0] if advice.preset else lines[1]
    label = compiled.vocabulary.dimensions[about].label.en
    found = next(line for line in lines if line.startswith(f"{label}: "))
    first = advice.norms[advice.dimensions[about].because[0]].norm.source.cite
    return f"{found.replace('  [', ' [')} {first}"


def say_scenes() -> Iterator[str]:
    """Say every scene and its answer."""
    compiled = compile_rulebook(load_everything())
    for scene in find_scenes():
        name = scene.relative_to(SCENES).with_suffix("").as_posix()
        yield f"{name:<24} {say_answer(compiled, scene)}"


if __name__ == "__main__":
    for line in say_scenes():
        sys.stdout.write(f"{line}\n")
