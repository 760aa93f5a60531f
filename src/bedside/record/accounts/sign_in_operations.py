"""What happens when somebody signs in, pauses, goes on, changes how they sign in, or ends it."""

import re
from typing import ClassVar
from uuid import UUID

from django.contrib.auth.hashers import check_password, make_password

from bedside.record.accounts.models import Person
from bedside.record.journal.act import Act
from bedside.record.journal.operations import Happening, append, operation
from bedside.record.refusal import Refused

PIN = re.compile("[0-9]{4,8}")
MOST_MISSES = 5
RUN = "01234567890"  # a PIN that lies in it, or in its reverse, is the first to be guessed


class NotAPin(Refused):
    """A PIN that is none, or that everybody tries first."""

    code: ClassVar[str] = "accounts.not-a-pin"
    status: ClassVar[int] = 400
    en: ClassVar[str] = (
        "Choose 4 to 8 digits that are not all the same and not in a row, as 1234 is."
    )
    es: ClassVar[str] = "Elija de 4 a 8 cifras que no sean todas iguales ni seguidas, como 1234."


class PinMissed(Refused):
    """A PIN that is not this person's."""

    code: ClassVar[str] = "accounts.pin-missed"
    status: ClassVar[int] = 403
    en: ClassVar[str] = "That is not your PIN. Tries left: {left}; then you sign in again."
    es: ClassVar[str] = (
        "Ese no es su PIN. Intentos que quedan: {left}; después inicie sesión otra vez."
    )


@operation
def record_signed_in(act: Act, person_id: UUID, *, how: str, device: str) -> None:
    """Note that somebody signed in, by which way and on whose device; misses begin anew."""
    Person.objects.filter(pk=person_id, pin_misses__gt=0).update(pin_misses=0)
    content = {"device": device, "how": how}
    append(act, Happening(kind="person.signed-in", about=f"person/{person_id}", content=content))


@operation
def record_session_ended(act: Act, person_id: UUID, *, why: str) -> None:
    """Note that a session of somebody ended, and why."""
    about, content = f"person/{person_id}", {"why": why}
    append(act, Happening(kind="person.session-ended", about=about, content=content))


@operation
def record_pin_set(act: Act, person: Person, *, pin: str) -> None:
    """Set the PIN with which somebody goes on after a pause; it opens nothing else."""
    if not PIN.fullmatch(pin) or _is_first_guess(pin):
        raise NotAPin
    person.pin, person.pin_misses = make_password(pin), 0
    person.save(update_fields=["pin", "pin_misses"])
    append(act, Happening(kind="person.pin-set", about=f"person/{person.pk}", content={}))


@operation
def record_pin_missed(act: Act, person_id: UUID) -> int:
    """Count a wrong PIN, and say how many tries are left."""
    person = Person.objects.select_for_update().get(pk=person_id)
    person.pin_misses = min(person.pin_misses + 1, MOST_MISSES)
    person.save(update_fields=["pin_misses"])
    content = {"misses": person.pin_misses}
    append(act, Happening(kind="person.pin-missed", about=f"person/{person_id}", content=content))
    return MOST_MISSES - person.pin_misses


@operation
def record_resumed(act: Act, person_id: UUID) -> None:
    """Note that somebody went on after a pause; refused once there were too many misses."""
    person = Person.objects.select_for_update().get(pk=person_id)
    if person.pin_misses >= MOST_MISSES:
        raise PinMissed(left=0)
    person.pin_misses = 0
    person.save(update_fields=["pin_misses"])
    append(act, Happening(kind="person.resumed", about=f"person/{person_id}", content={}))


@operation
def record_secret_changed(act: Act, person_id: UUID, *, what: str) -> None:
    """Note that somebody's password, passkey or code was set, changed or taken away."""
    about, content = f"person/{person_id}", {"what": what}
    append(act, Happening(kind="person.secret-changed", about=about, content=content))


@operation
def record_link_made(act: Act, person: Person) -> None:
    """Note that somebody was given a one-time link under which they set a password."""
    append(act, Happening(kind="person.link-made", about=f"person/{person.pk}", content={}))


def is_pin(person: Person, pin: str) -> bool:
    """Tell whether this is the person's PIN; nobody has an empty one."""
    return bool(person.pin and PIN.fullmatch(pin)) and check_password(pin, person.pin)


def _is_first_guess(pin: str) -> bool:
    return len(set(pin)) == 1 or pin in RUN or pin[::-1] in RUN
