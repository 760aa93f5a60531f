"""Reading evaluations of ill-treatment, for the treating team and for the patient's copy."""

import json
from dataclasses import dataclass

from bedside.record.encounters.models import Encounter
from bedside.record.incidents.evaluations import Evaluated, Finding, Fits
from bedside.record.incidents.models import Evaluation
from bedside.record.journal.queries import Reader

TABLE = "incidents_evaluation"
MOST_SHOWN = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationSeen:
    """One evaluation as it is read."""

    row: Evaluation
    evaluated: Evaluated


def find_evaluations(stay: Encounter) -> tuple[Evaluation, ...]:
    """Find the evaluations of a stay that stand, the latest first."""
    rows = Evaluation.objects.filter(encounter=stay, corrected_by=None)
    return tuple(rows.order_by("-at")[:MOST_SHOWN])


def read_evaluation(reader: Reader, row: Evaluation) -> EvaluationSeen | None:
    """Read one evaluation; nothing if its keys were destroyed."""
    room = reader.open(row.about)
    if room is None:
        return None
    plain = json.loads(room.open(row.said, TABLE, row.pk, "said"))
    findings = tuple(Finding(what=one["what"], fits=Fits(one["fits"])) for one in plain["findings"])
    return EvaluationSeen(row=row, evaluated=Evaluated(texts=plain["texts"], findings=findings))
