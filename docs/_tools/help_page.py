"""The help of every command, as the program says it."""

from docs._tools.markdown import MADE

from bedside.doors.cli.main import COMMANDS, build

WIDTH = "100"
NOTES = {
    "decide": "`-` reads standard input. [The file and `--json`](situation-and-advice.md).",
    "ask": "Enter means *not known*; `q` stops and answers with what is known.",
    "explain": "It also tells which single answer would change whether the norm speaks.",
    "facts": "With an id, one fact or dimension and all its words.",
    "norms": "It finds norms by place, source, day or word.",
    "check": "Every problem is reported at once, with its [code](made/error-codes.md) in `--json`.",
    "prove": "Each finding has a witness situation, asked again of `decide` before it is shown.",
    "serve": "[Settings](settings.md) come from the environment.",
}


def write_commands() -> str:
    """Write a section for each command, with its own words."""
    parts = [f"{MADE}\n{_fence(write_help(''))}"]
    for verb in COMMANDS:
        note = f"{NOTES[verb]}\n\n" if verb in NOTES else ""
        parts.append(f"## `bedside {verb}`\n\n{_fence(write_help(verb))}\n{note}")
    return "\n".join(parts)


def _fence(text: str) -> str:
    return f"```text\n{text}```\n"


def write_help(verb: str) -> str:
    """Write what a command says of itself."""
    from typer.testing import CliRunner

    arguments = [verb, "--help"] if verb else ["--help"]
    runner = CliRunner()
    environment = {"COLUMNS": WIDTH, "TERMINAL_WIDTH": WIDTH, "NO_COLOR": "1", "TERM": "dumb"}
    said = runner.invoke(build(verb or None), arguments, prog_name="bedside", env=environment)
    if said.exit_code != 0:
        message = f"bedside {verb} --help ended with {said.exit_code}: {said.output}"
        raise RuntimeError(message)
    return "\n".join(line.rstrip() for line in said.output.split("\n")).strip("\n") + "\n"
