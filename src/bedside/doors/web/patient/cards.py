"""The card of rights: only what the rulebook gives here today, in a language that may be shown."""

from dataclasses import dataclass

from bedside.doors.web.norm_lines import NormLine, build_line
from bedside.doors.web.patient.texts import PatientText, Right, Spoken, choose, load_texts
from bedside.doors.web.shelf import Shelf
from bedside.doors.web.site import Site
from bedside.record.presence.patient_words import Card
from bedside.rules.condition.holds import holds
from bedside.rules.rulebook.book import applies_in, condition_of, find_state
from bedside.rules.rulebook.norm import Norm, Reading
from bedside.rules.vocabulary.answer import Answer
from bedside.rules.vocabulary.catalogue import Value
from bedside.rules.vocabulary.problem import Language

YOUNG_TITLE = "title_young"
PARENT = ("labor", "postpartum")


@dataclass(frozen=True, slots=True, kw_only=True)
class CardLine:
    """One sentence of a card with its picture; the norms are for staff, on the back."""

    icon: str
    text: str
    norms: tuple[NormLine, ...]
    is_offer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsCard:
    """One card, ready to be shown, read aloud and printed."""

    card: Card
    title: str
    ask: str
    lines: tuple[CardLine, ...]
    spoken: Spoken

    @property
    def count(self) -> int:
        """How many words are read aloud."""
        said = (self.title, *(line.text for line in self.lines), self.ask)
        return sum(len(text.split()) for text in said)


def build_card(
    shelf: Shelf, site: Site, *, card: Card, wanted: Language | None, language: Language
) -> RightsCard:
    """Build a card for the patient's language; citations are named in the reader's."""
    kept = _find_kept(shelf, site, card)
    title = load_texts().words["title" if card is Card.ADULT else YOUNG_TITLE]
    ask = load_texts().words["ask"]
    texts = [title, ask, *(text for _, text, _ in kept)]
    spoken = choose(texts, wanted, is_sample=site.is_sample)
    lines = [
        CardLine(
            icon=right.icon,
            text=text.say(spoken.language),
            norms=tuple(build_line(norm, shelf.vocabulary, language) for norm in norms),
            is_offer=right.is_offer,
        )
        for right, text, norms in kept
    ]
    return RightsCard(
        card=card,
        title=title.say(spoken.language),
        ask=ask.say(spoken.language),
        lines=tuple(lines),
        spoken=spoken,
    )


def find_card(facts: dict[str, Value]) -> Card:
    """Find which card fits what is known of a patient."""
    if facts.get("patient_age_band") != "minor":
        return Card.ADULT
    is_parent = facts.get("pregnancy") in PARENT or facts.get("newborn_present") is True
    return Card.YOUNG_PARENT if is_parent else Card.YOUNG


def _find_kept(
    shelf: Shelf, site: Site, card: Card
) -> list[tuple[Right, PatientText, tuple[Norm, ...]]]:
    """Find what may be promised: offers of the house, and rights with a norm in force here."""
    kept = []
    for right in load_texts().rights:
        text = right.text_for(card)
        found = [shelf.norms[id_] for id_ in right.norms if id_ in shelf.norms]
        norms = tuple(norm for norm in found if _gives(norm, shelf, site))
        if text is not None and (right.is_offer or norms):
            kept.append((right, text, norms))
    return kept


def _gives(norm: Norm, shelf: Shelf, site: Site) -> bool:
    """Tell whether a norm stands here today and nothing the hospital says of itself shuts it."""
    today = shelf.find_today()
    stands = (
        norm.reading is not Reading.REMEMBERED
        and applies_in(norm, site.jurisdiction, site.overlays)
        and norm.is_in_force(on=today)
        and find_state(norm, on=today) is None
    )
    if not stands:
        return False
    facts = shelf.vocabulary.facts
    known = {id_: facts[id_].bit(value) for id_, value in site.facts.items()}
    return holds(condition_of(norm), known, shelf.vocabulary) is not Answer.NO
