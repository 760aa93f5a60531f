"""The short-lived code under which an officer signs in: for a hospital and a stay or a unit.

It is no secret of anybody's: it lets somebody say who they are, and shows nothing. A code of
another hospital, a changed one and an old one are all refused, and nothing is recorded.
"""

import base64
import binascii
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import ClassVar
from uuid import UUID

from bedside.record.refusal import Refused
from bedside.record.vault.master import Master

LASTS = timedelta(hours=12)  # a shift
MAC, UUID_BYTES, TIME_BYTES = 16, 16, 5
STAY, UNIT = b"s", b"u"


class WrongCode(Refused):
    """A code that was not made for this hospital, or was changed."""

    code: ClassVar[str] = "stays.wrong-code"
    status: ClassVar[int] = 403
    en: ClassVar[str] = (
        "This code was not made for this hospital. Nothing was recorded. Please ask the nurse for"
        " the code of this unit."
    )
    es: ClassVar[str] = (
        "Este código no se hizo para este hospital. No se registró nada. Por favor pida a"
        " enfermería el código de esta unidad."
    )


class OldCode(Refused):
    """A code whose time is over."""

    code: ClassVar[str] = "stays.old-code"
    status: ClassVar[int] = 410
    en: ClassVar[str] = (
        "This code is no longer valid. Nothing was recorded. Please ask the nurse for today's code."
    )
    es: ClassVar[str] = (
        "Este código ya no vale. No se registró nada. Por favor pida a enfermería el código de hoy."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """What a code is for."""

    stay: UUID | None = None
    unit: str = ""


def make_token(master: Master, site: str, bound: Bound, *, until: datetime) -> str:
    """Make a code."""
    about = STAY + bound.stay.bytes if bound.stay else UNIT + bound.unit.encode()
    plain = int(until.timestamp()).to_bytes(TIME_BYTES, "big") + about
    return base64.urlsafe_b64encode(_sign(master, site, plain) + plain).decode().rstrip("=")


def read_token(master: Master, site: str, token: str, *, at: datetime) -> Bound:
    """Read a code of this hospital, or refuse."""
    try:
        raw = base64.urlsafe_b64decode(token + "=" * (-len(token) % 4))
    except (ValueError, binascii.Error):
        raise WrongCode from None
    if base64.urlsafe_b64encode(raw).decode().rstrip("=") != token:
        raise WrongCode  # one code is written in one way: it is counted by how it is written
    mac, plain = raw[:MAC], raw[MAC:]
    if not hmac.compare_digest(mac, _sign(master, site, plain)):
        raise WrongCode
    if datetime.fromtimestamp(int.from_bytes(plain[:TIME_BYTES], "big"), UTC) <= at:
        raise OldCode
    kind, about = plain[TIME_BYTES : TIME_BYTES + 1], plain[TIME_BYTES + 1 :]
    return Bound(stay=UUID(bytes=about)) if kind == STAY else Bound(unit=about.decode())


def _sign(master: Master, site: str, plain: bytes) -> bytes:
    key = master.secret("officer-sign-in")
    return hmac.digest(key, site.encode() + b"\n" + plain, "sha256")[:MAC]
