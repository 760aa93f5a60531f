"""A memorandum's terms as norms with dates and cases: read, tested, and proved before signing."""

from datetime import date, timedelta

from ruamel.yaml import YAML
from rules_cast import DAY, REPOSITORY, VOCABULARY, shipped

from bedside.rules.condition.holds import holds
from bedside.rules.condition.nodes import find_tests
from bedside.rules.condition.parse import parse_condition
from bedside.rules.prove.changes import find_changes
from bedside.rules.prove.finding import Finding
from bedside.rules.prove.impact import Impact, find_impact, lay_over, load_drafts
from bedside.rules.prove.world import World
from bedside.rules.rulebook.load import check_norms
from bedside.rules.rulebook.norm import Norm
from bedside.rules.vocabulary.answer import Answer
from bedside.rules.vocabulary.catalogue import Value
from bedside.rules.vocabulary.known import settle

MEMORANDUM = REPOSITORY / "examples" / "memoranda"
OVERLAY = "agencies/memorandum-sample"
FIRST, AMENDED = f"{OVERLAY}/1-in-sight-at-all-times", f"{OVERLAY}/1-amended-outside-during-care"
AMENDMENT = date(2026, 10, 1)


def load_terms() -> tuple[Norm, ...]:
    return load_drafts(MEMORANDUM, World(compiled=shipped(), on=DAY, jurisdiction="us/tx"))


def read_givens(norm: Norm) -> list[dict[str, Value]]:
    """Read the situations of a term's cases."""
    table = YAML(typ="safe").load((MEMORANDUM / f"{norm.id}.yaml").read_text("utf-8"))
    return [case["given"] for case in table["cases"]]


def sign(on: date) -> Impact:
    return find_impact(World(compiled=shipped(), on=on, jurisdiction="us/tx"), load_terms())


def test_every_term_is_read_and_every_case_of_it_holds() -> None:
    assert check_norms(MEMORANDUM, VOCABULARY) == (5, ())


def test_every_clause_of_a_term_is_seen_true_and_false_by_its_cases() -> None:
    for norm in load_terms():
        trees = [parse_condition(text) for text in (norm.when, *(u.when for u in norm.unless))]
        for test in (test for tree in trees for test in find_tests(tree)):
            seen = {
                holds(test, settle(given, VOCABULARY).possible, VOCABULARY)
                for given in read_givens(norm)
            }
            assert {Answer.YES, Answer.NO} <= seen, (norm.id, test)


def test_an_amendment_ends_the_old_term_on_the_day_on_which_the_new_one_begins() -> None:
    norms = {norm.id: norm for norm in load_terms()}

    assert norms[FIRST].in_force_to == norms[AMENDED].in_force_from == AMENDMENT
    for day in (AMENDMENT - timedelta(days=1), AMENDMENT):
        standing = [id_ for id_ in (FIRST, AMENDED) if norms[id_].is_in_force(on=day)]
        assert len(standing) == 1


def test_signing_it_names_what_it_would_break_give_and_change() -> None:
    signed = sign(DAY)

    def told(findings: tuple[Finding, ...]) -> set[str]:
        return {id_.removeprefix(f"{OVERLAY}/") for one in findings for id_ in one.norms}

    assert "2-restraint-off-when-a-clinician-asks" in told(signed.conflicts)
    assert told(signed.concessions) == {"4-deputies-may-sit-in-at-rest"}
    assert "3-identification-on-arrival" in told(signed.changes)
    assert "1-amended-outside-during-care" in told(signed.closed)


def test_before_the_amendment_it_opposed_the_privacy_of_care_and_after_it_does_not() -> None:
    def opposed(on: date) -> set[str]:
        return {id_ for one in sign(on).conflicts for id_ in one.norms}

    privacy = "profession/ama/3-1-2-no-outside-observers"
    assert {FIRST, privacy} <= opposed(AMENDMENT - timedelta(days=1))
    assert not {AMENDED, privacy} & opposed(AMENDMENT)


def test_what_the_amendment_changes_is_listed_whole_with_a_witness_each() -> None:
    terms = load_terms()
    days = (AMENDMENT - timedelta(days=1), AMENDMENT)
    before, after = (
        lay_over(World(compiled=shipped(), on=day, jurisdiction="us/tx"), terms) for day in days
    )

    findings, undecided = find_changes(before, after, milliseconds=120_000)

    assert not undecided
    assert {id_ for one in findings for id_ in one.norms} == {FIRST, AMENDED}
    assert {one.dimension for one in findings} == {"position"}
    assert ("conflict: outside_door", "clear: outside_door") in {
        (one.before, one.after) for one in findings
    }
    assert all(one.witness is not None for one in findings)
