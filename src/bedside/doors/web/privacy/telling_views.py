"""Putting off what is due, writing the letters, and keeping that somebody was told."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from bedside.doors.web.addresses import find_address
from bedside.doors.web.privacy.choices import list_options
from bedside.doors.web.privacy.clock_lines import ClockLine, say_list, tell_day
from bedside.doors.web.privacy.queue import find_place, name_exposure, tell_running
from bedside.doors.web.privacy.reading import find_today, read, read_day, read_stated
from bedside.doors.web.screening.screened import screens
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.doors.web.words import say
from bedside.record.accounts.roles import May
from bedside.record.journal.operations import DoneBefore
from bedside.record.privacy.access import access_exposure
from bedside.record.privacy.letters import (
    AGENCY,
    MOST_TYPED,
    PATIENT,
    Facts,
    Letter,
    choose_language,
    compose,
    is_reviewed,
)
from bedside.record.privacy.models import Exposure
from bedside.record.privacy.operations import (
    GROUNDS,
    Told,
    record_delayed,
    record_notice,
)
from bedside.record.privacy.queries import find_assessments, find_running
from bedside.record.privacy.refusals import NoMoment
from bedside.record.privacy.tables import load_factors
from bedside.record.refusal import Refused
from bedside.rules.calendars.clocks import read_known
from bedside.rules.calendars.delays import Form
from bedside.rules.vocabulary.problem import ENGLISH, LANGUAGES, SPANISH, Language, Text

BOTH = ["GET", "HEAD", "POST"]
REGULATOR: Final = "regulator"
OTHER_GROUND: Final = "other"
ANSWER_IN: Final = timedelta(days=7)  # our proposal for an agency's answer
LETTERS: Final = (PATIENT, AGENCY)
TYPED: Final = ("happened", "nature", "steps", "doing", "contact")
FIELDS: Final = {"contact": "phone"}  # a field in which numbers belong
BY_LETTER: Final = frozenset({"us_patient", "ca_patient"})  # which the letter itself answers
OF_REGULATORS: Final = frozenset(
    {"ca_department", "us_health_department_large", "us_health_department_log", "us_media"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filling:
    """What a form for a letter holds: the language and what was typed or proposed."""

    language: Language
    typed: dict[str, str]


@require_http_methods(BOTH)
@for_staff(May.KEEP_PRIVACY)
@screens(official="privacy_official", words="privacy_stated")
def put_off(
    request: HttpRequest, staff: Staff, language: Language, exposure_id: UUID
) -> HttpResponse:
    """Take an official's statement; nothing pauses a clock without its basis."""
    exposure = access_exposure(staff.standing, exposure_id)
    wrongs, status = [], 200
    if request.method == "POST":
        try:
            stated = read_stated(request.POST, staff)
            today = find_today(staff)
            record_delayed(staff.act(request), exposure, stated=stated, today=today)
        except DoneBefore:
            return _lead(exposure, language)
        except Refused as refused:
            wrongs.append(refused.say(language))
            status = refused.status
        else:
            return _lead(exposure, language)
    forms = {form.value: _say(f"privacy_form_{form.value}") for form in Form}
    grounds = {one: _say(f"privacy_ground_{one}") for one in (*GROUNDS, OTHER_GROUND)}
    context = {
        "exposure": exposure,
        "name": name_exposure(exposure, language),
        "forms": list_options(forms, read(request.POST, "form"), language),
        "grounds": list_options(grounds, read(request.POST, "ground"), language),
        "today": find_today(staff).isoformat(),
        "typed": request.POST,
        "wrongs": wrongs,
    }
    return render(request, "bedside/privacy/delay.html", context, status=status)


@require_http_methods(BOTH)
@for_staff(May.KEEP_PRIVACY)
@screens(
    happened="privacy_letter_happened",
    nature="privacy_letter_nature",
    steps="privacy_letter_steps",
    doing="privacy_letter_doing",
)
def write_letter(
    request: HttpRequest, staff: Staff, language: Language, exposure_id: UUID, to: str
) -> HttpResponse:
    """Fill in a letter, show it as it is printed, and keep that it was given."""
    if to not in LETTERS:
        raise Http404
    exposure = access_exposure(staff.standing, exposure_id)
    filling = _read_filling(request, staff, exposure, to)
    letter: Letter | None = None
    wrongs, status = [], 200
    if request.method == "POST":
        try:
            letter = compose(to, _gather(staff, exposure, filling), filling.language)
            if read(request.POST, "do") == "given":
                _keep_given(request, staff, exposure, to=to, letter=letter)
                return _lead(exposure, language)
        except DoneBefore:
            return _lead(exposure, language)
        except Refused as refused:
            wrongs.append(refused.say(language))
            status = refused.status
    context = {
        **_tell_letter(staff, exposure, filling, to=to, language=language),
        "letter": letter,
        "wrongs": wrongs,
    }
    return render(request, "bedside/privacy/letter.html", context, status=status)


