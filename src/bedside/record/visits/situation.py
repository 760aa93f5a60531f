"""The situation at the door that `decide` reads: the house's facts, then what was answered."""

from collections.abc import Mapping
from datetime import date

from bedside.record.visits.known import Known
from bedside.record.visits.tables import find_paper_row, load_asks
from bedside.rules.decide.situation import Situation
from bedside.rules.vocabulary.catalogue import Value

# Whom the officers come for is in nobody's custody here; a sample hospital says otherwise of its
# own patients.
AT_THE_DOOR: Mapping[str, Value] = {"in_custody": False}
YES = "yes"
AGREED = {"let_in": "administrator_or_counsel"}


def situation_at_door(
    known: Known,
    outcome: str,
    *,
    today: date,
    house: Mapping[str, Value],
    place: tuple[str, tuple[str, ...]],
) -> Situation:
    """Put the situation together; what nobody answered stays unknown."""
    jurisdiction, overlays = place
    facts: dict[str, Value] = {**house, **AT_THE_DOOR}
    asked = load_asks().get(known.asks)
    row = find_paper_row(known)
    facts |= dict(asked.facts) if asked else {}
    facts |= dict(row.facts) if row else {}
    answered = {
        "agency": known.agency,
        "purpose": known.purpose,
        "officer_identity": known.identity,
        "area": known.area,
    }
    facts |= {fact: word for fact, word in answered.items() if word}
    if known.emergency:
        facts["exigent_circumstances"] = known.emergency == YES
    if known.count is not None:
        facts["officer_count"] = known.count
    facts["entry_consent_by"] = AGREED.get(outcome, "nobody")  # so far nobody agreed
    return Situation(as_of=today, jurisdiction=jurisdiction, overlays=overlays, facts=facts)
