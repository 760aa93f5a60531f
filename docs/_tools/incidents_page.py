"""The page of what can be reported: families and types, in both languages."""

from collections.abc import Iterator

from docs._tools.markdown import MADE, escape, table

from bedside.rules.incidents.taxonomy import (
    Breach,
    Family,
    IncidentType,
    find_call,
    load_families,
    load_types,
)
from bedside.rules.vocabulary.catalogue import Vocabulary

INTRODUCTION = """Codes are a contract: they are added, never renamed. A type says what happened,
not whose fault it was; patients, officers, staff and visitors can each report and be reported. One
account can be of several types. The class is that of the AHRQ Common Formats (LOINC 74079-5, as
reported in our notes): incident, near miss, unsafe condition; a near miss of any type is filed
under that type and is said not to have reached the patient. *Sentinel candidate* and *breach
assessment* open a question for a person; they decide nothing. The calls and clocks are a proposal,
and each hospital sets its own.
"""
CLASSES = {"incident": "incident", "near_miss": "near miss", "unsafe_condition": "unsafe condition"}
BREACH = {Breach.NO: "", Breach.MAYBE: "breach assessment if health talk or records were exposed"}
BREACH |= {Breach.YES: "breach assessment always"}


def write_incidents(vocabulary: Vocabulary) -> str:
    """Write every family with its types, whom to call first, and what each may set off."""
    lines = [f"{MADE}\n# What can be reported\n", INTRODUCTION]
    for family in load_families().values():
        lines += _describe_family(family, vocabulary)
    return "\n".join(lines)


def _describe_family(family: Family, vocabulary: Vocabulary) -> Iterator[str]:
    yield f"\n## {family.code}: {escape(family.title.en)} · {escape(family.title.es)}\n"
    yield f"{escape(family.explains.en)}. · {escape(family.explains.es)}.\n"
    types = [one for one in load_types().values() if one.family == family.code]
    rows = [
        (
            one.code,
            f"**{escape(one.title.en)}.** {escape(one.explains.en)}",
            f"**{escape(one.title.es)}.** {escape(one.explains.es)}",
            "; ".join(_say_consequences(one, vocabulary)),
        )
        for one in types
    ]
    yield table(("Code", "English", "Español", "Class, questions, first call"), rows)


def _say_consequences(one: IncidentType, vocabulary: Vocabulary) -> Iterator[str]:
    yield " or ".join(CLASSES[each] for each in (one.ahrq, one.ahrq_also) if each)
    if one.may_be_sentinel:
        yield "sentinel candidate if the harm is severe"
    if BREACH[one.breach]:
        yield BREACH[one.breach]
    if one.must_report:
        yield "a report to the state may be mandatory"
    calls = ", ".join(escape(find_call(role, vocabulary).en) for role in one.first_calls)
    within = {None: "", 0: " at once"}.get(one.calls_within, f" within {one.calls_within} minutes")
    yield f"call: {calls}{within}"
