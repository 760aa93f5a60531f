"""Random nights of one letter: people draft, sign, ask, answer and deliver, rightly or not."""

import random
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from attestation_cast import (
    ANKLE,
    CAR,
    ENDS,
    FEVER,
    LETTER,
    LIBRARY,
    NIGHT,
    NO_AIR,
    NURSE,
    OFFICER,
    PHYSICIAN,
    STATUS,
    SUPPORT,
    refill,
)

from bedside.rules.attestation.claim import Claim, ClaimId, ClauseId
from bedside.rules.attestation.clause import Reader
from bedside.rules.attestation.events import (
    Acknowledged,
    AgencyLevel,
    Channel,
    Decision,
    Delivered,
    Drafted,
    Expired,
    LetterEvent,
    Reason,
    ReasonCode,
    RequesterSpoke,
    RequestId,
    Signed,
    SignerRole,
    Superseded,
    VerbalOrder,
    WordingDecided,
    WordingRequested,
)
from bedside.rules.attestation.history import EMPTY, History
from bedside.rules.attestation.steps import take
from bedside.rules.attestation.wanted import read_wanted
from bedside.rules.vocabulary.problem import NO_TEXT, Problems, Text

POOL = (ANKLE, CAR, FEVER, NO_AIR, STATUS)
WORDS = (
    "Write that she is cleared for detention and take out the part about the ankle.",
    "Quite lo del tobillo.",
    "Make the print bigger.",
    "Say she may travel for 12 hours.",
)
NORM = "world/un/37-194-4b-no-certificate-of-fitness"


def drafted(history: History, dice: random.Random) -> Drafted:
    """Somebody changes claims, with reasons, with poor reasons, or with none."""
    last = history.last_signed
    claims = last.claims if last else tuple(dice.sample(LETTER, dice.randint(1, 4)))
    for _ in range(dice.randint(0, 2)):
        claims = tuple(_change(claims, dice))
    return Drafted(
        at=_later(history, dice),
        by=dice.choice([PHYSICIAN, NURSE]),
        version=(last.number if last else 0) + dice.choice([1, 1, 1, 1, 0, 2]),
        claims=claims,
        expires_at=ENDS,
        scope_version=1,
        reasons=tuple(_reasons(history, claims, dice)),
        request=dice.choice([None, None, RequestId("request-0")]),
    )


def signed(history: History, dice: random.Random) -> Signed:
    """An attending or a resident signs some version."""
    order = VerbalOrder(by=dice.choice([PHYSICIAN, ""]), read_back_at=NIGHT)
    return Signed(
        at=_later(history, dice),
        by=dice.choice([PHYSICIAN, "staff/resident"]),
        version=_any_version(history, dice),
        role=dice.choice([*SignerRole, SignerRole.ATTENDING]),
        order=dice.choice([None, order]),
    )


def requested(history: History, dice: random.Random) -> WordingRequested:
    """Somebody asks for other words."""
    words = dice.choice(WORDS)
    last = history.last_signed
    return WordingRequested(
        at=_later(history, dice),
        by=NURSE,
        request=RequestId(f"request-{dice.choice([len(history.requests), 0])}"),
        version=_any_version(history, dice),
        asked_by=OFFICER,
        agency=dice.choice(list(AgencyLevel)),
        channel=dice.choice(list(Channel)),
        words=words,
        effects=read_wanted(words, last.claims if last else (), LIBRARY),
    )


def decided(history: History, dice: random.Random) -> WordingDecided:
    """A clinician answers some request."""
    return WordingDecided(
        at=_later(history, dice),
        by=PHYSICIAN,
        request=RequestId(f"request-{dice.randint(0, len(history.requests))}"),
        decision=dice.choice(list(Decision)),
        norms=dice.choice([*[(NORM,)] * 4, ()]),
        why="No federal text asks for these words.",
    )


def spoke(history: History, dice: random.Random) -> RequesterSpoke:
    """The requester adds a statement."""
    request = RequestId(f"request-{dice.randint(0, 1)}")
    return RequesterSpoke(at=_later(history, dice), by=OFFICER, request=request, words="I asked.")


