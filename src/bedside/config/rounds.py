"""One round of the house's own work, for the command that does it and for tests."""

import secrets
from contextlib import suppress
from datetime import UTC, datetime
from functools import partial
from time import monotonic
from uuid import uuid4
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import close_old_connections

from bedside.doors.web.paging.deliver import deliver_pages, route_pages
from bedside.doors.web.paging.push_message import PUSH
from bedside.doors.web.paging.senders import PostOffice
from bedside.doors.web.staff.signed_in import find_edition
from bedside.record.accounts.models import KeptForm, Site
from bedside.record.directory.expiry import end_what_is_over
from bedside.record.journal.act import Act
from bedside.record.journal.queries import Reader, find_lanes
from bedside.record.journal.signing import open_notary
from bedside.record.letters.delivery_operations import record_follow_up
from bedside.record.letters.incident_operations import record_forbidden_found
from bedside.record.letters.queries import find_due_follow_ups, find_forbidden, find_returns
from bedside.record.letters.removal_operations import record_return
from bedside.record.paging.outbound import read_outbound
from bedside.record.presence.board_queries import find_ran_out, find_unit
from bedside.record.presence.ladder import read_ladder
from bedside.record.presence.queries import find_due_climbs
from bedside.record.presence.request_operations import record_climb
from bedside.record.presence.shift_operations import record_terms_ran_out
from bedside.record.refusal import Refused
from bedside.record.reports.box_operations import empty_box
from bedside.trust.ledger.leaf import Lane
from bedside.trust.ledger.refusal import Refusal


def do_round() -> list[str]:
    """Do what is due at every hospital, and say what was done."""
    close_old_connections()
    at = datetime.now(UTC)
    said = _forget_forms(at)
    for site in Site.objects.order_by("slug"):
        said += _end_what_ran_out(site.slug, at)
        said += _climb(site, at)
        said += _end_agreements(site, at)
        said += _deliver(site, at)
        said += _follow_letters(site.slug, at)
        _empty_box(site, at)  # and say nothing: a line would tell the minute
        said += _sign(site.slug, at)
    return said


def begin_at(site: str, at: datetime) -> Act:
    """Begin an act of the house itself."""
    return Act(
        key=uuid4(),
        site=site,
        by=None,
        at=at,
        edition=find_edition(),
        master=settings.BEDSIDE_MASTER,
        random=secrets.token_bytes,
    )


def _follow_letters(site: str, at: datetime) -> list[str]:
    """Follow up letters without an answer, link returns, find what no letter may say."""
    reader = Reader(site=site, master=settings.BEDSIDE_MASTER, random=secrets.token_bytes)
    late, forbidden = find_due_follow_ups(site, at=at), find_forbidden(reader, at=at)
    for delivery in late:
        record_follow_up(begin_at(site, at), delivery)
    for letter in forbidden:
        record_forbidden_found(begin_at(site, at), letter)
    for letter, stay in find_returns(site, at=at):
        record_return(begin_at(site, at), letter, stay)
    said = [f"{site}: {len(late)} letters without an answer"] if late else []
    return said + ([f"{site}: {len(forbidden)} letters to be looked at"] if forbidden else [])


def _sign(site: str, at: datetime) -> list[str]:
    """Sign the head of each lane's log; where its past is not the one signed before, say so."""
    return [said for lane in find_lanes(site) for said in _sign_lane(site, lane, at)]


def _sign_lane(site: str, lane: Lane, at: datetime) -> list[str]:
    try:
        with open_notary(
            site,
            master=settings.BEDSIDE_MASTER,
            heads=settings.BEDSIDE_HEADS_FILE,
            now=lambda: int(at.timestamp()),
            lane=lane,
        ) as notary:
            notary.sign()
    except Refusal as refused:
        return [f"{site}: {refused}"]
    return []


def _forget_forms(at: datetime) -> list[str]:
    count, _ = KeptForm.objects.filter(until__lte=at).delete()
    return [f"{count} kept forms forgotten"] if count else []


def _climb(site: Site, at: datetime) -> list[str]:
    """Page the next rung for every refusal that nobody answered in time."""
    due = find_due_climbs(site.slug, at=at)
    for asked in due:
        with suppress(Refused):  # settled, closed, or done by another round meanwhile
            record_climb(begin_at(site.slug, at), asked, ladder=read_ladder(site.plain))
    return [f"{site.slug}: {len(due)} refusals went to the next rung"] if due else []


def _end_agreements(site: Site, at: datetime) -> list[str]:
    """End the agreements whose time is over, and page the first two rungs of this hour."""
    due = find_ran_out(site.slug, at=at)
    roles = read_ladder(site.plain).holding_at(at).rungs[:2]
    for terms in due:
        with suppress(Refused):
            record_terms_ran_out(begin_at(site.slug, at), terms, roles=roles)
    return [f"{site.slug}: {len(due)} agreements ran out"] if due else []


def _deliver(site: Site, at: datetime) -> list[str]:
    """Send the pages of a hospital on people's own ways; a hospital that named none sends none."""
    outbound = read_outbound(site.plain)
    if not outbound.address:
        return []
    begin, master = partial(begin_at, site.slug, at), settings.BEDSIDE_MASTER
    route_pages(site, begin, at=at, find_unit=find_unit)
    office = PostOffice(
        outbound=outbound,
        sms_key=settings.BEDSIDE_SMS_KEY,
        push_secret=master.secret(PUSH),
        at=at,
        random=secrets.token_bytes,
    )
    reader = Reader(site=site.slug, master=master, random=secrets.token_bytes)
    counted = deliver_pages(office, reader, begin, seconds=monotonic)
    failed = counted["failed"]
    return [f"{site.slug}: {failed} notices did not get through yet"] if failed else []


def _empty_box(site: Site, at: datetime) -> None:
    """Let what came without a name join the record, when chance says so."""
    zone = ZoneInfo(str(site.plain.get("timezone", "UTC")))
    empty_box(
        site.slug,
        begin=partial(begin_at, site.slug),
        today=at.astimezone(zone).date(),
        random=secrets.token_bytes,
    )


def _end_what_ran_out(site: str, at: datetime) -> list[str]:
    count = end_what_is_over(lambda: begin_at(site, at))
    return [f"{site}: {count} limits on contact ran out"] if count else []
