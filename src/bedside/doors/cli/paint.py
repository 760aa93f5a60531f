"""Weight and colour for a terminal; plain text everywhere else."""

import os
import sys

BOLD, DIM, TEAL, PLUM, OCHRE, GREY, RESET = (
    "\033[1m",
    "\033[2m",
    "\033[36m",
    "\033[35m",
    "\033[33m",
    "\033[90m",
    "\033[0m",
)
OF_OUTCOME = {"clear": TEAL, "depends": OCHRE, "conflict": PLUM, "hold": PLUM, "silent": GREY}


def is_plain() -> bool:
    """Tell whether the terminal, or whoever set it up, wants plain text."""
    return bool(os.environ.get("NO_COLOR")) or os.environ.get("TERM") == "dumb"


def paint(text: str, style: str) -> str:
    """Style the text if a person looks at a terminal that wants it."""
    if not text or not sys.stdout.isatty() or is_plain():
        return text
    return f"{style}{text}{RESET}"
