"""Reports without a name under load: a flood beside the staff's pages, codes that exist or not.

`python -m bench.reports [--write]` serves the sample hospital and sends what a stranger could send.
"""

import argparse
import asyncio
import re
import secrets
import time
from collections.abc import Awaitable, Callable
from statistics import median
from typing import Final
from urllib.parse import urlencode
from uuid import uuid4

from bedside.trust.sealing.receipt import make_receipt
from bench.clock import Laps
from bench.figure import Figure
from bench.marked import put, tabulate, tell_circumstances
from bench.record import HOST, Client, find_stays, serving, sign_in

SECONDS, PAGES_A_SECOND = 15, 4
FLOOD = 1000 / 60  # reports a second
CODES, PAIRS = 6, 36
OK, TOO_MANY, WAITS = 200, 429, 40
CODE: Final = re.compile(r'class="code">([0-9A-Z-]{20})<')
TAPS: Final = {"type": "P2", "reached": "yes", "when": "now", "words": "The curtain was open."}
Timed = list[tuple[float, bytes]]


def main() -> None:
    """Measure and print the table, or write it into the docs."""
    parser = argparse.ArgumentParser(prog="python -m bench.reports", description=__doc__)
    parser.add_argument("--write", action="store_true", help="update the page of the docs")
    chosen = parser.parse_args()
    with serving({}) as port:
        figures = [*measure_codes(port), measure_form(port), *asyncio.run(measure_flood(port))]
    rows = [[one.what, one.measured, one.wanted, one.verdict, one.beside] for one in figures]
    table = tabulate(["what", "measured", "wanted", "", "beside"], rows)
    print(table)
    if chosen.write:
        put("reports without a name", f"{tell_circumstances()}\n\n{table}")


def measure_codes(port: int) -> list[Figure]:
    """Time codes that open a report and codes that open none, in turn."""
    stranger = Client(port=port)
    codes = [file_report(stranger) for _ in range(CODES)]
    for code in (codes[0], make_receipt(secrets.token_bytes).show()) * 2:
        time_code(stranger, code)  # both processes have loaded what they need
    known, unknown = [], []
    for turn in range(PAIRS):
        known.append(time_code(stranger, codes[turn % CODES]))
        unknown.append(time_code(stranger, make_receipt(secrets.token_bytes).show()))
    gap = abs(median(known) - median(unknown)) / median(known) * 100
    said = f"medians {median(known):.1f} and {median(unknown):.1f} ms of {PAIRS} each"
    return [
        Figure(
            what="a code that opens a report against one that opens none",
            found=gap,
            unit="% of the median",
            at_most=5,
            beside=said,
        )
    ]


def file_report(stranger: Client) -> str:
    """File a report without a name and take its code."""
    status, page = stranger.ask("/report", TAPS)
    found = CODE.search(page)
    if not found:
        raise SystemExit(f"no code was given: {status}")
    return found[1]


def time_code(stranger: Client, code: str) -> float:
    """Time one code, in milliseconds; one that is made to wait, as guesses are, is sent again."""
    for _ in range(WAITS):
        begun = time.perf_counter()
        status, _ = stranger.ask("/report/answers", {"code": code})
        lap = (time.perf_counter() - begun) * 1e3
        if status == OK:
            return lap
        if status != TOO_MANY:
            raise SystemExit(f"a code was answered with {status}")
        time.sleep(3)
    raise SystemExit("no code was let through")


def measure_form(port: int) -> Figure:
    """Time the page that asks for no name."""
    laps = []
    for _ in range(60):
        begun = time.perf_counter()
        Client(port=port).ask("/report")
        laps.append((time.perf_counter() - begun) * 1e3)
    found = Laps(each=laps[10:])
    beside = f"p50 {found.median:.0f} ms"
    return Figure(
        what="the public page, p95", found=found.at(0.95), unit="ms", at_most=60, beside=beside
    )


async def measure_flood(port: int) -> list[Figure]:
    """Time the pages of the staff alone, and while a thousand reports a minute come in."""
    staff = sign_in(port)
    stays = find_stays(staff)
    await read_pages(staff, stays)  # both processes are warm
    quiet = Laps(each=[waited for waited, _ in await read_pages(staff, stays)])
    flood = asyncio.create_task(send_flood(port))
    await asyncio.sleep(3)
    during = Laps(each=[waited for waited, _ in await read_pages(staff, stays)])
    sent = await flood
    taken = sum(status == b"200" for _, status in sent)
    broken = sum(status not in {b"200", b"429"} for _, status in sent)
    ratio = during.at(0.95) / quiet.at(0.95)
    waits = f"p95 {quiet.at(0.95):.0f} ms alone, {during.at(0.95):.0f} ms during the flood"
    asked = f"{len(sent)} reports in {SECONDS + 5} s: {taken} taken, the rest asked to wait"
    return [
        Figure(
            what="staff pages in a flood of 1,000 reports a minute, p95 against alone",
            found=ratio,
            unit="x",
            at_most=2,
            beside=waits,
        ),
        Figure(
            what="reports of the flood that were answered wrongly",
            found=float(broken),
            at_most=0,
            beside=asked,
        ),
    ]


async def read_pages(staff: Client, stays: list[str]) -> Timed:
    """Let somebody on the staff read stays on a timetable."""
    requests = [f"GET /{stays[number % len(stays)]}" for number in range(SECONDS * PAGES_A_SECOND)]
    return await send_on_time(
        lambda number: send(staff, requests[number], b""), len(requests), PAGES_A_SECOND
    )


async def send_flood(port: int) -> Timed:
    """Send reports as fast as a thousand a minute, each with a form of its own."""
    stranger = Client(port=port)

    def one(_number: int) -> Awaitable[tuple[float, bytes]]:
        body = urlencode(TAPS | {"key": str(uuid4())}).encode()
        return send(stranger, "POST /report", body)

    return await send_on_time(one, int((SECONDS + 5) * FLOOD), FLOOD)


async def send_on_time(
    one: Callable[[int], Awaitable[tuple[float, bytes]]], count: int, rate: float
) -> Timed:
    """Send each request when it is due, whether the server keeps up or not."""
    start, tasks = time.perf_counter(), []
    for number in range(count):
        await asyncio.sleep(max(0, start + number / rate - time.perf_counter()))
        tasks.append(asyncio.ensure_future(one(number)))
    return list(await asyncio.gather(*tasks))


async def send(client: Client, line: str, body: bytes) -> tuple[float, bytes]:
    """Send one request and read its whole answer."""
    head = "".join(f"{name}: {value}\r\n" for name, value in client.head(body).items())
    begun = time.perf_counter()
    reader, writer = await asyncio.open_connection(HOST, client.port)
    writer.write(f"{line} HTTP/1.1\r\nHost: {HOST}\r\n{head}\r\n".encode() + body)
    answer = await reader.read(-1)
    writer.close()
    return (time.perf_counter() - begun) * 1e3, answer[9:12]


if __name__ == "__main__":
    main()
