"""What a device is given to keep: named by what is in it, from here alone, small, nobody's."""

import gzip
import json
import re
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from web_cast import find_sample, read, visit

from bedside.doors.web.offline import copy
from bedside.doors.web.offline.copy import find_copy, find_files, find_static
from bedside.doors.web.shelf import Shelf

CONFIG = re.compile(r"^const COPY = (\{.*\});$", re.MULTILINE)

pytestmark = pytest.mark.django_db  # a page may ask who is signed in


def read_config() -> dict[str, object]:
    """Read what the worker is told."""
    found = CONFIG.search(visit("worker.js").content.decode())
    assert found
    told: dict[str, object] = json.loads(found[1])
    return told


def test_the_worker_names_its_copy_and_everything_in_it() -> None:
    told = read_config()

    assert told["version"] == find_copy().version
    assert told["files"] == find_files()
    assert visit("worker.js")["Content-Type"].startswith("text/javascript")


@pytest.mark.parametrize("path", [one for one in find_files() if not one.startswith("/static/")])
def test_every_part_of_the_copy_is_given_without_a_session(path: str) -> None:
    response = visit(path.lstrip("/"))

    assert response.status_code == 200
    assert not response.cookies
    assert b"csrfmiddlewaretoken" not in response.content


def test_other_rules_words_or_pages_make_another_copy(monkeypatch: pytest.MonkeyPatch) -> None:
    before = find_copy().version
    assert copy._name(b"a") != copy._name(b"b")  # noqa: SLF001 - the name is all that tells

    shelf = find_sample()
    tomorrow = shelf.find_today() + timedelta(days=1)
    monkeypatch.setattr(Shelf, "find_today", lambda _: tomorrow)
    assert find_copy().version == before  # nothing changes overnight: nothing is fetched again
    monkeypatch.setattr(Shelf, "find_today", lambda _: tomorrow.replace(year=tomorrow.year - 3))
    assert find_copy().version != before


@pytest.mark.parametrize("language", ["", "es/"])
def test_the_app_is_described_in_the_language_and_starts_at_the_six_taps(language: str) -> None:
    response = visit(f"{language}app.webmanifest")

    told = json.loads(response.content)
    assert response["Content-Type"] == "application/manifest+json"
    assert (told["start_url"], told["scope"]) == (f"/{language}", "/")
    assert {icon["sizes"] for icon in told["icons"]} == {"any", "192x192", "512x512"}
    page = visit(language).content.decode()
    assert f'<link rel="manifest" href="/{language}app.webmanifest">' in page


@pytest.mark.parametrize("path", ["offline", "offline/answer", "", "worker.js"])
def test_workers_and_the_description_come_from_here_alone(path: str) -> None:
    policy = visit(path)["Content-Security-Policy"]

    assert "worker-src 'self'" in policy
    assert "manifest-src 'self'" in policy
    assert "unsafe" not in policy


@pytest.mark.parametrize("language", ["", "es/"])
def test_the_page_says_which_edition_and_from_when_it_answers(language: str) -> None:
    about = find_copy().about

    text = read(visit(f"{language}offline"))

    for said in ("edition", "digest", "from", "until"):
        assert str(about[said]) in text
    assert "offline" in visit(f"{language}about").content.decode()


def test_pages_styles_and_scripts_travel_compressed() -> None:
    find_sample()
    client = Client(headers={"Accept-Encoding": "gzip"})

    for path in ("/", "/worker.js", "/offline/tables.json", find_static("bedside/bedside.css")):
        response = client.get(path)
        body = b"".join(response) if response.streaming else response.content
        response.close()  # the file behind it
        assert response["Content-Encoding"] == "gzip", path
        assert len(body) * 2 < len(gzip.decompress(body))


def test_static_files_may_be_kept_for_ever_and_the_worker_is_asked_for_again() -> None:
    style = Client().get(find_static("bedside/bedside.css"))
    style.close()  # the file behind it

    assert "immutable" in style["Cache-Control"]
    assert visit("worker.js")["Cache-Control"] == "no-cache"
    assert settings.STATIC_URL in find_static("x")
