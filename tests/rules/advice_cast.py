"""Small invented rulebooks about an exam, and how the tests of advice ask them."""

from collections.abc import Mapping
from typing import TypeAlias

from rules_cast import ask_book

from bedside.rules.decide.advice import Advice, Judgement
from bedside.rules.decide.situation import Claim
from bedside.rules.vocabulary.catalogue import Value

Changes: TypeAlias = Mapping[str, object]

HERE: dict[str, Value] = {
    "activity": "exam",
    "room_has_window": True,
    "patient_wish": "not_asked",
}
OFFICER = {"binds": ["officer"], "kind": "agency_policy"}
CLAIM = Claim(by="officer", words="I must be with her at all times", arrangement={"position": 3})


def ask(
    norms: Mapping[str, Changes],
    *,
    stands: str | None = None,
    claims: tuple[Claim, ...] = (),
    **facts: Value,
) -> Advice:
    at = {"position": stands} if stands else {}
    return ask_book(norms, {**HERE, **facts}, stands=at, claims=claims)


def position(norms: Mapping[str, Changes], stands: str | None = None, **facts: Value) -> Judgement:
    at = {"position": stands} if stands else {}
    return ask_book(norms, {**HERE, **facts}, stands=at).dimensions["position"]


def private(**changes: object) -> Changes:
    return {"arrangement": {"position": {"hears": "no", "sees": "no"}}, **changes}


def inside(**changes: object) -> Changes:
    return {**OFFICER, "arrangement": {"position": {"in_room": "yes"}}, **changes}


def opening_book(**more: object) -> dict[str, Changes]:
    unless = [
        {
            "when": "clinician_states_medical_reason",
            "opened_by": "clinician",
            "say": {"en": "There is a medical reason.", "es": "Hay una razón médica."},
        }
    ]
    return {"us/federal/a": private(), "us/federal/b": inside(unless=unless, **more)}
