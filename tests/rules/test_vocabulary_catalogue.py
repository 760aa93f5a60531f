"""The catalogue keeps its ids and says everything in both languages, in words that fit."""

from collections.abc import Iterator

import pytest

from bedside.rules.condition.check import check_condition
from bedside.rules.condition.parse import parse_condition
from bedside.rules.vocabulary.catalogue import FactType
from bedside.rules.vocabulary.document import load_document
from bedside.rules.vocabulary.load import CATALOGUE, load_vocabulary
from bedside.rules.vocabulary.problem import LANGUAGES, Language, Text

VOCABULARY = load_vocabulary()

# The contract: records, norms and other people's programs hold these ids. Add at the place where
# the new id belongs; never rename, never remove. Words of a dimension keep their order.
FACTS = """
facility_takes_medicare_medicaid:
facility_kind: hospital critical_access_hospital clinic freestanding_emergency
facility_ownership: public private
facility_state_funded:
serves_on_behalf_of_dhs:
setting: emergency intensive_care ward labor_and_delivery postpartum_unit neonatal operating_room
  clinic psychiatric waiting_room lobby
area: public nonpublic
room_has_window:
room_single:
patient_age_band: adult minor
minor_unaccompanied:
pregnancy: none pregnant labor postpartum
days_since_birth:
trimester:
pregnancy_known: confirmed_by_clinician told_by_patient should_be_known not_known
nursing:
newborn_present:
admitted: emergency_visit observation inpatient outpatient
patient_wants_told: family_named nobody not_asked cannot_say
written_authorization:
directory_choice: listed opted_out not_asked
capacity: full impaired none
mobility: walks limited immobile sedated_paralysed
life_support:
palliative:
patient_wish: wants_private accepts_officer not_asked cannot_say
patient_asks_own_doctor:
same_sex_officer:
same_sex_requested:
language_help: same_language qualified_in_person qualified_remote ad_hoc none
sensitive_topic: none sexual reproductive psychiatric hiv substance_use abuse
abuse_or_torture_evaluation:
emergency_condition: not_screened present stabilized none_found
substance_use_program_record:
danger: none stated_no_specifics verbal_threat tried_to_leave assault weapon
danger_assessed_by: nobody clinician hospital_security officer
in_custody:
in_custody_before_arrival:
agency: ice cbp usms bop hhs_orr other_federal state_prison state_police county_jail
  county_sheriff municipal_police tribal_police none
agency_level: federal state local tribal none
officer_is_contractor:
officer_deputized_287g:
officer_identity: seen partly refused masked
officer_count:
officer_armed:
officer_oriented:
custody_basis_seen: judicial_warrant judicial_warrant_for_this_area administrative_paper
  custody_form verbal_only none
court_order_on_file:
hours_since_arrest:
purpose: custody_care immigration_enforcement criminal_enforcement visit other
exigent_circumstances:
activity: triage interview exam intimate_exam procedure surgery imaging labor birth postpartum
  feeding toileting bathing rest news briefing family_contact legal_contact spiritual discharge
  transport code intake
clinical:
officer_asks: nothing stay_in_room patient_info record_copy discharge_time letter letter_reword
  contact_block hide_name interpret question_patient enter_area arrest remove_patient status
request_basis: badge_only oral written_request administrative_subpoena judicial_subpoena
  judicial_warrant court_order
representation_purpose: none care_of_patient safety_of_patient_or_others safety_of_officers
  safety_in_transport law_enforcement_on_premises facility_security
recipient: officer contract_guard receiving_clinician agency_supervisor court family lawyer
legal_restraint: none one_limb two_limbs_front behind_back waist_or_leg four_point face_down
restraint_clinical_conflict: none airway line skin swelling imaging fall seizure surgery feeding
restraint_flight_risk_documented:
clinician_asks_restraint_off:
clinician_states_medical_reason:
wish_given_in_private:
arrest_without_warrant:
entry_consent_by: nobody staff administrator_or_counsel
status_asked_by: nobody hospital_form officer
key_within_reach:
post_held_by_hospital:
discharge_ready:
plan_in_place:
receiving_clinician_named:
harm_from_detention_likely: likely unlikely cannot_judge
concern_unresolved:
"""
DIMENSIONS = """
position: at_bedside in_room behind_curtain in_doorway doorway_out_of_earshot at_window
  outside_door at_unit_door off_unit
drape: none draped
restraint: four_point face_down waist_or_leg behind_back two_limbs_front one_limb none
device: recording in_use pocketed put_away
questioning: immigration investigative custody_logistics none
disclosure: full_record clinical_summary care_needs_only identifying_limited presence_confirmed
  as_ordered nothing
access: nonpublic_unescorted nonpublic_escorted public_only refused_pending_warrant
enforcement: proceed_anywhere proceed_public_area deferred
status_question: ask ask_with_notice do_not_ask
family_notice: not_told told_here told_condition
visits: none listed_people as_other_patients
family_contact: blocked monitored private
briefing_place: bedside_with_officer bedside_alone other_room by_phone
newborn: separated contact_limited together
feeding_support: none pump direct
weapon: worn covered locked_away
identification: covered_face none_shown shown
hospital_presence: none security_at_door security_inside sitter
staff_response: consent decline_and_record wait_for_counsel block_with_body hide_or_move_patient
  mislead
legal_contact: blocked monitored private
directory: denied_to_all suppressed_with_reason as_patient_chose
interpreter: officer family ad_hoc_staff qualified
chaperone: none offered
departure: discharged_before_stable discharged_without_plan discharged_with_plan stays
removal: taken_before_discharge after_discharge
letter_claim: course status_now care_needs follow_up warning_signs restraint_contraindications
  contagion travel_by_named_means capacity_and_consent conditions_likely_to_injure unknowns
  fit_for_detention cleared_unscoped facility_adequacy future_health non_clinical
  duration_guarantee dictated_unverified
"""
PROPERTIES = """
position: sees hears in_room guards_exit
"""
LISTS = """
presets: private sight_only doorway guarded emergency_bay rest hospital_holds_post
roles: bedside_nurse charge_nurse attending house_supervisor hospital_security
  administrator_on_duty privacy_officer counsel risk_manager ethics chief_medical_officer
  social_work patient_advocate officer shift_supervisor field_office_duty_officer agency_counsel
  contractor_supervisor
parties: officer agency clinician hospital visitor public_body
acts: notify_management notify_counsel notify_privacy_officer notify_patient notify_family
  notify_hhs_orr notify_state_department record_officer_identity copy_document_shown
  witness_refusal document_restraint assess_restraint verify_authority give_interpreter
  screen_emergency stabilize plan_discharge send_records_to_receiver give_patient_copy
  assess_breach post_notice train_staff account_disclosure offer_chaperone
  designate_nonpublic_areas adopt_policy name_contact set_visitor_procedures report_counts
  tell_answer_does_not_affect_care tell_patient_of_standards keep_findings report_injury
  show_identification state_authority_and_reason decide_custody transfer_to_hhs tell_of_consulate
  tell_of_rights remove_restraint complain_to_oig record_consent_to_entry
events: arrival admission arrest apprehension custody_begins custody_ends request_made
  entry_refused restraint_applied status_question_asked breach_discovered discharge_decided
  departure death quarter_ends norm_in_force
modalities: must must_not should may defines
kinds: constitution statute regulation executive_order ordinance court_order agency_policy
  detention_standard regulator_guidance accreditation hospital_policy professional_ethics
  professional_policy model_policy soft_law practice
readings: read reported remembered
fits: text inference analogy
ranks: A B C D
outcomes: clear guidance conflict depends hold silent
"""

