"""What the tests of the docs look at: the pages as written, and the pages that are made."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from docs._tools.generate import make_pages
from docs._tools.rules import ROOT, load_everything

from bedside.rules.tables.compiled import Compiled, compile_rulebook

DOCS = ROOT / "docs"
AT_THE_ROOT = ("README.md", "CONTRIBUTING.md", "SECURITY.md", "PRIVACY.md", "CHANGELOG.md")
BLOCK = re.compile(r"<!-- ([a-z]+)(?:: (\S+))? -->\n```\w*\n(.*?)```", re.DOTALL)


@cache
def find_made() -> Mapping[str, str]:
    """Make every page that is made."""
    return make_pages()


@cache
def find_compiled() -> Compiled:
    """Compile the whole rulebook."""
    return compile_rulebook(load_everything())


def find_written() -> dict[Path, str]:
    """Find every page that somebody wrote."""
    files = [ROOT / name for name in AT_THE_ROOT]
    files += [f for f in sorted(DOCS.rglob("*.md")) if "made" not in f.parts]
    return {file: file.read_text("utf-8") for file in files}


def find_block(page: Path, kind: str) -> str:
    """Find the marked block of a page."""
    return next(str(m[3]) for m in BLOCK.finditer(page.read_text("utf-8")) if m[1] == kind)
