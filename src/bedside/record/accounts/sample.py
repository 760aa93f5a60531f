"""People of the sample hospital: one for each role, named after it, with one password for all.

They exist so that every page can be tried. A real hospital has none of them.
"""

from collections.abc import Callable
from typing import Final

from django.contrib.auth.hashers import make_password

from bedside.record.accounts.models import Person
from bedside.record.accounts.operations import record_person, record_role
from bedside.record.accounts.roles import NAMES, Role
from bedside.record.journal.act import Act

PASSWORD: Final = "sample-hospital-only"  # noqa: S105 - invented, printed at the start, opens nothing real
PIN: Final = "2468"
UNITS: Final = {
    Role.BEDSIDE_NURSE: "Labor and delivery",
    Role.CHARGE_NURSE: "Labor and delivery",
    Role.RESIDENT: "",
}


def add_sample_people(begin: Callable[[], Act]) -> None:
    """Add whoever is missing."""
    pin = make_password(PIN)
    known = set(Person.objects.values_list("username", flat=True))
    for role in Role:
        username = role.value.replace("_", "-")
        if username in known:
            continue
        person = record_person(begin(), username=username, name=NAMES[role].en)
        person.set_password(PASSWORD)
        person.pin = pin
        person.save(update_fields=["password", "pin"])
        record_role(begin(), person, role=role, unit=UNITS.get(role, ""))
