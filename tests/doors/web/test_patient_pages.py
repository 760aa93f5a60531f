"""Pages for the patient: her rights, her answer, her language, what officers ask, her copy."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.test import Client
from patient_signature import sign_every_text
from stays_web_cast import Clock, enter, look, open_stay, send
from web_cast import find_sample, read

from bedside.doors.web import clock
from bedside.doors.web.patient.texts import load_tongues
from bedside.record.accounts.operations import record_site
from bedside.record.accounts.roles import Role
from bedside.record.encounters.models import Encounter
from bedside.record.encounters.operations import Opening, record_encounter
from bedside.record.encounters.queries import find_known
from bedside.record.presence.models import CopyAsked, Interpreter, OfficerAsked, Reply, RightsTold
from bedside.record.presence.patient_operations import AGAIN
from bedside.record.presence.patient_queries import find_officer_asked, find_replies
from bedside.rules.decide.advise import advise
from bedside.rules.decide.situation import Situation
from bedside.rules.vocabulary.catalogue import Value
from record_cast import NIGHT, PLAIN, UNIT, Cast, begin, hire, read_with

REAL = PLAIN | {"slug": "real", "is_sample": False}


@pytest.fixture
def night(monkeypatch: pytest.MonkeyPatch) -> Clock:
    turned = Clock()
    monkeypatch.setattr(clock, "tell_time", turned.tell)
    return turned


@pytest.fixture
def stay(cast: Cast, night: Clock) -> Encounter:
    del night
    return open_stay(cast.nurse, activity="exam", agency="ice")


@pytest.fixture
def signed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    return sign_every_text(tmp_path, monkeypatch)


@pytest.fixture
def nurse(cast: Cast, stay: Encounter) -> Client:
    del stay
    return enter(cast.nurse)


def test_pf_01_that_the_rights_were_told_is_kept(nurse: Client, stay: Encounter) -> None:
    send(nurse, f"/stays/{stay.pk}/rights", card="adult", how="read_aloud")

    told = RightsTold.objects.get()
    assert (told.card, told.how, told.alone) == ("adult", "read_aloud", "")


def test_pf_02_the_silent_card_keeps_the_answer_and_shows_nothing_of_it(
    nurse: Client, stay: Encounter
) -> None:
    card = send(nurse, f"/stays/{stay.pk}/cards", question="wish", hearing="no")
    kept = send(
        nurse,
        f"/stays/{stay.pk}/replies",
        question="wish",
        how="card",
        hearing="no",
        answer="private",
    )
    thanks = look(nurse, kept.headers["Location"])

    for page in (card, thanks):
        assert "staffbar" not in page.content.decode()
        assert stay.code not in page.content.decode()
        assert "canary" not in page.content.decode()
    assert "outside" not in read(thanks)
    (reply,) = find_replies(read_with(), stay)
    assert (reply.answer, reply.hearing, reply.is_open) == ("private", "no", False)
    assert b"private" not in bytes(Reply.objects.get().said)
    facts = _facts(stay)
    assert (facts["patient_wish"], facts["wish_given_in_private"]) == ("wants_private", True)


def test_pf_02_a_card_touched_twice_is_kept_once_and_still_says_thank_you(
    nurse: Client, stay: Encounter
) -> None:
    key = "12345678-1234-4234-8234-123456789012"
    sent = {"question": "wish", "how": "card", "hearing": "no", "answer": "may_stay", "key": key}

    send(nurse, f"/stays/{stay.pk}/replies", **sent)
    again = send(nurse, f"/stays/{stay.pk}/replies", **sent)

    assert Reply.objects.count() == 1
    assert again.headers["Location"].endswith("/thanks")


def test_pf_03_a_yes_within_hearing_is_marked_and_asked_again(
    cast: Cast, nurse: Client, stay: Encounter, night: Clock
) -> None:
    _reply(nurse, stay, "may_stay", hearing="yes")

    page = read(look(nurse, f"/stays/{stay.pk}/patient"))
    assert "The officer could hear" in page
    assert "Ask again, out of hearing:" in page
    assert _facts(stay)["wish_given_in_private"] is False
    night.at += AGAIN + timedelta(minutes=5)
    nurse = enter(cast.nurse)
    assert "5 minutes late" in read(look(nurse, f"/stays/{stay.pk}"))
    assert "Ask the patient again, out of hearing: 5 minutes late." in read(look(nurse, "/board"))

    _reply(nurse, stay, "private", hearing="no")

    assert "Ask again" not in read(look(nurse, f"/stays/{stay.pk}/patient"))
    assert Reply.objects.count() == 2


def test_pf_03_such_a_yes_opens_no_door_and_one_in_private_does(
    nurse: Client, stay: Encounter
) -> None:
    before = _find_against(nurse, stay)
    _reply(nurse, stay, "may_stay", hearing="yes")
    heard = _find_against(nurse, stay)
    _reply(nurse, stay, "may_stay", hearing="no")
    private = _find_against(nurse, stay)

    assert heard == before
    assert heard - private == {"AMA Code of Medical Ethics, Opinion 3.1.2"}


@pytest.mark.parametrize("answer", ["unsure", "later"])
def test_pf_03_who_does_not_know_is_asked_again_though_nobody_heard(
    nurse: Client, stay: Encounter, answer: str
) -> None:
    _reply(nurse, stay, answer, hearing="no")

    assert Reply.objects.get().ask_again_at is not None


def test_pf_08_an_indigenous_language_asks_for_an_interpreter_and_shows_no_spanish(
    nurse: Client, stay: Encounter
) -> None:
    send(nurse, f"/stays/{stay.pk}/languages", tongue="mam")

    asked = Interpreter.objects.get()
    assert b"mam" not in bytes(asked.language)
    stay.refresh_from_db()
    assert stay.language == ""
    page = read(look(nurse, f"/stays/{stay.pk}/patient"))
    assert "Mam" in page
    assert "Interpreter: Asked for" in page
    question = look(nurse, f"/stays/{stay.pk}/patient/questions/wish").content.decode()
    assert "Is it all right with you" in question
    assert "agente se quede" not in question
    assert _facts(stay)["language_help"] == "none"

    send(nurse, f"/stays/{stay.pk}/interpreters/{asked.pk}", state="remote")

    assert "By phone or video now" in read(look(nurse, f"/stays/{stay.pk}/patient"))
    assert _facts(stay)["language_help"] == "qualified_remote"


def test_pf_08_no_patient_is_taken_for_a_speaker_of_spanish(nurse: Client, stay: Encounter) -> None:
    page = look(nurse, f"/es/stays/{stay.pk}/patient/questions/wish").content.decode()

    assert '<blockquote id="ask" class="patient-ask" lang="en">' in page


def test_pf_08_the_list_has_the_languages_of_the_peoples_of_the_americas() -> None:
    indigenous = {one.id for one in load_tongues().values() if one.is_indigenous}

    assert {"mam", "kiche", "qanjobal", "mixteco", "nahuatl", "qeqchi", "ixil"} <= indigenous
    assert "other" in load_tongues()
    assert all(load_tongues()[one].spoken is None for one in indigenous)


def test_rn_06_the_question_stands_in_spanish_with_the_interpreter_beside_it(
    nurse: Client, stay: Encounter
) -> None:
    send(nurse, f"/stays/{stay.pk}/languages", tongue="es")

    page = look(nurse, f"/stays/{stay.pk}/patient/questions/wish").content.decode()

    assert '<blockquote id="ask" class="patient-ask" lang="es">' in page
    assert "data-speak" in page
    assert "Interpreter: Spanish" in read(look(nurse, f"/stays/{stay.pk}/patient/questions/wish"))
    assert "unreviewed translation" in page


@pytest.mark.parametrize("is_signed", [False, True])
def test_rn_06_a_real_hospital_asks_in_spanish_only_with_a_signature(
    cast: Cast,
    night: Clock,
    is_signed: bool,  # noqa: FBT001 - both sides
    request: pytest.FixtureRequest,
) -> None:
    del cast, night
    if is_signed:
        request.getfixturevalue("signed")
    stay, client = _open_real()
    send(client, f"/stays/{stay.pk}/languages", tongue="es")

    page = look(client, f"/stays/{stay.pk}/patient/questions/wish").content.decode()

    assert ("¿Está de acuerdo" in page) == is_signed
    assert ("no signature of a qualified translator" in page) != is_signed
    assert ("translator-7" in page) == is_signed


def test_rn_08_one_tap_gives_the_allowed_answer_and_logs_the_time(
    nurse: Client, stay: Encounter, night: Clock
) -> None:
    kept = send(nurse, f"/stays/{stay.pk}/officer-questions", what="discharge_time")

    page = read(look(nurse, kept.headers["Location"]))
    asked = OfficerAsked.objects.get()
    assert asked.at == night.at
    (seen,) = find_officer_asked(read_with(), stay)
    assert "I can't answer that myself" in seen.given
    assert seen.given in page
    assert b"answer that" not in bytes(asked.given)


def test_rn_08_his_exact_words_are_added_once(nurse: Client, stay: Encounter) -> None:
    kept = send(nurse, f"/stays/{stay.pk}/officer-questions", what="discharge_time")
    path = kept.headers["Location"]

    send(nurse, path, words="When are you kicking him out?")
    twice = send(nurse, path, words="Something else")

    (seen,) = find_officer_asked(read_with(), stay)
    assert seen.words == "When are you kicking him out?"
    assert twice.status_code == 409


def test_pf_10_the_copy_holds_the_rows_about_her_in_her_language(
    nurse: Client, stay: Encounter
) -> None:
    send(nurse, f"/stays/{stay.pk}/marks", activity="exam", position="in_room", limb="left_wrist")
    _reply(nurse, stay, "may_stay", hearing="yes")
    send(nurse, f"/stays/{stay.pk}/officer-questions", what="discharge_time")
    send(nurse, f"/stays/{stay.pk}/rights", card="adult", how="spoken")
    send(nurse, f"/stays/{stay.pk}/copies")
    copy = CopyAsked.objects.get()
    assert look(nurse, f"/stays/{stay.pk}/copies/{copy.pk}").status_code == 302  # not given yet

    send(nurse, f"/stays/{stay.pk}/copies/{copy.pk}")

    english = read(look(nurse, f"/stays/{stay.pk}/copies/{copy.pk}"))
    spanish = read(look(nurse, f"/es/stays/{stay.pk}/copies/{copy.pk}"))
    for said in (
        "Where the officer was",
        "A restraint was on",
        "left wrist",
        "The officer may stay",
    ):
        assert said in english
    for said in ("Dónde estaba el agente", "muñeca izquierda", "El agente podía oír"):
        assert said in spanish
    assert twice_given(nurse, stay, copy) == 409


def test_pf_10_a_look_at_a_copy_is_an_event_and_no_stranger_takes_one(
    cast: Cast, nurse: Client, stay: Encounter
) -> None:
    send(nurse, f"/stays/{stay.pk}/copies")
    copy = CopyAsked.objects.get()
    send(nurse, f"/stays/{stay.pk}/copies/{copy.pk}")

    look(nurse, f"/stays/{stay.pk}/copies/{copy.pk}")

    journal = read(look(enter(cast.privacy_officer), f"/stays/{stay.pk}/journal"))
    assert "Copy given to the patient" in journal
    assert "Exported" in journal
    desk = enter(hire(Role.FRONT_DESK))
    assert look(desk, f"/stays/{stay.pk}/copies/{copy.pk}").status_code == 403


@pytest.mark.parametrize(
    ("facts", "name", "offer"),
    [
        ({"patient_age_band": "adult"}, "Card for adults", False),
        ({"patient_age_band": "minor"}, "Card for a minor", True),
        ({"patient_age_band": "minor", "newborn_present": True}, "with a baby", True),
    ],
)
def test_pf_12_a_minor_is_told_in_words_of_her_age_and_offered_time_alone(
    cast: Cast,
    night: Clock,
    facts: dict[str, Value],
    name: str,
    offer: bool,  # noqa: FBT001 - a fact
) -> None:
    del night
    stay, client = open_stay(cast.nurse, room="412", **facts), enter(cast.nurse)

    page = read(look(client, f"/stays/{stay.pk}/patient"))

    assert name in page
    assert ("Time alone, without parents and without the officer" in page) == offer
    send(
        client,
        f"/stays/{stay.pk}/rights",
        card="young",
        how="spoken",
        alone="later" if offer else "",
    )
    assert RightsTold.objects.get().alone == ("later" if offer else "")


@pytest.mark.parametrize(
    ("path", "fields"),
    [
        ("replies", {"question": "wish", "how": "card", "hearing": "no", "answer": "nothing"}),
        ("replies", {"question": "wish", "how": "card", "hearing": "perhaps", "answer": "later"}),
        ("replies", {"question": "nothing", "how": "card", "hearing": "no", "answer": "later"}),
        ("cards", {"question": "wish"}),
        ("languages", {"tongue": "klingon"}),
        ("officer-questions", {"what": "his_shoes"}),
        ("rights", {"card": "adult", "how": "by_pigeon"}),
    ],
)
def test_what_no_page_offers_is_refused_with_a_sentence(
    nurse: Client, stay: Encounter, path: str, fields: dict[str, str]
) -> None:
    response = send(nurse, f"/stays/{stay.pk}/{path}", **fields)

    assert response.status_code in {400, 404}
    assert not Reply.objects.exists()


def _open_real() -> tuple[Encounter, Client]:
    """Open a stay at a hospital that is no sample, and sign its nurse in."""
    record_site(begin("real"), plain=REAL)
    nurse = hire(Role.BEDSIDE_NURSE, "real", unit=UNIT)
    opening = Opening(unit=UNIT, room="4")
    act = begin("real", by=nurse)
    return record_encounter(act, opening=opening, facts={"in_custody": True}), enter(nurse)


def _find_against(client: Client, stay: Encounter) -> set[str]:
    """Find what an officer at the bedside breaks, by the situation as the stay exports it."""
    plain = json.loads(look(client, f"/stays/{stay.pk}/situation").content)
    shelf = find_sample()
    situation = Situation(
        as_of=NIGHT.date(),
        jurisdiction=plain["jurisdiction"],
        overlays=tuple(plain["overlays"]),
        facts=plain["facts"],
    )
    breaks = advise(shelf.compiled, situation).dimensions["position"].breaks or {}
    return {shelf.norms[id_].source.cite for id_ in breaks["at_bedside"]}


def twice_given(client: Client, stay: Encounter, copy: CopyAsked) -> int:
    """Try to give a copy a second time."""
    return send(client, f"/stays/{stay.pk}/copies/{copy.pk}").status_code


def _reply(client: Client, stay: Encounter, answer: str, *, hearing: str) -> None:
    sent = {"question": "wish", "how": "spoken", "hearing": hearing, "answer": answer}
    assert send(client, f"/stays/{stay.pk}/replies", **sent).status_code == 302


def _facts(stay: Encounter) -> dict[str, str | int]:
    return {one.fact: one.value for one in find_known(read_with(), stay)}
