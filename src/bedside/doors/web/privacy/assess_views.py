"""The page on which the four factors are weighed and signed, prefilled from what was noted."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from bedside.doors.web.addresses import find_address
from bedside.doors.web.privacy.choices import Option, list_options
from bedside.doors.web.privacy.exposure_page import (
    NoteLine,
    find_notes,
    tell_agreed,
    tell_note,
    tell_signed,
)
from bedside.doors.web.privacy.queue import name_exposure
from bedside.doors.web.privacy.reading import read, read_number, read_weighed
from bedside.doors.web.screening.screened import screens
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.doors.web.words import say
from bedside.record.accounts.roles import May
from bedside.record.journal.operations import DoneBefore
from bedside.record.privacy.access import access_exposure
from bedside.record.privacy.assessing import MOST_WORDS, Answer, Weighed
from bedside.record.privacy.evidence import Shown
from bedside.record.privacy.models import Exposure
from bedside.record.privacy.operations import record_assessed
from bedside.record.privacy.queries import find_assessments
from bedside.record.privacy.refusals import AssessedAgain, NotSigned
from bedside.record.privacy.tables import load_exclusions, load_factors, load_limbs, load_results
from bedside.record.refusal import Refused
from bedside.rules.vocabulary.problem import Language

BOTH = ["GET", "HEAD", "POST"]
RECORDS: Final = "recording"  # a device that takes down, as the vocabulary calls it


@dataclass(frozen=True, slots=True, kw_only=True)
class FactorField:
    """One factor as the form asks it."""

    name: str
    number: int
    title: str
    asks: str
    cite: str
    has_many: bool
    options: tuple[Option, ...]
    reason: str
    is_prefilled: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """An assessment on its way: begun from what is known, or typed and refused."""

    exposure: Exposure
    weighed: Weighed
    refused: Refused | None = None


@require_http_methods(BOTH)
@for_staff(May.KEEP_PRIVACY)
@screens(
    limb_says="privacy_limb_says",
    nature_reason="privacy_reason",
    who_reason="privacy_reason",
    acquired_reason="privacy_reason",
    mitigated_reason="privacy_reason",
    result_says="privacy_result_says",
)
def assess(
    request: HttpRequest, staff: Staff, language: Language, exposure_id: UUID
) -> HttpResponse:
    """Ask whether it was permitted, then the four factors; keep what is signed."""
    exposure = access_exposure(staff.standing, exposure_id)
    shown = find_notes(staff, exposure)
    leads = find_address("exposure", language, exposure_id=str(exposure_id))
    if request.method != "POST":
        weighed = _prefill(staff, exposure, shown, language)
        return _show(request, staff, language, Draft(exposure=exposure, weighed=weighed))
    weighed = read_weighed(request.POST, shown)
    try:
        if read(request.POST, "sign") != "yes":
            raise NotSigned
        seen = read_number(request.POST, "seen")
        record_assessed(staff.act(request), exposure, weighed=weighed, seen=seen)
    except DoneBefore:
        return HttpResponseRedirect(leads)
    except Refused as refused:
        draft = Draft(exposure=exposure, weighed=weighed, refused=refused)
        return _show(request, staff, language, draft)
    return HttpResponseRedirect(leads)


def _show(request: HttpRequest, staff: Staff, language: Language, draft: Draft) -> HttpResponse:
    exposure, weighed, refused = draft.exposure, draft.weighed, draft.refused
    shown = find_notes(staff, exposure)
    earlier = find_assessments(staff.reader(), exposure)
    fresh = refused is None or isinstance(refused, AssessedAgain)
    context = {
        "exposure": exposure,
        "name": name_exposure(exposure, language),
        "seen": len(earlier) if fresh else read_number(request.POST, "seen"),
        "earlier": [tell_signed(one, staff, language) for one in earlier[:1]],
        "notes": [tell_note(one.write(), staff, language) for one in shown.notes],
        "apart": len(shown.apart),
        "agreed": tell_agreed(shown, language),
        "limbs": _list_limbs(weighed.limb, language),
        "exclusions": list_options(
            {one.id: one.title for one in load_exclusions().values()}, weighed.exclusion, language
        ),
        "factors": _list_factors(weighed, language, is_new=request.method != "POST"),
        "results": _list_results(weighed.result, language),
        "weighed": weighed,
        "most": MOST_WORDS,
        "wrongs": [refused.say(language)] if refused else [],
    }
    status = refused.status if refused else 200
    return render(request, "bedside/privacy/assess.html", context, status=status)


def _prefill(staff: Staff, exposure: Exposure, shown: Shown, language: Language) -> Weighed:
    """Begin with the assessment that stands, else with what was noted; the officer decides."""
    latest = next(iter(find_assessments(staff.reader(), exposure)), None)
    if latest is not None and latest.weighed is not None:
        return latest.weighed
    notes = [tell_note(one.write(), staff, language) for one in shown.notes]
    way = exposure.way or ("recorded" if shown.device == RECORDS else "")
    factors = {}
    if way or notes:
        chosen = (way,) if way else ()
        factors["acquired"] = Answer(chosen=chosen, reason=_say_last(notes, language))
    if not shown.apart:
        return Weighed(factors=factors)
    said = say(
        "privacy_safeguards_noted",
        language,
        apart=len(shown.apart),
        all=len(notes),
        since=notes[0].at,
        until=notes[-1].at,
    )
    agreed = tell_agreed(shown, language)
    if agreed:
        said = f"{said} {say('privacy_agreed_was', language, preset=agreed)}"
    return Weighed(limb_says=said, factors=factors)


def _say_last(notes: list[NoteLine], language: Language) -> str:
    if not notes:
        return ""
    last = notes[-1]
    return say("privacy_last_noted", language, words=last.words, at=last.at)


def _list_limbs(chosen: str, language: Language) -> tuple[Option, ...]:
    return tuple(
        Option(
            value=limb.id,
            label=limb.title.say(language),
            line=f"{limb.must_say.say(language)} {limb.cite}",
            is_chosen=limb.id == chosen,
        )
        for limb in load_limbs().values()
    )


def _list_factors(weighed: Weighed, language: Language, *, is_new: bool) -> tuple[FactorField, ...]:
    fields = []
    for number, (name, factor) in enumerate(load_factors().items(), 1):
        answer = weighed.factors.get(name, Answer())
        fields.append(
            FactorField(
                name=name,
                number=number,
                title=factor.title.say(language),
                asks=factor.asks.say(language),
                cite=factor.cite,
                has_many=factor.has_many,
                options=list_options(factor.choices, answer.chosen, language),
                reason=answer.reason,
                is_prefilled=is_new and bool(answer.reason or answer.chosen),
            )
        )
    return tuple(fields)


def _list_results(chosen: str, language: Language) -> tuple[Option, ...]:
    return tuple(
        Option(
            value=id_,
            label=title.say(language),
            line=line.say(language),
            is_chosen=id_ == chosen,
        )
        for id_, (title, line) in load_results().items()
    )
