"""`bedside people add`: the first person of a hospital, who then adds the others on their page."""

import secrets
import sys
from datetime import UTC, datetime
from enum import StrEnum
from importlib import import_module
from typing import TYPE_CHECKING, Annotated
from uuid import uuid4

import typer

from bedside.doors.cli.door import ANSWERED, NOT_DONE, Lang, Tongue, load_rules, put

if TYPE_CHECKING:
    from bedside.record.accounts.models import Person
    from bedside.record.journal.act import Act

PREPARE = "bedside.config.prepare"  # named, not imported: that floor is above this one
PATH = {Tongue.EN: "/accounts", Tongue.ES: "/es/accounts"}
MADE = {
    Tongue.EN: "{username} is {role} at {site} now. Give this link to them and to nobody else;\n"
    "it sets a password once, within 24 hours (until {until} UTC):",
    Tongue.ES: "{username} tiene ahora la función {role} en {site}. Dele este enlace y a nadie\n"
    "más; define una contraseña una vez, en 24 horas (hasta {until} UTC):",
}
WHICH_SITE = {
    Tongue.EN: "Say at which hospital with --site: {sites}.\n",
    Tongue.ES: "Diga en qué hospital con --site: {sites}.\n",
}
WHICH_ROLE = {
    Tongue.EN: "There is no role `{role}`; choose one of {roles}.\n",
    Tongue.ES: "No hay función `{role}`; elija una de {roles}.\n",
}


class Deed(StrEnum):
    """What may be done about people here; everything else is done on the page."""

    ADD = "add"


def people_command(  # noqa: PLR0913, PLR0917 - the options of the command line's contract
    deed: Annotated[Deed, typer.Argument(help="What to do: add.")],
    username: Annotated[str, typer.Argument(help="The name under which they sign in.")],
    name: Annotated[str, typer.Option(help="Their name, as others know it.")] = "",
    role: Annotated[str, typer.Option(help="Their role, such as staff_keeper.")] = "staff_keeper",
    email: Annotated[str, typer.Option(help="Their address at the provider, if any.")] = "",
    site: Annotated[str, typer.Option(help="Which hospital, if there are several.")] = "",
    lang: Lang = Tongue.EN,
) -> None:
    """Add a person of the hospital, and print the link under which they set a password."""
    del deed
    try:
        import_module(PREPARE).prepare()
    except SystemExit as stopped:  # settings, site or rulebook: it says what and where
        sys.stderr.write(f"{stopped}\n")
        raise typer.Exit(NOT_DONE) from None
    from bedside.record.refusal import Refused

    act = _begin(_choose_site(site, lang))
    try:
        person = _add(act, username=username, name=name or username, email=email, role=role)
    except Refused as refused:
        sys.stderr.write(f"{refused.say(lang.value)}\n")
        raise typer.Exit(NOT_DONE) from None
    except ValueError:
        raise _refuse_role(role, lang) from None
    _print_link(act, person, role, lang)
    raise typer.Exit(ANSWERED)


def _choose_site(wanted: str, tongue: Tongue) -> str:
    from bedside.record.accounts.models import Site

    known = sorted(Site.objects.values_list("slug", flat=True))
    if wanted in known or (not wanted and len(known) == 1):
        return wanted or known[0]
    sys.stderr.write(WHICH_SITE[tongue].format(sites=", ".join(known)))
    raise typer.Exit(NOT_DONE)


def _begin(site: str) -> "Act":
    from django.conf import settings

    from bedside.record.journal.act import Act
    from bedside.trust.ledger.leaf import Edition

    rulebook = load_rules(list(settings.BEDSIDE_OVERLAY_FOLDERS)).rulebook
    return Act(
        key=uuid4(),
        site=site,
        by=None,  # whoever runs the machine, whom Bedside does not know
        at=datetime.now(UTC),
        edition=Edition(file=rulebook.digest.encode()),
        master=settings.BEDSIDE_MASTER,
        random=secrets.token_bytes,
    )


def _add(act: "Act", *, username: str, name: str, email: str, role: str) -> "Person":
    """Add the person; somebody of another hospital gets the role here too."""
    from bedside.record.accounts.models import Person
    from bedside.record.accounts.operations import record_person, record_role
    from bedside.record.accounts.roles import Role

    given = Role(role)
    known = Person.objects.filter(username=username.strip().lower(), is_active=True).first()
    if known is not None:
        record_role(act, known, role=given)
        return known
    return record_person(act, username=username, name=name, email=email, first_role=(given, ""))


def _print_link(act: "Act", person: "Person", role: str, tongue: Tongue) -> None:
    from dataclasses import replace
    from datetime import timedelta

    from django.conf import settings
    from django.contrib.auth.tokens import default_token_generator

    from bedside.record.accounts.sign_in_operations import record_link_made

    record_link_made(replace(act, key=uuid4()), person)
    token = default_token_generator.make_token(person)
    until = act.at + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
    told = {"username": person.username, "role": role, "site": act.site}
    put(MADE[tongue].format(**told, until=f"{until:%Y-%m-%d %H:%M}"))
    is_https = settings.SESSION_COOKIE_SECURE  # as every browser comes
    start = f"https://{settings.ALLOWED_HOSTS[0]}" if is_https else "http://127.0.0.1:8000"
    put(f"{start}{PATH[tongue]}/password/reset/key/{person.pk.hex}-{token}/")


def _refuse_role(role: str, tongue: Tongue) -> typer.Exit:
    from bedside.record.accounts.roles import Role

    sys.stderr.write(WHICH_ROLE[tongue].format(role=role[:40], roles=", ".join(Role)))
    return typer.Exit(NOT_DONE)
