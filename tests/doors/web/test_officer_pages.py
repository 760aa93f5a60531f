"""The officer's page under a code: what is asked now, danger, his words, and what it hides."""

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from stays_web_cast import Clock, enter, look, open_stay, send
from web_cast import find_sample, read

from bedside.doors.web import clock
from bedside.doors.web.officer.codes import MOST_SENT
from bedside.doors.web.stays.tokens import LASTS, Bound, make_token
from bedside.record.encounters.models import Encounter, Officer
from bedside.record.encounters.queries import find_known
from bedside.record.journal.queries import find_events
from bedside.record.paging.models import Page
from bedside.record.presence.models import DangerTold, Statement, StepOut
from bedside.record.presence.officer_page_operations import MOST_OPEN, MOST_STATEMENT
from bedside.record.presence.patient_queries import find_dangers, find_statements
from bedside.rules.vocabulary.catalogue import Value
from record_cast import NIGHT, SITE, UNIT, Cast, find_master, open_hospital, read_with

EXITS = {"exit_door": "officer", "exit_window": "locked", "exit_bathroom": "staff"}
ASKED = {"position": "outside_door", "minutes": "10", **EXITS}
SAW = "He said he will hit the next one who comes in."
HIDDEN = re.compile(r'<input type="hidden"[^>]*>')  # keys and tokens, drawn anew each time
FACTS: dict[str, Value] = {
    "activity": "feeding",
    "newborn_present": True,
    "pregnancy": "postpartum",
    "agency": "ice",
    "sensitive_topic": "hiv",
}


@pytest.fixture
def night(monkeypatch: pytest.MonkeyPatch) -> Clock:
    turned = Clock()
    monkeypatch.setattr(clock, "tell_time", turned.tell)
    return turned


@pytest.fixture
def stay(cast: Cast, night: Clock) -> Encounter:
    del night
    return open_stay(cast.nurse, room="412", **FACTS)


def test_of_02_a_request_to_step_out_says_where_what_he_sees_how_long_and_who_asks(
    cast: Cast, stay: Encounter
) -> None:
    send(enter(cast.nurse), f"/stays/{stay.pk}/step-outs", **ASKED)

    page = read(look(Client(), find_page(stay)))

    assert "Asked of you now" in page
    assert "Outside, door closed" in page
    assert "You do not see and do not hear; you guard the way out." in page
    assert "10 min, from 02:50" in page
    assert "Bedside nurse" in page
    assert StepOut.objects.get().role == "bedside_nurse"


def test_of_02_his_answer_is_kept_once_and_staff_see_it(cast: Cast, stay: Encounter) -> None:
    send(enter(cast.nurse), f"/stays/{stay.pk}/step-outs", **ASKED)
    step, officer = StepOut.objects.get(), Client()
    path = f"{find_page(stay)}/step-outs/{step.pk}"

    send(officer, path, answer="supervisor")
    twice = send(officer, path, answer="stepped_out")

    assert twice.status_code == 409
    assert Page.objects.filter(reason="supervisor_asked").count() == 1
    assert "The officer answered: I must ask my supervisor" in read(
        look(enter(cast.nurse), f"/stays/{stay.pk}/post")
    )


def test_of_02_a_request_that_ended_is_no_longer_shown(cast: Cast, stay: Encounter) -> None:
    nurse = enter(cast.nurse)
    send(nurse, f"/stays/{stay.pk}/step-outs", **ASKED)

    send(nurse, f"/stays/{stay.pk}/step-outs/{StepOut.objects.get().pk}/ends")

    assert "Asked of you now" not in read(look(Client(), find_page(stay)))


@pytest.mark.parametrize("language", ["", "/es"])
def test_of_03_the_text_for_his_supervisor_states_the_medical_reason_and_no_health(
    cast: Cast, stay: Encounter, language: str
) -> None:
    send(enter(cast.physician), f"/stays/{stay.pk}/step-outs", **ASKED, is_medical="yes")

    page = look(Client(), f"{language}{find_page(stay)}").content.decode()

    said = "razón médica" if language else "there is a medical reason"
    assert said in page
    assert "sms:?&amp;body=" in page
    assert "mailto:?subject=" in page
    assert "data-speak" in page
    (facts,) = [one for one in _known(stay) if one == "clinician_states_medical_reason"]
    assert facts


