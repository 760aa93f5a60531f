"""What Lighthouse says of the pages: `python -m bench.lighthouse [--write]`.

It needs the command `lighthouse` (npm) on the path or in BENCH_LIGHTHOUSE, and Chromium.
"""

import argparse
import json
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from bench.marked import put, tabulate, tell_circumstances
from bench.record import HOST, Client, find_stays, serving, sign_in

CHROMIUM = "/usr/bin/chromium"
FLAGS = "--headless --no-sandbox --disable-gpu --disable-background-networking"
KINDS = ("accessibility", "performance")
PAGES = ("/", "/accounts/login/", "/home", "/stays", "/{stay}", "/{stay}/taps", "/visits/new")
LEAST = 95
TIMES = 4  # asked before it is measured, so that both processes have loaded what the page needs


def main() -> None:
    """Measure the pages and print the table, or write it into the docs."""
    parser = argparse.ArgumentParser(prog="python -m bench.lighthouse", description=__doc__)
    parser.add_argument("--write", action="store_true", help="update the page of the docs")
    chosen = parser.parse_args()
    command = os.environ.get("BENCH_LIGHTHOUSE") or shutil.which("lighthouse")
    if not command:
        raise SystemExit("lighthouse is not on the path: npm install -g lighthouse")
    with serving({}) as port:
        client = sign_in(port)
        stay = find_stays(client)[0]
        rows = [_measure(command, client, page.format(stay=stay), page) for page in PAGES]
    table = tabulate(["page, phone", *KINDS, f"accessibility ≥ {LEAST}"], rows)
    print(table)
    if chosen.write:
        put("lighthouse", f"{tell_circumstances()}\n\n{table}")


def _measure(command: str, client: Client, path: str, name: str) -> list[str]:
    visitor = Client(port=client.port) if "login" in path else client
    for _ in range(TIMES):
        visitor.ask(path)
    cookies = "" if "login" in path else client.head(b"")["Cookie"]
    with tempfile.TemporaryDirectory() as folder:
        headers, report = Path(folder) / "headers.json", Path(folder) / "report.json"
        headers.write_text(json.dumps({"Cookie": cookies} if cookies else {}))
        subprocess.run(
            [
                command,
                f"http://{HOST}:{client.port}{path}",
                "--quiet",
                f"--only-categories={','.join(KINDS)}",
                f"--chrome-flags={FLAGS}",
                f"--extra-headers={headers}",
                "--output=json",
                f"--output-path={report}",
            ],
            env={**os.environ, "CHROME_PATH": CHROMIUM},
            check=True,
            capture_output=True,
        )
        found = json.loads(report.read_text())["categories"]
    scores = [round(found[kind]["score"] * 100) for kind in KINDS]
    verdict = "met" if scores[0] >= LEAST else "missed"
    return [f"`{name}`", *(str(score) for score in scores), verdict]


if __name__ == "__main__":
    main()
