"""A signed letter is never edited: whatever happens, a claim changes only for a clinical reason."""

import json
import os
import random
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from attestation_cast import (
    ANKLE,
    CAR,
    ENDS,
    FEVER,
    LIBRARY,
    NIGHT,
    NURSE,
    OFFICER,
    PHYSICIAN,
    STATUS,
    refill,
)
from history_cast import CHOICES, NORM, live
from hypothesis import given, settings
from hypothesis import strategies as st

from bedside.rules.attestation.claim import Claim, ClaimClass, ClaimId
from bedside.rules.attestation.clause import Reader
from bedside.rules.attestation.compare import Effect, compare_claims
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
from bedside.rules.attestation.history import EMPTY, History, VersionStatus
from bedside.rules.attestation.plain import read_claim, read_event, write_claim, write_event
from bedside.rules.attestation.steps import replay, take
from bedside.rules.attestation.wanted import WantedEffect, read_wanted
from bedside.rules.vocabulary.problem import Problems

IS_SOAK = os.environ.get("BEDSIDE_SOAK") == "1"
ASKED = "Write that she is cleared for detention and take out the part about the ankle."
REQUEST = RequestId("request-0")
ACT = st.tuples(st.sampled_from(CHOICES), st.integers(0, 2**20))
STEADY = st.lists(ACT, max_size=40).map(lambda acts: [("drafted", 3), ("signed", 1), *acts])


def draft(*claims: Claim, version: int = 1, minute: int = 0, **more: object) -> Drafted:
    event = Drafted(
        at=NIGHT + timedelta(minutes=minute),
        by=PHYSICIAN,
        version=version,
        claims=claims,
        expires_at=ENDS,
        scope_version=1,
    )
    return replace(event, **more)  # type: ignore[arg-type]  # reasons or a request


def sign(version: int = 1, minute: int = 1, **more: object) -> Signed:
    event = Signed(
        at=NIGHT + timedelta(minutes=minute),
        by=PHYSICIAN,
        version=version,
        role=SignerRole.ATTENDING,
    )
    return replace(event, **more)  # type: ignore[arg-type]  # a role or an order


def ask(minute: int = 2, words: str = ASKED) -> WordingRequested:
    return WordingRequested(
        at=NIGHT + timedelta(minutes=minute),
        by=NURSE,
        request=REQUEST,
        version=1,
        asked_by=OFFICER,
        agency=AgencyLevel.FEDERAL,
        channel=Channel.IN_PERSON,
        words=words,
        effects=read_wanted(words, (STATUS, ANKLE), LIBRARY),
    )


def answer(decision: Decision, minute: int = 3) -> WordingDecided:
    return WordingDecided(
        at=NIGHT + timedelta(minutes=minute),
        by=PHYSICIAN,
        request=REQUEST,
        decision=decision,
        norms=(NORM,),
        why="What restraint would harm is clinical and still true.",
    )


def reason(code: ReasonCode = ReasonCode.NEW_FINDING, claim: Claim = ANKLE) -> Reason:
    return Reason(claim=claim.id, code=code, evidence="note/9", found_by=PHYSICIAN, found_at=NIGHT)


def deliver(minute: int = 5, version: int = 1) -> Delivered:
    return Delivered(
        at=NIGHT + timedelta(minutes=minute),
        by=NURSE,
        version=version,
        reader=Reader.CUSTODY,
        to=OFFICER,
        channel=Channel.PAPER,
    )


def refused(*events: LetterEvent) -> str:
    history = replay(events[:-1], LIBRARY)
    with pytest.raises(Problems) as caught:
        take(history, events[-1], LIBRARY)
    return caught.value.problems[0].kind.code


SIGNED = (draft(STATUS, ANKLE), sign())


def test_asking_for_other_words_never_changes_a_signed_letter() -> None:
    history = replay([*SIGNED, ask()], LIBRARY)

    assert history.in_force is not None
    assert history.in_force.claims == (STATUS, ANKLE)
    assert history.requests[0].asked.words == ASKED
    assert {(one.effect, one.letter) for one in history.requests[0].asked.effects} == {
        (Effect.ADD_CLAIM, ClaimClass.FIT_FOR_CUSTODY),
        (Effect.ADD_CLAIM, ClaimClass.CLEARED_UNSCOPED),
        (Effect.DELETE_LIMIT, ClaimClass.RESTRAINT_LIMITS),
    }


def test_words_that_no_letter_says_cannot_be_accepted_whole() -> None:
    assert refused(*SIGNED, ask(), answer(Decision.ACCEPT)) == "attestation.never-accepted"
    for decision in (Decision.ACCEPT_IN_PART, Decision.DECLINE):
        assert replay([*SIGNED, ask(), answer(decision)], LIBRARY).requests[0].answer


def test_no_new_version_is_written_while_a_request_waits() -> None:
    second = draft(STATUS, version=2, minute=4, reasons=(reason(),))

    assert refused(*SIGNED, ask(), second) == "attestation.request-open"


