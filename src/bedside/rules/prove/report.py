"""Ask one question, or all, of one rulebook."""

from collections.abc import Iterable

from bedside.rules.prove.changes import find_changes
from bedside.rules.prove.concessions import find_concessions
from bedside.rules.prove.conflicts import find_conflicts
from bedside.rules.prove.dominated import find_theorems
from bedside.rules.prove.finding import Finding, Question, Report, Theorem, Undecided
from bedside.rules.prove.formulas import MILLISECONDS, Formulas
from bedside.rules.prove.unions import find_covered, find_dead, find_gaps
from bedside.rules.prove.world import World

POSITION = "position"


def prove(
    world: World, questions: Iterable[Question], *, milliseconds: int = MILLISECONDS
) -> Report:
    """Answer the questions; each finding has been replayed through the ordinary decider."""
    formulas = Formulas(world.vocabulary, milliseconds=milliseconds)
    found: list[Finding | Undecided] = []
    for question in questions:
        if question is Question.CONFLICTS:
            found += find_conflicts(world)
        elif question is Question.GAPS:
            found += find_gaps(world, formulas)
        elif question is Question.DEAD:
            found += find_dead(world, formulas)
        elif question is Question.COVERED:
            found += find_covered(world, formulas)
        elif question is Question.CONCESSIONS:
            found += find_concessions(world, formulas)
    proved = list(find_theorems(world, POSITION, milliseconds=milliseconds))
    found += [one for one in proved if isinstance(one, Undecided)]
    return Report(
        findings=tuple(one for one in found if isinstance(one, Finding)),
        undecided=tuple(one for one in found if isinstance(one, Undecided)),
        theorems=tuple(one for one in proved if isinstance(one, Theorem)),
    )


def prove_changes(before: World, after: World, *, milliseconds: int = MILLISECONDS) -> Report:
    """Find what differs between two worlds: two days, or a rulebook with and without a draft."""
    findings, undecided = find_changes(before, after, milliseconds=milliseconds)
    return Report(findings=findings, undecided=undecided, is_complete=not undecided)
