"""What a stay shows of its patient and of the officer at its post: ways there, and what waits."""

from typing import Any

from django import template

from bedside.doors.web.stays.stay_page import Teller
from bedside.record.encounters.models import Encounter
from bedside.record.presence.patient_queries import (
    count_open_dangers,
    find_asking_again,
    find_step_out,
)

register = template.Library()


@register.inclusion_tag("bedside/patient/_of_stay.html", takes_context=True)
def patient_lines(context: template.Context, stay: Encounter) -> dict[str, Any]:
    """Show the ways to these pages, and what waits there with its clock."""
    again = find_asking_again([stay]).get(stay.pk)
    step = find_step_out(stay)
    teller = Teller(staff=context["staff"], language=context["lang"])
    clock, is_late = teller.until(again) if again else ("", False)
    return {
        "stay": stay,
        "say": context["say"],
        "lang": context["lang"],
        "site": context["site"],
        "clock": clock,
        "is_late": is_late,
        "dangers": count_open_dangers(stay),
        "step": step,
        "step_age": teller.age(step.at) if step else "",
    }
