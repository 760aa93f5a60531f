"""The fixed box on every letter that says what the letter is, and what it is not."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from functools import cache
from pathlib import Path

from bedside.rules.attestation.moment import say_moment
from bedside.rules.attestation.tables import load_table, read_text
from bedside.rules.vocabulary.problem import Text

SCOPE = Path(__file__).with_name("scope.yaml")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """One version of the box; `stays` is for a patient whose hospital stay goes on."""

    version: int
    reviewer: str | None
    approved: Mapping[str, str]
    text: Text
    stays: Text


@cache
def load_scopes() -> Mapping[int, Scope]:
    """Read every version of the box: none is ever taken out, for signed letters name theirs."""
    return {
        int(version): Scope(
            version=int(version),
            reviewer=entry["reviewer"],
            approved=entry["approved"],
            text=read_text(entry["text"]),
            stays=read_text(entry["stays"]),
        )
        for version, entry in load_table(SCOPE)["versions"].items()
    }


@cache
def current_scope() -> int:
    """Give the version that new letters carry."""
    return int(load_table(SCOPE)["current"])


def say_scope(version: int, *, expires_at: datetime, zone: tzinfo, stays: bool) -> Text:
    """Say the box of that version with the letter's end in it."""
    scope = load_scopes()[version]
    text, expires = scope.stays if stays else scope.text, say_moment(expires_at, zone)
    return Text(en=text.en.format(expires=expires.en), es=text.es.format(expires=expires.es))
