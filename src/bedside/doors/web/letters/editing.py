"""The editor as a page: what it begins with, what its buttons do, and how it is shown."""

from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bedside.doors.web.letters.editor import (
    BASES,
    HOURS,
    STATUS_CLAIM,
    Form,
    check_form,
    make_draft,
    read_form,
)
from bedside.doors.web.letters.house import find_facts
from bedside.doors.web.letters.proposals import STATUS, propose
from bedside.doors.web.letters.rows import (
    CODES,
    GAP,
    Row,
    Typing,
    add_row,
    rows_of_claims,
    rows_of_proposals,
)
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.staff.signed_in import Staff
from bedside.doors.web.words import say
from bedside.record.encounters.models import Encounter
from bedside.record.letters.models import Letter
from bedside.record.letters.operations import Draft
from bedside.record.letters.queries import find_grounds
from bedside.rules.attestation.asked import load_asked_forms
from bedside.rules.attestation.clause import Clause, Reader, load_library
from bedside.rules.attestation.history import History, Version
from bedside.rules.attestation.readers import load_bases
from bedside.rules.vocabulary.problem import Language

NEED = "representation_purpose"


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """Who edits, in which language, about which stay, and which letter if there is one."""

    request: HttpRequest
    staff: Staff
    language: Language
    stay: Encounter
    letter: Letter | None = None

    @property
    def typing(self) -> Typing:
        """Say how what is typed is read."""
        return Typing(language=self.language, zone=self.staff.site.timezone)


ADD, REPLACE = "add", "replace-"


def begin_form(desk: Desk, history: History | None = None) -> Form:
    """Begin with what the stay tells, or with the latest version as it was written."""
    staff, language, typing = desk.staff, desk.language, desk.typing
    now = f"{staff.at.astimezone(typing.zone):%Y-%m-%dT%H:%M}"
    if history is None or desk.letter is None:
        rows = rows_of_proposals(propose(find_facts(staff, desk.stay)), typing)
        return Form(rows=rows, seen_at=now, evidence=say("letter_evidence_usual", language))
    grounds, draft = find_grounds(staff.reader(), desk.letter), history.versions[-1].draft
    codes = {str(one.claim): one.code.value for one in draft.reasons}
    return Form(
        rows=_begin_rows(history, codes, typing),
        status=next((one.clause for one in draft.claims if one.clause in STATUS), ""),
        status_code=codes.get(STATUS_CLAIM, ""),
        seen_at=now,
        evidence=draft.claims[0].assessment.evidence,
        basis=grounds.basis.value,
        need=grounds.need,
        purpose=grounds.purpose,
        receiver=grounds.receiver,
        request=desk.request.GET.get("request", draft.request or "")[:40],
    )


def _begin_rows(history: History, codes: dict[str, str], typing: Typing) -> tuple[Row, ...]:
    """Begin with the claims of the latest version, and what it took out of the signed one."""
    latest, signed = history.versions[-1], history.last_signed
    kept = {one.id for one in latest.claims}
    gone = [one for one in (signed.claims if signed else ()) if one.id not in kept]
    rows = rows_of_claims((*latest.claims, *gone), typing)
    if signed is None or latest.is_signed:
        codes = {}
    return tuple(
        replace(row, is_kept=row.claim in kept, code=codes.get(row.claim, "")) for row in rows
    )


def read_and_do(desk: Desk, before: Version | None) -> tuple[Form, Draft | None]:
    """Do what the pressed button says; `before` is the signed version that a draft follows."""
    sent, typing = desk.request.POST, desk.typing
    form = read_form(sent, typing, _find_needs())
    pressed = sent.get("do", "")
    if pressed == ADD:
        return replace(form, rows=add_row(form.rows, sent.get("clause", ""), typing)), None
    if pressed.startswith(REPLACE):
        return _replace(form, pressed.removeprefix(REPLACE), typing), None
    form = check_form(form, typing, now=desk.staff.at)
    return form, make_draft(form, typing, desk.staff, before=before) if form.is_sound else None


def _replace(form: Form, number: str, typing: Typing) -> Form:
    """Put what may honestly be said in the place of words that no letter says."""
    row = next((one for one in form.rows if str(one.number) == number), None)
    if row is None:
        return form
    rows = tuple(_without_words(one) if one is row else one for one in form.rows)
    if not any(one.clause.id == "injury/if-care-not-given" for one in rows):
        rows = add_row(rows, "injury/if-care-not-given", typing)
    return replace(form, rows=rows, status=form.status or STATUS[0])


def _without_words(row: Row) -> Row:
    return replace(row, more="")


def show_editor(
    desk: Desk, form: Form, *, problems: list[str] | None = None, status: int = 200
) -> HttpResponse:
    """Show the editor with everything that was typed."""
    request, staff, language = desk.request, desk.staff, desk.language
    words, library = find_shelf().vocabulary.facts[NEED].words, load_library().clauses
    context = {
        "form": form,
        "stay": desk.stay,
        "letter": desk.letter,
        "problems": [*(problems or []), *form.wrongs],
        "statuses": [
            (id_, _say_gaps(library[id_], language), _say_plain(id_, language)) for id_ in STATUS
        ],
        "clauses": _group_clauses(language),
        "codes": [(code, say(f"letter_code_{code}", language)) for code in CODES],
        "hours": HOURS,
        "bases": [(one.value, load_bases()[one].label.say(language)) for one in BASES],
        "needs": [(word.id, word.label.say(language)) for word in words],
        "asked": [
            (one.asked.say(language), one.answer.say(language)) for one in load_asked_forms()
        ],
        "is_change": desk.letter is not None and desk.letter.signed > 0,
        "action": request.path_info,
        "now": f"{staff.at.astimezone(staff.site.timezone):%Y-%m-%dT%H:%M}",
    }
    return render(request, "bedside/letters/editor.html", context, status=status)


def _say_gaps(clause: Clause, language: Language) -> str:
    return GAP.sub("…", clause.say[Reader.PATIENT].say(language))


def _say_plain(id_: str, language: Language) -> str:
    return say(f"letter_status_{id_.partition('/')[2].replace('-', '_')}", language)


def _group_clauses(language: Language) -> list[tuple[str, list[tuple[str, str]]]]:
    """Group the sentences of the library by class, for the list of what can be added."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for clause in load_library().clauses.values():
        if clause.id in STATUS:
            continue
        row = Row(number=0, claim="", clause=clause, values={}, language=language)
        groups.setdefault(f"{clause.letter} {row.label}", []).append((clause.id, row.title))
    return list(groups.items())


def _find_needs() -> tuple[str, ...]:
    return tuple(word.id for word in find_shelf().vocabulary.facts[NEED].words)