def test_a_limit_goes_out_only_for_a_clinical_reason() -> None:
    asked = (*SIGNED, ask(), answer(Decision.ACCEPT_IN_PART))
    wanted = draft(STATUS, version=2, minute=4, request=REQUEST)

    assert refused(*asked, wanted) == "attestation.no-clinical-reason"
    assert (
        refused(*asked, replace(wanted, reasons=(reason(ReasonCode.CLEARER_WORDING),)))
        == "attestation.more-than-wording"
    )
    history = replay([*asked, replace(wanted, reasons=(reason(),)), sign(2, 5)], LIBRARY)
    assert history.in_force is not None
    assert history.in_force.claims == (STATUS,)


def test_a_new_finding_is_later_than_what_the_letter_rests_on() -> None:
    old = replace(reason(), found_at=ANKLE.assessment.at)

    assert (
        refused(*SIGNED, draft(STATUS, version=2, minute=2, reasons=(old,)))
        == "attestation.not-a-new-finding"
    )
    corrected = replace(old, code=ReasonCode.CORRECTION)
    history = replay([*SIGNED, draft(STATUS, version=2, minute=2, reasons=(corrected,))], LIBRARY)
    assert len(history.versions) == 2


def test_a_version_in_which_nothing_changed_is_not_written() -> None:
    assert (
        refused(*SIGNED, draft(STATUS, ANKLE, version=2, minute=2)) == "attestation.nothing-changed"
    )


def test_a_letter_holds_no_longer_than_the_shortest_of_its_claims() -> None:
    short = replace(ANKLE, expires_at=ENDS - timedelta(hours=1))

    assert refused(draft(STATUS, short)) == "attestation.outlives-its-claims"


def test_a_letter_names_a_scope_box_that_there_is_and_says_something() -> None:
    assert refused(draft(STATUS, scope_version=99)) == "attestation.no-scope"
    assert refused(draft()) == "attestation.no-claims"


def test_a_declined_request_is_no_ground_for_a_new_version() -> None:
    second = draft(STATUS, version=2, minute=4, reasons=(reason(),), request=REQUEST)

    assert (
        refused(*SIGNED, ask(), answer(Decision.DECLINE), second) == "attestation.request-declined"
    )
    alone = replace(second, request=None)
    assert len(replay([*SIGNED, ask(), answer(Decision.DECLINE), alone], LIBRARY).versions) == 2


def test_the_signed_version_keeps_its_claims_behind_a_later_one() -> None:
    later = draft(STATUS, version=2, minute=2, reasons=(reason(),))
    step = Superseded(at=NIGHT + timedelta(minutes=4), by=PHYSICIAN, version=1, by_version=2)

    history = replay([*SIGNED, later, sign(2, 3), step], LIBRARY)

    first = history.find_version(1)
    assert first is not None
    assert (first.status, first.claims) == (VersionStatus.SUPERSEDED, (STATUS, ANKLE))
    assert history.in_force is not None
    assert history.in_force.number == 2


def test_a_resident_signs_only_on_an_order_that_was_read_back() -> None:
    alone = sign(by="staff/resident", role=SignerRole.RESIDENT)
    order = VerbalOrder(by=PHYSICIAN, read_back_at=NIGHT)

    assert refused(draft(STATUS), alone) == "attestation.no-order"
    own = replace(order, by="staff/resident")
    assert refused(draft(STATUS), replace(alone, order=own)) == "attestation.no-order"
    late = replace(order, read_back_at=NIGHT + timedelta(hours=1))
    assert refused(draft(STATUS), replace(alone, order=late)) == "attestation.no-order"
    assert replay([draft(STATUS), replace(alone, order=order)], LIBRARY).in_force


def test_the_second_of_two_signers_is_told_that_somebody_signed() -> None:
    assert refused(*SIGNED, sign(minute=1, by=NURSE)) == "attestation.not-a-draft"


def test_two_who_wrote_from_the_same_version_do_not_both_get_through() -> None:
    mine = draft(STATUS, version=2, minute=2, reasons=(reason(),))
    other = draft(ANKLE, version=2, minute=4, reasons=(reason(claim=STATUS),))

    assert refused(*SIGNED, mine, sign(2, 3), other) == "attestation.not-the-next-version"


def test_a_clock_that_goes_back_is_told() -> None:
    assert refused(draft(STATUS, minute=5), sign(minute=4)) == "attestation.clock-back"


def test_blocked_words_cannot_be_signed() -> None:
    bad = replace(ANKLE, addition=replace(ANKLE.addition, en="cl3ared"))

    assert refused(draft(bad), sign()) == "attestation.blocked-words"


def test_an_assessment_that_is_over_cannot_be_signed_or_delivered() -> None:
    late = ENDS + timedelta(minutes=1)

    assert refused(draft(STATUS), sign(at=late)) == "attestation.expired"
    assert refused(*SIGNED, replace(deliver(), at=late)) == "attestation.expired"


