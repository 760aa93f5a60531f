"""The front desk of the sample hospital at its pages, and how a form of theirs is sent."""

import re
from uuid import uuid4

from django.http import HttpResponse
from web_cast import enter, find_sample

from bedside.record.accounts.roles import Role
from bedside.record.visits.models import Visit
from record_cast import hire

TAPS = {
    "paper": "agency",
    "asks": "enter",
    "agency": "ice",
    "purpose": "immigration_enforcement",
}


class Desk:
    """Somebody with a role, signed in."""

    def __init__(self, role: Role = Role.FRONT_DESK, site: str = "sample") -> None:
        find_sample()
        self.person = hire(role, site)
        self.client = enter(self.person)

    def get(self, path: str) -> HttpResponse:
        """Ask for a page."""
        response = self.client.get(f"/{path}")
        assert isinstance(response, HttpResponse)
        return response

    def send(self, path: str, *, key: str = "", **fields: str) -> HttpResponse:
        """Send a form."""
        response = self.client.post(f"/{path}", {"key": key or str(uuid4()), **fields})
        assert isinstance(response, HttpResponse)
        return response

    def begin_visit(self, prefix: str = "", **taps: str) -> Visit:
        """Send the first taps, and find the visit that they made."""
        response = self.send(f"{prefix}visits/new", **(TAPS | taps))
        assert response.status_code == 302, response.content
        return Visit.objects.get(pk=response.headers["Location"].rpartition("/")[2])


def find_version(response: HttpResponse) -> str:
    """Find the version that a form carries."""
    found = re.search(r'name="version" value="(\d+)"', response.content.decode())
    assert found
    return found[1]