def test_of_03_only_who_treats_states_a_medical_reason(cast: Cast, stay: Encounter) -> None:
    send(enter(cast.nurse), f"/stays/{stay.pk}/step-outs", **ASKED)

    assert not StepOut.objects.get().is_medical
    assert "there is a medical reason" not in read(look(Client(), find_page(stay)))


def test_of_09_the_exits_of_the_room_are_drawn_with_who_watches_each(
    cast: Cast, stay: Encounter
) -> None:
    asked = ASKED | {"exit_window": "security"}
    send(enter(cast.nurse), f"/stays/{stay.pk}/step-outs", **asked)

    page = look(Client(), find_page(stay))

    assert page.content.decode().count("way-out") == 6  # three here now, three in most rooms
    for said in ("Door you", "Window hospital security", "Bathroom staff inside"):
        assert said in read(page)


def test_of_11_and_of_12_where_he_phones_and_where_weapons_stay_is_said_before_the_door(
    db: None,
) -> None:
    del db
    find_sample()
    page = read(look(Client(), "/officer"))
    doors = read(look(Client(), "/officer/doors"))

    assert "At the unit door, out of hearing of any bed." in page
    for said in ("Weapons go into the locker before either door", "Locker: hospital security"):
        assert said in page
        assert said in doors


@pytest.mark.parametrize("words", ["I was told to wait.\n  Twice. <b>Twice!</b>", "Él no quiso."])
def test_of_05_his_statement_is_kept_word_for_word_and_he_sees_his_copy(
    cast: Cast, stay: Encounter, words: str
) -> None:
    copy = send(Client(), f"{find_page(stay)}/statements", words=words, signed="badge 12")

    (kept,) = find_statements(read_with(), stay)
    assert (kept.words, kept.signed) == (words, "badge 12")
    assert str(kept.id) in read(copy)
    assert "This is your copy" in read(copy)
    assert b"wait" not in bytes(Statement.objects.get().words)
    page = look(enter(cast.nurse), f"/stays/{stay.pk}/post")
    assert "Word for word, not edited" in read(page)
    assert "<b>Twice" not in page.content.decode()


def test_of_05_words_that_name_a_patient_are_warned_of_and_kept_if_meant(
    stay: Encounter,
) -> None:
    path, words = f"{find_page(stay)}/statements", "The patient MRN 1234567 was loud."

    warned = send(Client(), path, words=words)
    assert warned.status_code == 422
    assert words in read(warned)
    assert not Statement.objects.exists()
    send(Client(), path, words=words, keep_anyway="yes")

    (kept,) = find_statements(read_with(), stay)
    assert kept.words == words


def test_of_05_words_about_status_are_kept_by_no_tick(stay: Encounter) -> None:
    path = f"{find_page(stay)}/statements"

    refused = send(Client(), path, words="she is undocumented", keep_anyway="yes")

    assert refused.status_code == 422
    assert not Statement.objects.exists()


@pytest.mark.parametrize("words", ["", "   \n", "x" * (MOST_STATEMENT + 1)])
def test_of_05_nothing_and_too_much_are_refused_with_what_was_typed(
    stay: Encounter, words: str
) -> None:
    response = send(Client(), f"{find_page(stay)}/statements", words=words)

    assert response.status_code == 400
    assert not Statement.objects.exists()


def test_of_06_a_danger_calls_the_nurse_and_changes_no_answer_until_she_looked(
    cast: Cast, stay: Encounter
) -> None:
    kept = send(Client(), f"{find_page(stay)}/dangers", what="assault", when="now", words=SAW)

    assert "The nurse was called." in read(kept)
    assert "danger" not in _known(stay)
    assert set(Page.objects.values_list("to_role", flat=True)) == {"bedside_nurse", "charge_nurse"}
    assert "The officer told of a danger" in read(look(enter(cast.nurse), "/home"))


