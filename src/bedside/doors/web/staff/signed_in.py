"""Somebody who is signed in, and the one gate that every page for them passes."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import wraps
from typing import Any, ClassVar
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render

from bedside.doors.web.addresses import find_address
from bedside.doors.web.problems import find_language, show_problems, show_refused
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.site import Site
from bedside.doors.web.staff.kept_forms import drop_form, keep_form, lead_to, take_ours
from bedside.record.accounts.access import OtherUnit, Standing, access
from bedside.record.accounts.models import Person
from bedside.record.accounts.roles import May
from bedside.record.journal.act import Act
from bedside.record.journal.operations import DoneBefore
from bedside.record.journal.queries import Reader
from bedside.record.refusal import Refused
from bedside.record.vault.master import Master
from bedside.rules.vocabulary.problem import Language, Problems
from bedside.trust.ledger.leaf import Edition, Lane
from bedside.trust.ledger.refusal import Refusal as LedgerRefusal
from bedside.trust.sealing.refusal import Refusal as SealingRefusal

BAD = 400


class KeyMissing(Refused):
    """A form without the key that makes sending it twice safe."""

    code: ClassVar[str] = "web.key-missing"
    status: ClassVar[int] = 400
    en: ClassVar[str] = (
        "This form is not whole. Go back, open the page again and send it once more."
    )
    es: ClassVar[str] = (
        "Este formulario no está completo. Vuelva, abra la página y envíelo otra vez."
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """Who asks: the person, what they are at this hospital, and the hospital."""

    person: Person
    standing: Standing
    site: Site
    is_locked: bool = False
    must_choose: bool = False  # they work at several hospitals and have not said at which today
    lock_after: timedelta = timedelta(minutes=5)
    master: Master = field(repr=False)

    @property
    def at(self) -> datetime:
        """The moment of the request."""
        return self.standing.at

    def reader(self, lane: Lane = Lane.OPERATIONAL) -> Reader:
        """With what sealed rows of a lane are read."""
        return Reader(
            site=self.standing.site, master=self.master, random=secrets.token_bytes, lane=lane
        )

    def act(self, request: HttpRequest, lane: Lane = Lane.OPERATIONAL) -> Act:
        """Make the act of a form, under the key that came with it."""
        return self.act_under(read_key(request.POST.get("key", "")), lane)

    def act_under(self, key: UUID, lane: Lane = Lane.OPERATIONAL) -> Act:
        """Make an act under a key of our own: reading, searching, exporting."""
        return Act(
            key=key,
            site=self.standing.site,
            by=self.person.pk,
            at=self.at,
            edition=find_edition(),
            master=self.master,
            random=secrets.token_bytes,
            lane=lane,
        )


StaffView = Callable[..., HttpResponse]


def for_staff(may: May) -> Callable[[StaffView], Callable[..., HttpResponse]]:
    """Let only those in who may do this; the page gets `request`, `staff` and its own parts."""

    def mark(view: StaffView) -> Callable[..., HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, language: Language, **parts: Any) -> HttpResponse:  # noqa: ANN401 - parts of the address
            staff: Staff | None = getattr(request, "staff", None)
            ours = take_ours(request)
            if staff is None or staff.is_locked or staff.must_choose:
                return lead_in(request, language, staff, typed_by=ours.typed_by)
            answer = _answer(view, request, staff, may, language=language, **parts)
            if ours.kept and answer.status_code < BAD:
                drop_form(ours.kept, staff.person.pk)
            return answer

        guarded.may = may  # type: ignore[attr-defined]  # the matrix of roles and pages reads it
        return guarded

    return mark


def lead_in(
    request: HttpRequest, language: Language, staff: Staff | None, *, typed_by: UUID | None
) -> HttpResponse:
    """Lead to the lock, the choice of a hospital or signing in; what was typed comes back then."""
    back = keep_form(request, typed_by)
    if staff is None:
        return HttpResponseRedirect(lead_to("accounts/login/", language, back))
    return HttpResponseRedirect(lead_to("lock" if staff.is_locked else "sites", language, back))


def _answer(
    view: StaffView, request: HttpRequest, staff: Staff, may: May, **parts: object
) -> HttpResponse:
    try:
        access(staff.standing, may)
        return view(request, staff, **parts)
    except DoneBefore as done:
        return HttpResponseRedirect(find_page_about(request, done.about))
    except OtherUnit as other:
        return _offer_glass(request, staff, other)
    except Refused as refused:
        return show_refused(request, refused)
    except Problems as found:
        return show_problems(request, found.problems)
    except (LedgerRefusal, SealingRefusal) as refusal:
        return show_refused(request, _pass_on(refusal))


def _offer_glass(request: HttpRequest, staff: Staff, other: OtherUnit) -> HttpResponse:
    """Say whose patient this is not, and how it is opened in an emergency."""
    language = find_language(request)
    room, _, thing_id = str(other.values.get("about", "")).partition("/")
    opening = find_address("glass", language, room=room, thing_id=thing_id) if thing_id else ""
    context = {"sentence": other.say(language), "opening": opening, "staff": staff}
    return render(request, "bedside/staff/other_unit.html", context, status=other.status)


class NotKept(Refused):
    """What the ledger or the vault declined; its own sentence says why."""

    code: ClassVar[str] = "web.not-kept"
    status: ClassVar[int] = 503

    def __init__(self, refusal: LedgerRefusal | SealingRefusal) -> None:
        self.refusal = refusal
        super().__init__()

    def say(self, language: str) -> str:  # type: ignore[explicit-override]  # not in 3.11
        """Say what is wrong and what to do next."""
        said = self.refusal.say(language)
        return f"{said[:1].upper()}{said[1:]}."


def _pass_on(refusal: LedgerRefusal | SealingRefusal) -> Refused:
    return NotKept(refusal)


def find_page_about(request: HttpRequest, about: str) -> str:
    """Find the page of the thing that an act was done to."""
    room, _, id_ = about.partition("/")
    prefix = "/es/" if find_language(request) == "es" else "/"
    pages = {
        "encounter": f"stays/{id_}",
        "visit": f"visits/{id_}",
        "person": f"people/{id_}",
        "dispute": f"questions/{id_}",
        "instruction": f"instructions/{id_}",
        "letter": f"letters/{id_}",
        "report": f"reports/{id_}",
        "review": f"reviews/{id_}",
        "consult": f"consults/{id_}",
        "gap": f"consults/gaps/{id_}",
        "case": f"consults/cases/{id_}",
        "debrief": "debriefs",
        "hold": "legal/holds",
        "note": "legal/notes",
        "glass": "openings",
    }
    return prefix + pages.get(room, "home")


def find_edition() -> Edition:
    """Name the rulebook that is in force here, as leaves do."""
    return Edition(file=find_shelf().compiled.rulebook.digest.encode())


def find_master() -> Master:
    """Find the key of this installation."""
    master: Master = settings.BEDSIDE_MASTER
    return master


def read_key(sent: str) -> UUID:
    """Read the key that came with a form, or refuse a form without one."""
    try:
        return UUID(sent)
    except ValueError:
        raise KeyMissing from None
