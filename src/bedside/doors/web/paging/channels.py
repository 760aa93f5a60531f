"""Where somebody says how they want to be told that they are needed; nothing is on by itself."""

import re
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from bedside.doors.web.addresses import find_address
from bedside.doors.web.paging.push_message import (
    PUSH,
    NotASubscription,
    find_sender,
    read_subscription,
    say_public,
)
from bedside.doors.web.paging.senders import is_in_domains, is_push_host
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.record.accounts.models import Site
from bedside.record.accounts.roles import May
from bedside.record.paging.channel_operations import record_channel, record_channel_ended
from bedside.record.paging.models import Channel
from bedside.record.paging.outbound import Outbound, read_outbound
from bedside.record.paging.queries import access_channel, find_own_channels, read_address
from bedside.record.paging.refusals import NotAnAddress, NotOnTheList, TooManyWays
from bedside.record.paging.words import WAYS, Way
from bedside.rules.vocabulary.problem import Language

MAIL: Final = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,190}")
PHONE: Final = re.compile(r"\+[0-9]{7,15}")
SEPARATORS: Final = re.compile(r"[ ().-]")
MOST: Final = 2000  # characters of a browser's subscription
SHOWN: Final = 60
BAD_REQUEST: Final = 400


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One way as its owner sees it."""

    channel: Channel
    label: str
    address: str


@require_http_methods(["GET", "HEAD", "POST"])
@for_staff(May.ADVISE)
def show_channels(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Show a person's own ways, and open another."""
    outbound = find_outbound(staff)
    if request.method == "POST":
        try:
            way, address = _read(request, outbound)
            record_channel(staff.act(request), staff.standing, way=way, address=address)
        except (NotAnAddress, NotOnTheList, TooManyWays) as refused:
            context = _fill(request, staff, outbound, language) | {"wrong": refused.say(language)}
            return render(request, "bedside/paging/channels.html", context, status=BAD_REQUEST)
        return HttpResponseRedirect(find_address("channels", language))
    context = _fill(request, staff, outbound, language)
    return render(request, "bedside/paging/channels.html", context)


@require_POST
@for_staff(May.ADVISE)
def end_channel(
    request: HttpRequest, staff: Staff, language: Language, channel_id: UUID
) -> HttpResponse:
    """End one of a person's own ways."""
    channel = access_channel(staff.standing, channel_id)
    record_channel_ended(staff.act(request), staff.standing, channel)
    return HttpResponseRedirect(find_address("channels", language))


def find_outbound(staff: Staff) -> Outbound:
    """Find where this hospital lets pages go."""
    return read_outbound(Site.objects.get(pk=staff.standing.site).plain)


def find_ways(outbound: Outbound) -> frozenset[Way]:
    """Find the ways that this hospital has set up."""
    has = {
        Way.MAIL: bool(settings.EMAIL_HOST and outbound.mail_from and outbound.mail_domains),
        Way.SMS: bool(settings.BEDSIDE_SMS_KEY and outbound.sms_gateway),
        Way.PUSH: bool(outbound.push_hosts),
    }
    return frozenset(way for way, is_there in has.items() if is_there and outbound.address)


def _read(request: HttpRequest, outbound: Outbound) -> tuple[Way, str]:
    """Read a new way, or refuse what nothing could be sent to."""
    sent = request.POST
    if "subscription" in sent:
        return Way.PUSH, _read_device(sent["subscription"], outbound)
    if "phone" in sent:
        number = SEPARATORS.sub("", sent["phone"].strip())
        if not PHONE.fullmatch(number):
            raise NotAnAddress(typed=sent["phone"].strip()[:SHOWN])
        return Way.SMS, number
    address = sent.get("email", "").strip()
    if not MAIL.fullmatch(address):
        raise NotAnAddress(typed=address[:SHOWN])
    if not is_in_domains(address, outbound):
        raise NotOnTheList(typed=address[:SHOWN])
    return Way.MAIL, address


def _read_device(sent: str, outbound: Outbound) -> str:
    try:
        subscription = read_subscription(sent[: MOST + 1])
    except NotASubscription:
        raise NotAnAddress(typed=sent[:SHOWN]) from None
    if len(sent) > MOST:
        raise NotAnAddress(typed=sent[:SHOWN])
    if not is_push_host(subscription.endpoint, outbound):
        raise NotOnTheList(typed=subscription.endpoint[:SHOWN])
    return sent


def _fill(
    request: HttpRequest, staff: Staff, outbound: Outbound, language: Language
) -> dict[str, Any]:
    reader, ways = staff.reader(), find_ways(outbound)
    sender = find_sender(staff.master.secret(PUSH))
    return {
        "lines": [
            Line(
                channel=one,
                label=WAYS[Way(one.kind)].say(language),
                address="" if one.kind == Way.PUSH else read_address(reader, one),
            )
            for one in find_own_channels(staff.standing)
        ],
        "ways": ways,
        "domains": ", ".join(outbound.mail_domains),
        "public_key": say_public(sender) if Way.PUSH in ways else "",
        "typed": request.POST,
    }
