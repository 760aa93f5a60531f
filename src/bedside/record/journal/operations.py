"""Writing the journal: the one way by which an event and its leaf come to be.

Every operation of every room is marked with `operation` and appends exactly one event; both, and
the rows, are kept in one transaction or not at all.
"""

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from functools import wraps
from typing import ClassVar, Concatenate, ParamSpec, TypeVar, cast
from uuid import UUID

from django.db import IntegrityError, transaction

from bedside.record.journal.act import Act
from bedside.record.journal.kinds import KINDS
from bedside.record.journal.ledger import RecordStore, find_origin
from bedside.record.journal.models import EVENTS, LaneEvent
from bedside.record.refusal import Refused
from bedside.record.vault.sealed import SITE_RECORD, Strongroom, open_strongroom
from bedside.trust.ledger.append import EventTaken
from bedside.trust.ledger.append import append as append_leaves
from bedside.trust.ledger.canonical import write_canonical
from bedside.trust.ledger.leaf import (
    SALT_BYTES,
    Commitment,
    Hour,
    Leaf,
    Pseudonym,
    Role,
    Salt,
    Who,
)
from bedside.trust.sealing.secret import draw

TABLE = "journal_event"
P = ParamSpec("P")
R = TypeVar("R")
Content = Mapping[str, object]


class DoneBefore(Refused):
    """An act that was sent twice: it was done once, and is not done again."""

    code: ClassVar[str] = "journal.done-before"
    status: ClassVar[int] = 200
    en: ClassVar[str] = "This was recorded already; nothing was done twice."
    es: ClassVar[str] = "Esto ya estaba registrado; no se hizo dos veces."

    def __init__(self, about: str, kind: str) -> None:
        super().__init__()
        self.about, self.kind = about, kind


class WrongLane(Exception):  # noqa: N818 - a slip of ours, never seen by people
    """An event that would have joined a lane which is not its own."""


class NotOneEvent(Exception):  # noqa: N818 - a slip of ours, never seen by people
    """An operation that left no event, or more than one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """What an operation tells the journal."""

    kind: str
    about: str  # room/id
    content: Content
    record: str = SITE_RECORD  # of the operational lane; another lane has records of its own
    room: Strongroom | None = None  # the record's keys, if the operation has them at hand


_appended: ContextVar[list[UUID] | None] = ContextVar("appended", default=None)


def operation(do: Callable[Concatenate[Act, P], R]) -> Callable[Concatenate[Act, P], R]:
    """Make a function an operation: one transaction, one event, once for each key."""

    @wraps(do)
    def run(act: Act, *args: P.args, **kwargs: P.kwargs) -> R:
        keys: list[UUID] = []
        token = _appended.set(keys)
        try:
            with transaction.atomic():
                _refuse_repetition(act)
                result = do(act, *args, **kwargs)
                if len(keys) != 1:
                    raise NotOneEvent(f"{do.__qualname__} left {len(keys)} events")
        except (IntegrityError, EventTaken):
            _refuse_repetition(act)  # the same act was sent twice at one moment
            raise
        finally:
            _appended.reset(token)
        return result

    run.is_operation = True  # type: ignore[attr-defined]  # the house test looks for it
    return cast("Callable[Concatenate[Act, P], R]", run)


def append(act: Act, happening: Happening) -> LaneEvent:
    """Append one event and its leaf; only inside an operation."""
    keys = _appended.get()
    if keys is None:
        raise NotOneEvent(f"{happening.kind} outside an operation")
    kind = KINDS[happening.kind]
    if act.lane not in kind.lanes:
        raise WrongLane(f"{kind.name} in the lane {act.lane}")
    content = write_canonical(_tell(act, happening))
    salt = Salt(secret=draw(act.random, SALT_BYTES))
    leaf = Leaf(
        kind=kind.leaf,
        lane=act.lane,
        hour=Hour(at=act.at),
        who=_name(act, happening.about),
        commitment=Commitment(salt=salt, content=content),
        edition=act.edition,
    )
    (place,) = append_leaves(RecordStore(find_origin(act.site, act.lane)), [leaf])
    room = happening.room or open_strongroom(
        act.site, happening.record, key=act.master.lane_key(act.site, act.lane), random=act.random
    )
    keys.append(act.key)
    return EVENTS[act.lane].objects.create(
        key=act.key,
        site=act.site,
        kind=kind.name,
        by=act.by,
        about=happening.about,
        record=happening.record,
        at=act.at,
        device_at=act.device_at,
        leaf=place,
        edition=act.edition.digest.hex(),
        content=room.seal_bytes(content, TABLE, act.key, "content"),
        salt=room.seal_bytes(salt.secret, TABLE, act.key, "salt"),
    )


def _refuse_repetition(act: Act) -> None:
    earlier = EVENTS[act.lane].objects.filter(site=act.site, key=act.key).first()
    if earlier is not None:
        raise DoneBefore(earlier.about, earlier.kind)


def _tell(act: Act, happening: Happening) -> Content:
    """Put together what the leaf commits to; whoever holds it can recompute the commitment."""
    return {
        "about": happening.about,
        "at": act.at.isoformat(),
        "by": str(act.by) if act.by else None,
        "content": happening.content,
        "device_at": act.device_at.isoformat() if act.device_at else None,
        "key": str(act.key),
        "kind": happening.kind,
        "site": act.site,
        "v": 1,
    }


def _name(act: Act, about: str) -> Who:
    key = act.master.stand_in_key(act.site, act.lane)
    return Who(
        actor=Pseudonym(key=key, role=Role.ACTOR, reference=str(act.by or "bedside")),
        event=Pseudonym(key=key, role=Role.EVENT, reference=str(act.key)),
        object=Pseudonym(key=key, role=Role.OBJECT, reference=about),
        site=Pseudonym(key=key, role=Role.SITE, reference=act.site),
    )
