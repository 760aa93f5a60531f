"""The page of the error codes: what each says is wrong, and what to do next."""

import os
from collections.abc import Iterator
from importlib import import_module
from pkgutil import walk_packages

import django
from docs._tools.markdown import MADE, table

from bedside.record.refusal import Refused
from bedside.rules.vocabulary.problem import ProblemKind
from bedside.trust.ledger.refusal import Refusal

INTRODUCTION = (
    "Codes are stable; sentences may improve. Words in braces are filled in. "
    "`bedside check --json` prints the code of each problem.\n"
)


def find_problem_kinds() -> dict[str, ProblemKind]:
    """Find everything that can be said to be wrong, by its code."""
    kinds: dict[str, ProblemKind] = {}
    for module in _import_all("bedside.rules", "bedside.doors"):
        for value in vars(module).values():
            if isinstance(value, ProblemKind):
                kinds[value.code] = value
    return dict(sorted(kinds.items()))


def find_refusals() -> dict[str, type[Refusal]]:
    """Find every way in which the ledger declines, by its code."""
    list(_import_all("bedside.trust"))
    found: dict[str, type[Refusal]] = {}
    waiting: list[type[Refusal]] = [Refusal]
    while waiting:
        kind = waiting.pop()
        found[kind.code] = kind
        waiting += kind.__subclasses__()
    return dict(sorted(found.items()))


def find_declined() -> dict[str, type[Refused]]:
    """Find every way in which the record declines, by its code."""
    list(_import_all("bedside.record", "bedside.doors"))
    found: dict[str, type[Refused]] = {}
    waiting: list[type[Refused]] = [Refused]
    while waiting:
        kind = waiting.pop()
        found[kind.code] = kind
        waiting += kind.__subclasses__()
    return dict(sorted(found.items()))


def _import_all(*packages: str) -> Iterator[object]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bedside.config.settings")
    django.setup()
    for package in packages:
        top = import_module(package)
        for found in walk_packages(top.__path__, f"{package}."):
            yield import_module(found.name)


def write_error_codes() -> str:
    """Write every error code with what it says and what to do next."""
    kinds = find_problem_kinds().items()
    rows = [(f"`{c}`", _cell(k.what.en), _cell(k.help.en), _cell(k.what.es)) for c, k in kinds]
    declined = [(f"`{c}`", _cell(r.en), _cell(r.es)) for c, r in find_declined().items()]
    refused = [(f"`{c}`", _cell(r.en), _cell(r.es)) for c, r in find_refusals().items()]
    return "\n".join(
        [
            f"{MADE}\n# Error codes\n",
            INTRODUCTION,
            "## Files, situations and commands\n",
            table(("Code", "What is wrong", "What to do next", "En español"), rows),
            "\n## The ledger\n",
            table(("Code", "What it says", "En español"), refused),
            "\n## The record\n",
            table(("Code", "What it says", "En español"), declined),
        ]
    )


def _cell(said: str) -> str:
    """Keep backticks, which mark the reader's own text, and the table whole."""
    return said.replace("|", "\\|")
