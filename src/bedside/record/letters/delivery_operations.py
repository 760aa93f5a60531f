"""Handing a letter over, what the receiving side answers, and what follows if it does not."""

import base64
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from bedside.record.accounts.roles import Role
from bedside.record.journal.act import Act
from bedside.record.journal.operations import Happening, append, operation
from bedside.record.letters.incident_operations import add_raised
from bedside.record.letters.models import Delivery, Letter, Pause
from bedside.record.letters.operations import name_person
from bedside.record.letters.refusals import (
    AnsweredBefore,
    AnswerTooLate,
    NoSuchAnswerKey,
    NothingSaid,
    NotPaused,
)
from bedside.record.letters.rooms import open_room
from bedside.record.letters.steps_operations import add_steps, lock_letter
from bedside.record.paging.operations import add_page
from bedside.record.vault.master import Master
from bedside.rules.attestation.claim import ClaimId
from bedside.rules.attestation.clause import Reader
from bedside.rules.attestation.events import Acknowledged, Channel, Delivered

ANSWER_WITHIN = timedelta(hours=4)
KEY_LASTS = timedelta(days=3)
KEY_BYTES = 20  # 160 bits: nobody guesses it
MOST_TO, MOST_LISTED = 200, 20
UNMET, SETTLED = "letter-unmet", "letters_pause"
ANSWERS = frozenset({Reader.CUSTODY, Reader.CLINICIAN})


@dataclass(frozen=True, slots=True, kw_only=True)
class Handed:
    """One handing over: to whom, how, and what was said where something was missing."""

    number: int
    reader: Reader
    to: str
    channel: Channel
    no_receiver: str = ""  # why no clinician there was named
    not_first: str = ""  # why the patient did not get their copy first
    is_destination_known: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the receiving side says it got, and what it can give."""

    accepted_by: str
    papers: int
    medicines: int
    cannot_meet: tuple[ClaimId, ...]
    off_formulary: tuple[str, ...]  # each medicine with the plan for the gap
    is_restraint_read: bool
    next_dose_at: datetime | None


@operation
def record_delivered(
    act: Act, letter: Letter, *, handed: Handed, seen: int
) -> tuple[Delivery, str]:
    """Keep that a document was handed over; give the key with which the other side answers."""
    if not handed.to.strip() or len(handed.to) > MOST_TO:
        raise NothingSaid(what_en="to whom", what_es="a quién", most=MOST_TO)
    held = lock_letter(letter, seen=seen)
    event = Delivered(
        at=act.at,
        by=name_person(act),
        version=handed.number,
        reader=handed.reader,
        to=handed.to,
        channel=handed.channel,
    )
    _, plain = add_steps(act, held, [event])
    asks = handed.reader in ANSWERS
    key = draw_key(act) if asks else ""
    delivery = Delivery.objects.create(
        id=act.draw_id(),
        site_id=act.site,
        letter=held,
        number=handed.number,
        reader=handed.reader.value,
        digest=digest_key(act.master, act.site, key) if asks else None,
        delivered_at=act.at,
        due_at=act.at + ANSWER_WITHIN if asks else None,
        until=act.at + KEY_LASTS if asks else None,
    )
    raised = [] if handed.is_destination_known else [add_raised(act, held, "D6")]
    content = {
        "delivery": str(delivery.pk),
        "no_receiver": handed.no_receiver,
        "not_first": handed.not_first,
        "raised": raised,
        "steps": plain,
    }
    append(
        act,
        Happening(kind="letter.delivered", about=held.about, record=held.about, content=content),
    )
    return delivery, key


def draw_key(act: Act) -> str:
    """Draw a key that is short enough to type and too long to guess."""
    return base64.b32encode(act.random(KEY_BYTES)).decode()


def digest_key(master: Master, site: str, key: str) -> bytes:
    """Find under what a key is kept; who reads the record learns no key."""
    plain = "".join(key.split()).replace("-", "").upper()
    return hmac.digest(master.lookup_key(site), f"letter\n{plain}".encode(), "sha256")


def find_waiting(master: Master, site: str, key: str, *, at: datetime) -> Delivery:
    """Find the delivery that a key answers, or refuse one that was used, is over, or is none."""
    digest = digest_key(master, site, key)
    rows = Delivery.objects.filter(site_id=site, digest=digest)
    delivery = rows.select_related("letter__encounter").first()
    if delivery is None or delivery.until is None:
        raise NoSuchAnswerKey
    if delivery.answered_at is not None:
        raise AnsweredBefore
    if delivery.until <= at:
        raise AnswerTooLate
    return delivery


@operation
def record_acknowledged(act: Act, delivery: Delivery, *, answer: Answer) -> None:
    """Keep the one answer of the receiving side; an unmet need pages and makes discharge wait."""
    if not answer.accepted_by.strip():
        raise NothingSaid(
            what_en="who accepts care there", what_es="quién recibe al paciente", most=MOST_TO
        )
    held = lock_letter(delivery.letter, seen=None)
    kept = Delivery.objects.select_for_update().get(pk=delivery.pk)
    if kept.answered_at is not None:
        raise AnsweredBefore
    kept.answered_at = act.at
    kept.save(update_fields=["answered_at"])
    event = Acknowledged(
        at=act.at,
        by="receiving side",
        version=kept.number,
        accepted_by=answer.accepted_by,
        papers=answer.papers,
        medicines=answer.medicines,
        cannot_meet=answer.cannot_meet,
        off_formulary=answer.off_formulary,
        is_restraint_read=answer.is_restraint_read,
        next_dose_at=answer.next_dose_at,
    )
    _, plain = add_steps(act, held, [event])
    raised = _pause(act, held) if event.has_unmet_need else []
    content = {"delivery": str(kept.pk), "raised": raised, "steps": plain}
    append(
        act,
        Happening(kind="letter.acknowledged", about=held.about, record=held.about, content=content),
    )


def _pause(act: Act, letter: Letter) -> list[str]:
    """Make the discharge wait, and call the attending."""
    Pause.objects.create(id=act.draw_id(), letter=letter, began_at=act.at)
    add_page(act, about=letter.about, to_role=Role.ATTENDING.value, reason=UNMET)
    return [add_raised(act, letter, "D4")]


@operation
def record_pause_ended(act: Act, letter: Letter, pause: Pause, *, why: str) -> None:
    """Let the discharge go on, and say how the need is met."""
    if not why.strip() or len(why) > MOST_TO:
        raise NothingSaid(what_en="how the need is met", what_es="cómo se resuelve", most=MOST_TO)
    sealed = open_room(act, letter).seal(why, SETTLED, pause.pk, "why")
    open_ = Pause.objects.filter(pk=pause.pk, ended_at=None)
    if not open_.update(ended_at=act.at, ended_by=act.by, why=sealed):
        raise NotPaused
    content = {"pause": str(pause.pk), "why": why}
    append(
        act,
        Happening(
            kind="letter.pause-ended", about=letter.about, record=letter.about, content=content
        ),
    )


@operation
def record_follow_up(act: Act, delivery: Delivery) -> None:
    """Open a follow-up for a delivery that nobody answered in time; the attending is paged."""
    open_ = Delivery.objects.filter(pk=delivery.pk, answered_at=None, followed_up_at=None)
    raised = []
    if open_.update(followed_up_at=act.at):  # answered this moment: nothing is missing any more
        raised = [add_raised(act, delivery.letter, "D4")]
    about = delivery.letter.about
    content = {"delivery": str(delivery.pk), "raised": raised}
    append(
        act,
        Happening(kind="letter.follow-up-opened", about=about, record=about, content=content),
    )
