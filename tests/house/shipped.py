"""What the house tests look at: every norm file as written and as read, and every tracked file."""

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from bedside.rules.condition.nodes import Condition, Test, find_tests
from bedside.rules.condition.parse import parse_condition
from bedside.rules.rulebook.book import overlay_of
from bedside.rules.rulebook.facts import read_facts
from bedside.rules.rulebook.files import find_files
from bedside.rules.rulebook.form import Form
from bedside.rules.rulebook.norm import Norm
from bedside.rules.rulebook.read_norm import read_norm
from bedside.rules.vocabulary.document import load_document
from bedside.rules.vocabulary.known import settle
from bedside.rules.vocabulary.load import load_vocabulary

ROOT = Path(__file__).parents[2]
NORMS = ROOT / "src" / "bedside" / "norms"
EXAMPLES = ROOT / "examples"
VOCABULARY = load_vocabulary()


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One case of a norm file: what is known in it, the day, and what it says."""

    known: dict[str, int]
    on: date
    speaks: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shipped:
    """One norm file, as it is written and as it is read."""

    file: Path
    form: Form
    norm: Norm
    cases: tuple[Case, ...]

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """When the norm speaks, then each of its exceptions."""
        texts = [self.norm.when, *(unless.when for unless in self.norm.unless)]
        return tuple(parse_condition(text) for text in texts)

    @property
    def tests(self) -> tuple[Test, ...]:
        """Every test of a fact in its conditions."""
        return tuple(test for condition in self.conditions for test in find_tests(condition))


@cache
def find_shipped() -> tuple[Shipped, ...]:
    """Read every norm that ships: the rulebook's own and the agencies' among the examples."""
    return tuple(_read(file, root) for root in (NORMS, EXAMPLES) for file in _find_norm_files(root))


def _find_norm_files(root: Path) -> list[Path]:
    return [file for file in find_files(root) if root == NORMS or root / "agencies" in file.parents]


def _read(file: Path, root: Path) -> Shipped:
    id_ = file.relative_to(root).with_suffix("").as_posix()
    form = Form(load_document(file, name=id_), VOCABULARY)
    norm = read_norm(form, id_=id_, overlay=overlay_of(id_))
    return Shipped(file=file, form=form, norm=norm, cases=tuple(_read_cases(form)))


def _read_cases(form: Form) -> Iterator[Case]:
    words = {True: "yes", False: "no"}
    for row in form.rows("cases"):
        facts = read_facts(form, "cases", row, "given")
        said = form.find("cases", row, "speaks")
        yield Case(
            known=dict(settle(facts, VOCABULARY).possible),
            on=form.day("cases", row, "as_of") or date.min,
            speaks=words[said] if isinstance(said, bool) else str(said),
        )


@cache
def find_tracked() -> tuple[Path, ...]:
    """Find the files that the repository holds or is about to."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],  # noqa: S607 - git is where it is
        cwd=ROOT,
        check=True,
        capture_output=True,
    ).stdout
    names = sorted({name for name in listed.decode().split("\0") if name})
    return tuple(ROOT / name for name in names if (ROOT / name).is_file())


def find_texts(*suffixes: str, under: str = "") -> Iterator[tuple[str, str]]:
    """Find tracked text files, as path and text."""
    for file in find_tracked():
        name = file.relative_to(ROOT).as_posix()
        if name.startswith(under) and (not suffixes or file.suffix in suffixes):
            try:
                yield name, file.read_text("utf-8")
            except UnicodeDecodeError:
                continue
