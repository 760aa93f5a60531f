"""Publishing a table: small numbers hidden, held against all earlier ones, kept for good."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import ClassVar, final

from bedside.record.accounts.models import Site
from bedside.record.incidents.models import Release
from bedside.record.incidents.publishing import find_published
from bedside.record.incidents.refusals import WordsMissing
from bedside.record.journal.act import Act
from bedside.record.journal.operations import Happening, append, operation
from bedside.record.refusal import Refused
from bedside.record.vault.lanes import find_lane_record, open_lane
from bedside.trust.publication.counts import Counts
from bedside.trust.publication.publish import publish
from bedside.trust.publication.refusal import Refusal
from bedside.trust.publication.register import RegisterMoved
from bedside.trust.publication.release import Release as Table
from bedside.trust.publication.release import read_release
from bedside.trust.publication.table import Plan

MOST_LINES = 20
MOST_LINE = 300


class NotPublished(Refused):
    """A table that would tell too much; what was asked for is said in its own words."""

    code: ClassVar[str] = "incidents.not-published"
    en: ClassVar[str] = "Nothing was published: {why}"
    es: ClassVar[str] = "No se publicó: {why}"

    def __init__(self, refusals: Iterable[Refusal]) -> None:
        self.refusals = tuple(refusals)
        super().__init__()

    def say(self, language: str) -> str:  # type: ignore[explicit-override]  # not in 3.11
        """Say why not."""
        why = " ".join(f"{one.say(language)}." for one in self.refusals)
        return (self.es if language == "es" else self.en).format(why=why)


class PublishedBefore(Refused):
    """A period that was published: a second table would show what changed between them."""

    code: ClassVar[str] = "incidents.published-before"
    en: ClassVar[str] = "{period} was published already, and stays as it was."
    es: ClassVar[str] = "{period} ya se publicó y queda como estaba."


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is to be published: the counts and the table drawn from them."""

    counts: Counts
    plan: Plan


@final
class SiteRegister:
    """The register of a hospital's tables, in the transaction of whoever publishes."""

    __slots__ = ("_act", "_lines", "_period")

    def __init__(self, act: Act, period: str, lines: Sequence[str] = ()) -> None:
        self._act, self._period, self._lines = act, period, list(lines)

    def find_releases(self, subject: str) -> Sequence[Table]:
        """Find what was published of a subject, oldest first."""
        rows = reversed(find_published(self._act.site, subject))
        return tuple(read_release(bytes(one.plain)) for one in rows)

    def keep(self, release: Table, *, after: int) -> None:
        """Keep a release if exactly so many of its subject were kept before; refuse otherwise."""
        if len(find_published(self._act.site, release.subject)) != after:
            raise RegisterMoved(subject=release.subject)
        Release.objects.create(
            id=self._act.draw_id(),
            site_id=self._act.site,
            subject=release.subject,
            number=after + 1,
            period=self._period,
            plain=release.write(),
            lines=self._lines,
            made_at=self._act.at,
            by=self._act.person,
        )


@operation
def record_published(
    act: Act, *, kind: str, period: str, wanted: Sequence[Wanted], lines: Sequence[str] = ()
) -> int:
    """Publish tables of a period; those that would tell too much are left out, never all silently.

    Raises `NotPublished` if none of them can be shown.
    """
    Site.objects.select_for_update().get(slug=act.site)  # two at one moment publish in turn
    if find_published(act.site, wanted[0].counts.subject, period):
        raise PublishedBefore(period=period)
    refusals, kept = [], []
    register = SiteRegister(act, period, _bound(lines))
    for one in wanted:
        try:
            release = publish(one.counts, one.plan, register, on=_day(act))
        except Refusal as refusal:
            refusals.append(refusal)
            continue
        kept.append(release.digest)
    if not kept:
        raise NotPublished(refusals)
    room = open_lane(act.site, act.lane, master=act.master, random=act.random)
    about = f"published/{period}"
    content = {"lines": list(lines), "period": period, "releases": kept}
    record = find_lane_record(act.lane)
    append(act, Happening(kind=kind, about=about, record=record, content=content, room=room))
    return len(kept)


def _bound(lines: Sequence[str]) -> list[str]:
    if len(lines) > MOST_LINES or any(len(one) > MOST_LINE for one in lines):
        raise WordsMissing(most=MOST_LINE)
    return sorted(lines)


def _day(act: Act) -> date:
    return act.at.date()
