"""The board passed to the next supervisor, who confirms each open conflict before taking it."""

from collections.abc import Sequence
from uuid import UUID

from bedside.record.accounts.access import Standing
from bedside.record.encounters.models import Encounter
from bedside.record.journal.act import Act
from bedside.record.journal.operations import Content, Happening, append, operation
from bedside.record.presence.board_models import BoardHandOver, BoardItem
from bedside.record.presence.board_refusals import GivenByYou, NotAllConfirmed
from bedside.record.presence.refusals import EndedBefore

Open = tuple[Encounter, str]  # a stay, and what is open there


@operation
def record_board_handed_over(
    act: Act, standing: Standing, *, items: Sequence[Open]
) -> BoardHandOver:
    """Hand the board over with what is open on it; a hand-over that nobody took gives way."""
    waiting = BoardHandOver.objects.filter(site_id=standing.site, taken_at=None, replaced_at=None)
    waiting.update(replaced_at=act.at)
    hand_over = BoardHandOver.objects.create(
        id=act.draw_id(), site_id=standing.site, given_by=act.person, given_at=act.at
    )
    for stay, what in items:
        BoardItem.objects.create(id=act.draw_id(), hand_over=hand_over, encounter=stay, what=what)
    content = {"open": [[stay.about, what] for stay, what in items]}
    _tell(act, hand_over.pk, "board.handed-over", content)
    return hand_over


@operation
def record_item_confirmed(act: Act, item: BoardItem) -> BoardItem:
    """Confirm one open conflict: whoever takes the board over has read it."""
    item = BoardItem.objects.select_for_update().get(pk=item.pk)
    if act.person == item.hand_over.given_by:
        raise GivenByYou
    is_over = item.hand_over.taken_at is not None or item.hand_over.replaced_at is not None
    if is_over or item.confirmed_by == act.person:
        raise EndedBefore  # what another confirmed who did not take the board is read anew
    item.confirmed_at, item.confirmed_by = act.at, act.person
    item.save(update_fields=["confirmed_at", "confirmed_by"])
    content = {"about": item.encounter.about, "item": str(item.pk), "what": item.what}
    _tell(act, item.hand_over_id, "board.confirmed", content)
    return item


@operation
def record_board_taken_over(act: Act, hand_over: BoardHandOver) -> BoardHandOver:
    """Take the board over, once each open conflict was confirmed by whoever takes it."""
    hand_over = BoardHandOver.objects.select_for_update().get(pk=hand_over.pk)
    if act.person == hand_over.given_by:
        raise GivenByYou
    if hand_over.taken_at is not None or hand_over.replaced_at is not None:
        raise EndedBefore
    left = hand_over.items.exclude(confirmed_by=act.person).count()
    if left:
        raise NotAllConfirmed(left=left)
    hand_over.taken_at, hand_over.taken_by = act.at, act.person
    hand_over.save(update_fields=["taken_at", "taken_by"])
    _tell(act, hand_over.pk, "board.taken-over", {"confirmed": hand_over.items.count()})
    return hand_over


def _tell(act: Act, id_: UUID, kind: str, content: Content) -> None:
    append(act, Happening(kind=kind, about=f"board/{id_}", content=content))
