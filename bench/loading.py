"""How long a rulebook takes to load, what it weighs, and how fast a cold command answers."""

import gc
import os
import resource
import subprocess
import sys
import tempfile
import tracemalloc
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

from bedside.rules.decide.play import find_play
from bedside.rules.tables.compiled import load_compiled
from bench.figure import Figure
from bench.subject import DAY, PLACE

ASKED_OF = 150  # norms that the bound on reading is set for
TIMES = 15
MIB = 1 << 20
BEDSIDE = Path(sys.executable).with_name("bedside")
CASE = (
    "as_of: 2026-11-23\njurisdiction: us/tx\n"
    "facts: {activity: exam, in_custody: true, agency: ice}\n"
    "arrangement: {position: at_bedside}\n"
)


def measure_loading(cache: Path) -> list[Figure]:
    """Time reading, then loading from the cache, then weigh what was loaded."""
    before = process_time()
    compiled = load_compiled()
    spent, count = process_time() - before, len(compiled.rulebook.norms)
    load_compiled(cache=cache)
    kept, used = _time(lambda: load_compiled(cache=cache))
    return [
        Figure(
            what=f"rulebook from YAML, for each {ASKED_OF} norms, processor time",
            found=spent * ASKED_OF / count,
            unit="s",
            at_most=2,
            beside=f"{count} norms in {spent:.1f} s",
        ),
        Figure(
            what="rulebook from its cache",
            found=kept * 1e3,
            unit="ms",
            at_most=15,
            beside=f"processor time {used * 1e3:.1f} ms",
        ),
        *_weigh(cache),
    ]


def _time(call: Callable[[], object]) -> tuple[float, float]:
    """Time a call by the wall and by the processor, in seconds."""
    walls, spents = [], []
    for _ in range(TIMES):
        gc.collect()
        before, used = perf_counter(), process_time()
        call()
        walls.append(perf_counter() - before)
        spents.append(process_time() - used)
    return median(walls), median(spents)


def _weigh(cache: Path) -> list[Figure]:
    """Weigh the loaded rulebook, and again once the tables of one day and place are made."""
    gc.collect()
    tracemalloc.start()
    compiled = load_compiled(cache=cache)
    gc.collect()
    loaded = tracemalloc.get_traced_memory()[0]
    find_play(compiled, DAY, PLACE, ())
    gc.collect()
    ready = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    tables = f"{(ready - loaded) / MIB:.1f} MiB more for the tables of one day and place"
    return [
        Figure(
            what="memory of the loaded rulebook",
            found=loaded / MIB,
            unit="MiB",
            at_most=8,
            beside=tables,
        )
    ]


def measure_command() -> list[Figure]:
    """Time `bedside decide` as a fresh process, its cache warm."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "situation.yaml"
        file.write_text(CASE)
        environment = _find_environment(Path(folder))
        ours = [str(BEDSIDE), "decide", str(file)]
        _run(ours, environment)
        wall, spent = _time_command(ours, environment)
        bare, _ = _time_command([sys.executable, "-c", "pass"], environment)
    return [
        Figure(
            what="`bedside decide`, cold start with a cache",
            found=wall * 1e3,
            unit="ms",
            at_most=300,
            beside=f"processor time {spent * 1e3:.0f} ms; an empty Python {bare * 1e3:.0f} ms",
        )
    ]


def _find_environment(folder: Path) -> dict[str, str]:
    """Let Python keep what it compiles, as it does wherever Bedside is installed."""
    kept = {"XDG_CACHE_HOME": str(folder), "PYTHONPYCACHEPREFIX": str(folder / "python")}
    found = {**os.environ, **kept}
    found.pop("PYTHONDONTWRITEBYTECODE", None)
    return found


def _time_command(command: Sequence[str], environment: dict[str, str]) -> tuple[float, float]:
    walls, spents = [], []
    for _ in range(TIMES):
        used, before = _find_used(), perf_counter()
        _run(command, environment)
        walls.append(perf_counter() - before)
        spents.append(_find_used() - used)
    return median(walls), median(spents)


def _run(command: Sequence[str], environment: dict[str, str]) -> None:
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode not in {0, 1}:  # 1: answered, and somebody has to be called
        raise SystemExit(f"{' '.join(command)} failed: {done.stderr.strip()}")


def _find_used() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
