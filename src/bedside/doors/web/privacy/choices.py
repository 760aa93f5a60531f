"""Lists that the forms of these pages offer."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from bedside.doors.web.staff.signed_in import Staff
from bedside.record.encounters.models import Encounter
from bedside.rules.vocabulary.problem import Language, Text

MOST_STAYS: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One choice, what stands under it, and whether it was chosen before."""

    value: str
    label: str
    line: str = ""
    is_chosen: bool = False


def list_options(
    known: Mapping[str, Text], chosen: str | tuple[str, ...], language: Language
) -> tuple[Option, ...]:
    """List choices in the language."""
    marked = (chosen,) if isinstance(chosen, str) else chosen
    return tuple(
        Option(value=value, label=text.say(language), is_chosen=value in marked)
        for value, text in known.items()
    )


def list_stays(staff: Staff, chosen: str) -> tuple[Option, ...]:
    """List the stays of the hospital, open ones first and of each kind the latest."""
    rows = Encounter.objects.filter(site_id=staff.standing.site)
    latest = sorted(rows.order_by("-opened_at")[:MOST_STAYS], key=lambda x: x.closed_at is not None)
    return tuple(
        Option(
            value=str(stay.pk),
            label=f"{stay.code} · {stay.unit} · {stay.room}",
            is_chosen=str(stay.pk) == chosen,
        )
        for stay in latest
    )
