"""Noting that somebody may come to harm; counsel and the house supervisor are paged at once."""

from dataclasses import dataclass

from bedside.record.accounts.roles import Role
from bedside.record.consults.models import Danger
from bedside.record.consults.operations import MOST_ADVICE as MOST_WORDS
from bedside.record.consults.refusals import NoSuchAnswer, NothingAsked
from bedside.record.consults.words import Endangered
from bedside.record.encounters.models import Encounter
from bedside.record.encounters.rooms import open_room
from bedside.record.journal.act import Act
from bedside.record.journal.operations import Happening, append, operation
from bedside.record.paging.operations import add_page

TABLE = "consults_danger"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was said, against whom, and whom somebody told already."""

    who: str
    words: str
    is_soon: bool
    told: str = ""


@operation
def record_danger(act: Act, stay: Encounter, *, said: Said) -> Danger:
    """Note a danger; whether anybody is told, and what, staff and counsel decide."""
    if said.who not in set(Endangered):
        raise NoSuchAnswer
    if not said.words or max(len(said.words), len(said.told)) > MOST_WORDS:
        raise NothingAsked(most=MOST_WORDS)
    room, id_ = open_room(act, stay), act.draw_id()
    danger = Danger.objects.create(
        id=id_,
        encounter=stay,
        who=said.who,
        is_soon=said.is_soon,
        words=room.seal(said.words, TABLE, id_, "words"),
        told=room.seal(said.told, TABLE, id_, "told"),
        at=act.at,
        by=act.person,
    )
    for role in (Role.COUNSEL, Role.HOUSE_SUPERVISOR):
        add_page(act, about=stay.about, to_role=role.value, reason="danger-to-somebody")
    content = {"soon": said.is_soon, "told": said.told, "who": said.who, "words": said.words}
    append(
        act,
        Happening(
            kind="danger.noted", about=stay.about, record=stay.about, content=content, room=room
        ),
    )
    return danger
