"""What is wrong with a bundle is said in a sentence, in both languages, with an exit code."""

import io
import json
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import typer
from bundle_cast import LOG, POLICY, Files, make_whole_bundle, repack, running_site
from ledger_cast import log_key, make_leaf
from typer.testing import CliRunner

from bedside.doors.cli.verify import verify_command
from bedside.trust.ledger import verifier
from bedside.trust.ledger.verifier import MOST_BYTES, WHY

FAR_AHEAD = 1 << 33  # the year 2242
MEBI = 1 << 20


@pytest.fixture
def app() -> typer.Typer:
    app = typer.Typer()
    app.command("verify")(verify_command)
    return app


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "policy.txt").write_text(POLICY, encoding="utf-8")
    return tmp_path


def archive_of(name: str, *, count: int = 1, size: int = 1) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(count):
            archive.writestr(name.format(number), bytes(size))
    return out.getvalue()


def retell(files: Files) -> None:
    """Forge a content together with the leaf that commits to it."""
    leaf = make_leaf(0, content=b"forged").write()
    files.update({"data/records/0001/leaf.json": leaf, "data/records/0001/content.json": b"forged"})


def say_version_two(files: Files) -> None:
    files["data/records/0001/proof.tlog-proof"] = b"c2sp.org/tlog-proof@v2\n"


def make_bad(kind: str, folder: Path) -> bytes:
    whole = make_whole_bundle()
    if kind in {"wrong key", "future time"}:
        with running_site(folder) as site:
            rogue = replace(site, log=replace(log_key("rogue"), name=LOG.name))
            return (rogue if kind == "wrong key" else replace(site, cosigned_at=FAR_AHEAD)).bundle()
    return {
        "truncated": lambda: whole[:-100],
        "oversized": lambda: whole + bytes(MOST_BYTES),
        "re-manifested": lambda: repack(whole, retell),
        "zip-slip": lambda: archive_of("top/../../etc/passwd"),
        "zip-bomb": lambda: archive_of("top/data/{}", count=17, size=16 * MEBI),
        "unknown algorithm": lambda: repack(whole, say_version_two),
    }[kind]()


BAD = {  # what is wrong: the record or file that is named, and the key of the sentence
    "truncated": ("bundle", "damaged"),
    "oversized": ("bundle", "damaged"),
    "re-manifested": ("0001", "place"),
    "zip-slip": ("bundle", "name"),
    "zip-bomb": ("bundle", "damaged"),
    "wrong key": ("0001", "key"),
    "unknown algorithm": ("0001", "algorithm"),
    "future time": ("0001", "future"),
}


def ask(folder: Path, app: typer.Typer) -> Iterator[tuple[int, str]]:
    """Ask the command line and the file that a lawyer runs, in English and in Spanish."""
    given = [str(folder / "bundle.zip"), "--policy", str(folder / "policy.txt")]
    for language in ("en", "es"):
        command = CliRunner().invoke(app, [*given, "--lang", language])
        yield command.exit_code, command.stdout
        alone = [sys.executable, "-I", verifier.__file__, *given, *["--es"] * (language == "es")]
        done = subprocess.run(alone, capture_output=True, text=True, check=False)  # noqa: S603 - our own file
        yield done.returncode, done.stdout


@pytest.mark.parametrize("kind", list(BAD))
def test_bad_input_is_answered_with_a_sentence_and_an_exit_code(
    kind: str, folder: Path, app: typer.Typer
) -> None:
    named, code = BAD[kind]
    (folder / "bundle.zip").write_bytes(make_bad(kind, folder))

    answers = list(ask(folder, app))
    machine = CliRunner().invoke(app, [str(folder / "bundle.zip"), "--json"])

    assert [exit_code for exit_code, _ in answers] == [1] * 4
    for (_, said), sentence in zip(answers, [WHY[code][0]] * 2 + [WHY[code][1]] * 2, strict=True):
        assert f"{named}: {sentence} (" in said
        assert "Traceback" not in said
    assert not json.loads(machine.stdout)["proven"]
