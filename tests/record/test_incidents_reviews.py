"""A report is reviewed: taken, rated by two who do not see each other, heard, answered, closed."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import pytest

from bedside.record.accounts.models import Person
from bedside.record.accounts.roles import Role
from bedside.record.incidents.agreement import measure, write_hundredths
from bedside.record.incidents.closing_operations import record_closed
from bedside.record.incidents.concerns import load_concerns
from bedside.record.incidents.models import Review
from bedside.record.incidents.operations import (
    record_factors,
    record_moved,
    record_reopened,
    record_report_taken,
    record_second_rater,
)
from bedside.record.incidents.queries import (
    find_progress,
    find_queue,
    find_ratings,
    find_story,
    measure_agreement,
)
from bedside.record.incidents.refusals import (
    ChangedMeanwhile,
    NoRater,
    NotAskedBefore,
    NotClosed,
    NotOpen,
    NotReadyToClose,
    RatedBefore,
    TakenAlready,
)
from bedside.record.incidents.words import Factor, Heard, Status
from bedside.rules.incidents.taxonomy import load_types
from bedside.trust.ledger.leaf import Lane
from incidents_cast import (
    MILD,
    TODAY,
    answer,
    begin_safely,
    fresh,
    hear,
    rate,
    read_safely,
    report,
    take,
)
from record_cast import Cast, hire, stand


def test_a_report_waits_in_the_queue_until_a_reviewer_takes_it(cast: Cast) -> None:
    filed = report(cast.nurse)
    reviewer = hire(Role.RISK_MANAGER)
    assert find_queue(stand(reviewer)).reports == (filed,)
    assert find_progress(filed) is Status.NEW

    review, _ = take(filed, by=reviewer)

    queue = find_queue(stand(reviewer))
    assert (queue.reports, queue.reviews) == ((), (review,))
    assert find_progress(filed) is Status.IN_REVIEW
    with pytest.raises(TakenAlready):
        record_report_taken(begin_safely(reviewer), filed, code="P1")


def test_the_privacy_officer_reads_reviews_of_privacy_and_nobody_else_reads_any(
    cast: Cast,
) -> None:
    for code in ("P1", "S2", "R1"):
        take(report(cast.nurse, code=code))

    assert [one.code for one in find_queue(stand(cast.privacy_officer)).reviews] == ["P1"]
    assert find_queue(stand(cast.nurse)).reviews == ()
    assert find_queue(stand(hire(Role.COUNSEL))).reviews == ()


def test_of_10_a_review_about_an_officer_closes_only_after_the_officer_was_heard(
    cast: Cast,
) -> None:
    review, reviewer = take(report(cast.nurse))
    rate(review, reviewer)
    answer(review, reviewer)
    with pytest.raises(NotReadyToClose) as refused:
        close(review, reviewer)
    assert "officer" in refused.value.say("en")
    assert "agente" in refused.value.say("es")
    hear(review, reviewer, Heard.ASKED)
    with pytest.raises(NotReadyToClose):
        close(review, reviewer)

    hear(review, reviewer, Heard.HEARD, words="I stood where I was told to stand.")
    close(review, reviewer)

    story = find_story(read_safely(), fresh(review))
    assert story.hearings[-1].words == "I stood where I was told to stand."
    assert story.outcome == "No rule was broken."
    assert fresh(review).status == Status.CLOSED


@pytest.mark.parametrize("state", [Heard.DECLINED, Heard.NOT_REACHABLE])
def test_of_10_nobody_declines_or_is_out_of_reach_who_was_not_asked(
    cast: Cast, state: Heard
) -> None:
    review, reviewer = take(report(cast.nurse))
    with pytest.raises(NotAskedBefore):
        hear(review, reviewer, state)
    hear(review, reviewer, Heard.ASKED, on=TODAY)
    with pytest.raises(NotAskedBefore):
        hear(review, reviewer, state, on=TODAY - timedelta(days=1))

    hear(review, reviewer, state)

    assert find_story(read_safely(), fresh(review)).hearings[-1].state is state


def test_lc_12_a_report_about_staff_needs_the_same_hearing_as_one_about_an_officer(
    cast: Cast,
) -> None:
    review, reviewer = take(report(cast.nurse, code="S5"))
    rate(review, reviewer)
    answer(review, reviewer)

    with pytest.raises(NotReadyToClose) as refused:
        close(review, reviewer)

    assert "colleague" in refused.value.say("en")
    assert load_concerns().keys() == load_types().keys()


def test_the_reporter_is_answered_by_default_and_silence_needs_a_reason(cast: Cast) -> None:
    review, reviewer = take(report(cast.nurse, code="P7"))
    rate(review, reviewer)
    with pytest.raises(NotReadyToClose):
        close(review, reviewer)

    answer(review, reviewer, text="", withheld="The reporter asked for none.")
    close(review, reviewer)

    assert find_story(read_safely(), fresh(review)).withheld == "The reporter asked for none."


def test_neither_rater_sees_the_other_before_both_have_rated(cast: Cast) -> None:
    review, reviewer = take(report(cast.nurse))
    seen = fresh(review).version
    record_second_rater(begin_safely(reviewer), review, rater=cast.physician, seen=seen)
    rate(review, reviewer)

    assert find_ratings(read_safely(), review, cast.physician.pk) == ()
    assert [one.rated for one in find_ratings(read_safely(), review, reviewer.pk)] == [MILD]
    rate(review, cast.physician)
    assert len(find_ratings(read_safely(), review, cast.physician.pk)) == 2
    with pytest.raises(RatedBefore):
        rate(review, cast.physician)


def test_a_second_rater_is_somebody_else_who_may_rate(cast: Cast) -> None:
    review, reviewer = take(report(cast.nurse))
    seen = fresh(review).version
    for wrong in (reviewer, cast.nurse):
        with pytest.raises(NoRater):
            record_second_rater(begin_safely(reviewer), review, rater=wrong, seen=seen)


def test_a_closed_review_takes_nothing_until_it_is_reopened_with_a_reason(cast: Cast) -> None:
    review, reviewer = take(report(cast.nurse, code="P7"))
    seen = fresh(review).version
    with pytest.raises(NotClosed):
        record_reopened(begin_safely(reviewer), fresh(review), why="more is known", seen=seen)
    rate(review, reviewer)
    answer(review, reviewer)
    close(review, reviewer)
    with pytest.raises(NotOpen):
        answer(review, reviewer)

    seen = fresh(review).version
    record_reopened(begin_safely(reviewer), fresh(review), why="more is known", seen=seen)

    assert (fresh(review).status, fresh(review).closed_at) == (Status.IN_REVIEW, None)
    assert find_story(read_safely(), fresh(review)).outcome == "No rule was broken."


def test_two_who_change_a_review_at_once_do_not_overwrite_each_other(cast: Cast) -> None:
    review, reviewer = take(report(cast.nurse))
    seen = review.version
    record_factors(begin_safely(reviewer), review, factors=[Factor.LANGUAGE], seen=seen)

    with pytest.raises(ChangedMeanwhile):
        record_moved(begin_safely(reviewer), review, status=Status.WAITING, why="x", seen=seen)

    assert find_story(read_safely(), review).factors == {Factor.LANGUAGE}


def test_a_review_lies_in_the_safety_lane_even_of_a_report_in_the_operational_one(
    cast: Cast,
) -> None:
    filed = report(cast.nurse, lane=Lane.OPERATIONAL)
    review, _ = take(filed)

    assert Review.objects.get(report=filed) == review
    assert read_safely().open(review.about) is not None
    assert replace(read_safely(), lane=Lane.OPERATIONAL).open(review.about) is None


def test_kappa_is_exact_and_none_where_chance_would_always_agree() -> None:
    pairs = [("a", "a")] * 10 + [("b", "a")] * 20 + [("b", "b")] * 20

    found = measure(pairs)

    assert (found.pairs, found.observed, found.expected) == (50, Fraction(3, 5), Fraction(11, 25))
    assert found.kappa == Fraction(2, 7)
    assert measure([("a", "a")] * 3).kappa is None
    assert measure([]).kappa is None
    assert measure([("a", "b"), ("b", "a")]).kappa == -1


@pytest.mark.parametrize(
    ("value", "written"),
    [
        (Fraction(2, 5), "0.40"),
        (Fraction(1, 3), "0.33"),
        (Fraction(1, 200), "0.01"),
        (Fraction(-1, 3), "-0.33"),
        (Fraction(-1, 300), "0.00"),
        (Fraction(1), "1.00"),
    ],
)
def test_a_fraction_is_written_with_two_decimals(value: Fraction, written: str) -> None:
    assert write_hundredths(value) == written


def test_agreement_counts_closed_reviews_with_two_ratings(cast: Cast) -> None:
    reviews = []
    for _ in range(2):
        review, reviewer = take(report(cast.nurse, code="P7"))
        rate(review, reviewer)
        reviews.append((review, reviewer))
    rate(reviews[0][0], cast.physician)

    found = measure_agreement(read_safely(), [review for review, _ in reviews])

    assert {item: one.pairs for item, one in found.items()} == {
        "physical": 1,
        "psychological": 1,
        "dignity": 1,
    }


def close(review: Review, by: Person, *, outcome: str = "No rule was broken.") -> None:
    """Close a review."""
    seen = fresh(review).version
    record_closed(begin_safely(by), fresh(review), outcome=outcome, seen=seen)