# Said alike in both languages.
SAME = {
    "facts.facility_kind.hospital.label",
    "facts.agency_level.federal.label",
    "facts.agency_level.federal.phrase",
    "facts.agency_level.local.label",
    "facts.agency_level.local.phrase",
    "facts.agency_level.tribal.label",
    "facts.agency_level.tribal.phrase",
    "parties.hospital",
    "ui.no",
}


def read_ids(listed: str) -> dict[str, list[str]]:
    rows: list[str] = []
    for line in listed.strip().splitlines():
        if line.startswith("  "):
            rows[-1] += line
        else:
            rows.append(line)
    return {row.split(":")[0]: row.split(":")[1].split() for row in rows}


def fact_texts() -> Iterator[tuple[str, Text]]:
    for fact in VOCABULARY.facts.values():
        for part in ("label", "question", "says", "denies"):
            yield f"facts.{fact.id}.{part}", getattr(fact, part)
        for word in fact.words:
            yield f"facts.{fact.id}.{word.id}.label", word.label
            yield f"facts.{fact.id}.{word.id}.phrase", word.phrase


def dimension_texts() -> Iterator[tuple[str, Text]]:
    for dimension in VOCABULARY.dimensions.values():
        yield f"dimensions.{dimension.id}", dimension.label
        for word in dimension.words:
            yield f"dimensions.{dimension.id}.{word.id}.label", word.label
            yield f"dimensions.{dimension.id}.{word.id}.ask", word.ask
        for property_ in dimension.properties.values():
            yield f"dimensions.{dimension.id}.{property_.id}", property_.label


