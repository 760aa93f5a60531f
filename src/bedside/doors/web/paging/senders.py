"""Sending one notice through one channel: by mail, through the SMS gateway, to a browser."""

import hmac
import json
import smtplib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from bedside.doors.web.paging import push_message
from bedside.doors.web.paging.notice import SUBJECT, Notice
from bedside.doors.web.paging.outward import NotAllowed, Post, Unreachable, send
from bedside.record.paging.outbound import Outbound
from bedside.record.paging.words import Failure, Way
from bedside.trust.sealing.secret import Random

GONE: Final = frozenset({404, 410})
TAKEN: Final = range(200, 300)
SIGNATURE: Final = "X-Bedside-Signature"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostOffice:
    """What sending needs: where pages may go, the keys, the moment."""

    outbound: Outbound
    sms_key: str = field(repr=False)
    push_secret: bytes = field(repr=False)
    at: datetime
    random: Random


Sender = Callable[[PostOffice, str, Notice], Failure | None]


def send_mail(office: PostOffice, address: str, notice: Notice) -> Failure | None:
    """Mail a notice to an address in one of the hospital's own domains."""
    has_server = bool(settings.EMAIL_HOST and office.outbound.mail_from)
    if not has_server or not is_in_domains(address, office.outbound):
        return Failure.NOT_ALLOWED
    message = EmailMessage(
        subject=SUBJECT,
        body=notice.text,
        from_email=office.outbound.mail_from,
        to=[address],
        headers={"Auto-Submitted": "auto-generated"},
        connection=get_connection(fail_silently=False),
    )
    try:
        message.send()
    except (smtplib.SMTPRecipientsRefused, smtplib.SMTPSenderRefused, smtplib.SMTPDataError):
        return Failure.REFUSED
    except (OSError, smtplib.SMTPException):
        return Failure.UNREACHABLE
    return None


def send_sms(office: PostOffice, address: str, notice: Notice) -> Failure | None:
    """Hand a notice to the hospital's SMS gateway, signed so that it knows who asks."""
    if not office.outbound.sms_gateway or not office.sms_key:
        return Failure.NOT_ALLOWED
    body = json.dumps({"text": notice.text, "to": address}, sort_keys=True).encode()
    signed = sign_sms(body, key=office.sms_key, at=office.at)
    headers = {"Content-Type": "application/json", SIGNATURE: signed}
    return _send(office, office.outbound.sms_gateway, body, headers)


def send_push(office: PostOffice, address: str, notice: Notice) -> Failure | None:
    """Send a notice to a browser through the push service that its maker runs."""
    try:
        subscription = push_message.read_subscription(address)
    except push_message.NotASubscription:  # its record was deleted
        return Failure.GONE
    if not is_push_host(subscription.endpoint, office.outbound):
        return Failure.NOT_ALLOWED
    plain = push_message.pad(json.dumps({"link": urlsplit(notice.link).path}).encode())
    body = push_message.encrypt(plain, subscription, random=office.random)
    sender = push_message.find_sender(office.push_secret)
    contact = f"mailto:{office.outbound.mail_from}" if office.outbound.mail_from else notice.link
    headers = push_message.sign(sender, subscription.endpoint, contact=contact, at=office.at)
    return _send(office, subscription.endpoint, body, headers)


def sign_sms(body: bytes, *, key: str, at: datetime) -> str:
    """Sign what goes to the gateway together with the second at which it went."""
    moment = int(at.timestamp())
    mac = hmac.new(key.encode(), f"{moment}.".encode() + body, "sha256").hexdigest()
    return f"t={moment},v1={mac}"


def is_in_domains(address: str, outbound: Outbound) -> bool:
    """Tell whether a mail address lies in a domain that the hospital named."""
    return address.rpartition("@")[2].lower() in outbound.mail_domains


def is_push_host(endpoint: str, outbound: Outbound) -> bool:
    """Tell whether a browser's push service is one that the hospital named."""
    try:
        host = (urlsplit(endpoint).hostname or "").lower()
    except ValueError:
        return False
    return any(host == name or host.endswith(f".{name}") for name in outbound.push_hosts)


SENDERS: Final[Mapping[str, Sender]] = {
    Way.MAIL: send_mail,
    Way.SMS: send_sms,
    Way.PUSH: send_push,
}


def _send(office: PostOffice, to: str, body: bytes, headers: Mapping[str, str]) -> Failure | None:
    post = Post(to=to, body=body, headers=headers, private_network=office.outbound.private_network)
    try:
        status = send(post)
    except NotAllowed:
        return Failure.NOT_ALLOWED
    except Unreachable:
        return Failure.UNREACHABLE
    if status in TAKEN:
        return None
    return Failure.GONE if status in GONE else Failure.REFUSED
