"""What two worlds answer to the same facts, and where they differ."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from bedside.rules.decide.advice import Advice, Outcome
from bedside.rules.decide.play import Entry
from bedside.rules.prove.finding import Finding, Question
from bedside.rules.prove.world import CUSTODY, World
from bedside.rules.vocabulary.catalogue import Dimension, Value

NOTHING = "-"
SILENT = f"{Outcome.SILENT.value}: {NOTHING}"
KEEPS, BREAKS = "keeps", "breaks"  # said of a word where several may stand together
DUTIES = "duties"

Worlds: TypeAlias = tuple[World, World]
Facts: TypeAlias = Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One dimension, one word of it, or one duty, whose answer differs between two worlds."""

    dimension: str
    before: str
    after: str


def compare(facts: Facts, worlds: Worlds) -> Iterator[Difference]:
    """Ask both worlds about the same facts, and tell where the answers differ."""
    before, after = (world.advise(facts) for world in worlds)
    for dimension in worlds[0].vocabulary.dimensions.values():
        rows = zip(read_answers(before, dimension), read_answers(after, dimension), strict=True)
        for one, other in rows:
            if one != other:
                yield Difference(dimension=dimension.id, before=one, after=other)
    had, has = (_read_duties(advice) for advice in (before, after))
    for duty in sorted(had ^ has):
        was, is_ = (duty if duty in duties else NOTHING for duties in (had, has))
        yield Difference(dimension=DUTIES, before=was, after=is_)


def read_answers(advice: Advice, dimension: Dimension) -> Iterator[str]:
    """Read the answer in a dimension: one, or one for each word where several stand together."""
    judged = advice.dimensions.get(dimension.id)
    if not dimension.many:
        yield f"{judged.outcome.value}: {judged.advised or NOTHING}" if judged else SILENT
        return
    for word in dimension.words:
        if judged is None or judged.outcome is Outcome.SILENT:
            yield SILENT
        else:
            yield f"{KEEPS if word.id in judged.keeps else BREAKS}: {word.id}"


def _read_duties(advice: Advice) -> frozenset[str]:
    return frozenset(f"{duty.party}: {duty.act}" for duty in advice.duties if duty.now)


def shrink(facts: Facts, wanted: Collection[Difference], worlds: Worlds) -> Facts:
    """Leave out facts until each that is left is needed: without it the differences do not show."""
    before: Facts = {}
    while facts != before:  # what was needed at first may not be once others are gone
        before = facts
        for fact in before:
            fewer = {id_: value for id_, value in facts.items() if id_ != fact}
            is_needed = fact == CUSTODY or not worlds[0].is_possible(fewer)
            if not is_needed and set(wanted) <= set(compare(fewer, worlds)):
                facts = fewer
    return facts


def find_only_in(here: World, there: World) -> Iterator[Entry]:
    """Find the norms that are in play here and not there, or not in the same reach."""
    theirs = {(entry.norm, entry.binds, there.condition(entry)) for entry in there.play.entries}
    for entry in here.play.entries:
        if (entry.norm, entry.binds, here.condition(entry)) not in theirs:
            yield entry


def find_reached(world: World, entry: Entry) -> list[Entry]:
    """Find the norm and all that it silences, and what those would have silenced."""
    found, ahead = {entry.number: entry}, [entry.number]
    while ahead:
        for number in world.play.beats.get(ahead.pop(), ()):
            if number not in found:
                found[number] = world.play.entries[number]
                ahead.append(number)
    return list(found.values())


def is_about(world: World, entry: Entry, dimension: str) -> bool:
    """Tell whether a norm can change a dimension's answer, or the duties."""
    return any(
        one.duties if dimension == DUTIES else any(ask.dimension == dimension for ask in one.asks)
        for one in find_reached(world, entry)
    )


def describe(differences: Iterable[Difference], norms: Iterable[str]) -> Finding:
    """Describe differences that show together as one finding; its witness is added later."""
    rows = list(differences)
    before = _join([one.before for one in rows])
    return Finding(
        question=Question.CHANGES,
        norms=tuple(sorted(norms)),
        dimension=rows[0].dimension,
        before=before,
        after=_join([one.after for one in rows]),
    )


def _join(answers: list[str]) -> str:
    """Join answers that begin alike: `keeps: course, unknowns`."""
    first = answers[0]
    label = first.partition(": ")[0]
    rest = [answer.partition(": ")[2] for answer in dict.fromkeys(answers[1:]) if answer != first]
    return ", ".join([first, *rest]) if label and rest else first
