"""Taking out the operational record for a subpoena: whole within its scope, and nothing else.

The safety and the legal lane lie in other tables under other keys; this reads neither. Evaluations
of ill-treatment belong to the treating team and the patient, and are named as left out.
"""

import csv
import io
import json
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final

from django.db.models import QuerySet

from bedside.record.incidents.refusals import TooMuchInLane
from bedside.record.journal.queries import TABLE, Reader
from bedside.rules.vocabulary.problem import Text
from bedside.trust.ledger.leaf import Lane

MOST_EVENTS: Final = 50_000
KEPT_BACK: Final = "evaluation/"
EPOCH: Final = (1980, 1, 1, 0, 0, 0)  # the same scope gives the same bytes
README: Final = Text(
    en=(
        "This is the operational record of {house} from {since} to {until} (the end is outside):"
        " {count} events in {records} records.\n"
        "events.jsonl has one event a line, in the order in which they were recorded, each with the"
        " place of its leaf in the log.\nrecords.csv counts the events of each record.\n\n"
        "Not in it: safety reports and their reviews, and notes for counsel, which are records"
        " apart; and evaluations of ill-treatment, which only the treating team and the patient"
        " see.\n"
    ),
    es=(
        "Este es el registro operativo de {house} del {since} al {until} (el final queda fuera):"
        " {count} eventos en {records} registros.\n"
        "events.jsonl tiene un evento por línea, en el orden en que se anotaron, cada uno con el"
        " lugar de su hoja en la bitácora.\nrecords.csv cuenta los eventos de cada registro.\n\n"
        "No incluye: informes de seguridad y sus revisiones, ni notas para la asesoría, que son"
        " registros aparte; ni evaluaciones de maltrato, que solo ven el equipo tratante y el"
        " paciente.\n"
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What a subpoena covers: a time; the end is outside."""

    house: Text
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """What was taken out: the file, and how much is in it."""

    file: bytes
    events: int
    records: int


def write_operational(reader: Reader, scope: Scope) -> Taken:
    """Write every event of the operational lane within the scope; refuse more than one file takes.

    Raises `ValueError` if the reader is not of the operational lane.
    """
    if reader.lane is not Lane.OPERATIONAL:
        raise ValueError(reader.lane)
    rows = reader.events.filter(at__gte=scope.since, at__lt=scope.until)
    rows = rows.exclude(record__startswith=KEPT_BACK)
    if rows.count() > MOST_EVENTS:
        raise TooMuchInLane(most=MOST_EVENTS)
    counted: Counter[str] = Counter()
    lines = []
    for record, line in _read(reader, rows.order_by("id")):
        counted[record] += 1
        lines.append(line)
    files = {
        "LEAME.txt": _say(README.es, scope, scope.house.es, counted),
        "README.txt": _say(README.en, scope, scope.house.en, counted),
        "events.jsonl": "".join(f"{line}\n" for line in lines),
        "records.csv": _count(counted),
    }
    return Taken(file=_pack(files), events=len(lines), records=len(counted))


def _read(reader: Reader, rows: QuerySet[Any]) -> Iterator[tuple[str, str]]:
    """Read each event as its leaf commits to it; of a deleted record only that it was."""
    open_record = cache(reader.open)
    for row in rows.iterator():
        room = open_record(row.record)
        said: dict[str, object] = {"key": str(row.key), "leaf": row.leaf, "record": row.record}
        if room is None:
            said["deleted"] = True
        else:
            said["event"] = json.loads(room.open_bytes(row.content, TABLE, row.key, "content"))
            said["salt"] = room.open_bytes(row.salt, TABLE, row.key, "salt").hex()
        yield row.record, json.dumps(said, ensure_ascii=False, sort_keys=True)


def _say(text: str, scope: Scope, house: str, counted: Counter[str]) -> str:
    return text.format(
        house=house,
        since=scope.since.isoformat(),
        until=scope.until.isoformat(),
        count=counted.total(),
        records=len(counted),
    )


def _count(counted: Counter[str]) -> str:
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["record", "events"])
    table.writerows(sorted(counted.items()))
    return out.getvalue()


def _pack(files: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, text in sorted(files.items()):
            packed.writestr(zipfile.ZipInfo(name, EPOCH), text, zipfile.ZIP_DEFLATED)
    return out.getvalue()
