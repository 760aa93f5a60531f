"""Holding a code: for which hospital and stay it is, how often it is used, and who acts by it."""

import secrets
from dataclasses import dataclass
from hashlib import sha256
from typing import ClassVar
from uuid import UUID, uuid5

from django.core.cache import cache
from django.http import HttpRequest

from bedside.doors.web import clock
from bedside.doors.web.staff.signed_in import find_edition, find_master, read_key
from bedside.doors.web.stays.tokens import Bound, WrongCode, read_token
from bedside.record.accounts.models import Site
from bedside.record.encounters.models import Encounter
from bedside.record.journal.act import Act
from bedside.record.journal.queries import Reader
from bedside.record.refusal import Refused

HOUR = 3600
NOT_SAID = frozenset({"key", "csrfmiddlewaretoken"})
MOST_SENT = 40  # forms under one code in an hour; a shift's officers send a handful


class NeedsRoomCode(Refused):
    """Something about one post, sent under the code of a whole unit."""

    code: ClassVar[str] = "officer.needs-room-code"
    status: ClassVar[int] = 403
    en: ClassVar[str] = (
        "This code is for the unit. Nothing was recorded. Please ask the nurse for the code of"
        " your post, and send it under that one."
    )
    es: ClassVar[str] = (
        "Este código es de la unidad. No se registró nada. Por favor pida a enfermería el código"
        " de su puesto y envíelo con ese."
    )


class TooOften(Refused):
    """More forms under one code than officers of one shift send."""

    code: ClassVar[str] = "officer.too-often"
    status: ClassVar[int] = 429
    en: ClassVar[str] = (
        "Too much was sent under this code within the hour; this was not kept. Please tell the"
        " nurse, who can write it down."
    )
    es: ClassVar[str] = (
        "Se envió demasiado con este código en una hora; esto no se guardó. Por favor dígalo a"
        " enfermería, que puede anotarlo."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A code that is good here and now."""

    site: Site
    bound: Bound
    stay: Encounter | None
    token: str

    @property
    def post(self) -> Encounter:
        """The stay at whose post the officer stands, or refuse."""
        if self.stay is None:
            raise NeedsRoomCode
        return self.stay

    def reader(self) -> Reader:
        """With what sealed rows are read; nothing of the patient is among what is shown."""
        return Reader(site=self.site.slug, master=find_master(), random=secrets.token_bytes)

    def act(self, request: HttpRequest) -> Act:
        """Make the act of a form that nobody of ours sent.

        Other words under the key of an earlier form are another act: nothing is told as kept that
        was not.
        """
        sent = sorted((name, all_) for name, all_ in request.POST.lists() if name not in NOT_SAID)
        return Act(
            key=uuid5(read_key(request.POST.get("key", "")), f"{request.path_info} {sent}"),
            site=self.site.slug,
            by=None,
            at=clock.tell_time(),
            edition=find_edition(),
            master=find_master(),
            random=secrets.token_bytes,
        )


def hold_code(request: HttpRequest, site: str, token: str) -> Held:
    """Hold a code, or refuse one that is forged, old, of another hospital, or used too often."""
    bound = read_token(find_master(), site, token, at=clock.tell_time())
    row = Site.objects.filter(slug=site).first()
    stay = _find_stay(site, bound.stay)
    if row is None or (bound.stay is not None and stay is None):
        raise WrongCode
    if request.method == "POST":
        _count(site, token)
    return Held(site=row, bound=bound, stay=stay, token=token)


def _find_stay(site: str, id_: UUID | None) -> Encounter | None:
    if id_ is None:
        return None
    return Encounter.objects.filter(site_id=site, closed_at=None, pk=id_).first()


def _count(site: str, token: str) -> None:
    """Count what is sent under a code by its digest; a code that is too busy is refused."""
    hour = int(clock.tell_time().timestamp()) // HOUR
    name = f"officer-{sha256(f'{site}|{token}'.encode()).hexdigest()[:32]}-{hour}"
    cache.add(name, 0, timeout=HOUR)
    if cache.incr(name) > MOST_SENT:
        raise TooOften