@require_http_methods(BOTH)
@for_staff(May.KEEP_PRIVACY)
@screens(body="privacy_filed_as")
def file_notice(
    request: HttpRequest, staff: Staff, language: Language, exposure_id: UUID
) -> HttpResponse:
    """Keep that a regulator was told, and under which number."""
    exposure = access_exposure(staff.standing, exposure_id)
    wrongs, status = [], 200
    if request.method == "POST":
        try:
            told = Told(
                to=REGULATOR,
                clocks=tuple(request.POST.getlist("clocks")),
                given_on=_read_given_on(request, staff),
                body=read(request.POST, "body"),
            )
            record_notice(staff.act(request), exposure, told=told, today=find_today(staff))
        except DoneBefore:
            return _lead(exposure, language)
        except Refused as refused:
            wrongs.append(refused.say(language))
            status = refused.status
        else:
            return _lead(exposure, language)
    context = {
        "exposure": exposure,
        "name": name_exposure(exposure, language),
        "clocks": [one for one in _find_open(staff, exposure, language) if one.id in OF_REGULATORS],
        "today": find_today(staff).isoformat(),
        "typed": request.POST,
        "wrongs": wrongs,
    }
    return render(request, "bedside/privacy/filing.html", context, status=status)


def _read_filling(request: HttpRequest, staff: Staff, exposure: Exposure, to: str) -> Filling:
    stay = exposure.encounter
    spoken = SPANISH if stay and stay.language == SPANISH and to == PATIENT else ENGLISH
    wanted = Language(read(request.POST, "lang")) if request.method == "POST" else spoken
    chosen = wanted if wanted in LANGUAGES else ENGLISH
    letters_language = choose_language(chosen, is_sample=staff.site.is_sample)
    if request.method == "POST":
        typed = {name: read(request.POST, FIELDS.get(name, name)) for name in TYPED}
        return Filling(language=letters_language, typed=typed)
    typed = dict.fromkeys(TYPED, "")
    typed["nature"] = _propose_nature(staff, exposure, letters_language)
    typed["steps"] = say("privacy_steps_none", letters_language)
    phone = staff.site.phones.get("privacy_officer", "")
    if phone:
        typed["contact"] = say("privacy_contact_phone", letters_language, phone=phone)
    return Filling(language=letters_language, typed=typed)


def _propose_nature(staff: Staff, exposure: Exposure, language: Language) -> str:
    latest = next(iter(find_assessments(staff.reader(), exposure)), None)
    answer = latest.weighed.factors.get("nature") if latest and latest.weighed else None
    choices = load_factors()["nature"].choices
    words = [choices[one].say(language) for one in answer.chosen] if answer else []
    said = say_list([words[0], *(word.lower() for word in words[1:])] if words else [], language)
    return f"{said}." if said else ""


def _gather(staff: Staff, exposure: Exposure, filling: Filling) -> Facts:
    zone, today = staff.site.timezone, find_today(staff)
    known_on = read_known(exposure.known_at, zone, only_day=exposure.is_only_day).day
    happened = exposure.happened_at
    return Facts(
        hospital=staff.site.name,
        happened_on=happened.astimezone(zone).date() if happened else known_on,
        known_on=known_on,
        answer_by=today + ANSWER_IN,
        typed=filling.typed,
    )


def _keep_given(
    request: HttpRequest, staff: Staff, exposure: Exposure, *, to: str, letter: Letter
) -> None:
    clocks = tuple(request.POST.getlist("clocks")) if to == PATIENT else ()
    told = Told(to=to, clocks=clocks, given_on=_read_given_on(request, staff), body=letter.write())
    record_notice(staff.act(request), exposure, told=told, today=find_today(staff))


def _read_given_on(request: HttpRequest, staff: Staff) -> date:
    day = read_day(request.POST, "given_on", staff)
    if day is None:
        raise NoMoment
    return day


def _tell_letter(
    staff: Staff, exposure: Exposure, filling: Filling, *, to: str, language: Language
) -> dict[str, object]:
    is_real_spanish_missing = not staff.site.is_sample and not is_reviewed()
    open_ = _find_open(staff, exposure, language)
    return {
        "exposure": exposure,
        "name": name_exposure(exposure, language),
        "to": to,
        "is_patient": to == PATIENT,
        "title": say(f"privacy_letter_{to}", language),
        "languages": list_options(
            {ENGLISH: Text(en="English", es="Inglés"), SPANISH: Text(en="Spanish", es="Español")},
            filling.language,
            language,
        ),
        "only_english": is_real_spanish_missing,
        "is_unreviewed": filling.language == SPANISH and not is_reviewed(),
        "filled": filling.typed,
        "clocks": [one for one in open_ if one.id not in OF_REGULATORS],
        "by_letter": BY_LETTER,
        "is_paused": any(one.is_paused for one in open_),
        "today": find_today(staff).isoformat(),
        "today_line": tell_day(find_today(staff), filling.language),
        "most": MOST_TYPED,
    }


def _find_open(staff: Staff, exposure: Exposure, language: Language) -> list[ClockLine]:
    lines = tell_running(find_running(exposure, find_place(staff)), language)
    return [line for line in lines if not line.given]


def _say(key: str) -> Text:
    return Text(en=say(key, ENGLISH), es=say(key, SPANISH))


def _lead(exposure: Exposure, language: Language) -> HttpResponse:
    return HttpResponseRedirect(find_address("exposure", language, exposure_id=str(exposure.pk)))
