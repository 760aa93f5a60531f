"""The board of the house under forty patients: `python -m bench.board [--write]`."""

import argparse
import time

from bench.clock import Laps
from bench.figure import Figure
from bench.marked import put, tabulate, tell_circumstances
from bench.record import FOUND, Client, serving, sign_in

PATIENTS, TIMES, WARM = 40, 60, 6
UNIT = "Medical ward"
ROW = 'class="bed-row'


def main() -> None:
    """Measure the board and print the table, or write it into the docs."""
    parser = argparse.ArgumentParser(prog="python -m bench.board", description=__doc__)
    parser.add_argument("--write", action="store_true", help="update the page of the docs")
    chosen = parser.parse_args()
    figure = measure_board()
    row = [figure.what, figure.measured, figure.wanted, figure.verdict, figure.beside]
    table = tabulate(["what", "measured", "wanted", "", "beside"], [row])
    print(table)
    if chosen.write:
        put("the board", f"{tell_circumstances()}\n\n{table}")


def measure_board() -> Figure:
    """Fill the board of a served hospital and open it, one time after the other."""
    with serving({}) as port:
        client = sign_in(port)
        _, page = client.ask("/board")
        for number in range(PATIENTS - page.count(ROW)):
            _open_stay(client, room=str(500 + number))
        laps = Laps(each=[_open_board(client) for _ in range(WARM + TIMES)][WARM:])
    return Figure(
        what=f"the board with {PATIENTS} patients, p95",
        found=laps.at(0.95),
        unit="ms",
        at_most=2_000,
        beside=f"p50 {laps.median:.0f} ms; opened {TIMES} times",
    )


def _open_stay(client: Client, *, room: str) -> None:
    status, _ = client.ask("/stays/new", {"unit": UNIT, "room": room})
    if status != FOUND:
        raise SystemExit(f"no stay was opened in room {room}: {status}")


def _open_board(client: Client) -> float:
    """Open the board and tell how long it took, in milliseconds."""
    before = time.perf_counter()
    _, page = client.ask("/board")
    spent = (time.perf_counter() - before) * 1e3
    if page.count(ROW) < PATIENTS:
        raise SystemExit(f"the board shows {page.count(ROW)} patients, not {PATIENTS}")
    return spent


if __name__ == "__main__":
    main()
