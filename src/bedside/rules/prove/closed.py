"""Silence that a draft ends: a patient in custody about whom it is the first to speak."""

from collections.abc import Iterator

import z3

from bedside.rules.condition.nodes import find_facts
from bedside.rules.condition.parse import parse_condition
from bedside.rules.decide.advise import advise
from bedside.rules.decide.play import Entry
from bedside.rules.prove.finding import Finding, NotReplayedError, Question, Undecided
from bedside.rules.prove.formulas import Formulas, Found, Verdict
from bedside.rules.prove.shrink import Facts, shrink
from bedside.rules.prove.unions import is_gap
from bedside.rules.prove.world import CUSTODY, World

NOTHING = "-"


def find_closed(before: World, after: World, formulas: Formulas) -> Iterator[Finding | Undecided]:
    """Find, for each norm that is new, a situation in which nothing spoke before it."""
    known = {(entry.norm, entry.binds) for entry in before.play.entries}
    for entry in after.play.entries:
        if (entry.norm, entry.binds) in known:
            continue
        for dimension in dict.fromkeys(dimension for dimension, _ in entry.charges):
            found = _ask(before, after, formulas, (entry, dimension))
            if found.verdict is Verdict.UNDECIDED:
                yield Undecided(question=Question.GAPS, norms=(entry.norm.id,), dimension=dimension)
            elif found.verdict is Verdict.SOME:
                yield _confirm(before, after, (entry, dimension), found)


def _ask(before: World, after: World, formulas: Formulas, about: tuple[Entry, str]) -> Found:
    """Ask for somebody in custody whom the new norm concerns and of whom nothing spoke."""
    entry, dimension = about
    spoke = [e for e in before.play.entries if any(d == dimension for d, _ in e.charges)]
    trees = [
        parse_condition(before.vocabulary.dimensions[dimension].touched_by),
        after.condition(entry),
        *(before.condition(one) for one in spoke),
    ]
    touched, speaks, *spoken = [formulas.formula(tree) for tree in trees]
    custody = formulas.formula(parse_condition(CUSTODY))
    facts = (before.vocabulary.facts[f] for tree in trees for f in sorted(find_facts(tree)))
    bases = dict.fromkeys(f.derived.fact if f.derived else f.id for f in facts)
    return formulas.ask(
        [custody, touched, speaks, *(z3.Not(one) for one in spoken)], about=[CUSTODY, *bases]
    )


def _confirm(before: World, after: World, about: tuple[Entry, str], found: Found) -> Finding:
    entry, dimension = about

    def is_closed(facts: Facts) -> bool:
        if not is_gap(before, dimension, facts):
            return False
        advice = after.advise(facts).dimensions.get(dimension)
        return advice is not None and any(
            entry.norm.id in broken for broken in (advice.breaks or {}).values()
        )

    facts = shrink(found.facts, is_closed)
    judged = advise(after.compiled, after.place(facts)).dimensions.get(dimension)
    finding = Finding(
        question=Question.GAPS,
        norms=(entry.norm.id,),
        dimension=dimension,
        witness=after.place(facts),
        before=NOTHING,
        after=f"{judged.outcome.value}: {judged.advised or NOTHING}" if judged else NOTHING,
    )
    if not is_closed(facts):
        raise NotReplayedError(finding)
    return finding
