"""The report of a run: peers beside our engine, then every other figure, as Markdown."""

import os
import platform
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from bench.engines import ENGINES
from bench.figure import Figure
from bench.race import OURS, SHIPPED, SYNTHETIC, Raced

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "reference" / "benchmarks.md"
BEGIN, END = "<!-- begin: the last run -->", "<!-- end: the last run -->"

# What is wanted of each race: ours at most so many times the closure's median, and each peer at
# least so many times our processor time. Of C++ CEL's two ways the better one counts.
MOST_OF_CLOSURE = {SHIPPED: 1.0, SYNTHETIC: 0.5}
LEAST_OF_OURS = {
    SHIPPED: {"datalogic": 2.5, "Cedar": 35.0, "C++ CEL, one list": 9.0},
    SYNTHETIC: {"datalogic": 4.5, "Cedar": 65.0, "C++ CEL, one list": 17.0},
}
HEAD = (
    "| engine | p50 µs | p99 µs | p50 over the closure's | time over the closure's "
    "| ours is faster by | wanted | |"
)
TITLES = {
    SHIPPED: "Which norms speak: the shipped rulebook, {norms} norms of one day and place",
    SYNTHETIC: "Which norms speak: an invented rulebook of {norms} norms over 20 facts",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything that one run found."""

    races: Mapping[str, Sequence[Raced]]
    figures: Sequence[Figure]

    @property
    def text(self) -> str:
        """The whole report as Markdown."""
        tables = [_write_races(subject, rows) for subject, rows in self.races.items()]
        return "\n\n".join([_write_circumstances(), *tables, _write_figures(self.figures)])


def write_page(report: Report) -> None:
    """Put the report into the page of the docs, between its two marks."""
    before, _, rest = PAGE.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    PAGE.write_text(f"{before}{BEGIN}\n\n{report.text}\n\n{END}{after}")


def _write_circumstances() -> str:
    day = datetime.now(UTC).date()
    busy = os.getloadavg()[1]
    return (
        f"Measured on {day} at commit `{_find_commit()}`, Python {platform.python_version()}, "
        f"{os.cpu_count()} cores, load average {busy:.1f} over the last five minutes."
    )


def _find_commit() -> str:
    command = ["git", "describe", "--always", "--dirty"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() or "unknown"


def _write_races(subject: str, rows: Sequence[Raced]) -> str:
    first = rows[0]
    agreed = (
        f"Every engine named the same norms in all {first.agreed:,} situations, "
        f"{first.holding:.0f} of them on average."
    )
    lines = [
        "## " + TITLES[subject].format(norms=first.norms),
        "",
        agreed,
        "",
        HEAD,
        "|---|--:|--:|--:|--:|--:|---|---|",
    ]
    return "\n".join([*lines, *(_write_race(subject, row) for row in rows)])


def _write_race(subject: str, row: Raced) -> str:
    name = row.engine
    if row.version:
        name += f" ({ENGINES[row.engine].package} {row.version})"
    wanted, verdict = _judge(subject, row)
    cells = [
        name,
        f"{row.median:,.1f}",
        f"{row.slowest:,.0f}",
        f"{row.median_to_closure:.2f}",
        f"{row.to_closure:.2f}",
        f"{row.to_ours:.1f}" if row.engine != OURS else "",
        wanted,
        verdict,
    ]
    return f"| {' | '.join(cells)} |"


def _judge(subject: str, row: Raced) -> tuple[str, str]:
    """Tell what is wanted of a row and whether it was met."""
    if row.engine == OURS:
        most = MOST_OF_CLOSURE[subject]
        is_met = row.median_to_closure <= most
        return f"p50 ≤ {most:g} of the closure's", "met" if is_met else "missed"
    least = LEAST_OF_OURS[subject].get(row.engine)
    if least is None:
        return "", ""
    return f"ours faster by ≥ {least:g}", "met" if row.to_ours >= least else "missed"


def _write_figures(figures: Sequence[Figure]) -> str:
    lines = [
        "## Everything else",
        "",
        "| what | measured | wanted | | beside |",
        "|---|--:|--:|---|---|",
    ]
    for one in figures:
        cells = [one.what, one.measured, one.wanted, one.verdict, one.beside]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)
