"""Two versions of a letter, claim by claim: what came, went, grew, shrank, or lost a limit."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bedside.rules.attestation.claim import Claim, ClaimClass, ClaimId, Filling
from bedside.rules.attestation.clause import Clause, Library, Slot, Stronger


class Effect(StrEnum):
    """What a change does to a claim."""

    ADD_CLAIM = "add_claim"
    REMOVE_CLAIM = "remove_claim"
    STRENGTHEN = "strengthen"
    WEAKEN = "weaken"
    DELETE_LIMIT = "delete_limit"
    REWORD = "reword"  # says something else, and neither surely more nor surely less
    FORMAT = "format"  # who assessed it, or where it is written: the sentence stands


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One claim that differs between two versions."""

    claim: ClaimId
    letter: ClaimClass | None
    effect: Effect
    before: Claim | None
    after: Claim | None


def compare_claims(
    before: Iterable[Claim], after: Iterable[Claim], library: Library
) -> tuple[Change, ...]:
    """Tell what became of each claim, in the order of the first version, then what is new."""
    old, new = {c.id: c for c in before}, {c.id: c for c in after}
    changes = [_compare(old.get(id_), new.get(id_), library) for id_ in {**old, **new}]
    return tuple(change for change in changes if change is not None)


def _compare(before: Claim | None, after: Claim | None, library: Library) -> Change | None:
    if before == after:
        return None
    known = before or after
    assert known is not None  # noqa: S101 - an id comes from one of the two
    clause = library.find(known.clause)
    return Change(
        claim=known.id,
        letter=clause.letter if clause else None,
        effect=_judge(before, after, library),
        before=before,
        after=after,
    )


def _judge(before: Claim | None, after: Claim | None, library: Library) -> Effect:
    if before is None:
        return Effect.ADD_CLAIM
    old = library.find(before.clause)
    if after is None:
        return Effect.DELETE_LIMIT if old and old.is_limit else Effect.REMOVE_CLAIM
    new = library.find(after.clause)
    if old is None or new is None or _subject(before, old) != _subject(after, new):
        return Effect.DELETE_LIMIT if old and old.is_limit else Effect.REWORD
    return _weigh(list(_find_turns(before, after, old, new)))


def _subject(claim: Claim, clause: Clause) -> tuple[ClaimClass, str, Filling | None]:
    """Say what a claim is about: its class, its topic, and the slot that tells it apart."""
    return clause.letter, clause.topic, claim.find(clause.about) if clause.about else None


def _find_turns(before: Claim, after: Claim, old: Clause, new: Clause) -> Iterator[int]:
    """Find each way in which the later claim says more (1), less (-1) or other (0) things."""
    if old.strength != new.strength:
        yield _sign(new.strength - old.strength)
    elif old.id != new.id:
        yield 0
    if before.expires_at != after.expires_at:
        yield 1 if after.expires_at > before.expires_at else -1
    if before.addition != after.addition:
        yield 0
    for slot in new.slots.values():
        one, other = before.find(slot.id), after.find(slot.id)
        if slot.id in old.slots and one != other:
            yield _turn(slot, one, other)


def _turn(slot: Slot, before: Filling | None, after: Filling | None) -> int:
    match slot.stronger, before, after:
        case Stronger.MORE, int(), int():
            return _sign(after - before)
        case Stronger.LESS, int(), int():
            return _sign(before - after)
        case Stronger.LATER, datetime(), datetime():
            return 1 if after > before else -1
    return 0


def _weigh(turns: list[int]) -> Effect:
    if not turns:
        return Effect.FORMAT
    if 0 in turns or len(set(turns)) > 1:
        return Effect.REWORD
    return Effect.STRENGTHEN if turns[0] > 0 else Effect.WEAKEN


def _sign(number: int) -> int:
    return (number > 0) - (number < 0)
