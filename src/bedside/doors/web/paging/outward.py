"""The one way out: a request to an address that the hospital named, and to no other machine.

The name is looked up once, every answer is checked, and the connection goes to the address that was
checked: a name that answers differently a moment later leads nowhere. No redirect is followed.
"""

import http.client
import ipaddress
import re
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field
from time import monotonic
from typing import Final
from urllib.parse import SplitResult, urlsplit

SECONDS: Final = 5.0  # each for connecting, for sending and for the answer
SECURE, PLAIN = "https", "http"
PORTS: Final = {SECURE: 443, PLAIN: 80}
STATUS: Final = re.compile(rb"HTTP/1\.[01] ([0-9]{3})")
# Addresses that lead on to another one, which nobody has checked: translators, tunnels, old forms.
CARRIERS: Final = tuple(
    map(
        ipaddress.ip_network,
        ("::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16", "fec0::/10"),
    )
)
LONGEST: Final = 4096  # bytes of an answer that are looked at


class NotAllowed(Exception):  # noqa: N818 - says so
    """An address to which nothing may be sent."""


class Unreachable(Exception):  # noqa: N818 - says so
    """An address that does not answer, not in time, or not as who it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """What is to be sent where."""

    to: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)
    private_network: bool = False  # inside the house; then over plain http too


def send(post: Post) -> int:
    """Send it and give the status of the answer, or raise `NotAllowed` or `Unreachable`."""
    parts = _read(post)
    port = parts.port or PORTS[parts.scheme]
    ip = _find_address(parts.hostname or "", port, private_network=post.private_network)
    if parts.scheme == PLAIN and not ip.is_private:
        raise NotAllowed
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        reached = _connect(parts, str(ip), port)
    except (OSError, ValueError) as error:  # a name that no certificate can bear
        raise Unreachable from error
    with reached:
        try:
            connection = http.client.HTTPConnection(parts.hostname or "", port)
            connection.sock = reached
            connection.request("POST", path, body=post.body, headers=dict(post.headers))
            return _read_status(reached)
        except (OSError, http.client.HTTPException) as error:
            raise Unreachable from error


def _read(post: Post) -> SplitResult:
    try:
        parts = urlsplit(post.to)
        parts.port  # noqa: B018 - a port that is none raises here
        post.to.encode("ascii")  # nor can anything else be written into a request
    except ValueError as error:
        raise NotAllowed from error
    known = PORTS if post.private_network else {SECURE}
    if parts.scheme not in known or not parts.hostname or "@" in parts.netloc or parts.fragment:
        raise NotAllowed
    return parts


def _find_address(
    host: str, port: int, *, private_network: bool
) -> ipaddress.IPv4Address | ipaddress.IPv6Address:
    """Look a name up; one private address among the answers closes the whole name."""
    try:
        answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise Unreachable from error
    found = [ipaddress.ip_address(answer[4][0]) for answer in answers]
    if not all(one.is_global or (private_network and one.is_private) for one in found):
        raise NotAllowed
    if any(one.is_multicast or one.is_unspecified or one.is_link_local for one in found):
        raise NotAllowed  # link-local is where clouds keep their secrets
    if any(one in network and not one.is_loopback for one in found for network in CARRIERS):
        raise NotAllowed
    return found[0]


def _connect(parts: SplitResult, ip: str, port: int) -> socket.socket:
    reached = socket.create_connection((ip, port), timeout=SECONDS)
    if parts.scheme == SECURE:
        return ssl.create_default_context().wrap_socket(reached, server_hostname=parts.hostname)
    return reached


def _read_status(reached: socket.socket) -> int:
    """Read the status and nothing else: whoever answers drop by drop holds no round."""
    until, line = monotonic() + SECONDS, b""
    while b"\r\n" not in line and len(line) < LONGEST:
        reached.settimeout(max(until - monotonic(), 0.01))
        more = reached.recv(LONGEST)
        if not more or monotonic() >= until:
            raise Unreachable
        line += more
    found = STATUS.match(line)
    if found is None:
        raise Unreachable
    return int(found[1])
