"""Evaluating what a patient says was done to them: the treating team's page, and their copy."""

from dataclasses import dataclass, field
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from bedside.doors.web.addresses import find_address
from bedside.doors.web.norm_lines import build_line
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.doors.web.words import say
from bedside.record.accounts.access import NotThere
from bedside.record.accounts.queries import find_names
from bedside.record.accounts.roles import May
from bedside.record.encounters.models import Encounter
from bedside.record.encounters.queries import find_open_stays
from bedside.record.incidents.access import access_evaluated_stay, access_evaluation
from bedside.record.incidents.evaluation_operations import (
    record_evaluation,
    record_evaluation_copied,
    record_evaluation_viewed,
)
from bedside.record.incidents.evaluation_queries import (
    EvaluationSeen,
    find_evaluations,
    read_evaluation,
)
from bedside.record.incidents.evaluations import (
    FITS,
    MOST_FINDINGS,
    NORMS,
    TEXTS,
    Evaluated,
    Finding,
    Fits,
)
from bedside.record.incidents.models import Evaluation
from bedside.record.incidents.refusals import ChoiceMissing
from bedside.record.journal.operations import DoneBefore
from bedside.record.refusal import Refused
from bedside.rules.vocabulary.problem import Language

UNPROCESSABLE = 422
MOST_STAYS = 200
FORMS = ["GET", "HEAD", "POST"]
LINES, SHOWN = range(MOST_FINDINGS), 3  # findings that there is room for, and that are in sight


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The form as it is shown: empty, as it was typed, or with what is to be corrected."""

    evaluated: Evaluated = field(default_factory=Evaluated)
    problem: str = ""
    corrects: Evaluation | None = None


@require_safe
@for_staff(May.EVALUATE_ILL_TREATMENT)
def show_stays(request: HttpRequest, staff: Staff, language: Language) -> HttpResponse:
    """Show the open stays whose patients this person treats."""
    del language
    rows = find_open_stays(staff.standing)
    may = May.EVALUATE_ILL_TREATMENT
    stays = [one for one in rows[:MOST_STAYS] if staff.standing.may_in(may, one.unit)]
    return render(request, "bedside/incidents/evaluation_stays.html", {"stays": stays})


@require_http_methods(FORMS)
@for_staff(May.EVALUATE_ILL_TREATMENT)
def evaluate(request: HttpRequest, staff: Staff, language: Language, stay_id: UUID) -> HttpResponse:
    """Show the evaluations of a stay, and note a new one."""
    stay = access_evaluated_stay(staff.standing, stay_id)
    if request.method == "POST":
        return _keep(request, staff, language, stay=stay)
    return _show_form(request, stay, language, form=Form())


@require_http_methods(FORMS)
@for_staff(May.EVALUATE_ILL_TREATMENT)
def show_evaluation(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID, evaluation_id: UUID
) -> HttpResponse:
    """Show one evaluation to the treating team; a correction stands beside what it corrects."""
    stay = access_evaluated_stay(staff.standing, stay_id)
    row = access_evaluation(stay, evaluation_id)
    if request.method == "POST":
        return _keep(request, staff, language, stay=stay, corrects=row)
    record_evaluation_viewed(staff.act_under(uuid4()), row)
    if request.GET.get("correct"):
        form = Form(evaluated=_open(staff, row).evaluated, corrects=row)
        return _show_form(request, stay, language, form=form)
    context = {"stay": stay, **_tell(staff, row, language)}
    return render(request, "bedside/incidents/evaluation.html", context)


@require_POST
@for_staff(May.EVALUATE_ILL_TREATMENT)
def copy_evaluation(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID, evaluation_id: UUID
) -> HttpResponse:
    """Print an evaluation for the patient, who may have it and nobody else."""
    stay = access_evaluated_stay(staff.standing, stay_id)
    row = access_evaluation(stay, evaluation_id)
    record_evaluation_copied(staff.act(request), row)
    context = {"stay": stay, "is_copy": True, **_tell(staff, row, language)}
    return render(request, "bedside/incidents/evaluation.html", context)


def _keep(
    request: HttpRequest,
    staff: Staff,
    language: Language,
    *,
    stay: Encounter,
    corrects: Evaluation | None = None,
) -> HttpResponse:
    """Keep what was typed, or show it again with what is wrong."""
    evaluated = _read(request)
    try:
        _refuse_unsaid(request)
        row = record_evaluation(staff.act(request), stay, evaluated=evaluated, corrects=corrects)
    except DoneBefore:
        return _lead(stay.pk, language)
    except Refused as refused:
        form = Form(evaluated=evaluated, problem=refused.say(language), corrects=corrects)
        return _show_form(request, stay, language, form=form)
    return _lead(stay.pk, language, row.pk)


def _show_form(
    request: HttpRequest, stay: Encounter, language: Language, *, form: Form
) -> HttpResponse:
    texts = form.evaluated.texts
    found = [(one.what, one.fits.value) for one in form.evaluated.findings]
    if form.problem:  # a finding without its degree is shown again too
        found = [
            (request.POST.get(f"{n}-finding", ""), request.POST.get(f"{n}-fits", "")) for n in LINES
        ]
    lines = list(enumerate([*found, *[("", "")] * (len(LINES) - len(found))]))
    context = {
        "stay": stay,
        "evaluations": find_evaluations(stay) if form.corrects is None else (),
        "fields": [
            (name, say(f"inc_eval_{name}", language), texts.get(name, "")) for name in TEXTS
        ],
        "first": lines[:SHOWN],
        "more": lines[SHOWN:],
        "fits": [(one.value, text.say(language)) for one, text in FITS.items()],
        "norms": _find_norms(language),
        "problem": form.problem,
        "corrects": form.corrects,
    }
    status = UNPROCESSABLE if form.problem else 200
    return render(request, "bedside/incidents/evaluate.html", context, status=status)


def _refuse_unsaid(request: HttpRequest) -> None:
    """Refuse a finding of which nobody said how far it fits."""
    known = {one.value for one in Fits}
    for n in LINES:
        is_typed = request.POST.get(f"{n}-finding", "").strip()
        if is_typed and request.POST.get(f"{n}-fits", "") not in known:
            raise ChoiceMissing


def _open(staff: Staff, row: Evaluation) -> EvaluationSeen:
    seen = read_evaluation(staff.reader(), row)
    if seen is None:
        raise NotThere
    return seen


def _tell(staff: Staff, row: Evaluation, language: Language) -> dict[str, object]:
    seen = _open(staff, row)
    return {
        "row": row,
        "by": find_names({row.by}).get(row.by, ""),
        "texts": [
            (say(f"inc_eval_{name}", language), seen.evaluated.texts.get(name, ""))
            for name in TEXTS
        ],
        "findings": [(one.what, FITS[one.fits].say(language)) for one in seen.evaluated.findings],
        "norms": _find_norms(language),
    }


def _find_norms(language: Language) -> list[object]:
    shelf = find_shelf()
    return [build_line(shelf.norms[one], shelf.vocabulary, language) for one in NORMS]


def _read(request: HttpRequest) -> Evaluated:
    sent = request.POST
    known = {one.value for one in Fits}
    findings = tuple(
        Finding(what=sent.get(f"{n}-finding", "").strip(), fits=Fits(sent.get(f"{n}-fits", "")))
        for n in LINES
        if sent.get(f"{n}-finding", "").strip() and sent.get(f"{n}-fits", "") in known
    )
    return Evaluated(texts={name: sent.get(name, "").strip() for name in TEXTS}, findings=findings)


def _lead(stay_id: UUID, language: Language, id_: UUID | None = None) -> HttpResponse:
    if id_ is None:
        return HttpResponseRedirect(find_address("evaluations", language, stay_id=str(stay_id)))
    to = find_address("evaluation", language, stay_id=str(stay_id), evaluation_id=str(id_))
    return HttpResponseRedirect(to)
