"""The ways out of a room: who watches each, and a drawing with the number of each."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from bedside.doors.web.drawings import SPOTS
from bedside.record.presence.patient_words import EXITS, WATCHERS, WATCHERS_TOLD, Watcher
from bedside.rules.vocabulary.problem import Language

# Where each way out lies in the drawing: the door, the outer window, the bathroom behind the bed.
WAYS_OUT: Mapping[str, tuple[int, int]] = {
    "door": (116, 92),
    "window": (5, 96),
    "bathroom": (44, 122),
}
DEFAULT_EXITS = {"door": Watcher.OFFICER, "window": Watcher.LOCKED, "bathroom": Watcher.STAFF}


@dataclass(frozen=True, slots=True, kw_only=True)
class ExitLine:
    """One way out and who watches it."""

    number: int
    name: str
    watcher: str


def build_exits(
    watchers: Mapping[str, Watcher], language: Language, *, is_told: bool = False
) -> tuple[ExitLine, ...]:
    """Name each way out and who watches it: to the officer, or as others are told."""
    words = WATCHERS_TOLD if is_told else WATCHERS
    return tuple(
        ExitLine(
            number=number,
            name=EXITS[id_].say(language),
            watcher=words[watchers.get(id_, Watcher.NONE_THERE)].say(language),
        )
        for number, id_ in enumerate(EXITS, 1)
    )


def draw_exits(position: str, label: str) -> SafeString:
    """Draw where the officer stands, and each way out by number."""
    x, y = SPOTS.get(position, SPOTS["outside_door"])
    numbers = format_html_join(
        "",
        '<g class="way-out"><circle cx="{0}" cy="{1}" r="11"/>'
        '<text x="{0}" y="{2}" text-anchor="middle">{3}</text></g>',
        ((cx + 12, cy - 4, cy + 1, n) for n, (cx, cy) in enumerate(WAYS_OUT.values(), 1)),
    )
    return format_html(
        '<svg class="scene" viewBox="0 0 216 140" role="img" aria-label="{}">'
        '<path class="floor" d="M4 4h112v122H4z"/><path class="hall" d="M116 4h96v122h-96z"/>'
        '<path class="wall" d="M116 70V52M116 18V4H4v78M4 110v16h24M60 126h56v-12"/>'
        '<path class="glass" d="M116 18v34M4 82v28"/><path class="leaf" d="M116 70v44M28 126h32"/>'
        '<rect class="bed" x="12" y="14" width="70" height="40" rx="6"/>'
        '<path class="fold" d="M42 14v40"/><circle class="person" cx="27" cy="34" r="8.5"/>'
        '<g class="figure-now"><circle cx="{}" cy="{}" r="6.5"/>'
        '<path d="M{} {}v-2a9 9 0 0 1 9-9h4a9 9 0 0 1 9 9v2z"/></g>{}</svg>',
        label,
        x + 14,
        y - 8,
        x + 3,
        y + 13,
        numbers,
    )
