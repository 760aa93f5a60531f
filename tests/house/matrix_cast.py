"""Two hospitals, every address there is, and who asks for it: all made from what is there.

Nothing is listed twice: addresses come from the table of addresses, what opens a page from the
page, rows from the tables. A new page and a new table are asked without being told.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache
from itertools import product
from typing import Any, Final
from uuid import UUID, uuid4

from allauth.usersessions.models import UserSession
from django.apps import apps
from django.db import models, transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from bedside.record.accounts.models import Person, Post
from bedside.record.accounts.roles import ALLOWED, May, Role
from bedside.record.encounters.operations import Opening, record_encounter
from record_cast import NIGHT, SITE, UNIT, begin, hire, open_hospital

BACKEND: Final = "allauth.account.auth_backends.AuthenticationBackend"
BROKEN: Final = 500
CANARY: Final = "canary"
# Pages that anybody may open, each with its reason. Whatever else is no page for everybody.
PUBLIC: Final = {
    "taps": "advice without a record",
    "answer": "advice without a record",
    "so_far": "advice without a record",
    "norms": "the rulebook is public",
    "norm": "the rulebook is public",
    "officer": "the page for officers",
    "about": "what Bedside is",
    "manifest": "describes the app to a device",
    "offline": "which rules a device has, and what waits on it; it holds nothing of anybody",
    "offline_answer": "the empty page that a device fills itself",
    "offline_rules": "the script that reads the tables",
    "offline_tables": "the rulebook is public",
    "offline_texts": "the rulebook is public",
    "sign_in": "an officer who holds the code of a unit",
    "officer_doors": "the sheet before psychiatry and the magnet, without data",
    "officer_statements": "an officer who holds the code of a post",
    "officer_dangers": "an officer who holds the code of a post",
    "officer_step_out": "an officer who holds the code of a post",
    "rights": "the card of rights, without data",
    "rights_card": "the card of rights, without data",
    "notice_worker": "the script that shows a notice, without data",
    "letter_checks": "whoever holds a letter may check it",
    "letter_check": "whoever holds a letter may check it",
    "letter_answers": "whoever was sent a letter answers it with its key",
    "letter_answer": "whoever was sent a letter answers it with its key",
    "report": "anybody may report without a name",
    "report_about": "what a report without a name protects",
    "report_receipt": "whoever was given a code confirms it",
    "report_talk": "whoever holds a code comes back with it",
}
# Pages of a session itself: signed in or not, locked or not, they say so and show no record.
OF_A_SESSION: Final = ("lock", "lock_now", "sites")
ROOMS: Final = ("encounter", "visit", "person", "glass")
NAMED_FOR: Final = {"stay": "encounter", "thing": "encounter", "kept": "keptform", "role": "post"}
FOR_MACHINES: Final = ("health", "spanish", "worker")  # whether it runs; the way on; the worker
METHODS: Final = ("get", "post")


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """One address: its name, what opens it, and the parts that it needs."""

    name: str
    space: str  # "en:" for our pages
    may: May | None
    parts: tuple[tuple[str, str], ...]  # name and sort: uuid, int, slug, str, path

    def write(self, values: dict[str, object]) -> str:
        """Write it out."""
        return reverse(f"{self.space}{self.name}", kwargs=values or None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows:
    """The ids of one hospital's rows, by the name of the table."""

    site: str
    ids: dict[str, list[object]] = field(default_factory=dict)

    def find(self, part: str, sort: str) -> Sequence[object]:
        """Find ids for a part of an address: by its name, else all of that sort."""
        if sort in {"slug", "str", "path"}:
            return list(ROOMS)
        if not part.endswith("_id"):
            return [0]  # a place in a list, no thing of anybody's
        stem = part.removesuffix("_id").replace("_", "")
        stem = NAMED_FOR.get(stem, stem)
        named = [i for name, ids in self.ids.items() if stem in name for i in ids]
        every = named or [i for ids in self.ids.values() for i in ids]
        fitting = [i for i in every if isinstance(i, UUID if sort == "uuid" else int)]
        return fitting or [uuid4() if sort == "uuid" else 0]


def find_addresses() -> tuple[Address, ...]:
    """Find every address of our pages, from the table of addresses itself."""
    found = []
    for space, pattern in _find_patterns(get_resolver().url_patterns):
        may = getattr(pattern.callback, "may", None)
        sorts = {
            part: type(converter)
            .__name__.removesuffix("Converter")
            .lower()
            .replace("string", "str")
            for part, converter in pattern.pattern.converters.items()
        }
        parts = tuple(sorts.items())
        found.append(Address(name=str(pattern.name), space=space, may=may, parts=parts))
    return tuple(found)


def _find_patterns(patterns: list[Any], space: str = "") -> list[tuple[str, URLPattern]]:
    """Find our patterns, without those in Spanish and those of the library that signs people in."""
    found: list[tuple[str, URLPattern]] = []
    for one in patterns:
        if isinstance(one, URLResolver) and one.namespace in {"en", None}:
            found += _find_patterns(one.url_patterns, "en:" if one.namespace else space)
        elif isinstance(one, URLPattern) and one.lookup_str.startswith("bedside.doors.web"):
            found.append((space, one))
    return [(space, one) for space, one in found if one.name and one.name not in FOR_MACHINES]


