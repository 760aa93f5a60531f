"""Opening and ending the ways in which somebody wants to be told."""

from typing import Final

from bedside.record.accounts.access import Standing
from bedside.record.journal.act import Act
from bedside.record.journal.operations import Happening, append, operation
from bedside.record.paging.models import Channel
from bedside.record.paging.queries import TABLE
from bedside.record.paging.refusals import TooManyWays
from bedside.record.paging.words import Way
from bedside.record.vault.sealed import SITE_RECORD, open_strongroom

MOST_WAYS: Final = 8


@operation
def record_channel(act: Act, standing: Standing, *, way: Way, address: str) -> Channel:
    """Open a way to somebody; an e-mail address or a number takes the place of the one before."""
    own = Channel.objects.filter(site_id=act.site, person_id=standing.person, ended_at=None)
    if way is not Way.PUSH:
        own.filter(kind=way).update(ended_at=act.at)
    if own.count() >= MOST_WAYS:
        raise TooManyWays(most=MOST_WAYS)
    id_ = act.draw_id()
    key = act.master.care_key(act.site)
    room = open_strongroom(act.site, SITE_RECORD, key=key, random=act.random)
    channel = Channel.objects.create(
        id=id_,
        site_id=act.site,
        person_id=standing.person,
        kind=way,
        address=room.seal(address, TABLE, id_, "address"),
        since=act.at,
    )
    _tell(act, standing, "channel.added", channel)
    return channel


@operation
def record_channel_ended(act: Act, standing: Standing, channel: Channel) -> None:
    """End a way to somebody; nothing more goes through it from now on."""
    channel.ended_at = act.at
    channel.save(update_fields=["ended_at"])
    _tell(act, standing, "channel.ended", channel)


def _tell(act: Act, standing: Standing, kind: str, channel: Channel) -> None:
    """Tell the journal that there is a way and of which kind, never where it leads."""
    content = {"channel": str(channel.pk), "way": channel.kind}
    append(act, Happening(kind=kind, about=f"person/{standing.person}", content=content))
