"""The command line: a verb and files. Each command lives in its own file, loaded when named."""

import errno
import io
import os
import sys
from importlib import import_module
from typing import NoReturn

import typer

# verb: (module, function); modules load only what the command needs
COMMANDS = {
    "decide": ("decide", "decide_command"),
    "ask": ("ask", "ask_command"),
    "explain": ("explain", "explain_command"),
    "facts": ("facts", "facts_command"),
    "norms": ("norms", "norms_command"),
    "check": ("check", "check_command"),
    "prove": ("prove", "prove_command"),
    "verify": ("verify", "verify_command"),
    "witness": ("witness", "witness_command"),
    "serve": ("serve", "serve_command"),
    "people": ("people", "people_command"),
    "work": ("work", "work_command"),
}
NOT_DONE = 3
STANDARD_OUTPUT = 1
FAULT = (
    "Bedside itself failed ({name}); nothing was changed. Please report it with what you typed.\n"
    "Bedside mismo falló ({name}); nada cambió. Por favor repórtelo con lo que escribió.\n"
)
UNWRITTEN = (
    "The answer could not be written ({why}); make room or write it elsewhere, and ask again.\n"
    "No se pudo escribir la respuesta ({why}); haga espacio o escríbala en otro lugar y repita.\n"
)
HELP = "What the rules let each party do when a patient is in custody and in care at once."


def build(named: str | None = None) -> typer.Typer:
    """Build the command line; with a command's name only that one is loaded."""
    app = typer.Typer(
        help=HELP, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False
    )

    @app.callback()
    def bedside() -> None:
        """Keep the verb in front even where only one command is loaded."""

    bedside.__doc__ = HELP
    for verb, (module, function) in COMMANDS.items():
        if named is None or verb == named:
            command = getattr(import_module(f"bedside.doors.cli.{module}"), function)
            app.command(verb)(command)
    return app


def main() -> None:
    """Run the command that was named."""
    verb = sys.argv[1] if len(sys.argv) > 1 else ""
    try:
        _prepare_streams()
        _run(verb)
    except BrokenPipeError:
        _let_go()
    except OSError as fault:
        why = ": ".join(str(part) for part in (fault.filename, fault.strerror) if part)
        _give_up(UNWRITTEN.format(why=why or type(fault).__name__))
    except Exception as fault:  # the outermost door: nobody at a bedside reads tracebacks
        if os.environ.get("BEDSIDE_TRACEBACK"):
            raise
        _give_up(FAULT.format(name=type(fault).__name__))


def _run(verb: str) -> None:
    try:
        if verb == "--version":
            from bedside import __version__

            sys.stdout.write(f"bedside {__version__}\n")
            return
        build(verb if verb in COMMANDS else None)()
    finally:
        sys.stdout.flush()  # a full disk speaks here, not at the end of Python


def _prepare_streams() -> None:
    """Open what was closed before we came, and let no letter stop an answer."""
    if sys.stdin is None:
        sys.stdin = os.fdopen(os.open(os.devnull, os.O_RDONLY), encoding="utf-8")
    if sys.stderr is None:
        sys.stderr = os.fdopen(os.open(os.devnull, os.O_WRONLY), "w", encoding="utf-8")
    if sys.stdout is None:
        raise OSError(errno.EBADF, os.strerror(errno.EBADF))
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _give_up(sentence: str) -> NoReturn:
    sys.stderr.write(sentence)
    _let_go()
    sys.exit(NOT_DONE)


def _let_go() -> None:
    """Keep Python from writing at its end what nobody can take."""
    if sys.stdout is not None and sys.stdout is sys.__stdout__:
        os.dup2(os.open(os.devnull, os.O_WRONLY), STANDARD_OUTPUT)
