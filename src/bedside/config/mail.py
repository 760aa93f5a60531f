"""The mail server for notices: where it is, whether the way there is closed, who sends."""

import re
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import unquote

ADDRESS: Final = re.compile(
    r"(?P<way>smtps?|smtp\+starttls)://"
    r"(?:(?P<user>[^:@/\s]+):(?P<pass>[^:@/\s]+)@)?"
    r"(?P<host>[A-Za-z0-9.-]+):(?P<port>[0-9]{1,5})"
)
OPEN, CLOSED, STARTED = "smtp", "smtps", "smtp+starttls"
LAST_PORT: Final = 65_535
HOW: Final = (
    "write smtp://host:port, or smtps:// or smtp+starttls:// with user:password@ before the host"
)


class NoMailServer(Exception):  # noqa: N818 - a sentence for the person who starts Bedside
    """An address that names no mail server, or would show a password to the network."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MailServer:
    """One mail server; none without a host."""

    host: str = ""
    port: int = 25
    user: str = ""
    password: str = field(default="", repr=False)
    is_closed: bool = False  # encrypted from the first byte
    starts_closed: bool = False  # encrypted after STARTTLS, or nothing is sent


def read_mail_server(text: str) -> MailServer:
    """Read the address of a mail server, or raise `NoMailServer`; nothing is no server."""
    if not text:
        return MailServer()
    found = ADDRESS.fullmatch(text)
    if found is None or int(found["port"]) > LAST_PORT:
        raise NoMailServer(f"BEDSIDE_MAIL is no mail server; {HOW}")
    if found["user"] and found["way"] == OPEN:
        raise NoMailServer("BEDSIDE_MAIL would show its password to the network; begin it smtps://")
    return MailServer(
        host=found["host"],
        port=int(found["port"]),
        user=unquote(found["user"] or ""),
        password=unquote(found["pass"] or ""),
        is_closed=found["way"] == CLOSED,
        starts_closed=found["way"] == STARTED,
    )
