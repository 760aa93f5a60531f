"""Somebody of the sample hospital on the pages about stays, and a stay to look at."""

from datetime import datetime
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client
from web_cast import enter

from bedside.record.accounts.models import Person
from bedside.record.encounters.models import Encounter
from bedside.record.encounters.operations import Opening, record_encounter
from bedside.rules.vocabulary.catalogue import Value
from record_cast import NIGHT, UNIT, begin

__all__ = ["Clock", "enter", "look", "open_stay", "send"]


def open_stay(by: Person, *, room: str = "412", **facts: Value) -> Encounter:
    """Open a stay in the labor unit, with how bedside staff know the patient."""
    opening = Opening(unit=UNIT, room=room, patient="canary-patient", number="canary-4711")
    return record_encounter(begin(by=by), opening=opening, facts={"in_custody": True, **facts})


def send(client: Client, path: str, **fields: str) -> HttpResponse:
    """Send a form, with a key of its own unless one is given."""
    response = client.post(path, {"key": str(uuid4())} | fields)
    assert isinstance(response, HttpResponse)
    return response


def look(client: Client, path: str) -> HttpResponse:
    """Open a page."""
    response = client.get(path)
    assert isinstance(response, HttpResponse)
    return response


class Clock:
    """A clock that a test turns."""

    def __init__(self) -> None:
        self.at = NIGHT

    def tell(self) -> datetime:
        """Tell the time that the test says."""
        return self.at
