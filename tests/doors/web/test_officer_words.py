"""What is sent under a code: other words are another act, and what is never kept is never kept."""

from uuid import uuid4

import pytest
from django.test import Client
from stays_web_cast import Clock, open_stay
from web_cast import find_sample, read

from bedside.doors.web import clock
from bedside.doors.web.stays.tokens import LASTS, Bound, WrongCode, make_token, read_token
from bedside.record.encounters.models import Encounter, Officer
from bedside.record.presence.models import DangerTold, Statement
from record_cast import NIGHT, SITE, Cast, find_master

WAS = {"what": "verbal_threat", "when": "before", "words": "He shouted."}
NOW = {"what": "weapon", "when": "now", "words": "He holds a knife."}


@pytest.fixture
def post(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> str:
    """Open a stay, and give the address of the officer's page at its post."""
    monkeypatch.setattr(clock, "tell_time", Clock().tell)
    find_sample()
    stay: Encounter = open_stay(cast.nurse)
    return f"/officer/{SITE}/{make_code(stay)}"


def make_code(stay: Encounter) -> str:
    """Make the code of a post."""
    return make_token(find_master(), SITE, Bound(stay=stay.pk), until=NIGHT + LASTS)


def test_another_danger_under_the_key_of_an_old_form_is_kept_too(post: str) -> None:
    officer, key = Client(), {"key": str(uuid4())}

    for said in (WAS, NOW, NOW):
        assert officer.post(f"{post}/dangers", key | said).status_code == 200

    assert DangerTold.objects.count() == 2


def test_a_second_officer_under_the_key_of_an_old_form_is_kept_too(post: str) -> None:
    officer, key = Client(), {"key": str(uuid4()), "agency": "ice"}

    for badge in ("A1", "B2", "B2"):
        officer.post(post, key | {"identity": badge})

    assert Officer.objects.count() == 2


@pytest.mark.parametrize("field", ["identity", "channel"])
def test_no_status_is_kept_where_an_officer_signs_in(post: str, field: str) -> None:
    sent = {"key": str(uuid4()), "agency": "ice", "identity": "A1"}

    answer = Client().post(post, sent | {field: "she is undocumented"})

    assert answer.status_code == 400
    assert "immigration status" in read(answer)  # type: ignore[arg-type]  # Django's own answer
    assert "she is undocumented" in answer.content.decode()
    assert not Officer.objects.exists()


@pytest.mark.parametrize("part", ["statements", "dangers"])
def test_what_is_wrong_where_he_signs_is_said(post: str, part: str) -> None:
    sent = {"key": str(uuid4()), "signed": "she is undocumented"} | WAS

    answer = Client().post(f"{post}/{part}", sent)

    assert answer.status_code == 422
    assert "immigration status" in read(answer)  # type: ignore[arg-type]  # Django's own answer
    assert not Statement.objects.exists()
    assert not DangerTold.objects.exists()


def test_a_code_is_written_in_one_way_only(post: str) -> None:
    code, good = post.rpartition("/")[2], 0
    for last in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_":
        try:
            read_token(find_master(), SITE, code[:-1] + last, at=NIGHT)
            good += 1
        except WrongCode:
            continue

    assert good == 1
