"""The pages of whoever keeps staff accounts: who works here, in which role, who leaves today."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from django.contrib.auth.tokens import default_token_generator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import override as in_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bedside.doors.web.addresses import find_address
from bedside.doors.web.staff.own_settings import end_all_sessions
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.record.accounts.access import access_person, access_post, refuse_elsewhere
from bedside.record.accounts.models import Person
from bedside.record.accounts.operations import (
    AlreadyHas,
    EmailTaken,
    NameTaken,
    NotAPerson,
    record_leaving,
    record_person,
    record_role,
    record_role_ended,
)
from bedside.record.accounts.queries import (
    find_former_people,
    find_open_posts,
    find_people,
    find_posts,
)
from bedside.record.accounts.roles import NAMES, May, Role
from bedside.record.accounts.sign_in_operations import record_link_made
from bedside.record.refusal import Refused
from bedside.rules.vocabulary.problem import Language

FIELDS = ("username", "name", "email")


class NoSuchRole(Refused):
    """A role or a unit that this hospital does not have."""

    status: ClassVar[int] = 400
    code: ClassVar[str] = "accounts.no-such-role"
    en: ClassVar[str] = "Choose a role and a unit from the lists."
    es: ClassVar[str] = "Elija una función y una unidad de las listas."


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A person in the list."""

    person: Person
    roles: tuple[str, ...]


@for_staff(May.KEEP_PEOPLE)
@require_http_methods(["GET", "HEAD", "POST"])
def show_people(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Show who works here, and add somebody."""
    if request.method != "POST":
        return _render_people(request, staff, language)
    typed = {name: request.POST.get(name, "") for name in FIELDS}
    try:
        first = _read_role(request, staff)
        person = record_person(staff.act(request), **typed, first_role=first)
    except (NameTaken, EmailTaken, NotAPerson, NoSuchRole) as refused:
        typed |= {"role": request.POST.get("role", ""), "unit": request.POST.get("unit", "")}
        return _render_people(request, staff, language, refused=refused, typed=typed)
    return _lead_to(person, language)


@for_staff(May.KEEP_PEOPLE)
@require_safe
def show_person(
    request: HttpRequest, staff: Staff, language: Language, person_id: UUID
) -> HttpResponse:
    """Show somebody's roles here, those that ended too."""
    return _render_person(request, staff, language, access_person(staff.standing, person_id))


@for_staff(May.KEEP_PEOPLE)
@require_POST
def give_role(
    request: HttpRequest, staff: Staff, language: Language, person_id: UUID
) -> HttpResponse:
    """Give somebody a role here."""
    person = access_person(staff.standing, person_id)
    try:
        role, unit = _read_role(request, staff)
        record_role(staff.act(request), person, role=role, unit=unit)
    except (AlreadyHas, NoSuchRole) as refused:
        return _render_person(request, staff, language, person, refused=refused)
    return _lead_to(person, language)


@for_staff(May.KEEP_PEOPLE)
@require_POST
def end_role(request: HttpRequest, staff: Staff, language: Language, post_id: UUID) -> HttpResponse:
    """Take a role from somebody, from this moment."""
    post = access_post(staff.standing, post_id)
    record_role_ended(staff.act(request), post)
    return _lead_to(post.person, language)


@for_staff(May.KEEP_PEOPLE)
@require_POST
def let_leave(
    request: HttpRequest, staff: Staff, language: Language, person_id: UUID
) -> HttpResponse:
    """End everything that somebody may do here, and every session of theirs, at once."""
    person = access_person(staff.standing, person_id)
    record_leaving(staff.act(request), person)
    end_all_sessions(person)
    return HttpResponseRedirect(find_address("people", language))


@for_staff(May.KEEP_PEOPLE)
@require_POST
def make_link(
    request: HttpRequest, staff: Staff, language: Language, person_id: UUID
) -> HttpResponse:
    """Make a link under which somebody sets a password, once; it is shown here and nowhere else."""
    person = access_person(staff.standing, person_id)
    refuse_elsewhere(staff.standing, person)
    record_link_made(staff.act(request), person)
    token = default_token_generator.make_token(person)
    with in_language(language):
        parts = {"uidb36": person.pk.hex, "key": token}
        path = reverse("account_reset_password_from_key", kwargs=parts)
    link = request.build_absolute_uri(path)
    return _render_person(request, staff, language, person, link=link)


def _read_role(request: HttpRequest, staff: Staff) -> tuple[Role, str]:
    role, unit = request.POST.get("role", ""), request.POST.get("unit", "")
    if role not in set(Role) or unit not in ("", *staff.site.units):
        raise NoSuchRole
    return Role(role), unit


def _render_people(
    request: HttpRequest,
    staff: Staff,
    language: Language,
    *,
    refused: Refused | None = None,
    typed: dict[str, str] | None = None,
) -> HttpResponse:
    site, at = staff.standing.site, staff.at
    context = {
        "lines": _find_lines(site, at, language),
        "roles": _list_roles(language),
        "units": staff.site.units,
        "former": find_former_people(site, at=at),
        "wrong": refused.say(language) if refused else "",
        "typed": typed or {},
    }
    status = refused.status if refused else 200
    return render(request, "bedside/staff/people.html", context, status=status)


def _render_person(
    request: HttpRequest, staff: Staff, language: Language, person: Person, **more: object
) -> HttpResponse:
    refused = more.pop("refused", None)
    posts = find_posts(person, staff.standing.site)
    context = {
        "person": person,
        "open": [(p, _name(p.role, language)) for p in posts if p.until is None],
        "ended": [(p, _name(p.role, language)) for p in posts if p.until is not None],
        "roles": _list_roles(language),
        "units": staff.site.units,
        "is_self": person.pk == staff.person.pk,
        "wrong": refused.say(language) if isinstance(refused, Refused) else "",
        **more,
    }
    status = refused.status if isinstance(refused, Refused) else 200
    return render(request, "bedside/staff/person.html", context, status=status)


def _find_lines(site: str, at: datetime, language: Language) -> list[Line]:
    posts: dict[UUID, list[str]] = {}
    for post in find_open_posts(at=at).filter(site_id=site).order_by("role"):
        unit = f" · {post.unit}" if post.unit else ""
        posts.setdefault(post.person_id, []).append(_name(post.role, language) + unit)
    people = find_people(site, at=at)
    return [Line(person=one, roles=tuple(posts.get(one.pk, ()))) for one in people]


def _list_roles(language: Language) -> list[tuple[str, str]]:
    return [(role.value, NAMES[role].say(language)) for role in Role]


def _name(role: str, language: Language) -> str:
    return NAMES[Role(role)].say(language)


def _lead_to(person: Person, language: Language) -> HttpResponse:
    return HttpResponseRedirect(find_address("person", language, person_id=str(person.pk)))
