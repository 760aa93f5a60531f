"""The tables of the door agree with the vocabulary, the rulebook, the people of a house."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bedside.record.accounts.roles import Role
from bedside.record.visits.known import Known
from bedside.record.visits.queries import Call, Happened
from bedside.record.visits.situation import situation_at_door
from bedside.record.visits.tables import (
    OUTCOMES,
    PAPER_FIELDS,
    PHONED,
    REFUSALS,
    find_paper_row,
    load_asks,
    load_moments,
    load_paper_kinds,
    load_paper_questions,
    load_paper_rows,
    load_scripts,
)
from bedside.record.visits.wanted import (
    Filled,
    UnknownNorm,
    VisitRecord,
    Want,
    fill,
    load_acts,
    load_fields,
    load_ours,
    load_wants,
)
from bedside.rules.tables.compiled import load_compiled
from record_cast import NIGHT

COMPILED = load_compiled()
NORMS = frozenset(COMPILED.rulebook.norms)
STATES = ("us/ca", "us/il", "us/co")
RECORD = VisitRecord(known=Known(), outcome="", came_at=NIGHT, happened=(), calls=())


def test_every_fact_that_a_tile_or_a_paper_gives_is_one_of_the_vocabulary() -> None:
    facts = COMPILED.vocabulary.facts
    given = [item for one in load_asks().values() for item in one.facts.items()]
    given += [item for row in load_paper_rows() for item in row.facts.items()]

    assert [(fact, word) for fact, word in given if word not in facts[fact].domain] == []


def test_every_dimension_script_and_role_that_a_tile_names_exists() -> None:
    for asked in load_asks().values():
        assert set(asked.about) <= set(COMPILED.vocabulary.dimensions)
        assert asked.script in load_scripts()
        assert asked.says in {"rules", "script"}
        assert set(asked.call) <= set(Role) & set(COMPILED.vocabulary.roles)


def test_every_thing_that_may_happen_has_its_sentence() -> None:
    assert set(load_moments()) == {*REFUSALS, *OUTCOMES, *PHONED, "declined"}


def test_the_rows_about_papers_use_only_questions_and_answers_that_are_asked() -> None:
    answers = {q.id: set(q.answers) for q in load_paper_questions().values()}
    answers["kind"] = set(load_paper_kinds())

    assert set(answers) == set(PAPER_FIELDS)
    for row in load_paper_rows():
        for question, words in row.when.items():
            assert set(words) <= answers[question]


@pytest.mark.parametrize(
    ("paper", "row"),
    [
        (Known(paper="none"), "no-paper"),
        (Known(paper="agency"), "agency-paper"),
        (Known(paper="warrant"), "judge-warrant"),
        (Known(paper="warrant", paper_place="this"), "judge-this-area"),
        (Known(paper="warrant", paper_place="other"), "judge-warrant"),
        (Known(paper="warrant", signature="agency", paper_place="this"), "agency-paper"),
        (Known(paper="warrant", signature="unreadable"), "unclear-paper"),
        (Known(paper="warrant", paper_place="this", paper_until="past"), "past"),
        (Known(paper="warrant", paper_place="this", paper_person="other"), "other-name"),
        (Known(paper="order"), "judge-order"),
        (Known(paper="subpoena"), "unclear-paper"),
        (Known(paper="subpoena", signature="judge"), "judge-subpoena"),
        (Known(paper="subpoena", signature="agency"), "agency-subpoena"),
        (Known(paper="unclear", signature="nobody"), "unclear-paper"),
    ],
)
def test_what_follows_from_a_paper(paper: Known, row: str) -> None:
    found = find_paper_row(paper)

    assert found is not None
    assert found.id == row


def test_before_somebody_said_which_paper_nothing_follows() -> None:
    assert find_paper_row(Known(signature="judge")) is None


def test_a_paper_that_nobody_can_read_is_not_known_and_never_no() -> None:
    situation = situation_at_door(
        Known(asks="enter", paper="unclear"),
        "",
        today=date(2026, 11, 26),
        house={"in_custody": True},
        place=("us/ca", ()),
    )

    assert "custody_basis_seen" not in situation.facts
    assert "request_basis" not in situation.facts
    assert situation.facts["in_custody"] is False  # whom they come for is nobody's prisoner here
    assert situation.facts["entry_consent_by"] == "nobody"


@pytest.mark.parametrize("state", STATES)
def test_every_norm_of_the_table_is_in_the_rulebook_and_binds_the_house(state: str) -> None:
    wants = load_wants(state, NORMS)

    assert wants
    for want in wants:
        norm = COMPILED.rulebook.norms[want.norm]
        assert norm.id.startswith(state)
        assert {"hospital", "clinician"} & norm.binds
        assert norm.duty is not None
        assert set(want.fields) <= set(load_fields())


def test_a_norm_that_is_in_no_rulebook_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownNorm, match="did you mean us/ca/hsc-24250"):
        load_wants("us/ca", NORMS - {"us/ca/hsc-24250-b-1-tell-management-at-once"})


def test_every_act_and_field_that_fills_a_duty_has_its_name() -> None:
    assert set(load_acts()) <= set(COMPILED.vocabulary.labels["acts"])
    for want in (*load_acts().values(), load_ours()):
        assert set(want.fields) <= set(load_fields())


def test_each_field_is_missing_at_first_and_given_once_it_is_written_down() -> None:
    want = Want(norm="", fields=tuple(load_fields()), to=("counsel",))
    called = Call(role="counsel", is_page=True, at=NIGHT, answered_at=None)
    seen = Happened(what="declined", role="", words="", witness="a nurse", by=None, at=NIGHT)
    words = Known(asks="enter", agency="ice", paper="agency", paper_copied="yes", count=2)
    texts = {"officers": "x", "badges": "x", "our_words": "x", "door": "main", "purpose": "other"}
    full = replace(
        RECORD,
        known=words.answered(texts),
        outcome="left",
        happened=(seen,),
        calls=(called,),
    )

    first = {field for field, filled in fill(want, RECORD).items() if filled is Filled.MISSING}
    then = {field for field, filled in fill(want, full).items() if filled is Filled.GIVEN}

    assert first == set(load_fields()) - {"came_at"}
    assert then == set(load_fields())


def test_a_refusal_that_is_written_down_fills_the_field_it_is_about() -> None:
    want = next(w for w in load_wants("us/il", NORMS) if "officers" in w.fields)
    refused = Happened(what="name_refused", role="", words="", witness="", by=None, at=NIGHT)

    filled = fill(want, replace(RECORD, happened=(refused,)))

    assert filled == {
        "officers": Filled.REFUSED,
        "agency": Filled.MISSING,
        "badges": Filled.MISSING,
    }


def test_a_call_to_somebody_else_does_not_fill_the_duty_to_call() -> None:
    want = next(w for w in load_wants("us/il", NORMS) if "called" in w.fields)
    at = NIGHT + timedelta(seconds=9)
    security = Call(role="hospital_security", is_page=True, at=at, answered_at=None)

    assert fill(want, replace(RECORD, calls=(security,))) == {"called": Filled.MISSING}
