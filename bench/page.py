"""The page under load: a real server, requests sent on a timetable whether it keeps up or not."""

import asyncio
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

from bedside.rules.vocabulary.catalogue import Vocabulary
from bedside.rules.vocabulary.load import load_vocabulary
from bench.advice import POSITION
from bench.clock import Laps
from bench.figure import Figure
from bench.subject import SEED

HOST = "127.0.0.1"
BEDSIDE = Path(sys.executable).with_name("bedside")
RATE, SECONDS, WARM = 50, 10, 100
PATIENCE = 60.0  # seconds until the server must answer
TAPPED = ("activity", "officer_asks", "danger", "agency")
OK = b"200"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Answered:
    waited: float  # milliseconds since the request was due
    status: bytes


def measure_page() -> list[Figure]:
    """Start the server, send it taps for ten seconds, stop it."""
    with tempfile.TemporaryDirectory() as folder, socket.socket() as chosen:
        chosen.bind((HOST, 0))
        port = chosen.getsockname()[1]
        chosen.close()
        environment = {**os.environ, "XDG_CACHE_HOME": folder, "BEDSIDE_CACHE": folder}
        environment["BEDSIDE_DATA"] = folder
        command = [str(BEDSIDE), "serve", "--sample", "--port", str(port)]
        log = Path(folder) / "log"
        with (
            log.open("wb") as out,
            subprocess.Popen(command, env=environment, stdout=out, stderr=out) as server,
        ):
            try:
                _wait_for(server, port, log)
                answered, used = asyncio.run(_send(port, server.pid))
            finally:
                server.send_signal(signal.SIGTERM)
    return _sum_up(answered, used)


def _wait_for(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end and server.poll() is None:
        connection = HTTPConnection(HOST, port, timeout=5)
        try:
            connection.request("GET", "/healthz")
            connection.getresponse().read()
        except OSError:
            time.sleep(0.2)
        else:
            return
        finally:
            connection.close()
    raise SystemExit(f"the server did not start: {log.read_text()[-2000:]}")


async def _send(port: int, server: int) -> tuple[list[_Answered], float]:
    """Send the requests when they are due; tell, too, what the server's processes used."""
    requests = _write_requests(load_vocabulary(), WARM + RATE * SECONDS)
    for request in requests[:WARM]:
        await _ask(port, request, due=time.perf_counter())
    used, start = _find_used(server), time.perf_counter()
    tasks = []
    for number, request in enumerate(requests[WARM:]):
        due = start + number / RATE
        await asyncio.sleep(max(0, due - time.perf_counter()))
        tasks.append(asyncio.create_task(_ask(port, request, due=due)))
    return await asyncio.gather(*tasks), _find_used(server) - used


def _find_used(server: int) -> float:
    """Find how much processor time the server's workers have used, in seconds."""
    rows = [_read_stat(file) for file in Path("/proc").glob("[0-9]*/stat")]
    ticks = sum(int(row[11]) + int(row[12]) for row in rows if row and int(row[1]) == server)
    return ticks / os.sysconf("SC_CLK_TCK")


def _read_stat(file: Path) -> list[str]:
    """Read a process's state, its parent and so on; nothing if it has ended meanwhile."""
    try:
        return file.read_text().rpartition(")")[2].split()
    except OSError:
        return []


async def _ask(port: int, request: bytes, *, due: float) -> _Answered:
    """Send one request on a connection of its own and read the whole answer."""
    reader, writer = await asyncio.open_connection(HOST, port)
    writer.write(request)
    answer = await reader.read(-1)
    waited = (time.perf_counter() - due) * 1e3
    writer.close()
    return _Answered(waited=waited, status=answer[9:12])


def _write_requests(vocabulary: Vocabulary, count: int) -> list[bytes]:
    """Write a request for the six taps, then one for an answer, and so on."""
    chance = random.Random(SEED)  # noqa: S311 - a sample to measure, not a secret
    places = [word.id for word in vocabulary.dimensions[POSITION].words]
    found = []
    for number in range(count):
        fields = {id_: str(chance.choice(vocabulary.facts[id_].domain)) for id_ in TAPPED}
        body = urlencode({**fields, POSITION: chance.choice(places)}).encode()
        if number % 2:
            found.append(_write_request("POST /answer", body))
        else:
            found.append(_write_request("GET /", b""))
    return found


def _write_request(line: str, body: bytes) -> bytes:
    head = (
        f"{line} HTTP/1.1\r\nHost: {HOST}\r\nConnection: close\r\nContent-Length: {len(body)}\r\n"
    )
    kind = "Content-Type: application/x-www-form-urlencoded\r\n" if body else ""
    return f"{head}{kind}\r\n".encode() + body


def _sum_up(answered: list[_Answered], used: float) -> list[Figure]:
    laps = Laps(each=[one.waited for one in answered])
    refused = sum(one.status != OK for one in answered)
    return [
        Figure(
            what=f"page, p95 at {RATE} requests/s, half of them answers",
            found=laps.at(0.95),
            unit="ms",
            at_most=30,
            beside=f"p50 {laps.median:.1f} ms, p99 {laps.at(0.99):.0f} ms; "
            f"processor time {used / len(answered) * 1e3:.1f} ms a request; "
            f"{len(answered)} requests, {refused} not answered with 200",
        )
    ]
