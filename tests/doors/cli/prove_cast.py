"""How the tests of `bedside prove` and `check --impact` run it, and the houses that they invent."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

ROOT = Path(__file__).resolve().parents[3]
COMMAND = Path(sys.executable).with_name("bedside")
SAMPLE = ROOT / "src/bedside/norms/hospital/sample"
STAY = "officers-may-stay-at-the-bedside"
ANSWERED, NEEDS_SOMEBODY, NOT_UNDERSTOOD, NOT_DONE = 0, 1, 2, 3

Ran: TypeAlias = "subprocess.CompletedProcess[str]"
Run: TypeAlias = Callable[..., Ran]


def make_run(cache: Path, **more: str) -> Run:
    """Make a way to run the installed command, with a cache and further settings of its own."""
    surroundings = {**os.environ, "XDG_CACHE_HOME": str(cache), "NO_COLOR": "1", **more}

    def run(*arguments: str | Path, given: str = "") -> Ran:
        return subprocess.run(  # noqa: S603 - our own command with arguments written here
            [str(COMMAND), *map(str, arguments)],
            input=given,
            capture_output=True,
            text=True,
            encoding="utf-8",
            env=surroundings,
            cwd=ROOT,
            check=False,
        )

    return run


def make_house(root: Path, name: str, **changes: str) -> Path:
    """Write a house's folder with one norm: the sample's on staying, changed."""
    text = (SAMPLE / f"{STAY}.yaml").read_text("utf-8")
    text = text.replace("authority: hospital/sample", f"authority: hospital/{name}")
    for old, new in changes.items():
        text = text.replace(f"{old}: may", f"{old}: {new}")
    file = root / "hospital" / name / "stay.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(text, "utf-8")
    return root
