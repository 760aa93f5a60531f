"""The one neutral line in which a request for other words stands on a letter."""

from collections.abc import Iterable
from datetime import tzinfo
from functools import cache
from pathlib import Path

from bedside.rules.attestation.classes import load_classes
from bedside.rules.attestation.history import Request
from bedside.rules.attestation.moment import say_moment
from bedside.rules.attestation.tables import Table, load_table, read_text
from bedside.rules.attestation.wanted import WantedEffect
from bedside.rules.vocabulary.problem import LANGUAGES, Language, Text

NEUTRAL = Path(__file__).with_name("neutral.yaml")


def say_request(request: Request, *, zone: tzinfo) -> Text:
    """Say who asked, when, how, for what classes, and what was answered; never the words."""
    en, es = (_say(request, zone, language) for language in LANGUAGES)
    return Text(en=en, es=es)


def _say(request: Request, zone: tzinfo, language: Language) -> str:
    words, asked = _load(), request.asked
    answer = words["decision"][request.answer.decision] if request.answer else words["waiting"]
    return (
        read_text(words["line"])
        .say(language)
        .format(
            when=say_moment(asked.at, zone).say(language),
            who=read_text(words["agency"][asked.agency]).say(language),
            how=read_text(words["channel"][asked.channel]).say(language),
            effects=_say_effects(asked.effects, language),
            answer=read_text(answer).say(language),
        )
    )


def _say_effects(effects: Iterable[WantedEffect], language: Language) -> str:
    words = _load()
    named: dict[str, list[str]] = {}
    for one in effects:
        label = load_classes()[one.letter].label.say(language) if one.letter else ""
        verb = read_text(words["effect"][one.effect]).say(language)
        named.setdefault(verb, []).append(label)
    parts = [
        f"{verb}: {', '.join(dict.fromkeys(labels))}" if any(labels) else verb
        for verb, labels in named.items()
    ]
    return "; ".join(parts) or read_text(words["unread"]).say(language)


@cache
def _load() -> Table:
    return load_table(NEUTRAL)
