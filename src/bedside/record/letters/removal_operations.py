"""A patient taken away before discharge, and a patient who comes back."""

import json
from dataclasses import asdict, dataclass

from bedside.record.encounters.models import Encounter
from bedside.record.journal.act import Act
from bedside.record.journal.operations import Happening, append, operation
from bedside.record.letters.incident_operations import add_raised
from bedside.record.letters.models import Delivery, Letter, Removal, Return
from bedside.record.letters.queries import RETURNS_WITHIN
from bedside.record.letters.refusals import NothingSaid, NotTheSamePatient
from bedside.record.letters.rooms import open_room
from bedside.record.letters.steps_operations import lock_letter

TABLE = "letters_removal"
MOST_WORDS = 2000


@dataclass(frozen=True, slots=True, kw_only=True)
class Taking:
    """What was refused and said when a patient was taken before discharge."""

    objection: str  # the clinical reason why the patient should not leave now
    told_to: str  # to whom it was said
    are_records_given: bool
    is_warning_given: bool  # in writing
    is_destination_known: bool


@operation
def record_removal(act: Act, letter: Letter, *, taking: Taking) -> Removal:
    """Keep a removal against advice: no certificate, the objection, the records, the warning."""
    for text in (taking.objection, taking.told_to):
        if not text.strip() or len(text) > MOST_WORDS:
            raise NothingSaid(
                what_en="the objection and to whom it was said",
                what_es="la objeción y a quién se dijo",
                most=MOST_WORDS,
            )
    held, id_ = lock_letter(letter, seen=None), act.draw_id()
    said = asdict(taking)
    room = open_room(act, held)
    removal = Removal.objects.create(
        id=id_, letter=held, said=room.seal(json.dumps(said), TABLE, id_, "said"), at=act.at
    )
    codes = ["D1"] if taking.is_destination_known else ["D1", "D6"]
    raised = [add_raised(act, held, code) for code in codes]
    content = {**said, "certificate": "refused", "raised": raised, "removal": str(id_)}
    append(
        act,
        Happening(
            kind="letter.certificate-refused",
            about=held.about,
            record=held.about,
            content=content,
            room=room,
        ),
    )
    return removal


@operation
def record_return(act: Act, letter: Letter, stay: Encounter) -> Return:
    """Link a later stay of the same patient to the letter of the earlier one."""
    held = lock_letter(letter, seen=None)
    earlier = held.encounter
    given = Delivery.objects.filter(
        letter=held,
        delivered_at__lte=stay.opened_at,
        delivered_at__gt=stay.opened_at - RETURNS_WITHIN,
    )
    is_same = bool(stay.lookup) and stay.lookup == earlier.lookup and stay.pk != earlier.pk
    if not is_same or not given.exists():
        raise NotTheSamePatient(days=RETURNS_WITHIN.days)
    returned = Return.objects.create(id=act.draw_id(), letter=held, encounter=stay, at=act.at)
    raised = [add_raised(act, held, "D5")]
    content = {"raised": raised, "stay": stay.about}
    append(
        act,
        Happening(
            kind="letter.return-linked", about=held.about, record=held.about, content=content
        ),
    )
    return returned
