"""The privacy officer's pages: the morning's list, an assessment, letters, an accounting."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html import unescape
from uuid import uuid4

import pytest
from django.test import Client
from stays_web_cast import look, send
from web_cast import enter, read

from bedside.record.accounts.models import Person, Site
from bedside.record.accounts.operations import record_site
from bedside.record.accounts.roles import Role
from bedside.record.encounters.models import Encounter
from bedside.record.encounters.operations import Opening, record_encounter
from bedside.record.journal.models import EVENTS
from bedside.record.presence.operations import Noted, record_mark
from bedside.record.privacy.letters import AGENCY, PATIENT, Facts, compose
from bedside.record.privacy.models import Exposure
from bedside.record.reports.choices import Route
from bedside.record.reports.operations import Said, record_report
from bedside.rules.screening.find import find_worries
from bedside.rules.vocabulary.problem import ENGLISH, SPANISH, Language, Text
from bedside.trust.ledger.leaf import Lane
from record_cast import PLAIN, UNIT, Cast, begin, hire

NOW = datetime.now(UTC).replace(microsecond=0)
DAYS = {
    ENGLISH: ("November 24, 2026", "November 25, 2026"),
    SPANISH: ("24 de noviembre de 2026", "25 de noviembre de 2026"),
}
FACTORS = {
    "nature": "spoken",
    "nature_reason": "one sentence about feeding",
    "who": "custody_officer",
    "who_reason": "bound by the agency's own rule",
    "acquired": "heard",
    "acquired_reason": "stood in the doorway",
    "mitigated": "assurance",
    "mitigated_reason": "the supervisor wrote",
}
LETTER = {
    "lang": "en",
    "happened": "An officer photographed a screen.",
    "nature": "Your name and your treatment.",
    "steps": "You do not have to do anything.",
    "doing": "We asked for the picture to be deleted.",
    "phone": "Call 956-555-0199.",
}


@pytest.fixture
def officer(cast: Cast) -> Client:
    """Sign in the privacy officer of a hospital in California."""
    plain = PLAIN | {
        "jurisdiction": "us/ca",
        "timezone": "America/Los_Angeles",
        "phones": {"privacy_officer": "4-1640"},
    }
    record_site(begin(), plain=plain)
    return enter(cast.privacy_officer)


def open_stay(by: Person) -> Encounter:
    """Open a stay."""
    opening = Opening(unit=UNIT, room="4", number="12345678")
    return record_encounter(begin(by=by, at=NOW - timedelta(hours=5)), opening=opening, facts={})


def note(by: Person, stay: Encounter, position: str, *, ago: timedelta) -> None:
    """Note where the officer was."""
    act = begin(by=by, at=NOW - ago)
    record_mark(act, stay, noted=Noted(position=position, device="pocketed", facts={}))


def take_up(client: Client, stay: Encounter | None = None, **fields: str) -> str:
    """Open an exposure; give its address."""
    at = f"{NOW:%Y-%m-%dT%H:%M+00:00}"
    sent = {"known_at": at, "happened_at": at, "stay": str(stay.pk) if stay else "", **fields}
    response = send(client, "/exposures/new", **sent)
    assert response.status_code == 302, read(response)
    return response.headers["Location"]


@pytest.mark.parametrize("lane", [Lane.SAFETY, Lane.OPERATIONAL])
def test_po_01_a_report_stands_on_the_list_with_its_clocks_before_it_is_opened(
    cast: Cast, officer: Client, lane: Lane
) -> None:
    act = replace(begin(by=cast.nurse, at=NOW - timedelta(hours=5)), lane=lane)
    record_report(act, Said(route=Route.ICON, types=("P3",), texts={"words": "canary-words"}))

    page = look(officer, "/privacy")

    said = read(page)
    assert "60 days left" in said or "59 days left" in said
    assert "Report to the state health department (California)" in said
    assert "canary-words" not in said
    (address,) = set(re.findall(r'href="(/privacy/reports/[^"]+)"', page.content.decode()))
    assert "canary-words" in read(look(officer, address))
    assert EVENTS[lane].objects.filter(kind="report.viewed").exists()


def test_taking_up_a_report_twice_opens_one_exposure(cast: Cast, officer: Client) -> None:
    act = replace(begin(by=cast.nurse, at=NOW), lane=Lane.SAFETY)
    report = record_report(act, Said(route=Route.ICON, types=("P4",)))
    form = {"do": "take_up", "way": "photographed", "key": str(uuid4())}

    first = send(officer, f"/privacy/reports/{report.pk}", **form)
    second = send(officer, f"/privacy/reports/{report.pk}", **(form | {"key": str(uuid4())}))

    assert first.status_code == 302
    assert second.status_code == 409
    exposure = Exposure.objects.get()
    assert (exposure.known_at, exposure.way) == (NOW, "photographed")
    assert "Open the exposure" in read(look(officer, f"/privacy/reports/{report.pk}"))
    assert "Assess and sign" in read(look(officer, "/privacy"))


def test_po_02_what_was_noted_is_attached_and_prefills_the_form(
    cast: Cast, officer: Client
) -> None:
    stay = open_stay(cast.nurse)
    note(cast.nurse, stay, "at_window", ago=timedelta(minutes=20))
    exposure = take_up(officer, stay)

    said = read(look(officer, f"{exposure}/assessments"))

    assert "The officer was out of hearing in 1 of 1 notes" in said
    assert re.search(r"Out of hearing Ledger \d+", said)
    signed = send(
        officer,
        f"{exposure}/assessments",
        limb="incidental",
        limb_says="exam; window",
        result="permitted",
        sign="yes",
        seen="0",
    )
    assert signed.status_code == 302
    assert "Permitted, and no more than needed" in read(look(officer, exposure))


def test_po_03_nothing_is_signed_without_four_reasons_and_nothing_typed_is_lost(
    officer: Client,
) -> None:
    exposure = take_up(officer)
    form = {"limb": "not_permitted", "result": "low", "seen": "0", **FACTORS}

    unsigned = send(officer, f"{exposure}/assessments", **form)
    lacking = send(officer, f"{exposure}/assessments", sign="yes", **(form | {"who_reason": ""}))
    signed = send(officer, f"{exposure}/assessments", sign="yes", **form)
    stale = send(officer, f"{exposure}/assessments", sign="yes", **form)

    assert (unsigned.status_code, lacking.status_code) == (400, 400)
    assert "Missing: 2." in read(lacking)
    for kept in ("one sentence about feeding", "stood in the doorway"):
        assert kept in read(lacking)
        assert kept in read(unsigned)
    assert signed.status_code == 302
    assert stale.status_code == 409
    assert "Version 1" in read(stale)
    assert 'name="seen" value="1"' in stale.content.decode()


def test_po_05_a_delay_without_basis_is_refused_in_words_and_one_with_it_pauses(
    officer: Client,
) -> None:
    exposure = take_up(officer)
    today = f"{NOW:%Y-%m-%d}"
    form = {"form": "written", "official": "a sergeant", "words": "it would impede our case"}
    form |= {"stated_on": (NOW - timedelta(days=1)).date().isoformat()}

    civil = send(officer, f"{exposure}/delays", **form, ground="other", until=today)
    timeless = send(officer, f"{exposure}/delays", **form, ground="criminal_investigation")
    kept = send(
        officer,
        f"{exposure}/delays",
        **form,
        ground="criminal_investigation",
        until=(NOW + timedelta(days=200)).date().isoformat(),
    )

    assert "A civil arrest or removal is neither" in read(civil)
    assert "Missing: until when" in read(timeless)
    assert "it would impede our case" in read(timeless)
    assert kept.status_code == 302
    assert "Waits: an official's statement" in read(look(officer, exposure))


def test_the_letter_to_the_patient_is_kept_as_it_was_given_and_answers_its_clocks(
    cast: Cast, officer: Client
) -> None:
    exposure = take_up(officer, open_stay(cast.nurse))
    send(
        officer,
        f"{exposure}/assessments",
        limb="not_permitted",
        result="breach",
        seen="0",
        sign="yes",
    )

    shown = send(officer, f"{exposure}/letters/patient", do="show", **LETTER)
    given = send(
        officer,
        f"{exposure}/letters/patient",
        do="given",
        clocks="us_patient",
        given_on=(NOW - timedelta(days=1)).date().isoformat(),
        **LETTER,
    )

    assert "An officer photographed a screen. It happened on" in read(shown)
    assert given.status_code == 302
    said = read(look(officer, exposure))
    assert "About your health information" in said
    assert re.search(r"Letter to the patient Done \w{3} \d{4}", said)


@pytest.mark.parametrize("lacking", ["happened", "phone"])
def test_a_letter_that_lacks_what_the_rule_wants_is_not_made(officer: Client, lacking: str) -> None:
    exposure = take_up(officer)

    response = send(officer, f"{exposure}/letters/patient", do="given", **(LETTER | {lacking: ""}))

    assert response.status_code == 400
    assert "Missing:" in read(response)


@pytest.mark.parametrize("language", [ENGLISH, SPANISH])
@pytest.mark.parametrize("to", [PATIENT, AGENCY])
def test_letters_hold_what_the_rule_lists_and_nothing_about_status(
    to: str, language: Language
) -> None:
    typed = {name: f"canary-{name} {{hospital}}" for name in (*LETTER, "contact")}
    facts = Facts(
        hospital=Text(en="H", es="H"),
        happened_on=date(2026, 11, 24),
        known_on=date(2026, 11, 25),
        answer_by=date(2026, 12, 2),
        typed=typed,
    )

    letter = compose(to, facts, language)

    assert find_worries(letter.write()) == ()
    assert "canary-happened {hospital}" in letter.write()  # what was typed is no pattern
    if to == PATIENT:
        assert [one.holds for one in letter.paragraphs if one.holds] == list("ABCDE")
        for part in ("happened", "nature", "steps", "doing", "contact", *DAYS[language]):
            assert part in letter.write()
    else:
        assert "canary-nature" not in letter.write()


def test_words_about_status_reach_no_letter(officer: Client) -> None:
    exposure = take_up(officer)
    typed = LETTER | {"happened": "the patient is undocumented"}

    response = send(officer, f"{exposure}/letters/patient", do="show", **typed)

    assert response.status_code == 422


@pytest.mark.parametrize("is_sample", [True, False])
def test_spanish_that_nobody_reviewed_leaves_no_real_hospital(
    officer: Client,
    is_sample: bool,  # noqa: FBT001 - what pytest passes
) -> None:
    site = Site.objects.get(slug="sample")
    record_site(begin(), plain=site.plain | {"is_sample": is_sample})
    exposure = take_up(officer)

    response = send(officer, f"{exposure}/letters/patient", do="show", **(LETTER | {"lang": "es"}))

    said = read(response)
    assert ("Sobre su información de salud" in said) is is_sample
    assert ("No named person has reviewed this Spanish." in said) is is_sample
    assert ("it goes out in English" in said) is not is_sample


def test_po_07_the_accounting_is_a_page_and_a_table_and_a_formula_is_only_text(
    cast: Cast, officer: Client
) -> None:
    stay = open_stay(cast.nurse)
    given = {
        "disclosed_at": f"{NOW:%Y-%m-%dT%H:%M+00:00}",
        "given_to": "=1+1 County court",
        "address": "1 Main Street",
        "what": "dates of the stay",
        "purpose": "order of November 20",
    }
    send(officer, f"/stays/{stay.pk}/accounting/disclosures", **given, limb="court_order")
    send(officer, f"/stays/{stay.pk}/accounting/disclosures", **given, limb="custody")

    page = read(look(officer, f"/stays/{stay.pk}/accounting"))
    copy = read(look(officer, f"/stays/{stay.pk}/accounting/copy"))
    table = look(officer, f"/stays/{stay.pk}/accounting/table")

    assert "Left out by 45 CFR 164.528(a)(1)(vii)" in page
    assert copy.count("order of November 20") == 1
    lines = table.content.decode().splitlines()
    assert len(lines) == 2
    assert "'=1+1 County court" in lines[1]
    assert "45 CFR 164.512(f)(1)(ii)(A)-(B)" in lines[1]
    exported = EVENTS[Lane.OPERATIONAL].objects.filter(kind="accounting.exported")
    assert exported.count() == 2


def test_a_disclosure_can_be_held_back_only_with_a_basis(cast: Cast, officer: Client) -> None:
    stay = open_stay(cast.nurse)
    send(
        officer,
        f"/stays/{stay.pk}/accounting/disclosures",
        disclosed_at=f"{NOW:%Y-%m-%dT%H:%M+00:00}",
        given_to="County court",
        what="dates of the stay",
        purpose="order",
        limb="court_order",
    )
    page = look(officer, f"/stays/{stay.pk}/accounting").content.decode()
    (line,) = re.findall(r'href="(/stays/[^"]+/accounting/lines/[^"]+)"', page)
    form = {"form": "written", "official": "the clerk", "words": "it would impede us"}
    form |= {"stated_on": (NOW - timedelta(days=1)).date().isoformat()}

    without = send(officer, line, **form)
    until = (NOW + timedelta(days=90)).date().isoformat()
    kept = send(officer, line, **form, until=until)

    assert (without.status_code, kept.status_code) == (400, 302)
    assert "No disclosure has to be told." in read(look(officer, f"/stays/{stay.pk}/accounting"))
    table = look(officer, f"/stays/{stay.pk}/accounting/table").content.decode()
    assert "County court" not in table


def test_a_patients_request_stands_on_the_list_until_it_is_met(cast: Cast, officer: Client) -> None:
    stay = open_stay(cast.nurse)
    day = (NOW - timedelta(days=1)).date().isoformat()

    send(officer, f"/stays/{stay.pk}/accounting", do="asked", asked_on=day)
    waiting = read(look(officer, "/privacy"))
    send(officer, f"/stays/{stay.pk}/accounting", do="given")

    assert "Give the accounting" in waiting
    assert "Give the accounting" not in read(look(officer, "/privacy"))


def test_the_list_is_sorted_by_the_days_that_are_left(officer: Client) -> None:
    late = f"{NOW - timedelta(days=70):%Y-%m-%dT%H:%M+00:00}"
    take_up(officer)
    take_up(officer, known_at=late, happened_at="")

    page = look(officer, "/privacy").content.decode()

    order = [unescape(one) for one in re.findall(r"Known since <span[^>]*>([^<]+)", page)]
    assert order == sorted(order, key=lambda said: said[4:])
    assert "days over" in page


@pytest.mark.parametrize("typed", ["", "2199-01-01T00:00"])
def test_a_moment_that_is_none_is_asked_for_again(officer: Client, typed: str) -> None:
    response = send(officer, "/exposures/new", known_at=typed)

    assert response.status_code == 400
    assert "Give a day and time" in read(response)


@pytest.mark.parametrize("role", [Role.BEDSIDE_NURSE, Role.COUNSEL, Role.RISK_MANAGER])
def test_nobody_but_the_privacy_officer_opens_these_pages(
    cast: Cast, officer: Client, role: Role
) -> None:
    exposure = take_up(officer, open_stay(cast.nurse))
    other = enter(hire(role))

    statuses = {look(other, path).status_code for path in ("/privacy", exposure, "/privacy/clocks")}

    assert statuses == {403}


@pytest.mark.parametrize("path", ["/privacy", "/privacy/clocks"])
def test_pages_are_whole_in_spanish(officer: Client, path: str) -> None:
    said = read(look(officer, f"/es{path}"))

    assert "privacy_" not in said
    assert "days left" not in said