def superseded(history: History, dice: random.Random) -> Superseded:
    """A version steps back behind another."""
    return Superseded(
        at=_later(history, dice),
        by=PHYSICIAN,
        version=_any_version(history, dice),
        by_version=_any_version(history, dice),
    )


def delivered(history: History, dice: random.Random) -> Delivered:
    """A document is handed over."""
    return Delivered(
        at=_later(history, dice),
        by=NURSE,
        version=_any_version(history, dice),
        reader=dice.choice(list(Reader)),
        to=OFFICER,
        channel=Channel.PAPER,
    )


def acknowledged(history: History, dice: random.Random) -> Acknowledged:
    """The receiving side answers."""
    return Acknowledged(
        at=_later(history, dice),
        by="receiver/1",
        version=_any_version(history, dice),
        accepted_by="receiver/1",
        papers=1,
        medicines=dice.randint(0, 3),
        cannot_meet=dice.choice([(), (ClaimId("pump"),), (ANKLE.id,)]),
        off_formulary=(),
        is_restraint_read=True,
        next_dose_at=None,
    )


def expired(history: History, dice: random.Random) -> Expired:
    """Somebody notes that a version is over, perhaps too early."""
    at = dice.choice([_later(history, dice), ENDS])
    return Expired(at=at, by=NURSE, version=_any_version(history, dice))


ACTS: Mapping[str, Callable[[History, random.Random], LetterEvent]] = {
    "drafted": drafted,
    "signed": signed,
    "requested": requested,
    "decided": decided,
    "spoke": spoke,
    "superseded": superseded,
    "delivered": delivered,
    "acknowledged": acknowledged,
    "expired": expired,
}


OFTEN = ("drafted", "signed", "decided")  # so that nights reach later versions
CHOICES = (*ACTS, *OFTEN, *OFTEN)


def live(acts: list[tuple[str, int]]) -> Iterator[tuple[LetterEvent, History]]:
    """Live through acts, giving each that was taken and how the letter stands behind it."""
    history = EMPTY
    for act, seed in acts:
        event = ACTS[act](history, random.Random(seed))  # noqa: S311 - chance of a test
        try:
            history = take(history, event, LIBRARY)
        except Problems:
            continue
        yield event, history


def _later(history: History, dice: random.Random) -> datetime:
    before = history.last_at or NIGHT
    return before + timedelta(minutes=dice.choice([0, 1, 1, 2, 3, 7, 0, 1, 2, -1]))


def _any_version(history: History, dice: random.Random) -> int:
    last = history.versions[-1].number if history.versions else 1
    return dice.choice([*[last] * 8, last - 1, last + 1])


def _change(claims: tuple[Claim, ...], dice: random.Random) -> list[Claim]:
    changed = list(claims)
    at = dice.randrange(len(changed))
    match dice.randrange(5):
        case 0 if len(changed) > 1:
            del changed[at]
        case 1:
            more = [one for one in POOL if one.id not in {c.id for c in changed}]
            changed += more[:1]
        case 2 if changed[at].clause == CAR.clause:
            changed[at] = refill(changed[at], hours=dice.randint(1, 24))
        case 3 if changed[at].clause == ANKLE.clause:
            changed[at] = replace(changed[at], clause=ClauseId("restraint/loose-on-limb"))
        case _:
            addition = dice.choice([NO_TEXT, Text(en="Keep dry.", es="Mantener seco.")])
            changed[at] = replace(changed[at], addition=addition)
    return changed


def _reasons(history: History, claims: tuple[Claim, ...], dice: random.Random) -> Iterator[Reason]:
    last = history.last_signed
    ids = {one.id for one in claims} | ({one.id for one in last.claims} if last else set())
    for id_ in sorted(ids):
        if dice.random() < 0.95:
            yield Reason(
                claim=id_,
                code=dice.choice([*ReasonCode, ReasonCode.CORRECTION]),
                evidence=dice.choice([*["note/9"] * 9, " "]),
                found_by=PHYSICIAN,
                found_at=SUPPORT.at + timedelta(minutes=dice.choice([-5, 5, 10, 10, 10])),
            )
