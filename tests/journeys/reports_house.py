"""What the house does meanwhile: empties the box and asks a question, at a served hospital.

Run as a program with the data folder in its environment; prints how many reports there are.
"""

import os
import secrets
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import uuid4


def act_for_the_house(question: str) -> int:
    """Empty the box, whatever chance says, and ask about every report without a name."""
    from django.conf import settings

    from bedside.doors.web.staff.signed_in import find_edition
    from bedside.record.accounts.models import Person
    from bedside.record.journal.act import Act
    from bedside.record.reports.box_operations import empty_box
    from bedside.record.reports.choices import Side
    from bedside.record.reports.models import Report
    from bedside.record.reports.operations import record_message
    from bedside.trust.ledger.leaf import Lane

    site, now = "sample", datetime.now(UTC)

    def begin(at: datetime) -> Act:
        return Act(
            key=uuid4(),
            site=site,
            by=None,
            at=at,
            edition=find_edition(),
            master=settings.BEDSIDE_MASTER,
            random=secrets.token_bytes,
        )

    tomorrow = now.date() + timedelta(days=2)
    empty_box(site, begin=begin, today=tomorrow, random=secrets.token_bytes)
    officer = Person.objects.get(username="privacy-officer")
    reports = Report.objects.filter(named_by=None)
    for report in reports.filter(messages=None, withdrawn_at=None) if question else ():
        act = replace(begin(now), by=officer.pk, lane=Lane.SAFETY)
        record_message(act, report, side=Side.HOUSE, text=question)
    return reports.count()


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bedside.config.settings")
    import django

    django.setup()
    sys.stdout.write(str(act_for_the_house(sys.argv[1] if len(sys.argv) > 1 else "")))