def other_texts() -> Iterator[tuple[str, Text]]:
    for preset in VOCABULARY.presets.values():
        yield f"presets.{preset.id}.label", preset.label
        yield f"presets.{preset.id}.line", preset.line
    for role in VOCABULARY.roles.values():
        yield f"roles.{role.id}", role.label
    for impossible in VOCABULARY.impossible:
        yield f"impossible.{impossible.when}", impossible.why
    for of, labels in VOCABULARY.labels.items():
        for id_, label in labels.items():
            yield f"{of}.{id_}", label


TEXTS = dict([*fact_texts(), *dimension_texts(), *other_texts()])


def test_no_id_of_a_fact_or_of_its_words_is_renamed_or_lost() -> None:
    found = {fact.id: [word.id for word in fact.words] for fact in VOCABULARY.facts.values()}

    assert found == read_ids(FACTS)


def test_no_id_of_a_dimension_its_words_or_properties_is_renamed_lost_or_moved() -> None:
    words = {d.id: [word.id for word in d.words] for d in VOCABULARY.dimensions.values()}
    properties = {d.id: list(d.properties) for d in VOCABULARY.dimensions.values() if d.properties}

    assert words == read_ids(DIMENSIONS)
    assert properties == read_ids(PROPERTIES)


def test_no_id_of_a_closed_list_is_renamed_or_lost() -> None:
    found = {"presets": list(VOCABULARY.presets), "roles": list(VOCABULARY.roles)}
    found |= {of: list(labels) for of, labels in VOCABULARY.labels.items() if of != "ui"}

    assert found == read_ids(LISTS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_text_is_there_and_holds_no_placeholder(language: Language) -> None:
    said = {name: text.say(language) for name, text in TEXTS.items()}

    assert [name for name, text in said.items() if not text.strip() or text != text.strip()] == []
    assert [name for name, text in said.items() if "_" in text or "  " in text] == []
    assert [name for name, text in said.items() if text.endswith(".") and ".line" not in name] == []


def test_no_text_is_left_untranslated() -> None:
    alike = {name for name, text in TEXTS.items() if text.en == text.es}

    assert alike == SAME


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_clause_of_words_or_numbers_has_one_place_to_fill(language: Language) -> None:
    for fact in VOCABULARY.facts.values():
        places = 0 if fact.type is FactType.FLAG else 1

        for text in (fact.says.say(language), fact.denies.say(language)):
            assert text.count("{}") == text.count("{") == text.count("}") == places, fact.id
    others = {name: text.say(language) for name, text in TEXTS.items() if "{" in text.say(language)}
    assert {name.split(".")[-1] for name in others} <= {"says", "denies"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_clauses_read_alike(language: Language) -> None:
    clauses = [
        text.say(language).format(word.phrase.say(language) if word else "")
        for fact in VOCABULARY.facts.values()
        for text in (fact.says, fact.denies)
        for word in fact.words or (None,)
    ]

    assert len(set(clauses)) == len(clauses)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_words_of_one_list_have_the_same_label(language: Language) -> None:
    lists = [fact.words for fact in VOCABULARY.facts.values()]
    lists += [dimension.words for dimension in VOCABULARY.dimensions.values()]

    for words in lists:
        labels = [word.label.say(language) for word in words]
        assert len(set(labels)) == len(labels), labels


@pytest.mark.parametrize("language", LANGUAGES)
def test_labels_fit_their_buttons(language: Language) -> None:
    words = [w for fact in VOCABULARY.facts.values() for w in fact.words]
    words += [w for dimension in VOCABULARY.dimensions.values() for w in dimension.words]

    assert [w.id for w in words if len(w.label.say(language)) > 34] == []
    presets = VOCABULARY.presets.values()
    assert [p.id for p in presets if len(p.label.say(language)) > 22] == []
    assert [p.id for p in presets if len(p.line.say(language)) > 70] == []


def test_the_values_of_a_derived_fact_share_out_the_answers_of_its_base() -> None:
    derived = [fact for fact in VOCABULARY.facts.values() if fact.derived]

    assert {fact.id for fact in derived} == {"agency_level", "clinical"}
    for fact in derived:
        assert fact.derived is not None
        shares = [of for value in fact.domain for of in fact.derived.values[value]]
        assert sorted(shares) == sorted(VOCABULARY.facts[fact.derived.fact].domain)


def test_every_condition_of_the_catalogue_is_read_and_known() -> None:
    conditions = [impossible.when for impossible in VOCABULARY.impossible]
    for dimension in VOCABULARY.dimensions.values():
        conditions += [dimension.touched_by, *dimension.needs.values()]

    for text in conditions:
        assert check_condition(parse_condition(text), VOCABULARY) == (), text


def test_what_a_dimension_says_of_words_names_words_that_it_has() -> None:
    for dimension in VOCABULARY.dimensions.values():
        known = set(dimension.places)

        assert dimension.never_advised | set(dimension.needs) <= known
        assert set(dimension.usual.values()) <= known
        assert set(dimension.usual) <= set(VOCABULARY.facts["activity"].domain)
        for property_ in dimension.properties.values():
            assert property_.yes | property_.no == known
            assert not property_.yes & property_.no


def test_presets_are_made_of_words_that_may_be_advised() -> None:
    for preset in VOCABULARY.presets.values():
        for id_, word in preset.words.items():
            dimension = VOCABULARY.dimensions[id_]
            assert word in dimension.places
            assert word not in dimension.never_advised


def test_what_is_done_later_is_an_act_or_an_event_of_the_lists() -> None:
    assert VOCABULARY.later_acts <= set(VOCABULARY.labels["acts"])
    assert VOCABULARY.later_events <= set(VOCABULARY.labels["events"])


def test_only_facts_that_exist_wait_for_a_norm() -> None:
    plain = load_document(CATALOGUE).value
    assert isinstance(plain, dict)

    waiting = plain["waits_for"]

    assert isinstance(waiting, dict)
    assert set(waiting) <= set(VOCABULARY.facts)
    assert [fact for fact, reason in waiting.items() if not str(reason).endswith(".")] == []


def test_no_fact_holds_immigration_status_nationality_or_birthplace() -> None:
    words = CATALOGUE.read_text(encoding="utf-8").split("facts:", 1)[1].lower()

    for forbidden in ("nationality", "citizen", "place_of_birth", "undocumented", "nacionalidad"):
        assert forbidden not in words
