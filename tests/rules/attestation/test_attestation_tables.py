"""The tables of the attestation are whole, and agree with the vocabulary and the rulebook."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from attestation_cast import LIBRARY, PAGE

import bedside
from bedside.rules.attestation.asked import Besides, load_asked_forms
from bedside.rules.attestation.claim import NEVER, ClaimClass
from bedside.rules.attestation.classes import load_classes
from bedside.rules.attestation.clause import Clause, Library, Reader, SlotType, find_unreviewed
from bedside.rules.attestation.lint import Hit, lint_addition
from bedside.rules.attestation.patterns import load_patterns
from bedside.rules.attestation.readers import load_bases, load_readers
from bedside.rules.attestation.scope import load_scopes, say_scope
from bedside.rules.vocabulary.load import load_vocabulary
from bedside.rules.vocabulary.problem import LANGUAGES

NORMS = Path(bedside.__file__).parent / "norms"


@cache
def _is_norm(id_: str) -> bool:
    return (NORMS / f"{id_}.yaml").is_file()


def test_every_class_is_a_word_of_the_vocabulary_and_the_other_way_round() -> None:
    dimension = load_vocabulary().dimensions["letter_claim"]

    words = [entry.word for entry in load_classes().values()]

    assert sorted(words) == sorted(dimension.places)


def test_what_is_never_attested_is_what_the_vocabulary_never_advises() -> None:
    never = {load_classes()[class_].word for class_ in NEVER}

    assert never == load_vocabulary().dimensions["letter_claim"].never_advised
    assert [class_ for class_ in ClaimClass if not class_.is_attested] == sorted(NEVER)


def test_every_class_that_is_never_attested_has_an_honest_one_in_its_place() -> None:
    for class_ in NEVER:
        instead = load_classes()[class_].instead
        assert instead
        assert all(one.is_attested for one in instead)


def test_no_clause_of_the_library_makes_a_claim_that_is_never_attested() -> None:
    assert [clause.id for clause in LIBRARY.clauses.values() if clause.letter in NEVER] == []
    assert {clause.letter for clause in LIBRARY.clauses.values()} == set(ClaimClass) - NEVER


@pytest.mark.parametrize("clause", LIBRARY.clauses.values(), ids=lambda clause: clause.id)
def test_a_clause_fills_only_its_own_slots_and_says_so_in_both_languages(clause: Clause) -> None:
    known = {slot: f"<{slot}>" for slot in (*clause.slots, "as_of", "assessed_at")}

    for text in clause.say.values():
        for language in LANGUAGES:
            assert text.say(language).format(**known).endswith(".")
        assert text.en != text.es
    assert clause.about is None or clause.about in clause.slots


@pytest.mark.parametrize("clause", LIBRARY.clauses.values(), ids=lambda clause: clause.id)
def test_no_sentence_of_the_library_holds_blocked_words(clause: Clause) -> None:
    said: list[Hit] = []
    for text in clause.say.values():
        for language in LANGUAGES:
            filled = dict.fromkeys((*clause.slots, "as_of", "assessed_at"), "4")
            said += lint_addition(text.say(language).format(**filled), has_travel=True)
    for slot in clause.slots.values():
        for choice in slot.choices.values():
            said += lint_addition(choice.en, has_travel=True)
            said += lint_addition(choice.es, has_travel=True)

    assert said == []


def test_custody_is_told_no_name_of_an_illness_a_medicine_or_a_reason() -> None:
    told = {
        f"{clause.id}: {slot.id}"
        for clause in LIBRARY.clauses.values()
        if Reader.CUSTODY in clause.say
        for slot in clause.slots.values()
        if "{" + slot.id + "}" in clause.say[Reader.CUSTODY].en
        and (slot.type is SlotType.NAME or slot.id in {"illness", "site"})
    }
    reasons = {
        clause.id
        for clause in LIBRARY.clauses.values()
        if clause.letter is ClaimClass.RESTRAINT_LIMITS
        and "{reason}" in clause.say[Reader.CUSTODY].en + clause.say[Reader.PATIENT].en
    }

    assert told == set()
    assert reasons == set()


def test_dates_and_places_of_visits_stand_before_the_clinician_only() -> None:
    booked = next(c for c in LIBRARY.clauses.values() if c.id == "follow/booked")

    assert set(booked.say) == {Reader.CLINICIAN}
    assert ClaimClass.FOLLOW_UP not in load_readers()[Reader.CUSTODY].needs


def test_a_clause_that_nobody_reviewed_is_found_as_such() -> None:
    ids = list(LIBRARY.clauses)
    first = LIBRARY.clauses[ids[0]]
    reviewed = Library(
        clauses={**LIBRARY.clauses, first.id: replace(first, reviewer="translator/1")}
    )

    assert find_unreviewed(ids, LIBRARY) == tuple(ids)  # none is reviewed yet
    assert find_unreviewed(ids, reviewed) == tuple(ids[1:])


def test_every_norm_that_a_ground_or_a_reader_cites_is_in_the_rulebook() -> None:
    cited = {norm for basis in load_bases().values() for norm in basis.cites}
    cited |= {norm for reader in load_readers().values() for norm in reader.cites}

    assert [norm for norm in sorted(cited) if not _is_norm(norm)] == []
    assert all(basis.cites for basis in load_bases().values())


def test_a_reader_reads_only_classes_that_have_a_sentence_for_that_reader() -> None:
    for reader, words in load_readers().items():
        said = {c.letter for c in LIBRARY.clauses.values() if reader in c.say}
        assert set(words.needs) == said


def test_the_scope_box_says_in_every_version_what_the_letter_is_not() -> None:
    for version in load_scopes():
        for stays in (False, True):
            box = say_scope(version, expires_at=PAGE.expires_at, zone=PAGE.zone, stays=stays)
            assert "not an opinion on detention" in box.en
            assert "No es una opinión sobre la detención" in box.es
            assert "24 November 2026, 02:10" in box.en
            assert "24 de noviembre de 2026, 02:10" in box.es


def test_a_box_for_a_patient_who_stays_does_not_say_that_the_stay_can_end() -> None:
    box = say_scope(1, expires_at=PAGE.expires_at, zone=PAGE.zone, stays=True)

    assert "can end" not in box.en
    assert "puede terminar" not in box.es


def test_every_form_that_officers_ask_for_has_an_answer_in_both_languages() -> None:
    forms = load_asked_forms()

    assert len(forms) == 10
    assert len({form.id for form in forms}) == 10
    for form in forms:
        assert form.asked.en != form.asked.es
        assert form.answer.en != form.answer.es
        assert not set(form.gives) & NEVER
        if set(form.says) & NEVER:
            assert form.gives or form.does


def test_what_the_asked_words_would_claim_is_never_what_is_given() -> None:
    for form in load_asked_forms():
        if ClaimClass.FIT_FOR_CUSTODY in form.says:
            assert Besides.LOG_REQUEST in form.does


def test_every_forbidden_word_says_what_it_claims_and_what_stands_instead() -> None:
    for rule in load_patterns().rules:
        assert rule.says in NEVER
        assert rule.instead
        assert all(one.is_attested for one in rule.instead)
        assert rule.honest.en != rule.honest.es
