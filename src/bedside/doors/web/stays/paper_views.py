"""Papers that officers show: one question after another, then the kind, then the photograph."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from bedside.doors.web.addresses import find_address
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.staff.signed_in import Staff, for_staff
from bedside.doors.web.stays.case import find_stay, tell_viewed
from bedside.doors.web.stays.photographs import read_photograph
from bedside.doors.web.stays.stay_page import Teller
from bedside.record.accounts.roles import May
from bedside.record.encounters.access import access_paper
from bedside.record.encounters.case_queries import find_papers, read_image
from bedside.record.encounters.models import Encounter
from bedside.record.encounters.paper_kinds import FILE, PaperTable, load_papers
from bedside.record.encounters.paper_operations import Shown, record_paper, record_paper_viewed
from bedside.rules.vocabulary.problem import Language, Problems

BAD = 400
FORMS = ["GET", "HEAD", "POST"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """How far one has come with a paper, and what is wrong."""

    answers: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


def find_table() -> PaperTable:
    """Find the table of kinds, checked against the words of the rulebook in force."""
    if not _TABLE:
        _TABLE.append(load_papers(FILE, find_shelf().vocabulary))
    return _TABLE[0]


_TABLE: list[PaperTable] = []


@require_http_methods(FORMS)
@for_staff(May.READ_CARE)
def show_papers(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID
) -> HttpResponse:
    """Show the papers; ask about a new one, question by question; keep it."""
    stay, table = find_stay(staff, stay_id), find_table()
    if request.method != "POST":
        tell_viewed(staff, stay)
        return _show(request, staff, stay, language=language, step=Step())
    find_stay(staff, stay_id, to=May.WRITE_CARE)
    answers = _read_answers(request, table)
    if table.find_next(answers) is not None or request.POST.get("keep") != "yes":
        return _show(request, staff, stay, language=language, step=Step(answers=answers))
    kind = table.classify(answers)
    try:
        photograph = request.FILES.get("photograph")
        image = read_photograph(photograph) if photograph else None
    except Problems as found:
        problems = tuple(problem.say(language) for problem in found.problems)
        step = Step(answers=answers, problems=problems)
        return _show(request, staff, stay, language=language, step=step)
    shown = Shown(answers=answers, kind=kind.id, facts=kind.facts, image=image)
    record_paper(staff.act(request), stay, shown=shown)
    return HttpResponseRedirect(find_address("stay", language, stay_id=str(stay_id)))


@require_safe
@for_staff(May.READ_CARE)
def give_image(
    request: HttpRequest, staff: Staff, language: Language, stay_id: UUID, paper_id: UUID
) -> HttpResponse:
    """Give the photograph of a paper as a file, never on a page; that it was taken is an event."""
    del request, language
    stay = find_stay(staff, stay_id)
    paper = access_paper(stay, paper_id)
    data = read_image(staff.reader(), paper)
    record_paper_viewed(staff.act_under(uuid4()), paper)
    response = HttpResponse(data, content_type=f"image/{paper.image_kind}")
    name = f"paper-{stay.code}.{paper.image_kind}"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["Cache-Control"] = "no-store"
    return response


def _read_answers(request: HttpRequest, table: PaperTable) -> dict[str, str]:
    sent = request.POST
    return {q.id: sent[q.id] for q in table.questions if sent.get(q.id) in q.answers}


def _show(
    request: HttpRequest, staff: Staff, stay: Encounter, *, language: Language, step: Step
) -> HttpResponse:
    table, answers = find_table(), step.answers
    question = table.find_next(answers)
    teller = Teller(staff=staff, language=language)
    papers = find_papers(staff.reader(), stay)
    names = teller.roles(paper.by for paper in papers)
    context: dict[str, Any] = {
        "stay": stay,
        "question": question
        and {
            "id": question.id,
            "ask": question.ask.say(language),
            "where": question.where.say(language),
            "answers": [(id_, said.say(language)) for id_, said in question.answers.items()],
        },
        "number": len(answers) + 1,
        "many": len(table.questions),
        "answers": answers.items(),
        "said": [
            (q.ask.say(language), q.answers[answers[q.id]].say(language))
            for q in table.questions
            if q.id in answers
        ],
        "kind": None if question else table.classify(answers),
        "kind_label": "" if question else table.classify(answers).label.say(language),
        "kind_say": "" if question else table.classify(answers).say.say(language),
        "papers": [
            {
                "id": paper.id,
                "label": table.find_kind(paper.kind).label.say(language),
                "shown_at": paper.shown_at,
                "by": names[paper.by],
                "has_image": paper.has_image,
            }
            for paper in papers
        ],
        "may_write": staff.standing.may(May.WRITE_CARE) and stay.closed_at is None,
        "problems": step.problems,
    }
    status = BAD if step.problems else None
    return render(request, "bedside/stays/papers.html", context, status=status)
