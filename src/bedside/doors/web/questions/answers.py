"""The answer that somebody looks at when they disagree: its situation, and what stood on it."""

from dataclasses import dataclass, replace
from uuid import UUID

from django.http import HttpRequest, QueryDict

from bedside.doors.web.answer_page import AnswerPage, build_answer
from bedside.doors.web.claims import HEARD, build_claim
from bedside.doors.web.forms import Tapped, read_taps
from bedside.doors.web.questions.situation_file import write_situation
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.staff.signed_in import Staff
from bedside.doors.web.stays.case import find_stay, open_case
from bedside.record.accounts.access import NotThere
from bedside.record.questions.operations import Seen
from bedside.rules.decide.advise import advise
from bedside.rules.decide.situation import Claim, Situation
from bedside.rules.vocabulary.problem import ENGLISH, Language

MOST_TAPS = 6000  # characters; six taps and every other question need less


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """One answer: where it came from, and what it says in a language."""

    situation: Situation
    stay: str
    page: AnswerPage
    hidden: tuple[tuple[str, str], ...]  # what a form sends again to mean the same answer

    @property
    def seen(self) -> Seen:
        """What a question about it keeps."""
        compiled = find_shelf().compiled
        return Seen(
            situation=write_situation(self.situation, compiled.vocabulary),
            edition=compiled.rulebook.edition,
            digest=compiled.rulebook.digest,
            stay=self.stay,
            advised=self.page.headline,
        )


def find_answer(request: HttpRequest, staff: Staff, language: Language) -> Answered:
    """Find the answer that a form is about: of a stay, or of taps; or refuse."""
    if stay := request.POST.get("stay", ""):
        return _find_of_stay(staff, stay, language)
    taps = request.POST.get("taps", "")
    if not taps or len(taps) > MOST_TAPS:
        raise NotThere
    shelf = find_shelf()
    sent = QueryDict(taps)
    today = staff.at.astimezone(staff.site.timezone).date()
    tapped = read_taps(sent, vocabulary=shelf.vocabulary, site=staff.site, today=today)
    return Answered(
        situation=tapped.situation,
        stay="",
        page=build_page(tapped.situation, staff, language),
        hidden=(("taps", taps),),
    )


def build_page(situation: Situation, staff: Staff, language: Language = ENGLISH) -> AnswerPage:
    """Ask the rules in force now, and build the page of the answer."""
    shelf = find_shelf()
    return build_answer(
        advise(shelf.compiled, situation),
        Tapped(situation=situation, fields=()),
        vocabulary=shelf.vocabulary,
        site=staff.site,
        language=language,
    )


def claim_that(situation: Situation, *, words: str, asks: str, document: str) -> Situation:
    """Add to a situation what somebody in charge said, as a claim of a manager."""
    vocabulary = find_shelf().vocabulary
    if asks in HEARD:
        allows = build_claim(asks, document, vocabulary).arrangement
    else:
        id_, _, word = asks.partition(":")
        dimension = vocabulary.dimensions.get(id_)
        known = dimension is not None and word in dimension.places
        allows = {id_: dimension.mask((word,))} if dimension is not None and known else {}
    claim = Claim(by="manager", words=words, document=document, arrangement=allows)
    return replace(situation, asserted=(claim,))


def _find_of_stay(staff: Staff, stay_id: str, language: Language) -> Answered:
    try:
        stay = find_stay(staff, UUID(stay_id))
    except ValueError:
        raise NotThere from None
    situation = open_case(staff, stay).situation
    return Answered(
        situation=situation,
        stay=stay.about,
        page=build_page(situation, staff, language),
        hidden=(("stay", str(stay.pk)),),
    )
