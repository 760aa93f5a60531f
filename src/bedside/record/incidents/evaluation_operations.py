"""Noting an evaluation of ill-treatment: under keys of its own, and told without its words."""

import hashlib
import json
from typing import ClassVar, Final

from bedside.record.encounters.models import Encounter
from bedside.record.incidents.evaluations import MOST_FINDINGS, MOST_WORDS, TEXTS, Evaluated
from bedside.record.incidents.models import Evaluation
from bedside.record.incidents.refusals import WordsMissing
from bedside.record.incidents.rooms import make_evaluation_room
from bedside.record.journal.act import Act
from bedside.record.journal.operations import Happening, append, operation
from bedside.record.refusal import Refused
from bedside.record.vault.sealed import Strongroom
from bedside.trust.sealing.secret import draw

TABLE: Final = "incidents_evaluation"
SALT: Final = 16


class CorrectedBefore(Refused):
    """A correction of what somebody has corrected already."""

    code: ClassVar[str] = "incidents.evaluation-corrected-before"
    en: ClassVar[str] = "Somebody corrected this evaluation already; correct the newer one."
    es: ClassVar[str] = "Alguien ya corrigió esta evaluación; corrija la más nueva."


@operation
def record_evaluation(
    act: Act, stay: Encounter, *, evaluated: Evaluated, corrects: Evaluation | None = None
) -> Evaluation:
    """Note an evaluation; a correction stands beside what it corrects."""
    texts = [*evaluated.texts.values(), *(one.what for one in evaluated.findings)]
    if len(evaluated.findings) > MOST_FINDINGS or any(len(one) > MOST_WORDS for one in texts):
        raise WordsMissing(most=MOST_WORDS)
    if not evaluated.texts.get("told", "").strip():
        raise WordsMissing(most=MOST_WORDS)
    if corrects is not None:
        _refuse_corrected(corrects)
    id_ = act.draw_id()
    room = make_evaluation_room(act, id_)
    text = _write(act, evaluated)
    row = Evaluation.objects.create(
        id=id_,
        site_id=act.site,
        encounter=stay,
        by=act.person,
        at=act.at,
        said=room.seal(text, TABLE, id_, "said"),
        corrects=corrects,
    )
    content = {"corrects": str(corrects.pk) if corrects else None, "digest": _digest(text)}
    _tell(act, row, "evaluation.noted", content, room=room)
    return row


@operation
def record_evaluation_viewed(act: Act, row: Evaluation) -> None:
    """Note that somebody of the treating team read an evaluation."""
    append(act, Happening(kind="evaluation.viewed", about=row.about, record=row.about, content={}))


@operation
def record_evaluation_copied(act: Act, row: Evaluation) -> None:
    """Note that the patient was given a copy."""
    append(act, Happening(kind="evaluation.copied", about=row.about, record=row.about, content={}))


def _refuse_corrected(row: Evaluation) -> None:
    Evaluation.objects.select_for_update().get(pk=row.pk)  # two corrections come one by one
    if Evaluation.objects.filter(corrects=row).exists():
        raise CorrectedBefore


def _write(act: Act, evaluated: Evaluated) -> str:
    plain = {
        "findings": [{"fits": one.fits.value, "what": one.what} for one in evaluated.findings],
        "salt": draw(act.random, SALT).hex(),
        "texts": {name: evaluated.texts.get(name, "") for name in TEXTS},
    }
    return json.dumps(plain, ensure_ascii=False, sort_keys=True)


def _digest(text: str) -> str:
    """Commit to the words without telling them: whoever reads the journal is not the team."""
    return hashlib.sha256(text.encode()).hexdigest()


def _tell(
    act: Act, row: Evaluation, kind: str, content: dict[str, str | None], *, room: Strongroom
) -> None:
    append(act, Happening(kind=kind, about=row.about, record=row.about, content=content, room=room))
