"""Reading holds, and refusing to delete what one of them holds."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Final

from django.db.models import Exists, F, OuterRef, Q

from bedside.record.accounts.access import Standing
from bedside.record.accounts.models import Site
from bedside.record.holds.models import Held, Hold
from bedside.record.journal.queries import Reader
from bedside.record.refusal import Refused
from bedside.record.vault.sealed import SITE_RECORD

MOST_SHOWN: Final = 200
TABLE: Final = "holds_hold"


class HeldForMatter(Refused):
    """Deleting what has to stay for a legal matter, by hand or because its time has come."""

    code: ClassVar[str] = "holds.held-for-matter"
    en: ClassVar[str] = (
        "Nothing was deleted: this has been held for a legal matter since {day}. Counsel can lift"
        " the hold."
    )
    es: ClassVar[str] = (
        "No se eliminó nada: esto se conserva por un asunto legal desde {day}. Asesoría jurídica"
        " puede levantar la retención."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From when to when something went on; the end is outside, and none is still going on."""

    began_at: datetime
    ended_at: datetime | None = None

    def overlaps(self, from_at: datetime | None, until_at: datetime | None) -> bool:
        """Tell whether any of it lies in a time; in no time if there is none."""
        if from_at is None or until_at is None:
            return False
        return self.began_at < until_at and (self.ended_at is None or from_at < self.ended_at)


def find_holds_on(site: str, record: str, *, span: Span | None = None) -> tuple[Hold, ...]:
    """Find the holds that stand on a record, the oldest first.

    A hold on a time holds what overlaps it; a record whose span nobody gives could, so it is held.
    """
    named = Exists(Held.objects.filter(hold=OuterRef("pk"), record=record))
    open_ = Hold.objects.filter(site_id=site, lifted_at=None).annotate(is_named=named)
    rows = open_.filter(Q(is_named=True) | Q(from_at__isnull=False)).order_by("set_at")
    return tuple(one for one in rows if one.is_named or _is_then(one, span))


def refuse_if_held(site: str, record: str, *, span: Span | None = None) -> None:
    """Refuse to delete what is held; for an operation, which a hold set meanwhile waits for."""
    Site.objects.select_for_update().get(slug=site)  # whoever sets a hold takes this first, too
    for hold in find_holds_on(site, record, span=span)[:1]:
        raise HeldForMatter(day=hold.set_at.date().isoformat())


def find_holds(standing: Standing) -> tuple[Hold, ...]:
    """Find every hold, those that stand first, the newest on top."""
    rows = Hold.objects.filter(site_id=standing.site).prefetch_related("held")
    return tuple(rows.order_by(F("lifted_at").desc(nulls_first=True), "-set_at")[:MOST_SHOWN])


def read_matter(reader: Reader, hold: Hold) -> str:
    """Open what a hold is for."""
    room = reader.open(SITE_RECORD)
    return room.open(hold.matter, TABLE, hold.pk, "matter") if room else ""


def _is_then(hold: Hold, span: Span | None) -> bool:
    return span is None or span.overlaps(hold.from_at, hold.until_at)
