"""Measure everything and print one report: `python -m bench [--write]`.

Each part runs in a process of its own, one after the other: nothing that one part loads, keeps
warm or leaves behind reaches the next.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from bench.advice import measure_advice
from bench.engines import ENGINES
from bench.figure import Figure
from bench.loading import measure_command, measure_loading
from bench.page import measure_page
from bench.prove import measure_prove
from bench.race import SHIPPED, SYNTHETIC, Raced, race, take
from bench.report import Report, write_page

ANSWER = "ANSWER "
ALONE = {"OMP_NUM_THREADS": "1", "GOMAXPROCS": "1", "RAYON_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
PARTS: Mapping[str, Callable[[Path], list[Figure]]] = {
    "advice": measure_advice,
    "loading": measure_loading,
    "command": lambda _: measure_command(),
    "page": lambda _: measure_page(),
    "prove": measure_prove,
}


def main() -> None:
    """Run the parts, print the report, and write the page if asked."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--write", action="store_true", help="update the page of the docs")
    parser.add_argument("--part", help=argparse.SUPPRESS)
    parser.add_argument("--cache", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.part:
        print(ANSWER + json.dumps(_measure(chosen.part, chosen.cache)))
        return
    report = _run_all()
    print(report.text)
    if chosen.write:
        write_page(report)


def _measure(part: str, cache: Path) -> list[dict[str, Any]]:
    if part in PARTS:
        return [figure.as_plain() for figure in PARTS[part](cache)]
    subject, _, engine = part.partition(":")
    return [race(engine, take(subject, cache)).as_plain()]


def _run_all() -> Report:
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder) / "cache"
        races = {
            subject: [Raced(**_run(f"{subject}:{engine}", cache)[0]) for engine in ENGINES]
            for subject in (SHIPPED, SYNTHETIC)
        }
        figures = [Figure(**plain) for part in PARTS for plain in _run(part, cache)]
    return Report(races=races, figures=figures)


def _run(part: str, cache: Path) -> list[dict[str, Any]]:
    """Run one part; where it fails, the whole run does, with its reason."""
    print(f"{part} …", file=sys.stderr)
    command = [sys.executable, "-m", "bench", "--part", part, "--cache", str(cache)]
    done = subprocess.run(
        command, env={**os.environ, **ALONE}, capture_output=True, text=True, check=False
    )
    answers = [line for line in done.stdout.splitlines() if line.startswith(ANSWER)]
    if done.returncode or not answers:
        raise SystemExit(f"{part} failed:\n{done.stderr.strip()}")
    found: list[dict[str, Any]] = json.loads(answers[-1].removeprefix(ANSWER))
    return found


if __name__ == "__main__":
    main()
