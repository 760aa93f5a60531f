"""Acts of the record without HTTP: several processes write answers on a timetable."""

import json
import os
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from itertools import cycle
from typing import Any
from uuid import UUID, uuid4

from bench.clock import Laps
from bench.figure import Figure

WRITERS, SECONDS = 4, 10
PREPARE = "from bedside.config.prepare import prepare; prepare()"
WRITE = "import sys; from bench.acts import write; write(float(sys.argv[1]), int(sys.argv[2]))"


def measure_acts(database: str, environment: dict[str, str], rate: int) -> Figure:
    """Begin a record and let several processes write to it, so many acts a second together."""
    with tempfile.TemporaryDirectory() as folder:
        said = {k: v for k, v in os.environ.items() if not k.startswith("BEDSIDE_")}
        said |= {"BEDSIDE_DATA": folder, "BEDSIDE_SAMPLE": "yes", **environment}
        subprocess.run([sys.executable, "-c", PREPARE], env=said, check=True)
        command = [sys.executable, "-c", WRITE, str(rate / WRITERS), str(rate * SECONDS // WRITERS)]
        writers = [
            subprocess.Popen(command, env=said, stdout=subprocess.PIPE, text=True)
            for _ in range(WRITERS)
        ]
        answers = [json.loads(writer.communicate()[0]) for writer in writers]
    laps = Laps(each=[lap for answer in answers for lap in answer["laps"]])
    failed = sum(answer["failed"] for answer in answers)
    if failed:
        raise SystemExit(f"{database}: {failed} acts failed")
    return Figure(
        what=f"{database}: an act with event and leaf, p99 at {rate}/s from {WRITERS} processes",
        found=laps.at(0.99),
        unit="ms",
        at_most=100,
        beside=f"p50 {laps.median:.1f} ms, p95 {laps.at(0.95):.0f} ms; {len(laps.each)} acts",
    )


def write(rate: float, count: int) -> None:
    """Write so many answers when they are due, and print how long each had to wait."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bedside.config.settings")
    import django

    django.setup()
    from bedside.record.accounts.models import Person
    from bedside.record.encounters.models import Encounter
    from bedside.record.encounters.operations import record_answers

    stays = cycle(list(Encounter.objects.all()))
    by = Person.objects.get(username="house-supervisor").pk
    record_answers(_begin(by), next(stays), facts={"patient_wish": "not_asked"})
    laps, failed, start = [], 0, time.perf_counter()
    for number in range(count):
        due = start + number / rate
        time.sleep(max(0, due - time.perf_counter()))
        try:
            record_answers(_begin(by), next(stays), facts={"patient_wish": "not_asked"})
        except Exception:  # noqa: BLE001 - whatever it was, the write was lost
            failed += 1
        laps.append((time.perf_counter() - due) * 1e3)
    sys.stdout.write(json.dumps({"laps": laps, "failed": failed}))


def _begin(by: UUID) -> Any:  # noqa: ANN401 - the record is loaded only in the writers
    import secrets

    from django.conf import settings

    from bedside.record.journal.act import Act
    from bedside.trust.ledger.leaf import Edition

    return Act(
        key=uuid4(),
        site="sample",
        by=by,
        at=datetime.now(UTC),
        edition=Edition(file=b"bench"),
        master=settings.BEDSIDE_MASTER,
        random=secrets.token_bytes,
    )
