"""The page of a sample hospital, served as `make run` does, and a browser to visit it."""

import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
import pytest
from page_cast import FLAGS, START
from playwright.sync_api import Browser, sync_playwright
from psycopg.sql import SQL, Identifier

PREPARE = "from bedside.config.prepare import prepare; prepare()"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the sample hospital on a free port, as `make run` does, with a record of its own."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environ = {k: v for k, v in os.environ.items() if not k.startswith("BEDSIDE_")}
    data = tmp_path_factory.mktemp("data")
    environ["BEDSIDE_DATA"] = str(data)
    if "BEDSIDE_DATABASE" not in os.environ:
        shutil.copytree(_prepare(tmp_path_factory.getbasetemp()), data, dirs_exist_ok=True)
    if server := os.environ.get("BEDSIDE_DATABASE"):  # the PostgreSQL that the tests are given
        environ["BEDSIDE_DATABASE"] = _make_database(server, f"journey_{port}")
    started = subprocess.Popen(  # noqa: S603 - our own command
        [sys.executable, "-c", START.format(port=port)],
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        assert started.stdout is not None
        assert f"http://127.0.0.1:{port}/" in started.stdout.readline()  # said once it listens
        yield f"http://127.0.0.1:{port}/"
    finally:
        started.terminate()
        _, said = started.communicate(timeout=20)
        assert "feeding" not in said


@cache
def _prepare(base: Path) -> Path:
    """Make the record of a first start, once in a process: each served hospital takes a copy."""
    folder = base / "first-start"
    environ = {k: v for k, v in os.environ.items() if not k.startswith("BEDSIDE_")}
    environ |= {"BEDSIDE_DATA": str(folder), "BEDSIDE_SAMPLE": "yes"}
    subprocess.run([sys.executable, "-c", PREPARE], env=environ, check=True)  # noqa: S603 - our own
    return folder


def _make_database(server: str, name: str) -> str:
    """Make a database for one served hospital, and say where it is."""
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
    parts = urlsplit(server)
    return urlunsplit(parts._replace(path=f"/{name}"))


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """Start one browser for all journeys."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield browser
        browser.close()
