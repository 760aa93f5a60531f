"""Letting a month leave the house: small numbers hidden, held against what left before."""

from collections.abc import Sequence
from datetime import date
from typing import Final

from bedside.record.accounts.models import Site
from bedside.record.journal.act import Act
from bedside.record.journal.operations import Happening, append, operation
from bedside.record.presence.board_models import BoardRelease
from bedside.record.presence.board_refusals import NothingToExport, WouldTell
from bedside.trust.publication.counts import Counts
from bedside.trust.publication.publish import (
    LEAST_THRESHOLD,
    NothingToShow,
    WouldExpose,
    WouldShowChange,
    publish,
)
from bedside.trust.publication.register import RegisterMoved
from bedside.trust.publication.release import Release, read_release
from bedside.trust.publication.table import Plan

THRESHOLD: Final = LEAST_THRESHOLD


class SiteRegister:
    """The register of a hospital's releases, kept in the act that publishes."""

    def __init__(self, act: Act) -> None:
        self._act = act

    def find_releases(self, subject: str) -> Sequence[Release]:
        """Find what was published of a subject, oldest first."""
        rows = BoardRelease.objects.filter(site_id=self._act.site, subject=subject)
        return tuple(read_release(bytes(row.release)) for row in rows.order_by("number"))

    def keep(self, release: Release, *, after: int) -> None:
        """Keep a release if exactly so many of its subject were kept before; refuse otherwise."""
        if len(self.find_releases(release.subject)) != after:
            raise RegisterMoved(subject=release.subject)
        BoardRelease.objects.create(
            id=self._act.draw_id(),
            site_id=self._act.site,
            subject=release.subject,
            number=after,
            release=release.write(),
        )


@operation
def record_month_exported(
    act: Act, *, label: str, tables: Sequence[tuple[Counts, Plan]], on: date
) -> tuple[Release | None, ...]:
    """Publish the tables of a month; a table of which nothing can be shown is left out."""
    Site.objects.select_for_update().get(slug=act.site)  # two exports take turns
    register = SiteRegister(act)
    released = tuple(_publish(counts, plan, register, on=on) for counts, plan in tables)
    if not any(count for one in released if one for count in one.cells.values()):
        raise NothingToExport  # nothing but zeros and what is hidden
    content = {
        "digests": [one.digest if one else None for one in released],
        "label": label,
        "threshold": THRESHOLD,
    }
    append(act, Happening(kind="board.exported", about=f"site/{act.site}", content=content))
    return released


def _publish(counts: Counts, plan: Plan, register: SiteRegister, *, on: date) -> Release | None:
    try:
        return publish(counts, plan, register, threshold=THRESHOLD, on=on)
    except NothingToShow:
        return None
    except (WouldExpose, WouldShowChange):
        raise WouldTell from None
