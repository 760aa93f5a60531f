"""What lies in one lane never leaves by the export of another: canaries over every export."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import timedelta

import fhirkit
import pytest
from fhir.resources.R4B import get_fhir_model_class

from bedside.record.accounts.models import Person
from bedside.record.accounts.roles import Role
from bedside.record.incidents.common_formats import (
    find_events,
    load_elements,
    write_csv,
    write_json,
)
from bedside.record.incidents.evaluation_operations import record_evaluation
from bedside.record.incidents.evaluations import Evaluated, Finding, Fits
from bedside.record.incidents.fhir import write_bundle
from bedside.record.incidents.harm import After, Rated, find_letter
from bedside.record.incidents.lane_exports import Scope, write_operational
from bedside.record.incidents.models import Review
from bedside.record.incidents.rating_operations import Wanted, record_action
from bedside.record.incidents.words import Change, Heard
from bedside.record.journal.queries import find_events as find_journal
from bedside.record.reports.choices import Harm, Reached
from bedside.rules.incidents.taxonomy import Ahrq, load_types
from bedside.rules.vocabulary.problem import Text
from bedside.trust.ledger.leaf import Lane
from incidents_cast import (
    TODAY,
    answer,
    begin_safely,
    fresh,
    hear,
    open_stay,
    rate,
    read_safely,
    report,
    take,
)
from record_cast import NIGHT, Cast, begin, read_with

OPERATIONAL, SAFETY, EVALUATED = "canary-one-of-the-house", "canary-two-of-safety", "canary-four"
HOUSE = Text(en="Sample hospital", es="Hospital de muestra")
SCOPE = Scope(house=HOUSE, since=NIGHT - timedelta(days=1), until=NIGHT + timedelta(days=1))


@pytest.fixture
def review(cast: Cast) -> Review:
    """A house in which every lane holds its own canary; the review of a safety report."""
    stay = open_stay(cast.nurse)
    report(cast.nurse, lane=Lane.OPERATIONAL, words=OPERATIONAL, stay=stay.pk)
    review, reviewer = take(report(cast.nurse, words=f"={SAFETY}"))
    fill(review, reviewer)
    evaluated = Evaluated(
        texts={"told": EVALUATED}, findings=(Finding(what=EVALUATED, fits=Fits.TYPICAL),)
    )
    record_evaluation(begin(by=cast.physician), stay, evaluated=evaluated)
    return fresh(review)


def fill(review: Review, reviewer: Person) -> None:
    """Write a canary wherever a review takes words."""
    rate(review, reviewer)
    hear(review, reviewer, Heard.ASKED)
    hear(review, reviewer, Heard.HEARD, words=f"{SAFETY} heard")
    answer(review, reviewer, text=f"{SAFETY} answered")
    wanted = Wanted(
        change=Change.ROOM, owner=Role.CHARGE_NURSE, due_on=TODAY, what=f"{SAFETY} glass"
    )
    record_action(begin_safely(reviewer), fresh(review), wanted=wanted, today=TODAY)


def read_export() -> dict[str, str]:
    """Take out the operational lane and read every file in it."""
    taken = write_operational(read_with(), SCOPE)
    with zipfile.ZipFile(io.BytesIO(taken.file)) as packed:
        return {name: packed.read(name).decode() for name in packed.namelist()}


def test_po_10_an_export_of_lane_one_has_nothing_of_lane_two_or_three(review: Review) -> None:
    text = "\n".join(read_export().values())

    assert OPERATIONAL in text
    assert SAFETY not in text
    assert EVALUATED not in text
    assert str(review.pk) not in text
    assert '"lane": "safety"' not in text
    assert not any(f'"kind": "{kind}"' in text for kind in ("review.opened", "legal.noted"))


def test_lc_08_a_subpoena_of_lane_one_gets_every_event_of_it_and_can_recompute_each(
    review: Review,
) -> None:
    del review
    lines = [json.loads(line) for line in read_export()["events.jsonl"].splitlines()]
    kept = read_with().events.exclude(record__startswith="evaluation/")

    assert [line["key"] for line in lines] == [str(one.key) for one in kept.order_by("id")]
    assert all(line["event"]["key"] == line["key"] and line["salt"] for line in lines)
    assert read_with().events.filter(record__startswith="evaluation/").count() == 1


def test_lc_08_taking_lane_one_out_reads_and_changes_no_other_lane(review: Review) -> None:
    before = [read_safely().events.count(), Review.objects.count()]

    with pytest.raises(ValueError, match="safety"):
        write_operational(read_safely(), SCOPE)
    read_export()

    assert [read_safely().events.count(), Review.objects.count()] == before
    assert fresh(review).version == review.version


def test_the_bundle_of_a_stay_has_nothing_of_lane_two_nor_of_an_evaluation(cast: Cast) -> None:
    stay = open_stay(cast.nurse)
    review, reviewer = take(report(cast.nurse, words=SAFETY))
    fill(review, reviewer)
    record_evaluation(
        begin(by=cast.physician), stay, evaluated=Evaluated(texts={"told": EVALUATED})
    )

    told = json.dumps(
        [dict(one.content or {}) for one in find_journal(read_with(), record=stay.about)]
    )

    assert "facts" in told
    assert SAFETY not in told
    assert EVALUATED not in told


def test_md_10_nobody_who_reads_the_journal_finds_the_words_of_an_evaluation(
    cast: Cast,
) -> None:
    stay = open_stay(cast.nurse)
    row = record_evaluation(
        begin(by=cast.physician), stay, evaluated=Evaluated(texts={"told": EVALUATED})
    )

    (told,) = find_journal(read_with(), record=row.about)

    assert told.content is not None
    assert set(told.content) == {"corrects", "digest"}
    assert EVALUATED not in json.dumps(dict(told.content))
    assert EVALUATED not in bytes(row.said).decode(errors="replace")


@pytest.mark.parametrize("lane", [Lane.OPERATIONAL, Lane.LEGAL])
def test_the_key_of_no_other_lane_opens_a_review(review: Review, lane: Lane) -> None:
    assert replace(read_with(), lane=lane).open(review.about) is None


def test_lane_two_leaves_with_its_loinc_codes_and_no_cell_is_a_formula(review: Review) -> None:
    events = find_events(read_safely(), [review])
    table, plain = write_csv(events), json.loads(write_json(events))

    assert "harm (74560-4)" in table.splitlines()[0]
    assert f"'={SAFETY}" in table
    assert EVALUATED not in table
    codes = {one["code"]: one for one in plain["events"][0]}
    assert plain["panel"] == {"system": "http://loinc.org", "code": "74495-3"}
    assert codes["74560-4"]["display"] == "Mild harm"
    assert codes["74079-5"]["value"] == "incident"
    assert {one.loinc for one in load_elements() if one.module == "custody"} == {""}


def test_two_independent_validators_accept_an_adverse_event(review: Review) -> None:
    events = find_events(read_safely(), [review])
    bundle = json.loads(json.dumps(write_bundle(events, at=NIGHT)))
    resources = [one["resource"] for one in bundle["entry"]]

    refused = [
        str(issue)
        for one in resources
        for issue in fhirkit.validate(one)
        if getattr(issue, "severity", "") == "error" or str(issue).startswith("error")
    ]
    for one in resources:
        get_fhir_model_class(one["resourceType"]).model_validate(one)

    assert refused == []
    assert {one["resourceType"] for one in resources} == {"AdverseEvent", "Patient", "Location"}
    named = json.dumps(resources)
    assert SAFETY not in named
    assert all(
        f"urn:uuid:{one['id']}" in named or one["resourceType"] == "AdverseEvent"
        for one in resources
    )


def test_the_validators_refuse_an_adverse_event_without_its_patient(review: Review) -> None:
    (event,) = (
        one["resource"]
        for one in json.loads(
            json.dumps(write_bundle(find_events(read_safely(), [review]), at=NIGHT))
        )["entry"]
        if one["resource"]["resourceType"] == "AdverseEvent"
    )
    wrong = {name: value for name, value in event.items() if name != "subject"}

    with pytest.raises(ValueError, match="subject"):
        get_fhir_model_class("AdverseEvent").model_validate(wrong)
    assert any("subject" in str(issue) for issue in fhirkit.validate(wrong))


@pytest.mark.parametrize(
    ("reached", "body", "mind", "after", "letter"),
    [
        (Reached.NO, Harm.NONE, Harm.NONE, (), "B"),
        (Reached.YES, Harm.NONE, Harm.NONE, (), "C"),
        (Reached.YES, Harm.NONE, Harm.NONE, (After.MONITORED,), "D"),
        (Reached.YES, Harm.NONE, Harm.MILD, (), "E"),
        (Reached.YES, Harm.MODERATE, Harm.NONE, (After.LONGER_STAY,), "F"),
        (Reached.YES, Harm.SEVERE, Harm.NONE, (After.PERMANENT, After.LONGER_STAY), "G"),
        (Reached.YES, Harm.SEVERE, Harm.NONE, (After.LIFE_SUSTAINING,), "H"),
        (Reached.YES, Harm.DEATH, Harm.NONE, (After.LIFE_SUSTAINING,), "I"),
        (Reached.UNKNOWN, Harm.MILD, Harm.MILD, (), ""),
        (Reached.YES, Harm.UNKNOWN, Harm.NONE, (), ""),
    ],
)
def test_the_ncc_merp_letter_follows_from_what_was_rated(
    reached: Reached, body: Harm, mind: Harm, after: tuple[After, ...], letter: str
) -> None:
    rated = Rated(
        reached=reached,
        physical=body,
        psychological=mind,
        dignity=Harm.SEVERE,
        after=frozenset(after),
    )

    assert find_letter(rated, Ahrq.INCIDENT) == letter
    assert find_letter(replace(rated, reached=Reached.NO), Ahrq.UNSAFE_CONDITION) == "A"


def test_a_type_that_was_stopped_in_time_is_a_near_miss() -> None:
    assert load_types()["P7"].ahrq is Ahrq.NEAR_MISS
