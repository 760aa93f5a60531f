"""The two verbs of the ledger on the command line: `verify` and `witness`."""

import json
import threading
from hashlib import sha256
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
import typer
from ledger_cast import log_key
from make_sample_bundle import FOLDER
from typer.testing import CliRunner

from bedside.doors.cli import witness as witness_door
from bedside.doors.cli.verify import verify_command
from bedside.doors.cli.witness import load_key, witness_command
from bedside.trust.ledger.key import Algorithm, KeyUnreadable
from bedside.trust.ledger.witness import Witness
from bedside.trust.ledger.witness_server import make_server


@pytest.fixture
def app() -> typer.Typer:
    app = typer.Typer()
    app.command("verify")(verify_command)
    app.command("witness")(witness_command)
    return app


def test_verifying_what_is_no_bundle_says_so_and_exits_with_one(
    app: typer.Typer, tmp_path: Path
) -> None:
    (tmp_path / "b.zip").write_bytes(b"nothing")

    english = CliRunner().invoke(app, ["verify", str(tmp_path / "b.zip")])
    spanish = CliRunner().invoke(app, ["verify", str(tmp_path / "b.zip"), "--lang", "es"])
    machine = CliRunner().invoke(app, ["verify", str(tmp_path / "b.zip"), "--json"])

    assert (english.exit_code, spanish.exit_code, machine.exit_code) == (1, 1, 1)
    assert "the archive is cut, damaged or too large" in english.stdout
    assert "archivo cortado" in spanish.stdout
    assert json.loads(machine.stdout)["found"][0]["code"] == "damaged"
    assert not json.loads(machine.stdout)["proven"]


def test_a_proven_bundle_answers_with_zero_and_its_own_keys_alone_with_one(
    app: typer.Typer,
) -> None:
    bundle, policy = str(FOLDER / "bundle.zip"), FOLDER / "policy.txt"
    mark = sha256(policy.read_bytes()).hexdigest()

    by_policy = CliRunner().invoke(app, ["verify", bundle, "--policy", str(policy)])
    by_mark = CliRunner().invoke(app, ["verify", bundle, "--fingerprint", mark])
    alone = CliRunner().invoke(app, ["verify", bundle])

    assert (by_policy.exit_code, by_mark.exit_code, alone.exit_code) == (0, 0, 1)
    assert "RESULT: everything is proven." in by_policy.stdout
    assert "its maker chose them" in alone.stdout


def test_verifying_a_file_that_is_not_there_could_not_be_done(app: typer.Typer) -> None:
    result = CliRunner().invoke(app, ["verify", "absent.zip"])

    assert result.exit_code == 3
    assert "absent.zip: No such file or directory; check the path." in result.stderr


def test_a_new_witness_makes_a_key_that_only_it_can_read_and_keeps_it(tmp_path: Path) -> None:
    key = load_key(tmp_path / "w", "witness.example")

    assert load_key(tmp_path / "w", "other.example") == key
    assert key.algorithm is Algorithm.COSIGNATURE
    assert (tmp_path / "w" / "witness.key").stat().st_mode & 0o777 == 0o600


def test_a_damaged_witness_key_is_refused(tmp_path: Path) -> None:
    load_key(tmp_path, "witness.example")
    (tmp_path / "witness.key").write_text("PRIVATE+KEY+x", encoding="utf-8")

    with pytest.raises(KeyUnreadable):
        load_key(tmp_path, "witness.example")


def test_a_ledger_key_that_is_none_is_not_understood(app: typer.Typer, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["witness", str(tmp_path), "--log", "x", "--lang", "es"])

    assert result.exit_code == 2
    assert "no es una clave entera" in result.stderr


def test_a_witness_says_where_it_listens_and_which_key_to_trust(
    app: typer.Typer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def make_and_stop(witness: Witness, host: str, port: int) -> ThreadingHTTPServer:
        server = make_server(witness, host, port)
        threading.Thread(target=server.shutdown).start()
        return server

    monkeypatch.setattr(witness_door, "make_server", make_and_stop)
    arguments = [
        "--log",
        log_key().verifier.write(),
        "--name",
        "clinic.example",
        "--listen",
        "127.0.0.1:0",
    ]

    result = CliRunner().invoke(app, ["witness", str(tmp_path), *arguments])

    assert result.exit_code == 0, result.output
    assert "Witness `clinic.example` listens on http://127.0.0.1:" in result.stdout
    assert load_key(tmp_path, "").verifier.write() in result.stdout


@pytest.mark.parametrize("listen", ["nowhere", "127.0.0.1:x", "127.0.0.1:99999"])
def test_an_address_that_cannot_be_listened_on_is_not_understood(
    app: typer.Typer, tmp_path: Path, listen: str
) -> None:
    arguments = ["--log", log_key().verifier.write(), "--listen", listen]

    result = CliRunner().invoke(app, ["witness", str(tmp_path), *arguments])

    assert result.exit_code == 2
    assert f"--listen {listen}:" in result.stderr
