"""The taxonomy of reports is whole, neutral in both directions, and says whom to call first."""

import re
from itertools import groupby

import pytest

from bedside.doors.web.icons import FILE
from bedside.rules.incidents.taxonomy import (
    Ahrq,
    Breach,
    IncidentType,
    find_call,
    load_families,
    load_types,
)
from bedside.rules.vocabulary.load import load_vocabulary

# Code, class, sentinel, breach: the contract, in the order in which they are shown.
TABLE = """
P1 I - maybe | P2 I - maybe | P3 I - yes | P4 I - yes | P5 I - yes | P6 I - yes | P7 N - no
R1 I SE no | R2 I SE no | R3 I SE no | R4 I/N SE no | R5 U - no | R6 I - no
C1 I - no | C2 I - maybe | C3 I SE no | C4 I - no | C5 I SE no | C6 I - maybe
A1 I - no | A2 I - maybe | A3 U/I - no | A4 I SE no | A5 I - no
D1 I SE no | D2 I - maybe | D3 I - no | D4 I SE no | D5 I - no | D6 I SE no
E1 I/N - maybe | E2 I - maybe | E3 U - no | E4 U - no | E5 U/I - maybe
S1 I SE no | S2 I SE no | S3 I SE no | S4 I SE no | S5 I - no | S6 U - no
G1 I - no | G2 I - no | G3 U - no | G4 U - no
"""
LETTERS = {Ahrq.INCIDENT: "I", Ahrq.NEAR_MISS: "N", Ahrq.UNSAFE_CONDITION: "U"}
BLAME = re.compile(
    r"violat|guilt|fault|illegal|abuser|perpetrat|viol[óa]|culpa|delito", re.IGNORECASE
)
TYPES = list(load_types().values())


def _write(one: IncidentType) -> str:
    classes = "/".join(LETTERS[each] for each in (one.ahrq, one.ahrq_also) if each)
    return f"{one.code} {classes} {'SE' if one.may_be_sentinel else '-'} {one.breach}"


def test_the_forty_five_types_stand_in_their_eight_families() -> None:
    rows = [" | ".join(map(_write, some)) for _, some in groupby(TYPES, lambda one: one.family)]

    assert rows == TABLE.strip().split("\n")
    assert list(load_families()) == [row[0] for row in rows]


@pytest.mark.parametrize("one", TYPES, ids=lambda one: one.code)
def test_a_type_is_said_in_both_languages_in_words_that_fit_a_tile(one: IncidentType) -> None:
    for said, most in ((one.title, 50), (one.explains, 140)):
        assert 0 < len(said.en) <= most
        assert 0 < len(said.es) <= most + 20
        assert said.en != said.es
        assert not BLAME.search(f"{said.en} {said.es}")


def test_everybody_called_first_has_a_name_in_both_languages() -> None:
    vocabulary = load_vocabulary()

    names = [find_call(role, vocabulary) for one in TYPES for role in one.first_calls]

    assert all(name.en and name.es for name in names)
    assert all(one.first_calls for one in TYPES)


def test_what_was_texted_or_recorded_is_told_within_the_hour_and_abuse_at_once() -> None:
    clocks = {one.code: one.calls_within for one in TYPES if one.calls_within is not None}

    assert clocks == {"P3": 60, "P4": 60, "C5": 0}
    assert [one.code for one in TYPES if one.must_report] == ["C5"]


def test_what_was_texted_recorded_taken_or_told_is_always_assessed() -> None:
    assert {one.code for one in TYPES if one.breach is Breach.YES} == {"P3", "P4", "P5", "P6"}


def test_patient_staff_and_officer_can_each_be_the_one_a_report_is_about() -> None:
    about = {one.code: one.title.en.split()[0] for one in TYPES if one.family == "S"}

    assert (about["S1"], about["S4"], about["S5"]) == ("Patient", "Officer", "Staff")


def test_every_icon_is_on_the_sheet() -> None:
    sheet = set(re.findall(r'symbol id="i-([a-z0-9-]+)"', FILE.read_text("utf-8")))

    used = {one.icon for one in TYPES} | {one.icon for one in load_families().values()}

    assert used <= sheet
