"""A sample hospital in California: a stay with the officer at the window, reports of the night."""

import os
import secrets
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

PACIFIC = ZoneInfo("America/Los_Angeles")
SITE = """
slug: sample
name: {en: Sample hospital in California, es: Hospital de muestra en California}
jurisdiction: us/ca
timezone: America/Los_Angeles
is_sample: true
facts: {facility_kind: hospital, facility_ownership: private, in_custody: true}
phones: {privacy_officer: 4-1640, house_supervisor: 4-1100}
units: [Emergency, Labor and delivery]
"""


def serve(port: int, folder: str, nameless: int) -> None:
    """Prepare the record, put everything in, and serve; codes are left in the folder."""
    file = Path(folder) / "site.yaml"
    file.write_text(SITE, encoding="utf-8")
    os.environ |= {"BEDSIDE_SAMPLE": "yes", "BEDSIDE_SITE": str(file)}
    from bedside.config.prepare import prepare
    from bedside.doors.cli.serve import serve_command

    prepare()
    codes = add_everything(nameless)
    (Path(folder) / "codes").write_text("\n".join(codes), encoding="utf-8")
    serve_command(port=port, sample=True)


def find_night() -> datetime:
    """Find the last five past three at night."""
    now = datetime.now(PACIFIC)
    night = now.replace(hour=3, minute=5, second=0, microsecond=0)
    return (night if night < now else night - timedelta(days=1)).astimezone(UTC)


def add_everything(nameless: int) -> list[str]:
    """Add a stay, what was noted at it, a report by name, and reports without one."""
    from django.conf import settings
    from django.db import connections

    from bedside.doors.web.staff.signed_in import find_edition
    from bedside.record.accounts.models import Person
    from bedside.record.encounters.operations import Opening, record_encounter
    from bedside.record.journal.act import Act
    from bedside.record.presence.operations import Noted, record_mark
    from bedside.record.reports.box_operations import (
        begin_without_name,
        drop_report,
        record_from_box,
    )
    from bedside.record.reports.choices import Route
    from bedside.record.reports.models import Dropped
    from bedside.record.reports.operations import Said, record_report
    from bedside.trust.ledger.leaf import Lane

    nurse, night = Person.objects.get(username="bedside-nurse").pk, find_night()

    def begin(at: datetime, by: UUID | None = nurse) -> Act:
        return Act(
            key=uuid4(),
            site="sample",
            by=by,
            at=at,
            edition=find_edition(),
            master=settings.BEDSIDE_MASTER,
            random=secrets.token_bytes,
        )

    opening = Opening(unit="Labor and delivery", room="417", number="12345678", language="es")
    stay = record_encounter(begin(night - timedelta(hours=3)), opening=opening, facts={})
    for minutes, position in ((60, "at_window"), (30, "at_window"), (5, "in_doorway")):
        noted = Noted(position=position, device="pocketed", facts={})
        record_mark(begin(night - timedelta(minutes=minutes)), stay, noted=noted)
    named = Said(route=Route.ICON, types=("P3",), texts={"words": "An officer texted at the bed."})
    record_report(replace(begin(night), lane=Lane.SAFETY), named)
    codes = []
    for _ in range(nameless):
        said = Said(route=Route.PUBLIC, types=("P5",), texts={"words": "A screen was read."})
        codes.append(drop_report(begin_without_name(begin(night, None)), said).show())
        record_from_box(begin_without_name(begin(night, None)), Dropped.objects.get())
    connections.close_all()  # no connection may cross the fork into the servers
    return codes