def test_of_06_what_the_nurse_finds_tightens_the_arrangement_and_both_stand(
    cast: Cast, night: Clock
) -> None:
    del night
    accepts: dict[str, Value] = {"patient_wish": "accepts_officer", "wish_given_in_private": True}
    stay = open_stay(
        cast.nurse, activity="exam", agency="ice", danger="none", room="412", **accepts
    )
    nurse = enter(cast.nurse)
    before = _find_preset(nurse, stay)
    send(Client(), f"{find_page(stay)}/dangers", what="weapon", when="now", words=SAW)

    found = {
        "danger": "assault",
        "assessed_by": "clinician",
        "reason": "He swung at me; no weapon.",
    }
    send(nurse, f"/stays/{stay.pk}/dangers-told/{DangerTold.objects.get().pk}", **found)

    assert (before, _find_preset(nurse, stay)) == ("Private", "Rest")
    (seen,) = find_dangers(read_with(), stay)
    assert (seen.what, seen.found["danger"], seen.words) == ("weapon", "assault", SAW)
    page = read(look(nurse, f"/stays/{stay.pk}/post"))
    for said in ("Weapon", SAW, "Hit someone", "He swung at me; no weapon."):
        assert said in page
    again = send(nurse, f"/stays/{stay.pk}/dangers-told/{seen.id}", **found)
    assert again.status_code == 409


def test_of_07_both_officers_and_the_nurse_sign_the_terms_that_pass_on(
    cast: Cast, stay: Encounter
) -> None:
    nurse = enter(cast.nurse)
    send(nurse, f"/stays/{stay.pk}/officers", agency="ice", identity="first")
    send(
        nurse, f"/stays/{stay.pk}/agreements", preset="sight_only", at_end="private", agreed_with=""
    )
    send(nurse, f"/stays/{stay.pk}/step-outs", **ASKED)
    first = Officer.objects.get()
    path = f"/stays/{stay.pk}/officers/{first.pk}/reliefs"
    shown = read(look(nurse, path))
    assert "What passes on Sight only. asked now: Outside, door closed, 10 min" in shown

    ticks = {"leaving_signed": "yes", "coming_signed": "yes", "oriented": "yes"}
    send(nurse, path, agency="ice", identity="second", **ticks)

    told = find_events(read_with(), record=stay.about)
    relief = next(one for one in told if one.kind.name == "officer.relieved")
    assert relief.by == cast.nurse.pk
    assert relief.content is not None
    assert relief.content["terms"] is True
    assert "Sight only" in relief.content["terms_read"]
    assert "Agreed at this post Sight only" in read(look(Client(), find_page(stay)))


def test_no_answer_of_the_page_holds_anything_of_the_patient(cast: Cast, stay: Encounter) -> None:
    nurse, officer, path = enter(cast.nurse), Client(), find_page(stay)
    send(nurse, f"/stays/{stay.pk}/step-outs", **ASKED, is_medical="yes")
    step = StepOut.objects.get()
    answers = [
        look(officer, path),
        look(officer, f"/es{path}"),
        send(officer, path, agency="ice", identity="badge 4711", oriented="yes"),
        send(officer, f"{path}/statements", words="I waited."),
        send(officer, f"{path}/statements", words=""),
        send(officer, f"{path}/dangers", what="assault", when="now", words=SAW),
        send(officer, f"{path}/step-outs/{step.pk}", answer="stepped_out"),
        send(officer, f"{path}/step-outs/{uuid4()}", answer="stepped_out"),
        look(officer, path),
    ]

    telling = ("canary", stay.code, str(stay.pk), UNIT)
    for number, answer in enumerate(answers):
        body = answer.content.decode().lower() + str(dict(answer.headers)).lower()
        found = [word for word in telling if word.lower() in body]
        assert found == [], (number, found)


def test_the_page_is_the_same_for_every_patient(cast: Cast, stay: Encounter) -> None:
    other = open_stay(cast.nurse, room="9", activity="rest", patient_age_band="minor")

    pages = [
        HIDDEN.sub("", look(Client(), path).content.decode()).replace(path, "")
        for path in (find_page(stay), find_page(other))
    ]

    assert pages[0] == pages[1]