def test_a_version_expires_at_its_end_and_not_before() -> None:
    over = Expired(at=ENDS, by=NURSE, version=1)

    assert refused(*SIGNED, replace(over, at=ENDS - timedelta(seconds=1))) == "attestation.not-over"
    history = replay([*SIGNED, over], LIBRARY)
    assert history.in_force is None
    assert refused(*SIGNED, over, replace(deliver(), at=ENDS)) == "attestation.not-in-force"


def test_only_the_version_in_force_is_delivered_and_only_a_delivered_one_acknowledged() -> None:
    received = Acknowledged(
        at=NIGHT + timedelta(minutes=6),
        by="receiver/1",
        version=1,
        accepted_by="receiver/1",
        papers=2,
        medicines=1,
        cannot_meet=(ANKLE.id,),
        off_formulary=(),
        is_restraint_read=True,
        next_dose_at=NIGHT + timedelta(hours=4),
    )
    elsewhere = replace(received, cannot_meet=(ClaimId("pump"),))

    assert refused(draft(STATUS), deliver()) == "attestation.not-in-force"
    assert refused(*SIGNED, received) == "attestation.not-delivered"
    assert refused(*SIGNED, deliver(), elsewhere) == "attestation.unknown-claim"
    history = replay([*SIGNED, deliver(), received], LIBRARY)
    assert history.acknowledgements[0].has_unmet_need


def test_the_requester_can_add_a_statement_that_is_kept_beside_the_answer() -> None:
    words = "I was told to ask for it."
    spoken = RequesterSpoke(
        at=NIGHT + timedelta(minutes=4), by=OFFICER, request=REQUEST, words=words
    )

    history = replay([*SIGNED, ask(), answer(Decision.DECLINE), spoken], LIBRARY)

    assert [one.words for one in history.requests[0].statements] == [words]


def test_an_answer_names_a_norm() -> None:
    bare = replace(answer(Decision.DECLINE), norms=())

    assert refused(*SIGNED, ask(), bare) == "attestation.no-norms"


@pytest.mark.parametrize("claim", [STATUS, ANKLE, CAR, refill(CAR, hours=9)], ids=lambda c: c.id)
def test_a_claim_is_read_back_exactly(claim: Claim) -> None:
    assert read_claim(json.loads(json.dumps(write_claim(claim)))) == claim


def _check_reasons(history: History) -> None:
    signed = [version for version in history.versions if version.is_signed]
    for earlier, later in pairwise(signed):
        reasons = {one.claim: one for one in later.draft.reasons}
        for change in compare_claims(earlier.claims, later.claims, LIBRARY):
            given = reasons[change.claim]
            assert given.evidence.strip()
            if given.code is ReasonCode.CLEARER_WORDING:
                assert change.effect in {Effect.REWORD, Effect.FORMAT}


def _live_and_check(acts: list[tuple[str, int]]) -> int:
    kept: dict[int, tuple[Claim, ...]] = {}
    events, history = [], EMPTY
    for event, history in live(acts):
        events.append(event)
        for version in history.versions:
            if version.is_signed:
                assert kept.setdefault(version.number, version.claims) == version.claims
    _check_reasons(history)
    rows = json.loads(json.dumps([write_event(event) for event in events]))
    rebuilt = replay([read_event(row) for row in rows], LIBRARY)
    assert rebuilt == history
    assert {v.number: v.claims for v in rebuilt.versions if v.is_signed} == kept
    return len(kept)


@settings(max_examples=150, deadline=None)
@given(STEADY)
def test_no_path_changes_a_claim_without_a_reason_and_every_version_is_rebuilt(
    acts: list[tuple[str, int]],
) -> None:
    _live_and_check(acts)


@pytest.mark.slow
@settings(max_examples=10_000 if IS_SOAK else 2_000, deadline=None)
@given(STEADY)
def test_thousands_of_histories_change_no_claim_without_a_reason(
    acts: list[tuple[str, int]],
) -> None:
    _live_and_check(acts)


def test_the_random_nights_do_reach_later_versions() -> None:
    dice = random.Random(5)  # noqa: S311 - chance of a test
    nights = [
        [("drafted", 3), ("signed", 1)]
        + [(dice.choice(CHOICES), dice.randrange(2**20)) for _ in range(40)]
        for _ in range(200)
    ]

    reached = [_live_and_check(night) for night in nights]

    assert max(reached) >= 3
    assert sum(count >= 2 for count in reached) >= 20


def test_an_effect_that_no_letter_may_have_is_known_as_such() -> None:
    wanted = WantedEffect(
        effect=Effect.ADD_CLAIM, letter=ClaimClass.FUTURE, claim=None, words="no risk"
    )

    assert wanted.is_never
    assert not replace(wanted, letter=ClaimClass.CARE_NEEDS).is_never
    assert FEVER.find("sign") == "fever"


def test_what_was_signed_is_read_as_it_was_whatever_the_library_says_today() -> None:
    emptied = replace(LIBRARY, clauses={})

    with pytest.raises(Problems):
        replay(SIGNED, emptied)

    assert replay(SIGNED) == replay(SIGNED, LIBRARY)
