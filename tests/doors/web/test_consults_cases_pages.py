"""Teaching cases on pages: what could tell of somebody is shown, two sign, a file goes out."""

import pytest
from django.test import Client
from stays_web_cast import Clock, enter, look, open_stay, send
from web_cast import find_sample, read

from bedside.doors.web import clock
from bedside.record.accounts.roles import Role
from bedside.record.consults.models import Consult, Debrief, TeachingCase
from record_cast import Cast, hire

CASE = {
    "title": "Who steps out while a mother nurses",
    "story": "A mother wished to nurse her newborn without an officer looking on.",
    "lesson": "Ask early, and offer the officer a place from which a rule is kept.",
    "period": "2026-H2",
    "setting": "",
}


@pytest.fixture
def consult(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> Consult:
    """Refer a question at a hospital with enough stays."""
    find_sample()
    monkeypatch.setattr(clock, "tell_time", Clock().tell)
    for _ in range(10):
        open_stay(cast.nurse)
    asked = {"question": "May he stay?", "kind": "privacy", "minor": "no"}
    send(enter(cast.nurse), f"/stays/{open_stay(cast.nurse).pk}/consults", **asked)
    return Consult.objects.get()


def change(client: Client, case: TeachingCase, **changes: str) -> None:
    """Change a case on its page."""
    fields = CASE | changes | {"version": str(case.version)}
    assert send(client, f"/consults/cases/{case.pk}", **fields).status_code == 302
    case.refresh_from_db()


def sign(client: Client, case: TeachingCase, role: str) -> int:
    """Sign the version as it stands."""
    fields = {"version": str(case.version), "role": role}
    return send(client, f"/consults/cases/{case.pk}/signatures", **fields).status_code


def test_ec_06_two_sign_what_passes_the_check_and_the_file_names_nobody(consult: Consult) -> None:
    ethics, counsel = enter(hire(Role.ETHICS)), enter(hire(Role.COUNSEL))
    told = CASE | {"story": CASE["story"] + " ICE came on a Monday."}
    send(ethics, f"/consults/{consult.pk}/cases", **told)
    case = TeachingCase.objects.get()
    page = look(ethics, f"/consults/cases/{case.pk}").content.decode()
    assert "<mark>ICE</mark>" in page
    assert "<mark>Monday</mark>" in page
    assert sign(ethics, case, "ethics") == 409

    change(ethics, case)
    assert sign(ethics, case, "ethics") == 302
    assert sign(ethics, case, "counsel") == 403  # that is not their role
    here = f"/consults/cases/{case.pk}/exports"
    assert send(ethics, here, version=str(case.version)).status_code == 409
    assert sign(counsel, case, "counsel") == 302
    taken = send(ethics, here, version=str(case.version))

    assert taken.status_code == 200
    file = taken.content.decode()
    assert CASE["story"] in file
    for word in ("Sample hospital", consult.encounter.code, "Labor and delivery", "2026-11"):
        assert word not in file


def test_ec_06_nobody_but_ethics_and_counsel_opens_a_case(consult: Consult) -> None:
    send(enter(hire(Role.ETHICS)), f"/consults/{consult.pk}/cases", **CASE)
    case = TeachingCase.objects.get()

    for role in (Role.BEDSIDE_NURSE, Role.PRIVACY_OFFICER, Role.RULEBOOK_OWNER):
        assert look(enter(hire(role)), f"/consults/cases/{case.pk}").status_code == 403
    counsel = enter(hire(Role.COUNSEL))
    assert read(look(counsel, "/consults/cases")).count(CASE["title"]) == 1
    fields = CASE | {"version": "1"}
    assert send(counsel, f"/consults/cases/{case.pk}", **fields).status_code == 403


def test_ec_09_a_debriefing_is_asked_and_answered_apart_from_every_stay(
    cast: Cast, consult: Consult
) -> None:
    del consult
    nurse, ethics = enter(cast.nurse), enter(hire(Role.ETHICS))
    send(nurse, "/debriefs", words="I keep thinking of that night")
    assert "I keep thinking" not in read(look(enter(cast.privacy_officer), "/debriefs"))
    assert "I keep thinking" in read(look(ethics, "/debriefs"))

    send(ethics, f"/debriefs/{Debrief.objects.get().pk}/answers", answer="Tomorrow at nine")

    assert "Tomorrow at nine" in read(look(nurse, "/debriefs"))
