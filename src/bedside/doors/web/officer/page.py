"""The page for officers: where to stand, what is asked, who decides, their own exceptions."""

from dataclasses import dataclass

from django.utils.safestring import SafeString

from bedside.doors.web.drawings import draw_place
from bedside.doors.web.norm_lines import NormLine, build_line
from bedside.doors.web.norm_page import ExceptionLine, find_exceptions
from bedside.doors.web.officer.exits import DEFAULT_EXITS, ExitLine, build_exits, draw_exits
from bedside.doors.web.shelf import Shelf
from bedside.doors.web.words import say
from bedside.rules.rulebook.book import applies_in, find_state
from bedside.rules.rulebook.norm import LAW, Kind, Norm, Reading
from bedside.rules.vocabulary.problem import Language

STAND = ("at_window", "outside_door", "doorway_out_of_earshot", "at_unit_door")
THEIR_OWN = LAW | {Kind.AGENCY_POLICY, Kind.DETENTION_STANDARD}  # no profession's view of them
HIS_OWN = frozenset({"officer", "agency"})
OPENED_AT_BEDSIDE = frozenset({"clinician", "patient", "supervisor", "anyone"})
LADDER = (
    ("bedside_nurse", "officer", "ladder_first"),
    ("charge_nurse", "officer", "ladder_minutes_5"),
    ("house_supervisor", "shift_supervisor", "ladder_minutes_10"),
    ("administrator_on_duty", "field_office_duty_officer", "ladder_minutes_20"),
)


ORIENTATION = ("alarms", "breaks", "questions")  # exits, phones and weapons have their own part
PLACE = "position"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceCard:
    """One place to stand."""

    title: str
    line: str
    drawing: SafeString


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnException:
    """A rule of the officer's own side, by number, and its exceptions."""

    line: NormLine
    exceptions: tuple[ExceptionLine, ...]
    may_move_him: bool = False  # it says where he stands, and a clinician opens its exception


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """Who decides at one height, on both sides, and in what time."""

    hospital: str
    agency: str
    when: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerPage:
    """Everything that the officer's page shows."""

    places: tuple[PlaceCard, ...]
    ladder: tuple[Rung, ...]
    own: tuple[OwnException, ...]
    orientation: tuple[str, ...]  # what somebody who comes to stand post is told first
    exits: tuple[ExitLine, ...]  # of a room as most are; a request says who watches which
    exits_drawing: SafeString


def build_officer(shelf: Shelf, language: Language) -> OfficerPage:
    """Build the officer's page."""
    return OfficerPage(
        places=tuple(_build_place(place, language) for place in STAND),
        ladder=tuple(_build_rung(shelf, rung, language) for rung in LADDER),
        own=tuple(
            OwnException(
                line=build_line(norm, shelf.vocabulary, language),
                exceptions=find_exceptions(norm, shelf.vocabulary, language),
                may_move_him=_may_move_him(norm),
            )
            for norm in _find_own(shelf)
        ),
        orientation=tuple(say(f"house_rule_{rule}", language) for rule in ORIENTATION),
        exits=build_exits(DEFAULT_EXITS, language),
        exits_drawing=draw_exits("outside_door", say("post_exits_drawn", language)),
    )


def _build_place(place: str, language: Language) -> PlaceCard:
    title = say(f"stand_{place}_title", language)
    return PlaceCard(
        title=title, line=say(f"stand_{place}_line", language), drawing=draw_place(place, title)
    )


def _build_rung(shelf: Shelf, rung: tuple[str, str, str], language: Language) -> Rung:
    hospital, agency, when = rung
    roles = shelf.vocabulary.roles
    return Rung(
        hospital=roles[hospital].label.say(language),
        agency=roles[agency].label.say(language),
        when=say(when, language),
        phone=shelf.site.phones.get(hospital, ""),
    )


def _find_own(shelf: Shelf) -> list[Norm]:
    """Find rules of the officer's own side that apply here today and have an exception."""
    today, site = shelf.find_today(), shelf.site
    found = [
        norm
        for norm in shelf.norms.values()
        if norm.binds <= HIS_OWN
        and norm.unless
        and norm.arrangement
        and norm.kind in THEIR_OWN
        and norm.reading is not Reading.REMEMBERED
        and any(unless.opened_by in OPENED_AT_BEDSIDE for unless in norm.unless)
        and applies_in(norm, site.jurisdiction, site.overlays)
        and norm.is_in_force(on=today)
        and find_state(norm, on=today) is None
    ]
    return sorted(found, key=lambda norm: norm.source.cite)


def _may_move_him(norm: Norm) -> bool:
    is_about_place = any(ask.dimension == PLACE for ask in norm.arrangement)
    return is_about_place and any(one.opened_by == "clinician" for one in norm.unless)
