"""What would speak here but does not count: not in force, suspended, remembered, defeated."""

from bedside.rules.decide.advice import SetAside
from bedside.rules.decide.known import Case
from bedside.rules.tables.index import find_bits


def find_aside(case: Case) -> tuple[SetAside, ...]:
    """Find the norms set aside that would speak, and why each does not count."""
    asides = case.play.asides
    speaking = [asides[number] for number in find_bits(case.play.aside_table.find(case.known))]
    once = dict.fromkeys((aside.norm.id, aside.why) for aside in speaking)
    found = [SetAside(norm=norm, why=why) for norm, why in once]
    beaten = {(d.entry.norm.id, d.by.norm.id) for d in case.board.defeats}
    found += [SetAside(norm=norm, why="defeated", by=by) for norm, by in sorted(beaten)]
    return tuple(found)