@pytest.mark.parametrize("made", ["elsewhere", "changed", "old", "garbled"])
@pytest.mark.parametrize("what", ["statements", "dangers", "step-outs"])
def test_a_code_that_is_not_good_here_keeps_nothing(
    cast: Cast, stay: Encounter, made: str, what: str
) -> None:
    open_hospital("elsewhere")
    send(enter(cast.nurse), f"/stays/{stay.pk}/step-outs", **ASKED)
    bound, until = Bound(stay=stay.pk), NIGHT + LASTS
    good = make_token(find_master(), SITE, bound, until=until)
    token = {
        "elsewhere": make_token(find_master(), "elsewhere", bound, until=until),
        "changed": good[:-2] + ("AA" if not good.endswith("AA") else "BB"),
        "old": make_token(find_master(), SITE, bound, until=NIGHT - timedelta(seconds=1)),
        "garbled": "K7M-3QF",
    }[made]
    tail = f"step-outs/{StepOut.objects.get().pk}" if what == "step-outs" else what
    fields = {"words": SAW, "what": "assault", "when": "now", "answer": "stepped_out"}

    response = send(Client(), f"/officer/{SITE}/{token}/{tail}", **fields)

    assert response.status_code in {403, 410}
    assert "Nothing was recorded" in read(response)
    assert not Statement.objects.exists()
    assert not DangerTold.objects.exists()
    assert StepOut.objects.get().answered_at is None


def test_a_code_of_this_post_opens_no_other_hospitals_page(stay: Encounter) -> None:
    open_hospital("elsewhere")
    path = find_page(stay).replace(f"/{SITE}/", "/elsewhere/")

    response = look(Client(), path)

    assert response.status_code == 403
    assert "not made for this hospital" in read(response)


def test_the_code_of_a_unit_keeps_nothing_about_a_post(cast: Cast, night: Clock) -> None:
    del cast, night
    find_sample()
    token = make_token(find_master(), SITE, Bound(unit=UNIT), until=NIGHT + LASTS)

    response = send(Client(), f"/officer/{SITE}/{token}/statements", words="I waited.")

    assert response.status_code == 403
    assert "ask the nurse for the code of your post" in read(response)


def test_an_answer_to_another_posts_request_is_refused(cast: Cast, stay: Encounter) -> None:
    other = open_stay(cast.nurse)
    send(enter(cast.nurse), f"/stays/{other.pk}/step-outs", **ASKED)

    path = f"{find_page(stay)}/step-outs/{StepOut.objects.get().pk}"

    assert send(Client(), path, answer="stepped_out").status_code == 404


def test_a_code_that_is_used_too_often_is_refused_and_dangers_wait_in_a_bounded_number(
    stay: Encounter,
) -> None:
    path, sent = f"{find_page(stay)}/dangers", {"what": "assault", "when": "now", "words": SAW}
    answers = [send(Client(), path, **sent).status_code for _ in range(MOST_OPEN + 2)]

    assert answers == [200] * MOST_OPEN + [429] * 2
    rest = [send(Client(), path, what="none").status_code for _ in range(MOST_SENT)]
    assert rest[0] == 400
    assert rest[-1] == 429
    assert DangerTold.objects.count() == MOST_OPEN


def find_page(stay: Encounter) -> str:
    """Find the address of the page of a post, as the printed code leads to it."""
    find_sample()
    token = make_token(find_master(), SITE, Bound(stay=stay.pk), until=NIGHT + LASTS)
    return f"/officer/{SITE}/{token}"


def _known(stay: Encounter) -> dict[str, str | int]:
    return {one.fact: one.value for one in find_known(read_with(), stay)}


def _find_preset(client: Client, stay: Encounter) -> str:
    """Find the one word of the advice on the page of a stay."""
    page = look(client, f"/stays/{stay.pk}").content.decode()
    return page.partition('class="preset-word">')[2].partition("<")[0]
