"""Taking a step into a letter within an operation: in its order, once, and as the rules allow."""

import json
from collections.abc import Iterable

from bedside.record.journal.act import Act
from bedside.record.letters.models import Letter, Step
from bedside.record.letters.queries import STEPS, read_steps
from bedside.record.letters.refusals import ChangedMeanwhile
from bedside.record.letters.rooms import open_room
from bedside.record.vault.sealed import Strongroom
from bedside.rules.attestation.clause import load_library
from bedside.rules.attestation.events import LetterEvent
from bedside.rules.attestation.history import History
from bedside.rules.attestation.plain import write_event
from bedside.rules.attestation.steps import replay, take
from bedside.rules.vocabulary.document import Plain


def lock_letter(letter: Letter, *, seen: int | None) -> Letter:
    """Hold a letter until the operation ends, or refuse if something happened to it since."""
    held = Letter.objects.select_for_update().select_related("encounter").get(pk=letter.pk)
    if seen is not None and held.version != seen:
        raise ChangedMeanwhile(letter=held.code)
    return held


def add_steps(
    act: Act, letter: Letter, events: Iterable[LetterEvent], *, room: Strongroom | None = None
) -> tuple[History, list[Plain]]:
    """Take events into a letter that is held, or raise `Problems`; give what the journal keeps."""
    room, library = room or open_room(act, letter), load_library()
    history = replay(read_steps(room, letter))
    plain: list[Plain] = []
    for event in events:
        history = take(history, event, library)
        plain.append(write_event(event))
        _add(act, letter, room, plain[-1])
    letter.save(update_fields=["version"])
    return history, plain


def _add(act: Act, letter: Letter, room: Strongroom, plain: Plain) -> None:
    id_ = act.draw_id()
    letter.version += 1
    Step.objects.create(
        id=id_,
        letter=letter,
        number=letter.version,
        plain=room.seal(json.dumps(plain), STEPS, id_, "plain"),
        at=act.at,
    )
