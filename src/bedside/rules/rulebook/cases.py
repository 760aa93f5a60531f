"""The cases in a norm file: examples on both sides that the norm's own condition must keep.

A case asks the condition, the exceptions and the dates; who is bound (standings) is not asked.
"""

from bedside.rules.condition.holds import holds
from bedside.rules.rulebook.book import condition_of
from bedside.rules.rulebook.facts import read_facts
from bedside.rules.rulebook.form import Form
from bedside.rules.rulebook.norm import Norm
from bedside.rules.vocabulary.answer import Answer
from bedside.rules.vocabulary.known import settle
from bedside.rules.vocabulary.problem import ProblemKind, Text

SPEAKS = {"yes": Answer.YES, "no": Answer.NO, "unknown": Answer.UNKNOWN}
NAMES = {answer: name for name, answer in SPEAKS.items()}

CONTRADICTED = ProblemKind(
    code="rulebook.case-contradicts",
    what=Text(
        en="this case says the norm speaks: {said}, its condition says: {found}",
        es="este caso dice que la norma habla: {said}; su condición dice: {found}",
    ),
    help=Text(
        en="correct the condition, the dates or the case",
        es="corrija la condición, las fechas o el caso",
    ),
)
ONE_SIDED = ProblemKind(
    code="rulebook.one-sided",
    what=Text(en="no case here says `{said}`", es="ningún caso dice `{said}`"),
    help=Text(
        en="add a case in which the norm speaks and one in which it does not",
        es="agregue un caso en que la norma habla y otro en que no",
    ),
)


def check_cases(form: Form, norm: Norm) -> None:
    """Report every case that the norm's condition contradicts, and a side without a case."""
    said = {_check_case(form, norm, row) for row in form.rows("cases")}
    if None in said or not isinstance(form.find("cases"), list):
        return  # what was not understood cannot be counted
    for wanted in (Answer.YES, Answer.NO):
        if wanted not in said:
            form.report(ONE_SIDED, "cases", said=NAMES[wanted])


def _check_case(form: Form, norm: Norm, row: int) -> Answer | None:
    """Check one case, and return what it says; nothing if it was not understood."""
    keys = ("given", "as_of", "speaks", "why")
    before = len(form.problems)
    form.table("cases", row, keys=keys, required=keys)
    facts = read_facts(form, "cases", row, "given")
    on = form.day("cases", row, "as_of")
    form.text("cases", row, "why")
    said = _read_answer(form, row)
    if on is None or len(form.problems) > before:
        return None
    known = settle(facts, form.vocabulary).possible
    found = Answer.NO
    if norm.is_in_force(on=on):
        found = holds(condition_of(norm), known, form.vocabulary)
    if found is not said:
        form.report(CONTRADICTED, "cases", row, said=NAMES[said], found=NAMES[found])
    return said


def _read_answer(form: Form, row: int) -> Answer:
    value = form.find("cases", row, "speaks")
    if isinstance(value, bool):
        return Answer.YES if value else Answer.NO
    return SPEAKS[form.choice("cases", row, "speaks", known=SPEAKS, fallback="unknown")]
