"""What changes who may reach what."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import ClassVar
from uuid import UUID

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError

from bedside.record.accounts.access import Standing
from bedside.record.accounts.models import Glass, Person, Post, Site
from bedside.record.accounts.roles import Role
from bedside.record.journal.act import Act
from bedside.record.journal.operations import Happening, append, operation
from bedside.record.refusal import Refused
from bedside.record.vault.sealed import SITE_RECORD, make_strongroom, open_strongroom

OPEN_FOR = timedelta(hours=3)
LEAST_REASON, MOST_REASON = 10, 1000
USERNAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,63}")
LONGEST_NAME, LONGEST_EMAIL, LONGEST_UNIT = 120, 254, 40
TABLE = "accounts_glass"
Teller = Callable[..., object]  # adds a page to the operation: act, about, to_role, reason


class NameTaken(Refused):
    """A sign-in name that somebody has."""

    code: ClassVar[str] = "accounts.name-taken"
    en: ClassVar[str] = "Somebody already signs in as `{username}`; choose another name."
    es: ClassVar[str] = "Alguien ya inicia sesión como `{username}`; elija otro nombre."


class EmailTaken(Refused):
    """An address that another person signs on with."""

    code: ClassVar[str] = "accounts.email-taken"
    en: ClassVar[str] = "Somebody else has the address `{email}`; each person needs their own."
    es: ClassVar[str] = "Otra persona tiene la dirección `{email}`; cada una necesita la suya."


class OwnRole(Refused):
    """A role that somebody would give to themselves."""

    code: ClassVar[str] = "accounts.own-role"
    status: ClassVar[int] = 403
    en: ClassVar[str] = (
        "Nobody gives themselves a role: ask another keeper, or whoever runs Bedside."
    )
    es: ClassVar[str] = (
        "Nadie se asigna una función: pida a otra persona responsable de cuentas o a quien "
        "administra Bedside."
    )


class NotAPerson(Refused):
    """What was typed about a person cannot be theirs."""

    code: ClassVar[str] = "accounts.not-a-person"
    status: ClassVar[int] = 400
    en: ClassVar[str] = (
        "Give a name of at most 120 characters, a sign-in name of 2 to 64 small letters, digits,"
        " dots and hyphens, and an address such as nurse@hospital.example or none."
    )
    es: ClassVar[str] = (
        "Escriba un nombre de hasta 120 caracteres, un nombre de usuario de 2 a 64 letras"
        " minúsculas, cifras, puntos y guiones, y una dirección como nurse@hospital.example o"
        " ninguna."
    )


class ReasonTooShort(Refused):
    """A reason that says nothing."""

    code: ClassVar[str] = "accounts.reason-too-short"
    status: ClassVar[int] = 400
    en: ClassVar[str] = "Say in a few words why: between {least} and {most} characters."
    es: ClassVar[str] = "Diga en pocas palabras por qué: entre {least} y {most} caracteres."


class AlreadyHas(Refused):
    """A role that the person has already."""

    code: ClassVar[str] = "accounts.already-has"
    en: ClassVar[str] = "This person has that role already; nothing was changed."
    es: ClassVar[str] = "Esta persona ya tiene esa función; no cambió nada."


@operation
def record_site(act: Act, *, plain: dict[str, object]) -> Site:
    """Add a hospital, or take over what its file says now."""
    site, is_new = Site.objects.update_or_create(slug=act.site, defaults={"plain": plain})
    if is_new:
        make_strongroom(act.site, SITE_RECORD, key=act.master.care_key(act.site), random=act.random)
    kind = "site.added" if is_new else "site.changed"
    append(act, Happening(kind=kind, about=f"site/{act.site}", content={"keys": sorted(plain)}))
    return site


@operation
def record_person(
    act: Act,
    *,
    username: str,
    name: str,
    email: str = "",
    first_role: tuple[Role, str] | None = None,  # and its unit
) -> Person:
    """Add somebody, with a first role if one is said; without a password until they set one."""
    username, name, email = username.strip().lower(), name.strip(), email.strip()
    _check_person(username, name, email)
    if Person.objects.filter(username=username).exists():
        raise NameTaken(username=username)
    if email and Person.objects.filter(email__iexact=email, is_active=True).exists():
        raise EmailTaken(email=email)
    try:
        person = Person.objects.create(
            id=act.draw_id(),
            username=username,
            name=name,
            email=email,
            password=make_password(None),
        )
    except IntegrityError:  # somebody else took it since we looked
        raise NameTaken(username=username) from None
    content = {"username": username}
    if first_role is not None:
        role, unit = first_role
        _add_post(act, person, role=role, unit=unit)
        content |= {"role": role.value, "unit": unit}
    append(act, Happening(kind="person.added", about=f"person/{person.pk}", content=content))
    return person


@operation
def record_role(act: Act, person: Person, *, role: Role, unit: str = "") -> Post:
    """Give somebody a role at this hospital, from now on; nobody gives one to themselves."""
    if act.by == person.pk:
        raise OwnRole
    open_ = Post.objects.filter(person=person, site_id=act.site, role=role, unit=unit, until=None)
    if open_.exists():
        raise AlreadyHas
    post = _add_post(act, person, role=role, unit=unit)
    content = {"role": role.value, "unit": unit}
    append(act, Happening(kind="person.role-given", about=f"person/{person.pk}", content=content))
    return post


@operation
def record_role_ended(act: Act, post: Post) -> None:
    """Take a role from somebody, from now on."""
    post.until = act.at
    post.save(update_fields=["until"])
    content = {"role": post.role, "unit": post.unit}
    about = f"person/{post.person_id}"
    append(act, Happening(kind="person.role-ended", about=about, content=content))


@operation
def record_leaving(act: Act, person: Person) -> None:
    """End everything that somebody may do here; what they did stays theirs.

    Sessions are ended by the door, which sees on every request that the person is nobody here.
    """
    Post.objects.filter(person=person, site_id=act.site, until=None).update(until=act.at)
    if not Post.objects.filter(person=person, until=None).exists():
        person.is_active, person.left_at = False, act.at
        person.save(update_fields=["is_active", "left_at"])
    append(act, Happening(kind="person.left", about=f"person/{person.pk}", content={}))


@operation
def record_broken_glass(
    act: Act, standing: Standing, *, about: str, reason: str, tell: Teller
) -> Glass:
    """Open one record for three hours, with the reason; the privacy officer is paged with it."""
    reason = reason.strip()
    if not LEAST_REASON <= len(reason) <= MOST_REASON:
        raise ReasonTooShort(least=LEAST_REASON, most=MOST_REASON)
    id_ = act.draw_id()
    key = act.master.care_key(act.site)
    room = open_strongroom(act.site, SITE_RECORD, key=key, random=act.random)
    glass = Glass.objects.create(
        id=id_,
        site_id=act.site,
        person_id=standing.person,
        about=about,
        reason=room.seal(reason, TABLE, id_, "reason"),
        broken_at=act.at,
        until=act.at + OPEN_FOR,
    )
    tell(act, about=f"glass/{id_}", to_role=Role.PRIVACY_OFFICER.value, reason="glass")
    content = {"reason": reason, "until": glass.until.isoformat()}
    append(act, Happening(kind="glass.broken", about=about, content=content, room=room))
    return glass


@operation
def record_glass_seen(act: Act, glass: Glass, *, by: UUID) -> None:
    """Note that the privacy officer looked at an emergency opening; the first look stays."""
    Glass.objects.filter(pk=glass.pk, seen_at=None).update(seen_at=act.at, seen_by=by)
    append(act, Happening(kind="glass.seen", about=glass.about, content={"glass": str(glass.pk)}))


def _add_post(act: Act, person: Person, *, role: Role, unit: str) -> Post:
    try:
        return Post.objects.create(
            id=act.draw_id(), person=person, site_id=act.site, role=role, unit=unit, since=act.at
        )
    except IntegrityError:  # two keepers gave it at one moment
        raise AlreadyHas from None


def _check_person(username: str, name: str, email: str) -> None:
    if not USERNAME.fullmatch(username) or not 0 < len(name) <= LONGEST_NAME:
        raise NotAPerson
    if not email:
        return
    try:
        validate_email(email)
    except ValidationError:
        raise NotAPerson from None
    if len(email) > LONGEST_EMAIL:
        raise NotAPerson
