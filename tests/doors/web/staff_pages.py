"""How a test of the staff's pages signs somebody in, moves the clock, and reads a page."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from html import unescape
from typing import Final
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client

from bedside.doors.web.staff.kept_forms import sign_typist
from bedside.record.accounts.models import Person
from bedside.record.accounts.sign_in_operations import record_pin_set
from record_cast import NIGHT, begin

PASSWORD: Final = "a sentence for the night"  # noqa: S105 - invented, opens nothing real
SET_PIN: Final = "27182"


@dataclass(slots=True, kw_only=True)
class Watch:
    """The clock of the pages, moved by hand."""

    now: datetime = field(default=NIGHT)

    def tell(self) -> datetime:
        """Tell the time."""
        return self.now

    def wait(self, **how_long: float) -> None:
        """Let time pass."""
        self.now += timedelta(**how_long)


def give_secrets(person: Person, *, pin: str = SET_PIN) -> Person:
    """Give somebody a password and a PIN."""
    person.set_password(PASSWORD)
    person.save()
    if pin:
        record_pin_set(begin(by=person), person, pin=pin)
    return person


def sign_in(person: Person, *, device: str = "shared", client: Client | None = None) -> Client:
    """Sign somebody in with name and password, as the page does."""
    client = client or Client()
    sent = {"login": person.username, "password": PASSWORD, "device": device}
    answer = client.post("/accounts/login/", sent)
    assert answer.status_code == 302, read(answer)
    return client


def fill_in(person: Person | None = None, /, **fields: str) -> dict[str, str]:
    """Fill in a form as its page carries it: with a key, and signed by who types."""
    signed = {"typed_by": sign_typist(person.pk)} if person else {}
    return {"key": str(uuid4()), **signed, **fields}


def read(answer: object) -> str:
    """Read a page as a person does."""
    assert isinstance(answer, HttpResponse)
    page = re.sub(r"<(script|style|svg)\b.*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page)).split())


def find_hidden(answer: object, name: str) -> str:
    """Find the value of a field that the page carries."""
    assert isinstance(answer, HttpResponse)
    found = re.search(rf'name="{name}" value="([^"]*)"', answer.content.decode())
    assert found, name
    return unescape(found[1])
