"""The form about all that is known of a visit; filled in again where it could not be kept."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

from bedside.doors.web.problems import BAD_REQUEST
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.staff.signed_in import Staff
from bedside.doors.web.visits.forms import Details, Reader, Sent, find_choices
from bedside.doors.web.words import say
from bedside.record.refusal import Refused
from bedside.record.visits.known import MOST, MOST_OFFICERS, Known
from bedside.record.visits.models import Visit
from bedside.record.visits.tables import PAPER_FIELDS, load_paper_questions
from bedside.rules.vocabulary.problem import ENGLISH, Language, Problem

PAPER = ("paper", "signature", "paper_place", "paper_person", "paper_until", "paper_copied")
PEOPLE = ("agency", "purpose", "identity")
SHORT = ("place", "about")  # texts of one line
COUNT = "count"
VERSION = re.compile("[0-9]{1,9}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What was sent and could not be kept, and why."""

    sent: Sent = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    refused: Refused | None = None

    @property
    def status(self) -> int:
        """With what the page answers."""
        return self.refused.status if self.refused else BAD_REQUEST


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldShown:
    """One field of the form."""

    name: str
    label: str
    value: str
    choices: tuple[tuple[str, str], ...]
    fits: str  # how much of a text is kept
    now: str  # what somebody else wrote meanwhile

    @property
    def is_short(self) -> bool:
        """Tell whether a line is enough."""
        return self.name in SHORT


def build_details(
    staff: Staff, visit: Visit, known: Known, *, language: Language, typed: Typed | None = None
) -> dict[str, Any]:
    """Fill in the form."""
    typed = typed or Typed()
    form = _Form(known, typed, language)
    came = visit.came_at.astimezone(staff.site.timezone)
    refused = [typed.refused.say(language)] if typed.refused else []
    return {
        "visit": visit,
        # A form with a slip in it is still one of its own state; one of an older state becomes new.
        "version": typed.sent.get("version", "") if typed.problems else visit.version,
        "sentences": refused + [problem.say(language) for problem in typed.problems],
        "came": typed.sent.get("came", f"{came:%H:%M}"),
        "first": form.show(("asks", "door", "place", "area", "about", "emergency")),
        "people": form.show((*PEOPLE, "officers", "badges")),
        "paper": form.show(PAPER),
        "said": form.show(("their_words", "our_words")),
        "count": form.show((COUNT,))[0],
        "most_officers": MOST_OFFICERS,
    }


def read_details(sent: Sent, staff: Staff, visit: Visit, earlier: Known) -> Details:
    """Read the form, or say everything in it that is not understood."""
    reader = Reader(sent, find_choices(find_shelf().vocabulary, ENGLISH))
    known = reader.read_known(earlier)
    came_at = reader.read_came(visit.came_at, staff.site.timezone, at=staff.at)
    version = sent.get("version", "")
    reader.finish()
    return Details(
        known=known,
        came_at=came_at,
        version=int(version) if VERSION.fullmatch(version) else 0,
    )


class _Form:
    def __init__(self, known: Known, typed: Typed, language: Language) -> None:
        self.now: Mapping[str, object] = asdict(known)
        self.typed, self.language = typed, language
        self.choices = find_choices(find_shelf().vocabulary, language)

    def show(self, names: Iterable[str]) -> tuple[FieldShown, ...]:
        """Show fields in this order."""
        return tuple(self._show(name) for name in names)

    def _show(self, name: str) -> FieldShown:
        stands = "" if self.now[name] is None else str(self.now[name])
        value = self.typed.sent.get(name, stands)
        choices = self.choices.get(name, {})
        differs = self.typed.refused is not None and value != stands
        return FieldShown(
            name=name,
            label=self._label(name),
            value=value,
            choices=tuple(choices.items()),
            fits=say("visits_fits", self.language, n=MOST[name]) if name in MOST else "",
            now=(choices.get(stands, stands) or say("visits_nothing_there", self.language))
            if differs
            else "",
        )

    def _label(self, name: str) -> str:
        questions = {PAPER_FIELDS[one.id]: one for one in load_paper_questions().values()}
        if name in questions:
            return questions[name].question.say(self.language)
        return say(f"visits_{name}", self.language)
