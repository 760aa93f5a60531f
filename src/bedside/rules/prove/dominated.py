"""Words that are never better than another word, whatever the situation: theorems.

That the curtain is dominated is one: it stops sight and not hearing, so whatever it keeps the
closed door keeps. A norm that wants an officer inside breaks the theorem; it is then stated with
that exception, and the exception is shown.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import z3

from bedside.rules.decide.charges import find_breaks
from bedside.rules.decide.frame import ACTIVITY
from bedside.rules.decide.known import Case
from bedside.rules.decide.play import GUIDANCE
from bedside.rules.prove.burdens import Burden, TooManyBeatersError
from bedside.rules.prove.differences import Space, UnsettledError
from bedside.rules.prove.finding import Finding, NotReplayedError, Question, Theorem, Undecided
from bedside.rules.prove.scale import Scale
from bedside.rules.prove.shrink import Facts, Shown, shrink
from bedside.rules.prove.world import World

EXAM = "exam"
MOST_EXCEPTIONS = 2
FEW = 5  # norms for the better word to each exception; else there is no rule to except from


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """That one word is never better than another, but for some norms; not yet proved."""

    worse: int
    better: int
    against: tuple[Burden, ...]  # kept by the worse word and not by the better one
    in_favour: tuple[Burden, ...]

    @property
    def exceptions(self) -> tuple[int, ...]:
        """The norms that make it an exception, by number."""
        return tuple(sorted({burden.entry.number for burden in self.against}))


def find_theorems(
    world: World, dimension: str, *, milliseconds: int
) -> Iterator[Theorem | Undecided]:
    """Find each word that another one dominates, proved by Z3 and replayed by the decider."""
    scale = Scale(world=world, dimension=dimension)
    unsettled = Undecided(question=Question.DOMINATED, norms=(), dimension=dimension)
    try:
        claims = list(find_claims(scale))
        space = Space(world, scale.trees, scale.whole, milliseconds=milliseconds)
        for claim in claims:
            yield _Proof(scale=scale, space=space, claim=claim).run()
    except (TooManyBeatersError, UnsettledError):
        yield unsettled


def find_claims(scale: Scale) -> Iterator[Claim]:
    """Find for each word the one that dominates it most clearly, if any does."""
    for worse in range(scale.size):
        claims = [_compare(scale, worse, other) for other in range(scale.size) if other != worse]
        good = [claim for claim in claims if claim is not None]
        if good:
            yield min(good, key=lambda c: (len(c.exceptions), -len(c.in_favour), c.better))


def _compare(scale: Scale, worse: int, better: int) -> Claim | None:
    def keep(one: int, other: int) -> tuple[Burden, ...]:
        keeping = [b for b in scale.burdens if b.charge.keeps >> one & 1]
        return tuple(burden for burden in keeping if not burden.charge.keeps >> other & 1)

    if any(wish.keeps >> worse & ~(wish.keeps >> better) & 1 for wish in scale.wishes):
        return None
    against, favour = keep(worse, better), keep(better, worse)
    claim = Claim(worse=worse, better=better, against=against, in_favour=favour)
    count = len(claim.exceptions)
    is_rule = bool(favour) and count <= MOST_EXCEPTIONS and len(favour) >= FEW * count
    return claim if is_rule else None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Proof:
    scale: Scale
    space: Space
    claim: Claim

    def run(self) -> Theorem:
        """Prove the claim: in no situation without its exceptions does the better word break more.

        Counts of broken norms are compared rank by rank, as the decider counts them.
        """
        counts = self.scale.count(self.space.known)
        pairs = list(zip(counts[self.claim.better], counts[self.claim.worse], strict=True))
        more = z3.Or([z3.UGT(better, worse) for better, worse in pairs])
        quiet = [z3.Not(self._speaks(number)) for number in self.claim.exceptions]
        model = self.space.ask(more, *quiet)
        words = self.scale.frame.dimension.words
        if model is not None:
            raise NotReplayedError(self._describe(self.claim.exceptions, self.space.read(model)))
        less = [z3.ULT(better, worse) for better, worse in pairs]
        shown = [self._show(number) for number in self.claim.exceptions]
        return Theorem(
            dimension=self.scale.dimension,
            worse=words[self.claim.worse].id,
            better=words[self.claim.better].id,
            premises=tuple(dict.fromkeys(b.entry.norm.id for b in self.scale.burdens)),
            exceptions=tuple(one for one in shown if one is not None),
            example=self.scale.world.place(self._find_example(less, quiet)),
        )

    def _speaks(self, number: int) -> z3.BoolRef:
        return self.scale.speaks(number, self.space.known)

    def _show(self, number: int) -> Finding | None:
        """Show where an exception keeps the worse word only; nothing if it never does."""
        own = [burden for burden in self.claim.against if burden.entry.number == number]
        active = [self.scale.charges(burden, self.space.known) for burden in own]
        model = self._ask([z3.Or(active)])
        if model is None:
            return None
        worse, better, norm = self.claim.worse, self.claim.better, own[0].entry.norm.id

        def is_shown(facts: Facts) -> bool:
            alone = self._find_broken(better, facts) - self._find_broken(worse, facts)
            return any(id_ == norm for id_, _ in alone)

        return self._confirm((number,), self.space.read(model), is_shown)

    def _ask(self, wanted: list[z3.BoolRef]) -> z3.ModelRef | None:
        """Ask for a situation, rather at an exam, which everybody can picture."""
        exam = self.scale.world.vocabulary.facts[ACTIVITY].bit(EXAM)
        found = self.space.ask(*wanted, self.space.known.is_answered(ACTIVITY, exam))
        return found if found is not None else self.space.ask(*wanted)

    def _find_example(self, less: list[z3.BoolRef], quiet: list[z3.BoolRef]) -> Facts:
        """Find a situation in which the worse word breaks more, rather of what binds somebody."""
        model = self._ask([z3.Or(less[:GUIDANCE]), *quiet]) or self._ask([z3.Or(less), *quiet])
        facts = self.space.read(model) if model is not None else {}

        def is_shown(facts: Facts) -> bool:
            worse = self._find_broken(self.claim.worse, facts)
            return self._find_broken(self.claim.better, facts) < worse

        finding = self._confirm((), facts, is_shown)
        assert finding.witness is not None  # noqa: S101 - it was confirmed
        return finding.witness.facts

    def _confirm(self, numbers: tuple[int, ...], facts: Facts, is_shown: Shown) -> Finding:
        if not is_shown(facts):
            raise NotReplayedError(self._describe(numbers, facts))
        possible = self.scale.world.is_possible
        smaller = shrink(facts, lambda fewer: possible(fewer) and is_shown(fewer))
        return self._describe(numbers, smaller)

    def _describe(self, numbers: tuple[int, ...], facts: Facts) -> Finding:
        entries = [self.scale.world.play.entries[number] for number in numbers]
        return Finding(
            question=Question.DOMINATED,
            norms=tuple(entry.norm.id for entry in entries),
            dimension=self.scale.dimension,
            witness=self.scale.world.place(facts),
        )

    def _find_broken(self, place: int, facts: Facts) -> set[tuple[str, int]]:
        """Ask the decider what a word breaks: norms, or a wish, each with what keeps it."""
        world, dimension = self.scale.world, self.scale.dimension
        case = Case(compiled=world.compiled, situation=world.place(facts))
        charges = case.find_matter(dimension, case.board, case.known).charges
        return {
            (charge.entry.norm.id if charge.entry else charge.source, charge.keeps)
            for charge in find_breaks(charges, place)
        }
