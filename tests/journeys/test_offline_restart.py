"""The house is killed in the middle of a sending, and everything arrives once all the same."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from device_cast import cut, mend, open_device, read_answer, send_taps, wait_for
from page_cast import START
from playwright.sync_api import Browser, Page
from staff_cast import sign_in
from test_offline_stays import STAY

from bedside.doors.web.site import SAMPLE
from bedside.record.accounts.roles import Role

pytest_plugins = ["page_stage"]
pytestmark = pytest.mark.browser
ROWS, AT_ONCE = (5_000 if os.environ.get("BEDSIDE_SOAK") == "1" else 120), 250
ROUNDS = 20  # of half a minute, until everything is sent
COUNT = """
import os
os.environ["DJANGO_SETTINGS_MODULE"] = "bedside.config.settings"
import django
django.setup()
from bedside.record.presence.models import Mark
print(Mark.objects.count())
"""
QUEUE = """async ([stay, count]) => {
  for (let n = 0; n < count; n += 1) {
    const key = crypto.randomUUID();
    const fields = [["activity", "feeding"], ["position", "in_room"]];
    await bedsideQueue.add({ kind: "mark", stay, key, preset: "private", fields });
  }
  return (await bedsideQueue.tellCounts()).waiting;
}"""
OTHER_COPY = """async ([before]) => {
  const until = Date.now() + 30000;
  for (;;) {
    const names = await caches.keys();
    if ((names.length === 1 && names[0] !== before) || Date.now() > until) return names;
    await new Promise((yes) => setTimeout(yes, 50));
  }
}"""
SOME_WENT = """() => new Promise((yes) => {
  bedsideQueue.watch(({ done, all }) => { if (done && done < all) yes([done, all]); });
  bedsideQueue.sync();
})"""


@dataclass(slots=True)
class House:
    """A served hospital that can be killed and served again, with the record it had."""

    data: Path
    port: int
    served: "list[subprocess.Popen[str]]" = field(default_factory=list)
    settings: dict[str, str] = field(default_factory=dict)

    @property
    def environ(self) -> dict[str, str]:
        """Say where its record lies."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith("BEDSIDE_")}
        return kept | {"BEDSIDE_DATA": str(self.data), "BEDSIDE_SAMPLE": "yes"} | self.settings

    def serve(self) -> None:
        """Serve, and wait until it listens."""
        command = [sys.executable, "-c", START.format(port=self.port)]
        started = subprocess.Popen(  # noqa: S603 - our own command
            command,
            env=self.environ,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            process_group=0,
        )
        self.served.append(started)
        assert started.stdout is not None
        assert f":{self.port}/" in started.stdout.readline()

    def kill(self) -> None:
        """Kill it and all its processes at once, in whatever they are doing."""
        started = self.served[-1]
        os.killpg(started.pid, 9)
        started.wait(20)
        if started.stdout is not None:
            started.stdout.close()

    def count(self) -> int:
        """Count the notes in the record."""
        command = [sys.executable, "-c", COUNT]
        ran = subprocess.run(  # noqa: S603 - our own command
            command, env=self.environ, capture_output=True, text=True, check=True
        )
        return int(ran.stdout)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """Serve a hospital of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        made = House(data=tmp_path_factory.mktemp("data"), port=free.getsockname()[1])
    made.serve()
    yield made
    made.kill()


def open_queue(chromium: Browser, house: House) -> tuple[Page, str]:
    """Sign the nurse in and open what waits on her device."""
    address = f"http://127.0.0.1:{house.port}/"
    nurse = sign_in(chromium, address, Role.BEDSIDE_NURSE)
    nurse.goto(f"{address}stays")
    stay = STAY.findall(nurse.content())[0]
    nurse.goto(f"{address}offline")
    wait_for(nurse, "waiting", 0)
    return nurse, stay


def fill_queue(nurse: Page, stay: str) -> None:
    """Note as much as the device is to hold, with somebody at its keys."""
    for first in range(0, ROWS, AT_ONCE):
        nurse.keyboard.press("Shift")
        last = min(first + AT_ONCE, ROWS)
        assert nurse.evaluate(QUEUE, [stay, last - first]) == last


def test_a_house_killed_in_the_middle_of_a_sending_has_every_row_once_in_the_end(
    chromium: Browser, house: House
) -> None:
    nurse, stay = open_queue(chromium, house)
    before = house.count()
    cut(nurse)
    fill_queue(nurse, stay)
    mend(nurse)

    done, all_ = nurse.evaluate(SOME_WENT)
    house.kill()
    house.serve()
    nurse.evaluate("bedsideQueue.sync()")
    wait_for(nurse, "waiting", 0, rounds=ROUNDS)

    assert 0 < done < all_ == ROWS
    assert house.count() == before + ROWS
    assert nurse.evaluate("bedsideQueue.list('refused')") == []


def test_what_the_hospital_changed_replaces_the_copy_at_the_next_visit(
    chromium: Browser, house: House
) -> None:
    device = open_device(chromium, f"http://127.0.0.1:{house.port}/")
    before = device.evaluate("caches.keys()")
    house.kill()
    site = house.data / "site.yaml"
    site.write_text(SAMPLE.read_text("utf-8").replace("4-1182", "4-9999"), "utf-8")
    house.settings["BEDSIDE_SITE"] = str(site)
    house.serve()

    device.goto(f"http://127.0.0.1:{house.port}/")
    after = device.evaluate(OTHER_COPY, before)

    assert len(before) == len(after) == 1
    cut(device)
    fields = [("activity", "feeding"), ("position", "at_bedside")]
    send_taps(device, f"http://127.0.0.1:{house.port}/", fields)
    assert read_answer(device)["phone"] == "4-9999"
