"""Photographs that are pictures, and codes for officers that open one page of one hospital."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from datetime import datetime, timedelta
from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from PIL import Image
from stays_web_cast import enter, look, open_stay, send
from web_cast import find_sample, read

from bedside.doors.web import clock
from bedside.doors.web.stays.photographs import MOST_BYTES
from bedside.doors.web.stays.tokens import LASTS, Bound, make_token
from bedside.record.accounts.access import NotThere
from bedside.record.encounters.case_queries import find_officers
from bedside.record.encounters.models import Encounter, Officer, Paper
from bedside.record.encounters.operations import record_closing
from bedside.record.journal.queries import find_events_about
from record_cast import NIGHT, SITE, UNIT, Cast, begin, find_master, open_hospital, read_with

WARRANT = {
    "issuer": "court",
    "signature": "judge",
    "names_patient": "yes",
    "place": "this_area",
    "expiry": "valid",
    "title": "warrant",
}
NAMED = {"agency": "ice", "identity": "kanarienvogel 1234", "channel": "kanarienvogel 555"}


@pytest.fixture(autouse=True)
def night(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "tell_time", lambda: NIGHT)


def test_lc_05_a_paper_is_asked_question_by_question(cast: Cast) -> None:
    stay, client = open_stay(cast.nurse), enter(cast.nurse)
    path = f"/stays/{stay.pk}/papers"
    asked = [read(look(client, path))]
    for number in range(1, len(WARRANT)):
        given = dict(list(WARRANT.items())[:number])
        asked.append(read(send(client, path, **given)))
    kind = read(send(client, path, **WARRANT))

    kept = send(client, path, keep="yes", **WARRANT)

    questions = ("Who issued it?", "Who signed it?", "Does it name this patient?", "Which place")
    assert all(question in page for question, page in zip(questions, asked, strict=False))
    assert "Judge's warrant for this area" in kind
    assert kept.status_code == 302
    answer = stay.answers.get(fact="custody_basis_seen", ended_at=None)
    assert answer.by == cast.nurse.pk
    assert Paper.objects.get().image == b""


def test_lc_05_a_picture_is_kept_sealed_and_given_only_as_a_file(cast: Cast) -> None:
    stay, client = open_stay(cast.nurse), enter(cast.nurse)
    data = _draw("JPEG")

    kept = _keep(client, stay, data)

    paper = Paper.objects.get()
    given = client.get(f"/stays/{stay.pk}/papers/{paper.pk}/image")
    assert kept.status_code == 302
    assert data not in bytes(paper.image)
    assert given.content == data
    assert given["Content-Disposition"].startswith("attachment")
    assert given["Cache-Control"] == "no-store"
    assert given["Content-Type"] == "image/jpeg"
    told = [one.kind.name for one in find_events_about(read_with(), stay.about)]
    assert told[0] == "paper.viewed"
    assert "<img" not in client.get(f"/stays/{stay.pk}/papers").content.decode()


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"\xff\xd8\xff\xe0 no picture at all", "no JPEG or PNG picture"),
        (b"GIF89a" + b"\x00" * 40, "no JPEG or PNG picture"),
        (b"%PDF-1.7\n", "no JPEG or PNG picture"),
        (b"\x89PNG\r\n\x1a\n" + b"\x00" * (MOST_BYTES + 10), "larger than 5 MB"),
    ],
    ids=["cut short", "another kind", "a document", "too large"],
)
def test_lc_05_an_upload_that_is_no_picture_is_refused_and_the_answers_stay(
    cast: Cast, data: bytes, said: str
) -> None:
    stay, client = open_stay(cast.nurse), enter(cast.nurse)

    response = _keep(client, stay, data)

    assert response.status_code == 400
    assert said in read(response)
    assert 'name="signature" value="judge"' in response.content.decode()
    assert not Paper.objects.exists()


def test_lc_05_a_picture_of_too_many_points_is_not_decoded(cast: Cast) -> None:
    stay, bomb = open_stay(cast.nurse), BytesIO()
    Image.new("1", (30_000, 30_000)).save(bomb, "PNG")
    assert bomb.tell() < MOST_BYTES

    response = _keep(enter(cast.nurse), stay, bomb.getvalue())

    assert response.status_code == 400
    assert not Paper.objects.exists()


def test_a_picture_of_another_stay_is_not_there(cast: Cast) -> None:
    stay, other, client = open_stay(cast.nurse), open_stay(cast.nurse), enter(cast.nurse)
    _keep(client, stay, _draw("PNG"))

    response = client.get(f"/stays/{other.pk}/papers/{Paper.objects.get().pk}/image")

    assert response.status_code == NotThere.status


def test_of_01_one_page_without_signing_in_and_without_patients(cast: Cast) -> None:
    stay = open_stay(cast.nurse, agency="ice")
    page = look(Client(), _address(Bound(stay=stay.pk)))

    said = page.content.decode()
    assert page.status_code == 200
    for word in (stay.code, stay.room, "canary", "Pregnan", "ICE (immigration) answered"):
        assert word not in read(page), word
    for word in ("Where to stand", "exit", "phone", "Who decides", "I have read this page"):
        assert word in read(page), word
    assert 'lang="es"' in said
    assert "Dónde pararse" in read(look(Client(), "/es" + _address(Bound(stay=stay.pk))))


def test_of_01_what_an_officer_says_waits_for_staff(cast: Cast) -> None:
    stay, path = open_stay(cast.nurse), _address(Bound(stay=open_stay(cast.nurse).pk))
    del stay

    thanked = send(Client(), path, oriented="yes", **NAMED)

    officer = Officer.objects.get()
    assert "Kept. Thank you." in read(thanked)
    assert (officer.how, officer.confirmed_at, officer.oriented) == ("qr", None, True)
    assert b"kanarienvogel" not in bytes(officer.said)


def test_the_same_sign_in_sent_twice_is_one(cast: Cast) -> None:
    path, key = _address(Bound(stay=open_stay(cast.nurse).pk)), str(uuid4())

    send(Client(), path, key=key, **NAMED)
    again = send(Client(), path, key=key, **NAMED)

    assert Officer.objects.count() == 1
    assert "Kept. Thank you." in read(again)


def test_of_01_who_declines_is_asked_nothing_more(cast: Cast) -> None:
    path = _address(Bound(stay=open_stay(cast.nurse).pk))

    nothing = send(Client(), path)
    declined = send(Client(), path, declined="yes")

    assert nothing.status_code == 400
    assert "Kept. Thank you." in read(declined)
    assert Officer.objects.get().declined


def test_staff_say_at_which_stay_an_officer_of_the_unit_is(cast: Cast) -> None:
    stay, client = open_stay(cast.nurse), enter(cast.nurse)
    send(Client(), _address(Bound(unit=UNIT)), **NAMED)
    officer = Officer.objects.get()
    assert "Signed in at the unit: here?" in read(look(client, f"/stays/{stay.pk}"))

    send(client, f"/stays/{stay.pk}/officers/{officer.pk}/confirmations")

    (seen,) = find_officers(read_with(), stay)
    assert seen.identity == NAMED["identity"]
    assert seen.confirmed_at == NIGHT


@pytest.mark.parametrize("made", ["elsewhere", "changed", "old", "garbled"])
def test_a_code_that_is_not_good_here_records_nothing(cast: Cast, made: str) -> None:
    open_hospital("elsewhere")
    bound = Bound(stay=open_stay(cast.nurse).pk)
    until = NIGHT + LASTS
    tokens = {
        "elsewhere": make_token(find_master(), "elsewhere", bound, until=until),
        "changed": _change(make_token(find_master(), SITE, bound, until=until)),
        "old": make_token(find_master(), SITE, bound, until=NIGHT),
        "garbled": "K7M-3QF",
    }
    find_sample()

    response = send(Client(), f"/officer/{SITE}/{tokens[made]}", **NAMED)

    assert response.status_code in {403, 410}
    assert "Nothing was recorded" in read(response)
    assert not Officer.objects.exists()


def test_a_code_of_a_stay_that_is_over_is_not_good(cast: Cast) -> None:
    stay = open_stay(cast.nurse)
    record_closing(begin(by=cast.nurse), stay, why="discharged", version=1)

    response = send(Client(), _address(Bound(stay=stay.pk)), **NAMED)

    assert response.status_code == 403
    assert not Officer.objects.exists()


def test_hs_05_the_sheet_has_a_code_in_each_language(cast: Cast) -> None:
    stay = open_stay(cast.nurse)

    page = enter(cast.nurse).get(f"/stays/{stay.pk}/sheets").content.decode()

    assert page.count("<svg") - page.count('class="icon') - page.count('class="sprite"') == 2
    assert 'lang="es"' in page
    assert "style=" not in page
    assert "Para agentes: regístrese aquí" in page


def _address(bound: Bound, *, until: datetime | None = None) -> str:
    find_sample()
    token = make_token(find_master(), SITE, bound, until=until or NIGHT + timedelta(hours=12))
    return f"/officer/{SITE}/{token}"


def _change(token: str) -> str:
    raw = bytearray(urlsafe_b64decode(token + "=" * (-len(token) % 4)))
    raw[-1] ^= 1
    return urlsafe_b64encode(raw).decode().rstrip("=")


def _draw(kind: str) -> bytes:
    drawn = BytesIO()
    Image.new("RGB", (64, 48), "white").save(drawn, kind)
    return drawn.getvalue()


def _keep(client: Client, stay: Encounter, data: bytes) -> HttpResponse:
    file = SimpleUploadedFile("paper.jpg", data)
    fields = {"key": str(uuid4()), "keep": "yes", "photograph": file, **WARRANT}
    response = client.post(f"/stays/{stay.pk}/papers", fields)
    assert isinstance(response, HttpResponse)
    return response
