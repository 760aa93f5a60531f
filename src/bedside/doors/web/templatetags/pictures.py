"""Tags for templates: an icon, and the sheet of all icons that the page used."""

import re

from django import template
from django.template.base import Parser, Token
from django.template.context import Context
from django.utils.safestring import SafeString, mark_safe
from typing_extensions import override

from bedside.doors.web.icons import draw_icon, draw_sprite

register = template.Library()
USED = re.compile(r'href="#i-([a-z0-9-]+)"')


@register.simple_tag
def icon(name: str, size: int = 24) -> SafeString:
    """Draw an icon."""
    return draw_icon(name, size)


class WithSprite(template.Node):
    """The page within, followed by each of its icons once."""

    def __init__(self, inside: template.NodeList) -> None:
        self.inside = inside

    @override
    def render(self, context: Context) -> SafeString:
        """Render the page, then the icons that it names."""
        page = self.inside.render(context)
        names = USED.findall(page)
        return mark_safe(page + draw_sprite(names))  # noqa: S308 - already rendered and escaped


@register.tag
def with_sprite(parser: Parser, _token: Token) -> WithSprite:
    """Wrap the page whose icons are to be drawn at its end."""
    inside = parser.parse(("end_with_sprite",))
    parser.delete_first_token()
    return WithSprite(inside)
