"""One peer against our own engine and the closure, in a process of its own.

Agreement comes first: on every situation each of the three must name the same norms, or the run
fails. Then they take turns on one thread, so that whatever else the machine does hits all alike.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from importlib.metadata import version
from pathlib import Path
from statistics import median
from typing import Any

from bedside.rules.tables.compiled import load_compiled
from bench.clock import Laps, cpu_of_each, time_each
from bench.engines import ENGINES, Engine
from bench.subject import Answers, Subject, take_shipped
from bench.synthetic import take_synthetic

SITUATIONS = 2_000
TURNS = 6
SECONDS = 0.08  # for one engine in one turn, by each of the two clocks
OURS, CLOSURE = "ours", "closure"
SHIPPED, SYNTHETIC = "shipped", "synthetic"


class Disagreement(SystemExit):
    """An engine names other norms than the closure does; no figure of it would mean anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Raced:
    """What one process found out about its peer."""

    engine: str
    version: str
    norms: int
    agreed: int
    holding: float  # norms that hold in a situation, on average
    median: float  # microseconds, of single calls
    slowest: float  # that 99 of 100 calls did not exceed
    to_closure: float  # processor time over that of the closure
    to_ours: float  # processor time over that of ours
    median_to_closure: float

    def as_plain(self) -> dict[str, Any]:
        """Turn it into plain values."""
        return asdict(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Runner:
    decide: Callable[[Any], Collection[str]]
    asked: Sequence[Any]


def take(name: str, cache: Path) -> Subject:
    """Take one of the two rulebooks."""
    if name == SYNTHETIC:
        return take_synthetic(SITUATIONS)
    return take_shipped(load_compiled(cache=cache), SITUATIONS)


def race(peer: str, subject: Subject) -> Raced:
    """Let the three agree, then take turns."""
    engines = {name: ENGINES[name](subject) for name in dict.fromkeys((OURS, CLOSURE, peer))}
    # Each engine gets situations of its own: one that finds them warm from another would gain.
    runners = {name: _prepare(engine, subject.situations) for name, engine in engines.items()}
    holding = _agree(runners, subject.situations)
    spent: dict[str, list[float]] = {name: [] for name in runners}
    laps: dict[str, list[float]] = {name: [] for name in runners}
    for _ in range(TURNS):
        for name, runner in runners.items():
            spent[name].append(cpu_of_each(runner.decide, runner.asked, seconds=SECONDS))
            laps[name] += time_each(runner.decide, runner.asked, seconds=SECONDS).each
    package, own = ENGINES[peer].package, Laps(each=laps[peer])
    return Raced(
        engine=peer,
        version=version(package) if package else "",
        norms=len(subject.norms),
        agreed=len(subject.situations),
        holding=holding,
        median=own.median,
        slowest=own.at(0.99),
        to_closure=_compare(spent[peer], spent[CLOSURE]),
        to_ours=_compare(spent[peer], spent[OURS]),
        median_to_closure=own.median / median(laps[CLOSURE]),
    )


def _prepare(engine: Engine, situations: Sequence[Answers]) -> _Runner:
    return _Runner(decide=engine.decide, asked=[engine.prepare(dict(one)) for one in situations])


def _agree(runners: Mapping[str, _Runner], situations: Sequence[Answers]) -> float:
    """Hold what each engine names against the closure, on every situation."""
    held = 0
    for number, answers in enumerate(situations):
        wanted = set(runners[CLOSURE].decide(answers))
        held += len(wanted)
        for name, runner in runners.items():
            found = set(runner.decide(runner.asked[number]))
            if found != wanted:
                raise Disagreement(f"{name} disagrees: {sorted(found ^ wanted)} in {answers}")
    return held / len(situations)


def _compare(these: Sequence[float], those: Sequence[float]) -> float:
    """Compare turns that were neighbours in time: the machine is never quiet for long."""
    return median(this / that for this, that in zip(these, those, strict=True))
