"""Asking to talk about what weighs on somebody; it joins no stay, and no event repeats it."""

from bedside.record.accounts.roles import Role
from bedside.record.consults.case_operations import MOST_STORY as MOST_WORDS
from bedside.record.consults.models import Debrief
from bedside.record.consults.refusals import AnsweredBefore, NothingAsked
from bedside.record.journal.act import Act
from bedside.record.journal.operations import Happening, append, operation
from bedside.record.paging.operations import add_page
from bedside.record.vault.sealed import SITE_RECORD, Strongroom, open_strongroom

TABLE = "consults_debrief"


@operation
def record_debrief(act: Act, *, words: str) -> Debrief:
    """Ask to talk; the ethics committee is called, and reads it alone."""
    _verify(words)
    id_ = act.draw_id()
    debrief = Debrief.objects.create(
        id=id_,
        site_id=act.site,
        words=_open(act).seal(words, TABLE, id_, "words"),
        by=act.person,
        asked_at=act.at,
    )
    add_page(act, about=debrief.about, to_role=Role.ETHICS.value, reason="debrief-asked")
    append(act, Happening(kind="debrief.asked", about=debrief.about, content={}))
    return debrief


@operation
def record_debrief_answered(act: Act, debrief: Debrief, *, answer: str) -> None:
    """Answer whoever asked: when and where, or whom to see."""
    _verify(answer)
    sealed = _open(act).seal(answer, TABLE, debrief.pk, "answer")
    rows = Debrief.objects.filter(pk=debrief.pk, answered_at=None)
    if not rows.update(answer=sealed, answered_at=act.at, answered_by=act.person):
        raise AnsweredBefore
    append(act, Happening(kind="debrief.answered", about=debrief.about, content={}))


@operation
def record_debriefs_viewed(act: Act, *, count: int) -> None:
    """Note that the committee read the requests."""
    append(act, Happening(kind="debrief.viewed", about="debriefs", content={"count": count}))


def _verify(words: str) -> None:
    if not words or len(words) > MOST_WORDS:
        raise NothingAsked(most=MOST_WORDS)


def _open(act: Act) -> Strongroom:
    key = act.master.care_key(act.site)
    return open_strongroom(act.site, SITE_RECORD, key=key, random=act.random)
