"""The one room that every object passes: who may reach what, here and now."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.db.models import Q

from bedside.record.accounts.models import Glass, Person, Post
from bedside.record.accounts.roles import ALLOWED, May, Role
from bedside.record.refusal import Refused

NOT_FOUND, FORBIDDEN = 404, 403


class NotThere(Refused):
    """A thing that does not exist, or belongs to another hospital: nobody is told which."""

    code: ClassVar[str] = "access.not-there"
    status: ClassVar[int] = NOT_FOUND
    en: ClassVar[str] = "There is nothing here under this address."
    es: ClassVar[str] = "Aquí no hay nada con esta dirección."


class WorksElsewhere(Refused):
    """Somebody with a role at another hospital, or none here: this keeper cannot let them in."""

    code: ClassVar[str] = "access.works-elsewhere"
    status: ClassVar[int] = FORBIDDEN
    en: ClassVar[str] = (
        "A link to set a password opens every hospital where this person works. It is made only for"
        " somebody who works here and nowhere else; ask whoever runs Bedside."
    )
    es: ClassVar[str] = (
        "El enlace para poner una contraseña abre cada hospital donde trabaja esta persona. Solo se"
        " hace para quien trabaja aquí y en ningún otro; pregunte a quien administra Bedside."
    )


class NotYours(Refused):
    """A thing of this hospital that this person's role does not reach."""

    code: ClassVar[str] = "access.not-yours"
    status: ClassVar[int] = FORBIDDEN
    en: ClassVar[str] = "Your role does not open this. Ask the person who keeps staff accounts."
    es: ClassVar[str] = "Su función no abre esto. Pregunte a la persona responsable de las cuentas."


class OtherUnit(NotYours):
    """A stay in a unit that is not this person's; in an emergency they may open it and say why."""

    code: ClassVar[str] = "access.other-unit"
    en: ClassVar[str] = (
        "This patient is in another unit. In an emergency you can open the record for three hours"
        " and say why; the privacy officer is told."
    )
    es: ClassVar[str] = (
        "Este paciente está en otra unidad. En una urgencia puede abrir el registro por tres horas"
        " y decir por qué; se avisa a la persona responsable de privacidad."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Who asks, at which hospital, with which roles, at what moment."""

    person: UUID
    site: str
    at: datetime
    posts: tuple[tuple[Role, str], ...]  # role and unit; no unit is the whole house

    @property
    def roles(self) -> frozenset[Role]:
        """The roles, wherever."""
        return frozenset(role for role, _ in self.posts)

    def may(self, act: May) -> bool:
        """Tell whether any role of theirs may do this anywhere here."""
        return any(act in ALLOWED[role] for role, _ in self.posts)

    def may_in(self, act: May, unit: str) -> bool:
        """Tell whether a role of theirs may do this in a unit."""
        return any(
            act in ALLOWED[role] and (not where or where == unit or May.SEE_HOUSE in ALLOWED[role])
            for role, where in self.posts
        )


def find_standing(person: Person, site: str, *, at: datetime) -> Standing | None:
    """Find what a person is at a hospital now; nothing if they are nobody there."""
    if not person.is_active:
        return None
    open_ = Post.objects.filter(Q(until=None) | Q(until__gt=at), person=person, since__lte=at)
    posts = tuple(
        (Role(role), unit) for role, unit in open_.filter(site_id=site).values_list("role", "unit")
    )
    return Standing(person=person.pk, site=site, at=at, posts=posts) if posts else None


def access(standing: Standing, act: May) -> None:
    """Refuse, unless the person may do this here."""
    if not standing.may(act):
        raise NotYours


def access_in_unit(standing: Standing, act: May, *, unit: str, about: str) -> None:
    """Refuse, unless the person may do this to a stay in a unit, or broke the glass for it."""
    access(standing, act)
    if standing.may_in(act, unit) or has_broken_glass(standing, about):
        return
    raise OtherUnit(about=about) if standing.may(May.BREAK_GLASS) else NotYours


def access_person(standing: Standing, person_id: UUID) -> Person:
    """Find somebody who works at this hospital or did, or refuse."""
    access(standing, May.KEEP_PEOPLE)
    here = Post.objects.filter(site_id=standing.site, person_id=person_id)
    person = Person.objects.filter(pk=person_id).first() if here.exists() else None
    if person is None:
        raise NotThere
    return person


def refuse_elsewhere(standing: Standing, person: Person) -> None:
    """Refuse what opens every hospital of a person, unless they have a role here and only here."""
    open_ = Post.objects.filter(person=person, until=None)
    if set(open_.values_list("site_id", flat=True)) != {standing.site}:
        raise WorksElsewhere


def access_post(standing: Standing, post_id: UUID) -> Post:
    """Find a role that runs at this hospital, or refuse."""
    access(standing, May.KEEP_PEOPLE)
    post = Post.objects.filter(pk=post_id, site_id=standing.site, until=None).first()
    if post is None:
        raise NotThere
    return post


def access_glass(standing: Standing, glass_id: UUID) -> Glass:
    """Find an emergency opening of this hospital for whoever reviews them, or refuse."""
    access(standing, May.REVIEW_GLASS)
    glass = Glass.objects.filter(pk=glass_id, site_id=standing.site).first()
    if glass is None:
        raise NotThere
    return glass


def has_broken_glass(standing: Standing, about: str) -> bool:
    """Tell whether the person opened this in an emergency and the three hours still run."""
    return Glass.objects.filter(
        person_id=standing.person,
        site_id=standing.site,
        about=about,
        broken_at__lte=standing.at,
        until__gt=standing.at,
    ).exists()
