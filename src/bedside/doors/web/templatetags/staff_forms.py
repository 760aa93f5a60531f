"""What every form of a signed-in person carries, and how times are told at the hospital."""

from datetime import datetime
from uuid import uuid4

from django import template
from django.middleware.csrf import get_token
from django.utils.html import format_html
from django.utils.safestring import SafeString

from bedside.doors.web.staff.kept_forms import sign_typist

register = template.Library()


@register.simple_tag(takes_context=True)
def staff_form(context: template.Context) -> SafeString:
    """Put in the token against forged forms, who types, and what makes sending twice safe."""
    staff = getattr(context["request"], "staff", None)
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<input type="hidden" name="typed_by" value="{}">'
        '<input type="hidden" name="key" value="{}">',
        get_token(context["request"]),
        sign_typist(staff.person.pk) if staff else "",
        uuid4(),
    )


@register.simple_tag(takes_context=True)
def local_time(context: template.Context, at: datetime | None) -> str:
    """Tell a time as the clock of the hospital shows it, with the day if it is not today."""
    if at is None:
        return ""
    zone, staff = context["site"].timezone, context.get("staff")
    local = at.astimezone(zone)
    today = staff.at.astimezone(zone).date() if staff else local.date()
    return f"{local:%H:%M}" if local.date() == today else f"{local:%Y-%m-%d %H:%M}"
