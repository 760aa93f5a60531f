"""The pages about stays: what they advise, what they tell the journal, and what they never lose."""

import json
import re
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from stays_web_cast import Clock, enter, look, open_stay, send
from web_cast import read

from bedside.doors.cli.main import main
from bedside.doors.web import clock
from bedside.doors.web.stays.case import find_freshness
from bedside.record.accounts.models import KeptForm
from bedside.record.accounts.roles import Role
from bedside.record.encounters.models import Call, Encounter, Packet
from bedside.record.encounters.operations import record_closing
from bedside.record.encounters.packet_operations import record_packets_printed
from bedside.record.journal.queries import find_events_about
from bedside.record.paging.models import Page
from record_cast import NIGHT, UNIT, Cast, begin, hire, read_with


@pytest.fixture(autouse=True)
def watch(monkeypatch: pytest.MonkeyPatch) -> Clock:
    watch = Clock()
    monkeypatch.setattr(clock, "tell_time", watch.tell)
    return watch


def test_the_page_says_what_bedside_decide_says_of_the_exported_situation(
    cast: Cast,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stay = open_stay(cast.nurse, activity="feeding", agency="ice", patient_age_band="adult")
    client = enter(cast.nurse)
    file = tmp_path / "situation.json"
    file.write_bytes(client.get(f"/stays/{stay.pk}/situation").content)

    monkeypatch.setattr("sys.argv", ["bedside", "decide", str(file), "--json"])
    with pytest.raises(SystemExit):
        main()

    advice = json.loads(capsys.readouterr().out)
    page = read(look(client, f"/stays/{stay.pk}"))
    assert advice["preset"] == "private"
    assert "Private" in page
    assert advice["say"]["en"] in page
    assert "activity" in json.loads(file.read_text())["facts"]
    assert _tell(stay)[0] in {"encounter.exported", "encounter.viewed", "duty.listed"}


def test_a_stale_answer_is_shown_and_asked_again_and_no_longer_exported(
    cast: Cast, watch: Clock
) -> None:
    stay = open_stay(cast.nurse, activity="feeding", agency="ice")
    client = enter(cast.nurse)
    watch.at = NIGHT + timedelta(hours=2)

    page = read(look(client, f"/stays/{stay.pk}"))
    facts = json.loads(client.get(f"/stays/{stay.pk}/situation").content)["facts"]

    assert "Feeding the baby last known, ask again answered 2 hours ago, bedside nurse" in page
    assert "activity" not in facts
    assert facts["agency"] == "ice"


def test_one_person_looking_for_five_minutes_is_one_event(cast: Cast, watch: Clock) -> None:
    stay = open_stay(cast.nurse)
    client = enter(cast.nurse)
    for seconds in (0, 60, 299):
        watch.at = NIGHT + timedelta(seconds=seconds)
        client.get(f"/stays/{stay.pk}")
    assert _tell(stay).count("encounter.viewed") == 1

    watch.at = NIGHT + timedelta(seconds=300)
    client.get(f"/stays/{stay.pk}")
    enter(cast.physician).get(f"/stays/{stay.pk}")

    assert _tell(stay).count("encounter.viewed") == 3


def test_the_duties_are_listed_by_bedside_when_the_page_is_opened_and_only_once(cast: Cast) -> None:
    stay = open_stay(cast.nurse, legal_restraint="one_limb", agency="ice")
    client = enter(cast.nurse)

    client.get(f"/stays/{stay.pk}")
    client.get(f"/stays/{stay.pk}/answers")
    client.get(f"/stays/{stay.pk}")

    assert _tell(stay).count("duty.listed") == 1
    told = next(
        t for t in find_events_about(read_with(), stay.about) if t.kind.name == "duty.listed"
    )
    assert told.by is None


def test_the_one_question_is_answered_in_a_tap(cast: Cast) -> None:
    stay = open_stay(cast.nurse, agency="ice")
    client = enter(cast.nurse)
    assert "What is happening" in read(look(client, f"/stays/{stay.pk}"))

    response = send(client, f"/stays/{stay.pk}/answers", activity="exam")

    assert response.status_code == 302
    assert stay.answers.filter(fact="activity", ended_at=None).exists()


def test_answers_that_cannot_go_together_are_not_kept(cast: Cast) -> None:
    stay = open_stay(cast.nurse, patient_age_band="adult")

    response = send(
        enter(cast.nurse), f"/stays/{stay.pk}/answers", agency_level="moon", newborn="x"
    )
    wrong = send(enter(cast.nurse), f"/stays/{stay.pk}/answers", activity="dancing")

    assert response.status_code == 302  # neither is a question that anybody is asked
    assert wrong.status_code == 400
    assert not stay.answers.filter(fact="activity").exists()


def test_a_mistake_on_the_opening_form_keeps_everything_typed(cast: Cast) -> None:
    client = enter(cast.nurse)

    response = send(client, "/stays/new", unit=UNIT, room="", patient="by the window", agency="cbp")

    page = response.content.decode()
    assert response.status_code == 400
    assert 'value="by the window"' in page
    assert re.search(r'name="agency" value="cbp" checked', page)
    assert "Room: nothing is written here" in read(response)
    assert not Encounter.objects.exists()


def test_the_same_form_sent_twice_opens_one_stay(cast: Cast) -> None:
    client, key = enter(cast.nurse), str(uuid4())

    first = send(client, "/stays/new", key=key, unit=UNIT, room="1")
    second = send(client, "/stays/new", key=key, unit=UNIT, room="1")

    assert Encounter.objects.count() == 1
    assert first["Location"] == second["Location"]


def test_a_nurse_opens_no_stay_in_a_unit_that_is_not_hers(cast: Cast) -> None:
    response = send(enter(cast.nurse), "/stays/new", unit="Emergency", room="1")

    assert response.status_code == 400
    assert not Encounter.objects.exists()


def test_status_is_never_kept_as_how_a_patient_is_known(cast: Cast) -> None:
    client = enter(cast.nurse)

    response = send(client, "/stays/new", unit=UNIT, room="1", patient="undocumented patient")

    assert response.status_code == 422
    assert not Encounter.objects.exists()


def test_hs_09_lines_with_a_mistake_stay_and_the_others_are_opened(cast: Cast) -> None:
    rows = {f"r{n}-room": str(400 + n) for n in range(1, 10)}
    rows["r10-patient"] = "no room yet"

    response = send(enter(cast.nurse), "/stays/batches", unit=UNIT, **rows)

    page = response.content.decode()
    assert response.status_code == 400
    assert Encounter.objects.count() == 9
    assert 'value="no room yet"' in page
    assert 'value="401"' not in page
    assert all(code in page for code in Encounter.objects.values_list("code", flat=True))


def test_hs_09_the_same_ten_lines_sent_twice_open_ten(cast: Cast) -> None:
    client, key = enter(cast.nurse), str(uuid4())
    rows = {f"r{n}-room": str(400 + n) for n in range(1, 11)}

    send(client, "/stays/batches", key=key, unit=UNIT, **rows)
    again = send(client, "/stays/batches", key=key, unit=UNIT, **rows)

    assert Encounter.objects.count() == 10
    assert again.status_code == 200


def test_hs_09_what_is_to_be_done_for_the_ten_is_listed_at_once(cast: Cast) -> None:
    rows = {"r1-room": "401", "r2-room": "402", "r1-agency": "ice", "r2-agency": "cbp"}

    send(enter(cast.nurse), "/stays/batches", unit=UNIT, **rows)

    assert Encounter.objects.count() == 2
    assert all(stay.duties.exists() for stay in Encounter.objects.all())


def test_hs_10_a_packet_used_twice_is_refused_and_what_was_typed_stays(cast: Cast) -> None:
    (packet,) = record_packets_printed(begin(by=cast.nurse), number=1)
    client = enter(cast.nurse)
    form = {"code": packet.code, "unit": UNIT, "room": "9", "opened_at": "2026-11-23T20:15"}
    first = send(client, "/packets/entries", **form)

    second = send(client, "/packets/entries", **form)

    stay = Encounter.objects.get()
    assert first["Location"] == f"/stays/{stay.pk}"
    assert stay.opened_at.isoformat() == "2026-11-24T02:15:00+00:00"
    assert second.status_code == 400
    assert "entered already" in read(second)
    assert 'value="2026-11-23T20:15"' in second.content.decode()
    page = read(look(client, f"/stays/{stay.pk}"))
    assert "since 2026-11-23 20:15" in page
    assert "from a paper packet, noted 02:50" in page
    assert Packet.objects.get().encounter == stay


def test_what_was_typed_of_a_call_comes_back_after_the_session_ended(cast: Cast) -> None:
    stay = open_stay(cast.physician, agency="ice")
    client = enter(cast.physician)
    page = client.get(f"/stays/{stay.pk}/calls").content.decode()
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', page))
    client.logout()

    words = "I cannot decide that."
    sent = hidden | {"supervisor": "Watch commander", "words": words, "outcome": "refused"}
    response = client.post(f"/stays/{stay.pk}/calls", sent)

    assert response["Location"].startswith("/accounts/login/?next=/kept/")
    assert not Call.objects.exists()
    kept = KeptForm.objects.get()
    client = enter(cast.physician)
    assert words in client.get(f"/kept/{kept.pk}").content.decode()


def test_a_page_from_before_somebody_moved_the_patient_says_where_they_are(cast: Cast) -> None:
    stay = open_stay(cast.nurse)
    client = enter(cast.nurse)
    send(client, f"/stays/{stay.pk}/moves", unit=UNIT, room="414", version="1")

    late = send(client, f"/stays/{stay.pk}/moves", unit=UNIT, room="500", version="1")

    assert late.status_code == 409
    assert "room 414" in read(late)
    stay.refresh_from_db()
    assert stay.room == "414"


def test_a_closed_stay_takes_nothing_more_and_shows_no_advice(cast: Cast) -> None:
    stay = open_stay(cast.nurse, activity="feeding")
    record_closing(begin(by=cast.nurse), stay, why="discharged", version=1)
    client = enter(cast.nurse)

    response = send(client, f"/stays/{stay.pk}/answers", activity="exam")

    assert response.status_code == 409
    assert "Closed at" in read(look(client, f"/stays/{stay.pk}"))
    assert "Say to the officer" not in read(look(client, f"/stays/{stay.pk}"))


@pytest.mark.parametrize("who", ["officer", "agency"])
def test_md_08_an_officer_is_refused_and_ethics_can_be_paged(cast: Cast, who: str) -> None:
    stay = open_stay(cast.physician, capacity="none")
    client = enter(cast.physician)

    refused = send(client, f"/stays/{stay.pk}/deciders", who=who)
    send(client, f"/stays/{stay.pk}/deciders", page="ethics")

    said = read(refused)
    assert refused.status_code == 400
    assert "custody of a person is not consent for that person" in said
    assert "No order of this state is on file here" in said
    assert not stay.deciders.exists()
    assert "consent.refused" in _tell(stay)
    page = Page.objects.get()
    assert (page.to_role, page.reason, page.about) == ("ethics", "nobody_decides", stay.about)


def test_nobody_is_paged_about_a_stay_that_is_over(cast: Cast) -> None:
    stay = open_stay(cast.physician, capacity="none")
    Encounter.objects.filter(pk=stay.pk).update(closed_at=NIGHT)

    refused = send(enter(cast.physician), f"/stays/{stay.pk}/deciders", page="ethics")

    assert refused.status_code == 409
    assert not Page.objects.exists()


def test_the_board_puts_what_is_overdue_first(cast: Cast, watch: Clock) -> None:
    quiet, late = open_stay(cast.nurse, room="100"), open_stay(cast.nurse, room="900")
    client = enter(cast.nurse)
    send(client, f"/stays/{late.pk}/answers", agency="ice", officer_asks="stay_in_room")
    client.get(f"/stays/{late.pk}")
    watch.at = NIGHT + timedelta(hours=11)
    client = enter(cast.nurse)
    send(client, f"/stays/{quiet.pk}/authority", outcome="same_paper")
    watch.at = NIGHT + timedelta(hours=13)

    page = enter(cast.nurse).get("/stays").content.decode()

    assert page.index(late.code) < page.index(quiet.code)
    assert "authority to be checked" in page


def test_a_front_desk_opens_no_stay(cast: Cast) -> None:
    stay = open_stay(cast.nurse)

    response = enter(hire(Role.FRONT_DESK)).get(f"/stays/{stay.pk}")

    assert response.status_code == 403
    assert "encounter.viewed" not in _tell(stay)


def test_every_page_that_shows_a_stay_is_told_to_the_journal(cast: Cast) -> None:
    for path in ("", "/answers", "/questions", "/papers", "/calls", "/deciders", "/sheets"):
        stay = open_stay(cast.nurse)

        assert enter(cast.nurse).get(f"/stays/{stay.pk}{path}").status_code == 200

        assert "encounter.viewed" in _tell(stay), path


def test_how_long_answers_hold_fits_the_rulebook_in_force() -> None:
    assert find_freshness().shift == timedelta(hours=12)


def _tell(stay: Encounter) -> list[str]:
    return [told.kind.name for told in find_events_about(read_with(), stay.about)]
