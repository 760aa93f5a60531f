"""Reading letters: what happened to one, its copies, where it went, what waits."""

import json
from datetime import datetime, timedelta

from django.db.models import Q

from bedside.record.encounters.models import Encounter
from bedside.record.journal.queries import Reader, find_events
from bedside.record.letters.grounds import Grounds, read_grounds
from bedside.record.letters.models import Copy, Delivery, Letter, Pause, Step
from bedside.record.letters.paper.sheet import Sheet
from bedside.record.vault.sealed import Strongroom
from bedside.rules.attestation.clause import load_library
from bedside.rules.attestation.events import LetterEvent
from bedside.rules.attestation.history import EMPTY, History
from bedside.rules.attestation.lint import BLOCKED
from bedside.rules.attestation.plain import read_event
from bedside.rules.attestation.steps import replay
from bedside.rules.vocabulary.problem import Problems

STEPS, COPIES, LETTERS = "letters_step", "letters_copy", "letters_letter"
MOST_SHOWN, MOST_DUE = 100, 100
FORBIDDEN = "D3"
RETURNS_WITHIN = timedelta(days=30)
LOOKED_BACK = timedelta(days=2)  # a round that did not run that long leaves the press of a button


def read_steps(room: Strongroom, letter: Letter) -> tuple[LetterEvent, ...]:
    """Read everything that happened to a letter, in its order."""
    rows = Step.objects.filter(letter=letter).order_by("number")
    return tuple(
        read_event(json.loads(room.open(row.plain, STEPS, row.pk, "plain"))) for row in rows
    )


def find_history(reader: Reader, letter: Letter) -> History:
    """Find how a letter stands; nothing of it if its record was deleted."""
    room = reader.open(letter.about)
    return replay(read_steps(room, letter)) if room else EMPTY


def find_grounds(reader: Reader, letter: Letter) -> Grounds:
    """Find on what its documents are given out."""
    room = reader.open(letter.about)
    sealed = letter.grounds if room else b""
    return read_grounds(room.open(sealed, LETTERS, letter.pk, "grounds") if room else "")


def replay_journal(reader: Reader, letter: Letter) -> tuple[History, tuple[Sheet, ...]]:
    """Rebuild a letter and its sheets from the journal alone."""
    events, sheets = [], []
    for told in reversed(find_events(reader, record=letter.about)):
        content = told.content or {}
        events += [read_event(one) for one in content.get("steps", [])]
        sheets += [_read_sheet(one) for one in content.get("copies", [])]
    return replay(events), tuple(sheets)


def find_letters(stay: Encounter) -> tuple[Letter, ...]:
    """Find the letters about a stay, the latest first."""
    return tuple(Letter.objects.filter(encounter=stay).order_by("-started_at")[:MOST_SHOWN])


def find_by_code(site: str, code: str) -> Letter | None:
    """Find the letter with the code that is printed on it."""
    return Letter.objects.filter(site_id=site, code=code.replace("\0", "").strip().upper()).first()


def find_copies(letter: Letter) -> tuple[Copy, ...]:
    """Find the printed copies, the latest version first, and of each the patient's first."""
    rows = Copy.objects.filter(letter=letter).defer("pdf", "sheet").order_by("-number", "-reader")
    return tuple(rows[:MOST_SHOWN])


def read_pdf(reader: Reader, copy: Copy) -> bytes:
    """Open the signed file of a copy; nothing if its record was deleted."""
    room = reader.open(copy.letter.about)
    return room.open_bytes(copy.pdf, COPIES, copy.pk, "pdf") if room else b""


def read_sheet(reader: Reader, copy: Copy) -> Sheet | None:
    """Open what a copy was printed from; nothing if its record was deleted."""
    room = reader.open(copy.letter.about)
    if room is None:
        return None
    content = room.open_bytes(copy.sheet, COPIES, copy.pk, "sheet")
    return Sheet(content=content, check_at=copy.check_at, printed_at=copy.printed_at)


def find_deliveries(letter: Letter) -> tuple[Delivery, ...]:
    """Find where a letter went, the latest first."""
    return tuple(Delivery.objects.filter(letter=letter).order_by("-delivered_at")[:MOST_SHOWN])


def find_due_follow_ups(site: str, *, at: datetime) -> tuple[Delivery, ...]:
    """Find the deliveries that nobody answered in time and nobody followed up, the oldest first."""
    rows = Delivery.objects.filter(
        site_id=site, due_at__lte=at, answered_at=None, followed_up_at=None
    )
    return tuple(rows.select_related("letter__encounter").order_by("due_at")[:MOST_DUE])


def find_pauses(stay: Encounter) -> tuple[Pause, ...]:
    """Find what makes the discharge of a stay wait."""
    rows = Pause.objects.filter(letter__encounter=stay, ended_at=None)
    return tuple(rows.select_related("letter").order_by("began_at")[:MOST_SHOWN])


def find_earlier_letters(stay: Encounter) -> tuple[Letter, ...]:
    """Find letters of the same patient's earlier stays that were given within thirty days."""
    if not stay.lookup:
        return ()
    rows = Letter.objects.filter(
        site_id=stay.site_id,
        encounter__lookup=bytes(stay.lookup),
        deliveries__delivered_at__lte=stay.opened_at,
        deliveries__delivered_at__gt=stay.opened_at - RETURNS_WITHIN,
    ).exclude(Q(encounter=stay) | Q(returns__encounter=stay))
    return tuple(rows.distinct().order_by("-started_at")[:MOST_SHOWN])


def find_returns(site: str, *, at: datetime) -> tuple[tuple[Letter, Encounter], ...]:
    """Find the stays of the last days that are returns, with the letters before them."""
    back = Encounter.objects.filter(
        site_id=site, lookup__isnull=False, noted_at__lte=at, noted_at__gt=at - LOOKED_BACK
    )
    return tuple((letter, stay) for stay in back for letter in find_earlier_letters(stay))


def find_forbidden(reader: Reader, *, at: datetime) -> tuple[Letter, ...]:
    """Find letters in force that say what no letter says, by the words that are known today.

    Nothing such can be signed here; it comes with letters from elsewhere, or with new words.
    """
    rows = Letter.objects.filter(site_id=reader.site, signed__gt=0, ends_at__gt=at)
    in_force = rows.exclude(raised__code=FORBIDDEN).order_by("-started_at")[:MOST_DUE]
    return tuple(letter for letter in in_force if _is_forbidden(reader, letter))


def _is_forbidden(reader: Reader, letter: Letter) -> bool:
    room = reader.open(letter.about)
    if room is None:
        return False
    try:
        replay(read_steps(room, letter), load_library())
    except Problems as found:
        return any(one.kind is BLOCKED for one in found.problems)
    return False


def _read_sheet(plain: dict[str, str]) -> Sheet:
    return Sheet(
        content=plain["sheet"].encode(),
        check_at=plain["check_at"],
        printed_at=datetime.fromisoformat(plain["printed_at"]),
    )
