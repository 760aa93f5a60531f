"""A question reaches ethics with a clock, whose words first, and three alike show a gap."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from consults_cast import HER_WORDS, REFERRAL, open_stay, refer
from hypothesis import given
from hypothesis import strategies as st

from bedside.record.accounts.access import NotThere, NotYours, OtherUnit
from bedside.record.accounts.roles import Role
from bedside.record.consults.access import (
    access_consult,
    access_consult_to_advise,
    access_gap,
)
from bedside.record.consults.alike import ALIKE, WITHIN, is_gap
from bedside.record.consults.danger_operations import Said, record_danger
from bedside.record.consults.models import Consult, Danger, Gap
from bedside.record.consults.operations import (
    MOST_WORDS,
    Spoken,
    record_advice,
    record_gap_answered,
    record_referral,
    record_voice,
)
from bedside.record.consults.queries import (
    find_advice,
    find_consults,
    find_consults_of,
    find_dangers,
    find_gaps,
    find_voices,
    is_late,
    read_consult,
    read_gap_answer,
)
from bedside.record.consults.refusals import (
    AnsweredBefore,
    MinorUnsaid,
    NoSuchAnswer,
    NotByAPerson,
    NothingAsked,
)
from bedside.record.encounters.models import Encounter
from bedside.record.journal.queries import find_events_about
from bedside.record.paging.models import Page
from record_cast import NIGHT, OTHER_SITE, Cast, begin, hire, open_hospital, read_with, stand

DAY = timedelta(days=1)


def refer_at(stay: Encounter, cast: Cast, at: datetime, **changes: object) -> Consult:
    """Refer a question at a moment."""
    return refer(stay, replace(begin(by=cast.nurse), at=at), **changes)


def test_ec_01_a_question_is_kept_with_what_the_rules_were_asked(cast: Cast) -> None:
    stay, ethics = open_stay(cast.nurse), hire(Role.ETHICS)

    consult = refer(stay, begin(by=cast.nurse))

    assert find_consults(stand(ethics)) == find_consults_of(stay) == (consult,)
    read = read_consult(read_with(), consult)
    assert (read.question, read.situation) == (REFERRAL.question, "{}")
    (told,) = find_events_about(read_with(), consult.about)
    assert told.kind.name == "consult.referred"
    assert REFERRAL.question.encode() not in bytes(consult.question)


def test_ec_02_an_urgent_question_has_two_hours_and_pages_ethics(cast: Cast) -> None:
    stay = open_stay(cast.nurse)

    urgent = refer(stay, begin(by=cast.nurse), is_urgent=True)
    ordinary = refer(stay, begin(by=cast.nurse))

    assert urgent.due_at - urgent.referred_at == timedelta(hours=2)
    assert ordinary.due_at - ordinary.referred_at == timedelta(hours=24)
    reasons = dict(Page.objects.filter(to_role="ethics").values_list("about", "reason"))
    assert reasons == {urgent.about: "ethics-urgent", ordinary.about: "ethics-asked"}
    second = timedelta(seconds=1)
    assert [is_late(urgent, urgent.due_at + d) for d in (-second, 0 * second)] == [False, True]
    record_advice(begin(by=hire(Role.ETHICS)), urgent, text="Ask him to step out.")
    urgent.refresh_from_db()
    assert not is_late(urgent, urgent.due_at + DAY)


def test_ec_03_advice_is_seen_with_its_question_and_a_later_one_stands_beside_it(
    cast: Cast,
) -> None:
    stay, ethics = open_stay(cast.nurse), hire(Role.ETHICS)
    consult = refer(stay, begin(by=cast.nurse))

    for text in ("Ask him to step out.", "And tell her why."):
        record_advice(begin(by=ethics), consult, text=text)

    reached = access_consult(stand(cast.nurse), consult.pk)
    assert {one.text for one in find_advice(read_with(), reached)} == {
        "Ask him to step out.",
        "And tell her why.",
    }
    with pytest.raises(NotYours):
        access_consult_to_advise(stand(cast.nurse), consult.pk)


def test_ec_07_whose_words_were_kept_and_who_translated_them(cast: Cast) -> None:
    consult = refer(open_stay(cast.nurse), begin(by=cast.nurse), spoken=(HER_WORDS,))
    reason = Spoken(speaker="officer", words="I can't decide that.", language="en")
    record_voice(replace(begin(by=cast.nurse), at=NIGHT + DAY), consult, spoken=reason)

    hers, his = find_voices(read_with(), consult)

    assert (hers.words, hers.translated, hers.interpreter) == (
        HER_WORDS.words,
        HER_WORDS.translated,
        HER_WORDS.interpreter,
    )
    assert (his.speaker, his.words) == ("officer", "I can't decide that.")


@pytest.mark.parametrize(
    ("wrong", "refusal"),
    [
        ({"translator": "machine"}, NoSuchAnswer),
        ({"translator": "not_needed"}, NotByAPerson),
        ({"interpreter": ""}, NotByAPerson),
        ({"translated": ""}, NothingAsked),
        ({"speaker": "detainee"}, NoSuchAnswer),
        ({"language": "xx"}, NoSuchAnswer),
        ({"words": "x" * (MOST_WORDS + 1)}, NothingAsked),
    ],
)
def test_ec_07_a_translation_that_no_person_answers_for_is_refused(
    cast: Cast, wrong: dict[str, str], refusal: type[Exception]
) -> None:
    spoken = replace(HER_WORDS, **wrong)

    with pytest.raises(refusal):
        refer(open_stay(cast.nurse), begin(by=cast.nurse), spoken=(spoken,))

    assert not Consult.objects.exists()


@pytest.mark.parametrize(
    "said", [{}, {"assent": "given"}, {"guardian": "present"}, {"assent": "x", "guardian": "y"}]
)
def test_ec_10_of_a_minor_assent_and_guardian_are_said(cast: Cast, said: dict[str, str]) -> None:
    stay = open_stay(cast.nurse)

    with pytest.raises(MinorUnsaid):
        refer(stay, begin(by=cast.nurse), minor="yes", **said)
    with pytest.raises(NoSuchAnswer):  # of a grown patient neither is asked
        refer(stay, begin(by=cast.nurse), minor="no", assent="given", guardian="present")
    kept = refer(
        stay,
        begin(by=cast.nurse),
        minor="yes",
        assent="refused",
        guardian="detained_elsewhere",
    )
    assert (kept.assent, kept.guardian) == ("refused", "detained_elsewhere")


def test_ec_05_the_third_alike_in_ninety_days_raises_a_gap_with_an_owner(cast: Cast) -> None:
    stay = open_stay(cast.nurse)
    first = refer_at(stay, cast, NIGHT)
    refer_at(stay, cast, NIGHT + DAY)
    refer_at(stay, cast, NIGHT + DAY, kind="restraint")
    refer_at(stay, cast, NIGHT + DAY, dimension="device")
    assert not Gap.objects.exists()

    third = refer_at(stay, cast, NIGHT + WITHIN - timedelta(seconds=1))

    gap = Gap.objects.get()
    assert (gap.kind, gap.dimension, gap.owner) == ("privacy", "position", "rulebook_owner")
    assert third.gap == gap
    assert set(gap.consults.values_list("pk", flat=True)) >= {first.pk, third.pk}
    assert gap.consults.count() == ALIKE
    assert Page.objects.get(about=gap.about).to_role == "rulebook_owner"


def test_ec_05_the_same_three_a_second_later_raise_none(cast: Cast) -> None:
    stay = open_stay(cast.nurse)
    for at in (NIGHT, NIGHT + DAY, NIGHT + WITHIN):
        refer_at(stay, cast, at)

    assert not Gap.objects.exists()


def test_ec_05_an_open_gap_takes_later_ones_and_an_answered_one_needs_three_more(
    cast: Cast,
) -> None:
    stay, owner = open_stay(cast.nurse), hire(Role.RULEBOOK_OWNER)
    for day in range(4):
        refer_at(stay, cast, NIGHT + day * DAY)
    gap = Gap.objects.get()
    assert gap.consults.count() == 4

    record_gap_answered(begin(by=owner), gap, answer="We wrote a rule.")
    refer_at(stay, cast, NIGHT + 5 * DAY)
    refer_at(stay, cast, NIGHT + 6 * DAY)
    assert Gap.objects.count() == 1
    refer_at(stay, cast, NIGHT + 7 * DAY)

    assert Gap.objects.count() == 2
    gap.refresh_from_db()
    assert read_gap_answer(read_with(), gap) == "We wrote a rule."
    assert [one.answered_at is None for one in find_gaps(stand(owner))] == [True, False]
    with pytest.raises(AnsweredBefore):
        record_gap_answered(begin(by=owner), gap, answer="Twice.")


EDGES = st.sampled_from([-90 * 24 - 1, -90 * 24, -90 * 24 + 1, -1, 0, 1])


@given(st.lists(EDGES | st.integers(-100 * 24, 10 * 24), max_size=8))
def test_ec_05_a_gap_is_three_moments_in_the_ninety_days_that_end_now(hours: list[int]) -> None:
    moments = [NIGHT + timedelta(hours=hour) for hour in hours]

    counted = [hour for hour in hours if -90 * 24 < hour <= 0]

    assert is_gap(moments, at=NIGHT) is (len(counted) >= 3)


def test_a_question_is_reached_with_its_stay_and_by_nobody_else(cast: Cast) -> None:
    consult = refer(open_stay(cast.nurse), begin(by=cast.nurse))
    open_hospital(OTHER_SITE)

    with pytest.raises(OtherUnit):
        access_consult(stand(hire(Role.BEDSIDE_NURSE, unit="Emergency")), consult.pk)
    elsewhere = stand(hire(Role.ETHICS, OTHER_SITE), OTHER_SITE)
    with pytest.raises(NotThere):
        access_consult(elsewhere, consult.pk)
    with pytest.raises(NotYours):
        access_gap(stand(cast.nurse), consult.pk)
    assert find_consults(stand(hire(Role.BEDSIDE_NURSE, unit="Emergency"))) == ()


def test_what_no_list_offers_is_not_kept(cast: Cast) -> None:
    stay = open_stay(cast.nurse)
    for changes in ({"kind": "x"}, {"minor": "x"}):
        with pytest.raises(NoSuchAnswer):
            refer(stay, begin(by=cast.nurse), **changes)
    with pytest.raises(NothingAsked):
        refer(stay, begin(by=cast.nurse), question="")
    act = begin(by=cast.nurse)
    record_referral(act, stay, referral=REFERRAL)
    assert Consult.objects.count() == 1


def test_a_danger_to_somebody_pages_counsel_and_the_supervisor_at_once(cast: Cast) -> None:
    stay = open_stay(cast.nurse)
    said = Said(who="named_person", words="I will find her", is_soon=True)

    record_danger(begin(by=cast.nurse), stay, said=said)

    (danger,) = find_dangers(read_with(), stay)
    assert (danger.words, danger.row.is_soon) == ("I will find her", True)
    paged = Page.objects.filter(reason="danger-to-somebody").values_list("to_role", flat=True)
    assert set(paged) == {"counsel", "house_supervisor"}
    for wrong in (replace(said, who="x"), replace(said, words="")):
        with pytest.raises((NoSuchAnswer, NothingAsked)):
            record_danger(begin(by=cast.nurse), stay, said=wrong)
    assert Danger.objects.count() == 1
