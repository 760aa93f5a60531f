"""Reports under one's name: in a lane, with words sealed, talked about and taken back."""

from dataclasses import replace

import pytest

from bedside.record.accounts.access import NotThere
from bedside.record.journal.act import Act
from bedside.record.journal.models import EVENTS
from bedside.record.journal.queries import Reader, find_events, has_its_leaf
from bedside.record.refusal import Refused
from bedside.record.reports import operations
from bedside.record.reports.choices import MOST_WORDS, Harm, Reached, Route, Side
from bedside.record.reports.models import Report
from bedside.record.reports.operations import (
    Origin,
    Said,
    record_message,
    record_report,
    record_withdrawn,
)
from bedside.record.reports.queries import (
    find_messages,
    find_own_reports,
    find_reports,
    read_report,
)
from bedside.trust.ledger.leaf import Lane
from record_cast import Cast, begin, read_with, stand

CANARY = "the curtain was left open zxq"
FACTS = ("legal_restraint=none", "device=in_use")
LANES = (Lane.OPERATIONAL, Lane.SAFETY)


def say(**parts: object) -> Said:
    """Say what most tests need."""
    usual: dict[str, object] = {
        "route": Route.ICON,
        "families": ("P",),
        "types": ("P2",),
        "reached_patient": Reached.YES,
        "harms": {"harm_physical": Harm.NONE, "dignity_impact": Harm.MODERATE},
        "texts": {"words": CANARY},
    }
    return Said(**(usual | parts))  # type: ignore[arg-type]  # checked where it is read


def begin_in(lane: Lane, cast: Cast) -> Act:
    """Begin an act of the nurse in a lane."""
    return replace(begin(by=cast.nurse), lane=lane)


def read_in(lane: Lane) -> Reader:
    """Read a lane."""
    return replace(read_with(), lane=lane)


@pytest.mark.parametrize("lane", LANES)
def test_a_report_stands_in_the_lane_that_was_chosen_and_in_no_other(
    cast: Cast, lane: Lane
) -> None:
    (other,) = set(LANES) - {lane}

    report = record_report(begin_in(lane, cast), say())

    assert [one.pk for one in find_reports(read_in(lane))] == [report.pk]
    assert find_reports(read_in(other)) == ()
    with pytest.raises(NotThere):
        read_report(read_in(other), report.pk)
    assert EVENTS[other].objects.filter(about=report.about).count() == 0


@pytest.mark.parametrize("lane", LANES)
def test_the_words_of_a_report_are_sealed_and_read_again_by_its_lane(
    cast: Cast, lane: Lane
) -> None:
    report = record_report(begin_in(lane, cast), say(present=("bedside_nurse",), facts=FACTS))

    row = Report.objects.values().get(pk=report.pk)
    read = read_report(read_in(lane), report.pk)

    assert CANARY.encode() not in b"".join(v for v in row.values() if isinstance(v, bytes))
    assert (read.words, read.present, read.facts) == (CANARY, ("bedside_nurse",), FACTS)
    assert read.row.named_by == cast.nurse.pk
    assert [one.pk for one in find_own_reports(stand(cast.nurse))] == [report.pk]
    event = EVENTS[lane].objects.get(about=report.about)
    assert has_its_leaf(read_in(lane), event)


def test_the_house_asks_and_the_reporter_answers_in_order(cast: Cast) -> None:
    report = record_report(begin_in(Lane.SAFETY, cast), say())

    house = replace(begin(by=cast.privacy_officer), lane=Lane.SAFETY)
    record_message(house, report, side=Side.HOUSE, text="Who drew the curtain?")
    record_message(begin_in(Lane.SAFETY, cast), report, side=Side.REPORTER, text="Nobody.")

    read = find_messages(read_in(Lane.SAFETY), report.pk)
    assert [one.text for one in read] == ["Who drew the curtain?", "Nobody."]


def test_pf_11_taking_a_report_back_closes_it_and_deletes_nothing(cast: Cast) -> None:
    report = record_report(begin_in(Lane.SAFETY, cast), say())

    record_withdrawn(begin_in(Lane.SAFETY, cast), report, reason="I am afraid")
    report.refresh_from_db()

    assert find_reports(read_in(Lane.SAFETY)) == ()
    assert [one.pk for one in find_reports(read_in(Lane.SAFETY), with_withdrawn=True)] == [
        report.pk
    ]
    assert read_report(read_in(Lane.SAFETY), report.pk).words == CANARY
    kinds = [one.kind.name for one in find_events(read_in(Lane.SAFETY), record=report.about)]
    assert kinds == ["report.withdrawn", "report.filed"]
    with pytest.raises(operations.ClosedByReporter):
        record_message(begin_in(Lane.SAFETY, cast), report, side=Side.REPORTER, text="more")


def test_pf_04_a_patients_words_need_her_consent(cast: Cast) -> None:
    said = say(route=Route.SPOKEN, texts={"patient_words": "No me dejaron hablar con mi hermana"})

    with pytest.raises(operations.NeedsConsent):
        record_report(begin_in(Lane.SAFETY, cast), said)
    agreed = Origin(agreed_to_file=True, agreed_to_be_named=False)
    report = record_report(begin_in(Lane.SAFETY, cast), said, origin=agreed)

    read = read_report(read_in(Lane.SAFETY), report.pk)
    assert read.patient_words == "No me dejaron hablar con mi hermana"
    assert (read.row.agreed_to_file, read.row.agreed_to_be_named) == (True, False)


@pytest.mark.parametrize(
    ("parts", "refusal"),
    [
        ({"types": ("P99",)}, operations.NotAChoice),
        ({"types": ("P1",) * 13}, operations.NotAChoice),
        ({"families": ("Z",)}, operations.NotAChoice),
        ({"facts": ("device=perhaps",)}, operations.NotAChoice),
        ({"facts": ("nobody_asks=yes",)}, operations.NotAChoice),
        ({"facts": ("legal_restraint=none",) * 41}, operations.NotAChoice),
        ({"reached_patient": "perhaps"}, operations.NotAChoice),
        ({"harms": {"harm_physical": "LA1"}}, operations.NotAChoice),
        ({"harms": {"id": Harm.MILD}}, operations.NotAChoice),
        ({"texts": {"id": "x"}}, operations.NotAChoice),
        ({"when": "tomorrow"}, operations.NotAChoice),
        ({"texts": {"words": "x" * (MOST_WORDS + 1)}}, operations.TooLong),
        ({"texts": {"place": "x" * 201}}, operations.TooLong),
        ({"types": (), "families": (), "texts": {}}, operations.NothingChosen),
    ],
)
def test_what_no_form_offers_is_refused_with_a_sentence(
    cast: Cast, parts: dict[str, object], refusal: type[Refused]
) -> None:
    with pytest.raises(refusal):
        record_report(begin_in(Lane.SAFETY, cast), say(**parts))

    assert Report.objects.count() == 0


def test_no_report_joins_the_notes_for_counsel(cast: Cast) -> None:
    with pytest.raises(operations.NeedsLane):
        record_report(begin_in(Lane.LEGAL, cast), say())
