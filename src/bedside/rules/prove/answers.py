"""What two worlds answer to the same facts, and where they differ."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from bedside.rules.decide.advice import Advice, Outcome
from bedside.rules.decide.play import Entry
from bedside.rules.prove.finding import Finding, Question
from bedside.rules.prove.shrink import Facts, shrink
from bedside.rules.prove.world import DUTIES, World
from bedside.rules.vocabulary.catalogue import Dimension

NOTHING = "-"
SILENT = f"{Outcome.SILENT.value}: {NOTHING}"
KEEPS, BREAKS = "keeps", "breaks"  # said of a word where several may stand together

Worlds: TypeAlias = tuple[World, World]


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


def make_smaller(facts: Facts, wanted: Collection[Difference], worlds: Worlds) -> Facts:
    """Leave out every fact without which the same differences show to somebody."""
    subjects = frozenset(one.dimension for one in wanted)
    narrow = (worlds[0].narrow(subjects), worlds[1].narrow(subjects))
    return shrink(facts, lambda fewer: is_shown(fewer, wanted, narrow))


def is_shown(facts: Facts, wanted: Collection[Difference], worlds: Worlds) -> bool:
    """Tell whether somebody can be in the situation and sees these differences of a dimension."""
    if not worlds[0].is_possible(facts):
        return False
    dimension = worlds[0].vocabulary.dimensions.get(next(one.dimension for one in wanted))
    if dimension is None:
        return set(wanted) <= set(compare(facts, worlds))
    befores, afters = {one.before for one in wanted}, {one.after for one in wanted}
    return all(  # one world alone often says no
        answers <= set(read_answers(world.advise(facts), dimension))
        for world, answers in zip(worlds, (befores, afters), strict=True)
    )


def find_only_in(here: World, there: World) -> Iterator[Entry]:
    """Find the norms that are in play here and not there, or not in the same reach."""
    theirs = {(entry.norm.id, entry.binds): entry for entry in there.play.entries}
    for entry in here.play.entries:
        other = theirs.get((entry.norm.id, entry.binds))
        if other is None or not _is_same(here, entry, there, other):
            yield entry


def _is_same(here: World, entry: Entry, there: World, other: Entry) -> bool:
    """Tell whether two norms say the same; what a court holds up may differ by day."""
    if entry.norm is not other.norm and entry.norm != other.norm:
        return False
    return not entry.norm.standing or here.condition(entry) == there.condition(other)


def find_reached(world: World, entry: Entry) -> list[Entry]:
    """Find the norm and all that it silences, and what those would have silenced."""
    found, ahead = {entry.number: entry}, [entry.number]
    while ahead:
        for number in world.play.beats.get(ahead.pop(), ()):
            if number not in found:
                found[number] = world.play.entries[number]
                ahead.append(number)
    return list(found.values())


def find_subjects(world: World, entry: Entry) -> frozenset[str]:
    """Find the dimensions, and the duties, that a norm and all that it silences are about."""
    reached = find_reached(world, entry)
    asked = {ask.dimension for one in reached for ask in one.asks}
    return frozenset(asked | {DUTIES} if any(one.duties for one in reached) else asked)


def is_about(world: World, entry: Entry, dimension: str) -> bool:
    """Tell whether a norm can change a dimension's answer, or the duties."""
    return dimension in find_subjects(world, entry)


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
