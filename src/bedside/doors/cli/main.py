"""The command line: a verb and files. Each command lives in its own file, loaded when named."""

import os
import sys
from importlib import import_module

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
}
NOT_DONE = 3
FAULT = (
    "Bedside itself failed ({name}); nothing was changed. Please report it with what you typed.\n"
    "Bedside mismo falló ({name}); nada cambió. Por favor repórtelo con lo que escribió.\n"
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
    if verb == "--version":
        from bedside import __version__

        sys.stdout.write(f"bedside {__version__}\n")
        return
    try:
        build(verb if verb in COMMANDS else None)()
    except Exception as fault:  # the outermost door: nobody at a bedside reads tracebacks
        if os.environ.get("BEDSIDE_TRACEBACK"):
            raise
        sys.stderr.write(FAULT.format(name=type(fault).__name__))
        sys.exit(NOT_DONE)
