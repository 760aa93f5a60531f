"""The drawings that pages share: the rail of places, the room from above, one place to stand."""

from collections.abc import Mapping

from django.utils.html import format_html
from django.utils.safestring import SafeString

# From the bed to off the unit; the double line of the closed door stands after the fifth.
PLACES = (
    "at_bedside",
    "in_room",
    "behind_curtain",
    "in_doorway",
    "doorway_out_of_earshot",
    "at_window",
    "outside_door",
    "at_unit_door",
    "off_unit",
)
DOOR_AFTER = 4
STEP = 24
WIDTH = 12 + (len(PLACES) - 1) * STEP + 10 + 12
SPOTS = {
    "at_bedside": (66, 66),
    "in_room": (84, 96),
    "behind_curtain": (96, 24),
    "in_doorway": (114, 92),
    "doorway_out_of_earshot": (149, 96),
    "at_window": (138, 34),
    "outside_door": (140, 92),
    "at_unit_door": (180, 96),
    "off_unit": (192, 118),
}
OPEN_DOOR = frozenset({"in_doorway", "doorway_out_of_earshot"})
FAR = frozenset({"at_unit_door", "off_unit"})  # past the end of the small drawing
SEEING = frozenset({"at_window", "in_doorway", "doorway_out_of_earshot"})


def draw_rail(now: str | None, want: str | None, label: str) -> SafeString:
    """Draw the places in a row: a dot is now, a ring is asked for, a filled ring is both."""
    stops = [format_html('<circle class="stop" cx="{}" cy="14" r="4"/>', _at(p)) for p in PLACES]
    marks = []
    if now and now == want:
        marks.append(format_html('<circle class="both" cx="{}" cy="14" r="9"/>', _at(now)))
    else:
        if want:
            marks.append(format_html('<circle class="want" cx="{}" cy="14" r="8.5"/>', _at(want)))
        if now:
            marks.append(format_html('<circle class="now" cx="{}" cy="14" r="7.5"/>', _at(now)))
    end = _at(PLACES[-1])
    door = _at(PLACES[DOOR_AFTER]) + STEP // 2 + 3
    return format_html(
        '<svg class="rail" viewBox="0 0 {} 28" role="img" aria-label="{}">'
        '<path class="track" d="M12 14H{}"/>{}<path class="door" d="M{} 2v24M{} 2v24"/>{}</svg>',
        WIDTH,
        label,
        end,
        _join(stops),
        door,
        door + 5,
        _join(marks),
    )


def draw_counts_on_rail(counts: Mapping[str, int], want: str | None, label: str) -> SafeString:
    """Draw the places in a row with the number of rules that each breaks below it."""
    numbers = [
        format_html('<text x="{}" y="42" text-anchor="middle">{}</text>', _at(place), number)
        for place, number in counts.items()
        if place in PLACES
    ]
    row = draw_rail(None, want, label)
    end = row.removesuffix("</svg>").replace(
        f'viewBox="0 0 {WIDTH} 28"', f'viewBox="0 0 {WIDTH} 48"'
    )
    return SafeString(end + _join(numbers) + "</svg>")


def draw_scene(now: str | None, want: str | None, label: str) -> SafeString:
    """Draw the room from above: where the officer is (dashed) and is asked to be (solid)."""
    figures = []
    moves = now in SPOTS and want in SPOTS and now != want
    if now in SPOTS and now != want:
        x, y = SPOTS[now]
        figures.append(_draw_officer(x - 8, y + 18, "ghost" if want else "figure-now"))
    if want in SPOTS:
        x, y = SPOTS[want]
        figures.append(_draw_officer(x, y, "figure-now"))
    door = "M116 70H86" if want in OPEN_DOOR else "M116 70v44"
    is_wide = bool({now, want} & FAR)
    hall = "M116 4h96v122h-96z" if is_wide else "M116 4h48v122h-48z"
    return format_html(
        '<svg class="scene" viewBox="0 0 {} 130" role="img" aria-label="{}">'
        '<path class="floor" d="M4 4h112v122H4z"/><path class="hall" d="{}"/>'
        '<path class="wall" d="M116 70V52M116 18V4H4v122h112v-12"/>'
        '<path class="glass" d="M116 18v34"/><path class="leaf" d="{}"/>'
        '<rect class="bed" x="12" y="14" width="78" height="40" rx="6"/>'
        '<path class="cover" d="M42 15h47v38H42z"/><path class="fold" d="M42 14v40"/>'
        '<circle class="person" cx="27" cy="34" r="8.5"/>'
        '<circle class="person" cx="52" cy="28" r="5.5"/>{}{}</svg>',
        216 if is_wide else 168,
        label,
        hall,
        door,
        _draw_path(SPOTS[now], SPOTS[want]) if moves and now and want else "",
        _join(figures),
    )


def draw_place(place: str, label: str) -> SafeString:
    """Draw one place to stand, with what is seen from it."""
    x, y = SPOTS[place]
    sight = (
        format_html('<path class="sight" d="M{0} {1}L70 22M{0} {1}L84 52"/>', x - 12, y)
        if place in SEEING
        else ""
    )
    return format_html(
        '<svg class="scene" viewBox="0 0 216 130" role="img" aria-label="{}">'
        '<path class="floor" d="M4 4h112v122H4z"/><path class="hall" d="M116 4h96v122h-96z"/>{}'
        '<path class="wall" d="M116 70V52M116 18V4H4v122h112v-12M116 4h96v66M212 122v4h-96"/>'
        '<path class="glass" d="M116 18v34"/><path class="leaf" d="{}"/>'
        '<rect class="bed" x="12" y="14" width="70" height="40" rx="6"/>'
        '<path class="fold" d="M42 14v40"/><circle class="person" cx="27" cy="34" r="8.5"/>'
        "{}</svg>",
        label,
        sight,
        "M116 70H86" if place in OPEN_DOOR else "M116 70v44",
        _draw_officer(x + (8 if place == "at_unit_door" else 4), y, "figure-now"),
    )


def _at(place: str) -> int:
    number = PLACES.index(place)
    return 12 + number * STEP + (10 if number > DOOR_AFTER else 0)


def _draw_officer(x: int, y: int, cls: str) -> SafeString:
    """Draw an officer as any person is drawn: head and shoulders, never a badge or a colour."""
    return format_html(
        '<g class="{}"><circle cx="{}" cy="{}" r="6.5"/>'
        '<path d="M{} {}v-2a9 9 0 0 1 9-9h4a9 9 0 0 1 9 9v2z"/></g>',
        cls,
        x,
        y - 8,
        x - 11,
        y + 13,
    )


def _draw_path(start: tuple[int, int], end: tuple[int, int]) -> SafeString:
    (x0, y0), (x1, y1) = start, end
    return format_html(
        '<path class="path" d="M{} {}C{} {} {} {} {} {}"/>',
        *(x0 + 10, y0 + 12, x0 + 30, y0 + 22, x1 - 40, y1 + 6, x1 - 14, y1 + 2),
    )


def _join(parts: list[SafeString]) -> SafeString:
    return SafeString("".join(parts))
