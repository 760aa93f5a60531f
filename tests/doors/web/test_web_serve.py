"""Serving stops before it starts where it cannot, with a sentence and the exit code for it."""

import socket

import pytest
import typer

from bedside.doors.cli.serve import serve_command


def test_a_port_that_another_program_has_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]

        with pytest.raises(typer.Exit) as stopped:
            serve_command(port=port)

    assert stopped.value.exit_code == 3
    assert f"Port {port} cannot be listened on" in capsys.readouterr().err
