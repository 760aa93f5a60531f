"""What a device that had no network sends to the house, and what the house says of each row."""

import json
from datetime import timedelta
from typing import Any, TypeAlias
from uuid import uuid4

from django.http import HttpResponse
from django.test import Client
from stays_web_cast import open_stay
from web_cast import NURSING

from bedside.record.accounts.models import Person
from bedside.record.encounters.models import Encounter
from record_cast import NIGHT

Row: TypeAlias = dict[str, Any]  # what two programs say to one another
TAPS = [[name, value] for name, value in NURSING.items() if name != "as_of"]
EARLIER = timedelta(minutes=40)


def open_earlier(by: Person) -> Encounter:
    """Open a stay, some hours ago."""
    found = open_stay(by)
    Encounter.objects.filter(pk=found.pk).update(opened_at=NIGHT - timedelta(hours=6))
    return Encounter.objects.get(pk=found.pk)


def write_mark(stay: Encounter, **changes: object) -> Row:
    """Write the row of six taps as a device does."""
    row: Row = {
        "kind": "mark",
        "key": str(uuid4()),
        "stay": str(stay.pk),
        "device_at": (NIGHT - EARLIER).isoformat(),
        "fields": TAPS,
        "preset": "private",
    }
    return row | changes


def write_request(stay: Encounter, after: Row, **changes: object) -> Row:
    """Write the row of a request that was refused."""
    row: Row = {
        "kind": "request",
        "key": str(uuid4()),
        "stay": str(stay.pk),
        "device_at": (NIGHT - EARLIER).isoformat(),
        "after": after["key"],
        "preset": "private",
        "outcome": "refused",
        "words": "Please wait outside this door.",
        "answer": "I was told to stay.",
    }
    return row | changes


def send(client: Client, *rows: object, path: str = "/sync", **changes: str) -> HttpResponse:
    """Send rows as a device does, with what the house told it before."""
    greeting = json.loads(client.get("/sync").content)
    form = {"who": greeting["who"], "sent_at": NIGHT.isoformat(), "rows": json.dumps(rows)}
    answer = client.post(path, form | changes)
    assert isinstance(answer, HttpResponse)
    return answer


def states(answer: HttpResponse) -> list[str]:
    """Read what became of each row."""
    assert answer.status_code == 200
    return [row["state"] for row in json.loads(answer.content)["rows"]]


def said(answer: HttpResponse) -> str:
    """Read the sentence of the last row."""
    return str(json.loads(answer.content)["rows"][-1]["said"])
