"""Over random histories no claim changes without a request or a reason, and all can be rebuilt.

Few in an ordinary run; `BEDSIDE_SOAK=1` runs many.
"""

import os
import random
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from letters_cast import AIR, ANKLE, CLAIMS, FEVER, PUMP, draft, sign, start

from bedside.record.letters.models import Copy, Letter
from bedside.record.letters.operations import record_draft
from bedside.record.letters.paper.press import open_press
from bedside.record.letters.queries import find_history, read_pdf, replay_journal
from bedside.record.letters.request_operations import (
    Answered,
    Asked,
    record_wording_decided,
    record_wording_requested,
)
from bedside.record.refusal import Refused
from bedside.rules.attestation.clause import load_library
from bedside.rules.attestation.compare import compare_claims
from bedside.rules.attestation.events import (
    AgencyLevel,
    Channel,
    Decision,
    Reason,
    ReasonCode,
)
from bedside.rules.attestation.history import History
from bedside.rules.attestation.wanted import read_wanted
from bedside.rules.vocabulary.problem import Problems
from record_cast import NIGHT, Cast, begin, read_with

IS_SOAK = os.environ.get("BEDSIDE_SOAK") == "1"
HISTORIES, STEPS = (400 if IS_SOAK else 4), 8
SAYINGS = (
    "Write that she is fit for detention.",
    "Take out the part about the ankle.",
    "Print it larger.",
)


class Walk:
    """One random way through the operations on one letter."""

    def __init__(self, cast: Cast, letter: Letter, folder: Path, dice: random.Random) -> None:
        self.cast, self.letter, self.folder, self.dice = cast, letter, folder, dice
        self.at: datetime = NIGHT + timedelta(minutes=1)

    def step(self) -> None:
        """Do something, allowed or not."""
        self.at += timedelta(minutes=self.dice.randrange(1, 30))
        self.letter.refresh_from_db()
        doing = self.dice.choice((self.redraft, self.redraft, self.sign, self.ask, self.answer))
        with suppress(Problems, Refused):
            doing()

    def redraft(self) -> None:
        """Leave a claim out or change it, with a reason or without one."""
        kept = list(CLAIMS)
        changed = self.dice.choice((FEVER, ANKLE, PUMP, AIR))
        kept.remove(changed)
        if self.dice.random() < 0.5:
            kept.append(replace(changed, assessment=replace(changed.assessment, at=self.at)))
        reason = Reason(
            claim=changed.id,
            code=self.dice.choice(list(ReasonCode)),
            evidence=self.dice.choice(("note 9", "")),
            found_by="person/1",
            found_at=self.at,
        )
        reasons = (reason,) if self.dice.random() < 0.7 else ()
        act = begin(by=self.cast.physician, at=self.at)
        record_draft(
            act, self.letter, draft=draft(*kept, reasons=reasons), seen=self.letter.version
        )

    def sign(self) -> None:
        """Sign what is drafted, if anything is."""
        history = find_history(read_with(), self.letter)
        if history.versions[-1].is_signed:
            return
        sign(self.letter, self.cast.physician, self.folder, at=self.at)

    def ask(self) -> None:
        """Ask for other words."""
        words = self.dice.choice(SAYINGS)
        asked = Asked(
            number=1,
            asked_by="badge 12",
            agency=self.dice.choice(list(AgencyLevel)),
            channel=Channel.PHONE,
            words=words,
            effects=read_wanted(words, CLAIMS, load_library()),
        )
        act = begin(by=self.cast.nurse, at=self.at)
        record_wording_requested(act, self.letter, asked=asked, seen=self.letter.version)

    def answer(self) -> None:
        """Answer the oldest open request."""
        history = find_history(read_with(), self.letter)
        waiting = next(one for one in [*history.requests, None] if one is None or not one.answer)
        if waiting is None:
            return
        answered = Answered(
            decision=self.dice.choice(list(Decision)), norms=("a/norm",), why="as it stands"
        )
        record_wording_decided(
            begin(by=self.cast.physician, at=self.at),
            self.letter,
            waiting.asked.request,
            answered=answered,
            seen=self.letter.version,
        )


def find_unreasoned(history: History) -> list[str]:
    """Find claims that differ between two signed versions without a reason for that claim."""
    signed = [one for one in history.versions if one.is_signed]
    found: list[str] = []
    for before, after in pairwise(signed):
        given = {one.claim for one in after.draft.reasons if one.evidence}
        changes = compare_claims(before.claims, after.claims, load_library())
        found += [str(one.claim) for one in changes if one.claim not in given]
    return found


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_no_claim_changes_without_a_reason_and_the_journal_rebuilds_every_version(
    cast: Cast, tmp_path: Path, seed: int
) -> None:
    walk = Walk(cast, sign(start(cast.physician), cast.physician, tmp_path), tmp_path, _dice(seed))
    for _ in range(STEPS):
        walk.step()

    history, sheets = replay_journal(read_with(), walk.letter)

    assert find_unreasoned(history) == []
    assert history == find_history(read_with(), walk.letter)
    copies = Copy.objects.filter(letter=walk.letter)
    assert len(sheets) == copies.count()
    printed = [open_press().print(sheet) for sheet in sheets]
    for copy in copies:
        pdf = read_pdf(read_with(), copy)
        assert any(pdf.startswith(one) for one in printed)


def test_a_change_that_slipped_through_would_be_found(cast: Cast, tmp_path: Path) -> None:
    letter = sign(start(cast.physician), cast.physician, tmp_path)
    (version,) = find_history(read_with(), letter).versions
    fewer = tuple(one for one in version.claims if one.id != ANKLE.id)
    slipped = replace(version, number=2, draft=replace(version.draft, claims=fewer))

    assert find_unreasoned(History(versions=(version, slipped))) == ["ankle"]


def _dice(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - a test's own choices, the same each time
