"""Epochs: how a log goes on, honestly, after a backup had to be restored."""

from dataclasses import dataclass
from typing import ClassVar

from bedside.trust.ledger.append import append
from bedside.trust.ledger.canonical import write_canonical
from bedside.trust.ledger.checkpoint import parse_checkpoint
from bedside.trust.ledger.leaf import Commitment, Edition, Hour, Kind, Lane, Leaf, Salt, Who
from bedside.trust.ledger.note import parse_note
from bedside.trust.ledger.refusal import Refusal
from bedside.trust.ledger.store import Store

PEOPLE = 2


class EpochUnfounded(Refusal):
    """An epoch that nobody has given good grounds for."""

    code: ClassVar[str] = "ledger.epoch-unfounded"
    en: ClassVar[str] = "an epoch needs a reason and two different people who approve it"
    es: ClassVar[str] = "una época necesita un motivo y dos personas distintas que la aprueben"


@dataclass(frozen=True, slots=True, kw_only=True)
class Grounds:
    """Why an epoch is opened: what was last known to be signed, the reason, who approved."""

    last_checkpoint: str  # the newest note that anybody holds: signer, witness or paper
    kept: int  # entries of the old log that survived
    reason: str
    approved_by: tuple[str, ...]

    def write(self) -> bytes:
        """Write the content that the first leaf of the epoch commits to."""
        checkpoint = parse_checkpoint(parse_note(self.last_checkpoint.encode()).body)
        return write_canonical(
            {
                "approved_by": list(self.approved_by),
                "kept": self.kept,
                "last_checkpoint": self.last_checkpoint,
                "lost": max(0, checkpoint.head.size - self.kept),
                "reason": self.reason,
            }
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Stamp:
    """What the first leaf of an epoch needs besides its grounds."""

    lane: Lane
    hour: Hour
    who: Who
    salt: Salt
    edition: Edition


def open_epoch(old: Store, origin: str, grounds: Grounds, stamp: Stamp) -> Store:
    """Close the old log for good and open the next one; its first leaf commits to the grounds."""
    approved = {name.strip() for name in grounds.approved_by} - {""}
    if not grounds.reason.strip() or len(approved) < PEOPLE:
        raise EpochUnfounded
    leaf = Leaf(
        kind=Kind.EPOCH_OPENED,
        lane=stamp.lane,
        hour=stamp.hour,
        who=stamp.who,
        commitment=Commitment(salt=stamp.salt, content=grounds.write()),
        edition=stamp.edition,
    )
    new = old.succeed(origin)
    append(new, [leaf])
    return new
