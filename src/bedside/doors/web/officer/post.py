"""What is asked of an officer at a post now, in one language; nothing of the patient is in it."""

import json
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote
from uuid import UUID

from django.utils.safestring import SafeString

from bedside.doors.web.drawings import draw_place
from bedside.doors.web.officer.exits import ExitLine, build_exits, draw_exits
from bedside.doors.web.officer.page import STAND, OfficerPage
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.site import Site
from bedside.doors.web.words import say
from bedside.record.accounts.roles import NAMES, Role
from bedside.record.encounters.models import Encounter
from bedside.record.presence.models import StepOut
from bedside.record.presence.patient_queries import find_step_out
from bedside.record.presence.patient_words import STEP_ANSWERS, StepAnswer, Watcher
from bedside.record.presence.queries import find_terms
from bedside.rules.vocabulary.problem import Language, Text

MOST_CITED = 3  # of the officer's own rules in a text that is read aloud


@dataclass(frozen=True, slots=True, kw_only=True)
class StepCard:
    """A request to stand elsewhere, as the officer reads it."""

    id: UUID
    place: str
    line: str
    sees: bool
    hears: bool
    minutes: int
    role: str
    at: datetime
    is_medical: bool
    answer: str
    drawing: SafeString
    exits_drawing: SafeString
    exits: tuple[ExitLine, ...]
    exits_told: tuple[ExitLine, ...]
    text: str  # to be read aloud to his supervisor, or sent
    sms: str
    mail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TermsLine:
    """What is agreed at this post."""

    preset: str
    since: datetime
    until: datetime | None


def build_step(
    stay: Encounter, site: Site, page: OfficerPage, language: Language
) -> StepCard | None:
    """Build the request that stands; nothing, if none does."""
    step = find_step_out(stay)
    if step is None:
        return None
    watchers = {name: Watcher(word) for name, word in json.loads(step.exits or "{}").items()}
    exits = build_exits(watchers, language)
    told = build_exits(watchers, language, is_told=True)
    text = _write_text(step, told, site, page, language)
    title = say(f"stand_{step.position}_title", language) if step.position in STAND else ""
    subject = say("post_text_subject", language)
    return StepCard(
        id=step.pk,
        place=name_place(step.position, language),
        line=say(f"stand_{step.position}_line", language) if step.position in STAND else "",
        sees=_has(step.position, "sees"),
        hears=_has(step.position, "hears"),
        minutes=step.minutes,
        role=name_role(step.role, language),
        at=step.at,
        is_medical=step.is_medical,
        answer=STEP_ANSWERS[StepAnswer(step.answer)].say(language) if step.answer else "",
        drawing=draw_place(step.position, title),
        exits_drawing=draw_exits(step.position, say("post_exits_drawn", language)),
        exits=exits,
        exits_told=told,
        text=text,
        sms=f"sms:?&body={quote(text)}",
        mail=f"mailto:?subject={quote(subject)}&body={quote(text)}",
    )


def build_terms(stay: Encounter, language: Language) -> TermsLine | None:
    """Build what is agreed at a post; nothing, if nothing is."""
    terms = find_terms(stay)
    presets = find_shelf().vocabulary.presets
    if terms is None or terms.preset not in presets:
        return None
    label = presets[terms.preset].label.say(language)
    return TermsLine(preset=label, since=terms.since, until=terms.until)


def say_terms(stay: Encounter, language: Language) -> str:
    """Say in one line what passes on to a relief."""
    terms, step = build_terms(stay, language), find_step_out(stay)
    parts = [terms.preset] if terms else [say("post_terms_none", language)]
    if step is not None:
        place = name_place(step.position, language)
        parts.append(say("post_terms_step", language, place=place, minutes=step.minutes))
    return ". ".join(parts)


def name_place(position: str, language: Language) -> str:
    """Name a place to stand."""
    dimension = find_shelf().vocabulary.dimensions["position"]
    if position not in dimension.places:
        return ""
    return dimension.words[dimension.places[position]].label.say(language)


def name_role(role: str, language: Language) -> str:
    """Name a role of the house; a name is nobody's business on this page."""
    named: Text | None = NAMES.get(Role(role)) if role in set(Role) else None
    return named.say(language) if named else ""


def _has(position: str, what: str) -> bool:
    """Tell whether a place has a property: whether he sees, or hears, from there."""
    return position in find_shelf().vocabulary.dimensions["position"].properties[what].yes


def _write_text(
    step: StepOut,
    exits: tuple[ExitLine, ...],
    site: Site,
    page: OfficerPage,
    language: Language,
) -> str:
    """Write what his supervisor is told: who asks, for what reason, where, how long, what rule."""
    local = step.at.astimezone(site.timezone)
    sees = "post_text_sees" if _has(step.position, "sees") else "post_text_sees_not"
    sentences = [
        say(
            "post_text_medical" if step.is_medical else "post_text_asks",
            language,
            role=name_role(step.role, language).lower(),
            hospital=site.name.say(language),
        ),
        say(
            "post_text_where",
            language,
            place=name_place(step.position, language).lower(),
            minutes=step.minutes,
            time=f"{local:%H:%M}",
        ),
        say(sees, language),
        say("post_text_exits", language, exits=_list_exits(exits)),
    ]
    cited = [one.line.cite for one in page.own if one.may_move_him][:MOST_CITED]
    if step.is_medical and cited:
        sentences.append(say("post_text_rules", language, cites="; ".join(cited)))
    if phone := site.phones.get("charge_nurse"):
        sentences.append(say("post_text_phone", language, phone=phone))
    sentences.append(say("post_text_no_health", language))
    return " ".join(sentences)


def _list_exits(exits: tuple[ExitLine, ...]) -> str:
    return ", ".join(f"{one.name.lower()}: {one.watcher}" for one in exits)
