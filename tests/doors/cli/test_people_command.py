"""The first person of a hospital comes from the command line, with a link and its end."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from command_cast import CACHE, NOT_DONE

RUN = "from bedside.doors.cli.main import main; main()"
SET = """
import re, sys
from django.test import Client
from bedside.config.prepare import prepare
prepare()
client = Client(headers={"host": "127.0.0.1"})
page = client.get(sys.argv[1], follow=True)
secret = {"password1": "a sentence for the night", "password2": "a sentence for the night"}
client.post(page.redirect_chain[-1][0], secret)
client.post("/accounts/login/", {"login": sys.argv[2], "password": secret["password1"]})
print(client.get("/people").status_code)
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("BEDSIDE_")}
    return kept | {"BEDSIDE_DATA": str(tmp_path), "XDG_CACHE_HOME": str(CACHE)}


def run(environment: dict[str, str], program: str, *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program, *words],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_the_first_person_sets_a_password_and_keeps_people(environment: dict[str, str]) -> None:
    added = run(environment, RUN, "people", "add", "First.Keeper", "--name", "The first")

    assert added.returncode == 0, added.stderr
    assert "within 24 hours (until 20" in added.stdout
    link = re.search(r"http://127\.0\.0\.1:8000(/accounts/password/reset/key/\S+)", added.stdout)
    assert link
    assert run(environment, SET, link[1], "first.keeper").stdout == "200\n"


def test_what_cannot_be_done_is_said_in_a_sentence(environment: dict[str, str]) -> None:
    run(environment, RUN, "people", "add", "keeper")

    again = run(environment, RUN, "people", "add", "keeper", "--lang", "es")
    role = run(environment, RUN, "people", "add", "other", "--role", "king")
    site = run(environment, RUN, "people", "add", "other", "--site", "nowhere")

    assert [one.returncode for one in (again, role, site)] == [NOT_DONE] * 3
    assert "ya tiene esa función" in again.stderr
    assert "There is no role `king`" in role.stderr
    assert "Say at which hospital" in site.stderr