def begin_own() -> Rows:
    """Begin one's own hospital, with one stay that can be read."""
    open_hospital(SITE)
    keeper = hire(Role.STAFF_KEEPER)
    opening = Opening(unit=UNIT, room="4", patient="own patient", number="")
    stay = record_encounter(begin(by=keeper), opening=opening, facts={})
    ids: dict[str, list[object]] = {"person": [keeper.pk], "encounter": [stay.pk]}
    return Rows(site=SITE, ids=ids)


def fill(site: str) -> Rows:
    """Fill a hospital with a row of every table of the record that has an id of its own."""
    open_hospital(site)
    keeper = hire(Role.STAFF_KEEPER, site)
    rows = Rows(site=site, ids={"person": [keeper.pk]})
    made: dict[type[models.Model], models.Model] = {Person: keeper, Post: keeper.posts.get()}
    for model in apps.get_models():
        room = model.__module__.split(".")[2] if model.__module__.startswith("bedside.") else ""
        if room in {"", "journal", "vault"} or model.__name__ in {"Site", "CountedTry"}:
            continue
        row = _make(model, site, made)
        if isinstance(row.pk, UUID):
            rows.ids.setdefault(model.__name__.lower(), []).append(row.pk)
    rows.ids["session"] = [
        UserSession.objects.create(user=keeper, session_key=uuid4().hex, ip="::", user_agent="").pk
    ]
    return rows


def _make(
    model: type[models.Model], site: str, made: dict[type[models.Model], models.Model]
) -> models.Model:
    if model not in made:
        values = {
            one.attname: _invent(one, site, made)
            for one in model._meta.concrete_fields  # noqa: SLF001 - Django names its open door so
            if not isinstance(one, models.AutoField)
        }
        made[model] = model._default_manager.create(**values)  # noqa: SLF001 - the same
    return made[model]


def _invent(
    one: "models.Field[Any, Any]", site: str, made: dict[type[models.Model], models.Model]
) -> object:
    related = getattr(one, "related_model", None)
    if one.name in {"site", "slug"}:
        return site
    if related is not None:
        return None if one.null and related is one.model else _make(related, site, made).pk
    if isinstance(one, models.DateTimeField) and one.null and one.name != "until":
        return None
    made_up = next((make(one) for kind, make in MADE_UP if isinstance(one, kind)), None)
    return made_up if made_up is not None else one.get_default()


MADE_UP: Final[tuple[tuple[type[Any], Callable[[Any], object]], ...]] = (
    (models.UUIDField, lambda _: uuid4()),
    (models.DateTimeField, lambda one: NIGHT + timedelta(hours=2 * (one.name == "until"))),
    (models.DateField, lambda _: NIGHT.date()),
    (models.BooleanField, lambda _: False),
    (models.JSONField, lambda _: {}),
    (models.IntegerField, lambda _: 1),
    (models.BinaryField, lambda _: b"sealed"),
    (models.CharField, lambda one: CANARY[: one.max_length]),
    (models.TextField, lambda _: CANARY),
)


def choose(address: Address, own: Rows, other: Rows) -> list[dict[str, object]]:
    """Choose parts of which one at least is the other hospital's; the first may be one's own."""
    if not any(sort in {"uuid", "int"} for _, sort in address.parts):
        return []
    pools = []
    for place, (part, sort) in enumerate(address.parts):
        others = other.find(part, sort)
        first_of_two = place == 0 and len(address.parts) > 1 and sort == "uuid"
        pools.append([*others, *(own.find(part, sort) if first_of_two else [])])
    names = [part for part, _ in address.parts]
    theirs = {id_ for ids in other.ids.values() for id_ in ids}
    chosen = [dict(zip(names, values, strict=True)) for values in product(*pools)]
    return [values for values in chosen if theirs & (set(values.values()) - {0})]


def choose_any(address: Address, own: Rows) -> dict[str, object]:
    """Choose parts of one's own hospital, whatever they lead to."""
    return {part: own.find(part, sort)[0] for part, sort in address.parts}


def sign_in(role: Role, site: str = SITE) -> Client:
    """Sign in somebody with this role, as a browser does."""
    client = Client()
    client.force_login(hire(role, site), backend=BACKEND)
    return client


@cache
def find_roles(may: May) -> tuple[Role, ...]:
    """Find the roles that open this."""
    return tuple(role for role in Role if may in ALLOWED[role])


def ask(client: Client, method: str, path: str) -> tuple[int, str]:
    """Ask for a page with nothing in the form, and say how it was answered, and with what."""
    client.raise_request_exception = False
    kept = transaction.savepoint()  # a page that breaks the database breaks no later page
    answer = client.get(path) if method == "get" else client.post(path, {})
    if answer.status_code >= BROKEN:
        transaction.savepoint_rollback(kept)
    body = answer.content.decode(errors="replace") if not answer.streaming else ""
    return answer.status_code, body or answer.headers.get("Location", "")
