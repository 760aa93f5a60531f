"""The command line says of officers and of the law only what was read, in both languages."""

import json

import pytest
from command_cast import EXAM, run

NO_TEXT = {
    "en": "No federal text that we have read requires an ICE or CBP officer to be inside",
    "es": "Ningún texto federal que hayamos leído exige que un agente de ICE o CBP esté dentro",
}


def claim(agency: str | None, asked: str) -> str:
    """Write an exam in which an officer claims something about where he must be."""
    situation = json.loads(EXAM)
    situation["facts"] = {"activity": "exam", "in_custody": True}
    if agency:
        situation["facts"]["agency"] = agency
    words = {"by": "officer", "words": "I must", "document": "none"}
    situation["asserted"] = [{**words, "arrangement": {"position": {asked: True}}}]
    return json.dumps(situation)


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("agency", ["ice", "cbp", None])
def test_who_must_be_inside_is_told_that_no_federal_text_says_so(
    agency: str | None, language: str
) -> None:
    ran = run("decide", "-", "--lang", language, stdin=claim(agency, "in_room"))

    assert NO_TEXT[language] in ran.out


@pytest.mark.parametrize(("agency", "asked"), [("bop", "in_room"), ("ice", "hears")])
def test_that_sentence_is_kept_for_those_and_for_that_of_which_it_was_read(
    agency: str, asked: str
) -> None:
    out = run("decide", "-", stdin=claim(agency, asked)).out

    assert NO_TEXT["en"] not in out


def test_what_we_infer_from_law_is_not_called_a_professions_rule() -> None:
    lines = run("decide", "-", stdin=EXAM).out.splitlines()

    said = [line for line in lines if "CFR" in line and "; our reading" in line]
    assert said
    assert all("[Inferred;" in line for line in said)


def test_who_opens_an_exception_and_until_when_a_norm_holds_is_said_in_spanish() -> None:
    norm = "us/federal/dhs/287-8-d-1-not-unattended-in-transport"

    out = run("explain", norm, "-", "--lang", "es", stdin=EXAM).out

    assert "(la abre: cualquiera presente)" in out
    assert "; sin fin conocido." in out
