"""Setting and lifting a hold; both are events that anybody who reads the journal can see."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final

from bedside.record.accounts.models import Site
from bedside.record.holds.models import Held, Hold
from bedside.record.holds.queries import TABLE
from bedside.record.journal.act import Act
from bedside.record.journal.operations import Happening, append, operation
from bedside.record.refusal import Refused
from bedside.record.vault.sealed import SITE_RECORD, open_strongroom

MOST_MATTER: Final = 400
MOST_RECORDS: Final = 100


class NothingToHold(Refused):
    """A hold that names nothing, no matter, or a time that ends before it begins."""

    code: ClassVar[str] = "holds.nothing-to-hold"
    status: ClassVar[int] = 400
    en: ClassVar[str] = (
        "Say what the hold is for ({most} characters at most), and name a stay, a visit, a report,"
        " or a time that ends after it begins."
    )
    es: ClassVar[str] = (
        "Diga para qué es la retención ({most} caracteres como máximo) y nombre una estancia, una"
        " visita, un informe, o un tiempo que termine después de empezar."
    )


class LiftedAlready(Refused):
    """A hold that somebody lifted since the page was opened."""

    code: ClassVar[str] = "holds.lifted-already"
    en: ClassVar[str] = "This hold was lifted already. Set a new one if it has to stand."
    es: ClassVar[str] = "Esta retención ya se levantó. Ponga otra si debe seguir."


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What is held: the records that are named, and every record of a time."""

    records: Collection[str] = ()
    from_at: datetime | None = None
    until_at: datetime | None = None

    @property
    def is_sound(self) -> bool:
        """Tell whether it names something, and its time has two ends in their order."""
        if (self.from_at is None) != (self.until_at is None):
            return False
        if self.from_at and self.until_at and self.from_at >= self.until_at:
            return False
        return bool(self.records or self.from_at) and len(self.records) <= MOST_RECORDS


@operation
def record_hold_set(act: Act, *, matter: str, scope: Scope) -> Hold:
    """Hold what is in scope: from now on nothing of it is deleted."""
    if not matter or len(matter) > MOST_MATTER or not scope.is_sound:
        raise NothingToHold(most=MOST_MATTER)
    Site.objects.select_for_update().get(slug=act.site)  # a deletion under way ends first
    id_ = act.draw_id()
    room = open_strongroom(
        act.site, SITE_RECORD, key=act.master.care_key(act.site), random=act.random
    )
    hold = Hold.objects.create(
        id=id_,
        site_id=act.site,
        matter=room.seal(matter, TABLE, id_, "matter"),
        from_at=scope.from_at,
        until_at=scope.until_at,
        set_at=act.at,
        set_by=act.person,
    )
    records = sorted(set(scope.records))
    for record in records:
        Held.objects.create(id=act.draw_id(), hold=hold, record=record)
    content = {
        "from": scope.from_at.isoformat() if scope.from_at else None,
        "records": records,
        "until": scope.until_at.isoformat() if scope.until_at else None,
    }
    append(act, Happening(kind="hold.set", about=hold.about, content=content, room=room))
    return hold


@operation
def record_hold_lifted(act: Act, hold: Hold) -> None:
    """Lift a hold: what it held may be deleted again, unless another hold stands on it."""
    rows = Hold.objects.filter(pk=hold.pk, lifted_at=None)
    if not rows.update(lifted_at=act.at, lifted_by=act.person):
        raise LiftedAlready
    append(act, Happening(kind="hold.lifted", about=hold.about, content={}))
