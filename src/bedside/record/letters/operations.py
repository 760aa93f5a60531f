"""Writing a letter: drafting, signing, replacing; and who read it or took it out."""

import json
from dataclasses import dataclass
from datetime import datetime

from bedside.record.encounters.models import Encounter
from bedside.record.encounters.operations import lock_open
from bedside.record.journal.act import Act
from bedside.record.journal.operations import Happening, append, operation
from bedside.record.letters.grounds import Grounds
from bedside.record.letters.models import Copy, Letter
from bedside.record.letters.printing import Printed
from bedside.record.letters.queries import COPIES, LETTERS
from bedside.record.letters.rooms import make_room, open_room
from bedside.record.letters.steps_operations import add_steps, lock_letter
from bedside.record.vault.sealed import Strongroom
from bedside.rules.attestation.claim import Claim
from bedside.rules.attestation.events import (
    Drafted,
    Reason,
    RequestId,
    Signed,
    SignerRole,
    Superseded,
    VerbalOrder,
)
from bedside.rules.attestation.history import History
from bedside.rules.attestation.scope import current_scope

SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none is taken for another, read or said
SIGNS_IN_CODE = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """What somebody wrote: the claims, until when, on what grounds, and why it changes."""

    claims: tuple[Claim, ...]
    expires_at: datetime
    grounds: Grounds
    reasons: tuple[Reason, ...] = ()
    request: RequestId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """Who signs a version as what, and on whose order if they are a resident."""

    number: int
    role: SignerRole
    order: VerbalOrder | None = None


def name_person(act: Act) -> str:
    """Name who acts, by a reference and never by name."""
    return f"person/{act.person}"


@operation
def record_letter(act: Act, stay: Encounter, *, draft: Draft) -> Letter:
    """Begin a letter about a stay with its first draft."""
    lock_open(stay)
    id_ = act.draw_id()
    room = make_room(act, id_)
    letter = Letter.objects.create(
        id=id_, site_id=act.site, encounter=stay, code=_draw_code(act), started_at=act.at
    )
    _tell_drafted(act, letter, draft, room)
    return letter


@operation
def record_draft(act: Act, letter: Letter, *, draft: Draft, seen: int) -> None:
    """Draft the next version of a letter, or the same one again while nobody has signed it."""
    _tell_drafted(act, lock_letter(letter, seen=seen), draft, open_room(act, letter))


@operation
def record_signed(
    act: Act, letter: Letter, *, signing: Signing, copies: tuple[Printed, ...], seen: int
) -> History:
    """Sign a version as it was printed; an earlier signed one steps back behind it."""
    held, room = lock_letter(letter, seen=seen), open_room(act, letter)
    earlier = held.signed
    events = make_signing_events(act.at, name_person(act), signing, earlier=earlier)
    history, plain = add_steps(act, held, events, room=room)
    version = history.find_version(signing.number)
    assert version is not None  # noqa: S101 - it was signed just now
    held.signed, held.ends_at = signing.number, version.draft.expires_at
    held.save(update_fields=["signed", "ends_at"])
    for one in copies:
        _add_copy(act, held, room, one, signing.number)
    content = {"copies": [one.write() for one in copies], "steps": plain}
    kind = "letter.superseded" if earlier else "letter.signed"
    append(act, Happening(kind=kind, about=held.about, record=held.about, content=content))
    return history


def make_signing_events(
    at: datetime, by: str, signing: Signing, *, earlier: int
) -> tuple[Signed | Superseded, ...]:
    """Make what signing a version consists of; whoever prints tries it out first."""
    signed = Signed(at=at, by=by, version=signing.number, role=signing.role, order=signing.order)
    if not earlier:
        return (signed,)
    return (signed, Superseded(at=at, by=by, version=earlier, by_version=signing.number))


@operation
def record_letter_viewed(act: Act, letter: Letter) -> None:
    """Tell the journal that somebody read a letter."""
    append(
        act,
        Happening(kind="letter.viewed", about=letter.about, record=letter.about, content={}),
    )


@operation
def record_letter_exported(act: Act, letter: Letter, *, what: str) -> None:
    """Tell the journal that something of a letter left the house's record."""
    content = {"what": what}
    append(
        act,
        Happening(kind="letter.exported", about=letter.about, record=letter.about, content=content),
    )


def _tell_drafted(act: Act, letter: Letter, draft: Draft, room: Strongroom) -> None:
    event = Drafted(
        at=act.at,
        by=name_person(act),
        version=letter.signed + 1,
        claims=draft.claims,
        expires_at=draft.expires_at,
        scope_version=current_scope(),
        reasons=draft.reasons,
        request=draft.request,
    )
    _, plain = add_steps(act, letter, [event], room=room)
    grounds = draft.grounds.write()
    letter.grounds = room.seal(json.dumps(grounds), LETTERS, letter.pk, "grounds")
    letter.save(update_fields=["grounds"])
    content = {
        "code": letter.code,
        "grounds": grounds,
        "stay": letter.encounter.about,
        "steps": plain,
    }
    append(
        act,
        Happening(
            kind="letter.drafted",
            about=letter.about,
            record=letter.about,
            content=content,
            room=room,
        ),
    )


def _add_copy(act: Act, letter: Letter, room: Strongroom, printed: Printed, number: int) -> None:
    id_ = act.draw_id()
    Copy.objects.create(
        id=id_,
        letter=letter,
        number=number,
        reader=printed.reader.value,
        languages=printed.languages,
        sheet=room.seal_bytes(printed.sheet.content, COPIES, id_, "sheet"),
        pdf=room.seal_bytes(printed.pdf, COPIES, id_, "pdf"),
        check_at=printed.sheet.check_at,
        printed_at=printed.sheet.printed_at,
    )


def _draw_code(act: Act) -> str:
    """Draw a code that no letter of this hospital has."""
    while True:
        drawn = "".join(SIGNS[byte % len(SIGNS)] for byte in act.random(SIGNS_IN_CODE))
        code = f"{drawn[:4]}-{drawn[4:]}"
        if not Letter.objects.filter(site_id=act.site, code=code).exists():
            return code
