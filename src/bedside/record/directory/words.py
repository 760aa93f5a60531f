"""The closed lists of the directory: whom, what, by which authority, and what each is called."""

from collections.abc import Mapping

from bedside.record.accounts.roles import Role
from bedside.rules.vocabulary.problem import Text

PATIENT, NORM = "patient", "norm"
PROTECTED = frozenset({"lawyer", "consulate"})  # only counsel may limit these

WHOM: Mapping[str, Text] = {
    "family": Text(en="Family", es="Familia"),
    "friends": Text(en="Friends", es="Amistades"),
    "clergy": Text(en="Clergy", es="Personas religiosas"),
    "lawyer": Text(en="The patient's lawyer", es="Abogado del paciente"),
    "consulate": Text(en="The consulate", es="El consulado"),
    "one_person": Text(en="One person", es="Una persona"),
}
WHAT: Mapping[str, Text] = {
    "visits": Text(en="Visits", es="Visitas"),
    "calls": Text(en="Calls", es="Llamadas"),
    "visits_and_calls": Text(en="Visits and calls", es="Visitas y llamadas"),
}
AUTHORITIES: Mapping[str, Text] = {
    "clinical": Text(en="A clinical reason", es="Una razón clínica"),
    "court_order": Text(en="A court order", es="Una orden judicial"),
    "hospital_rule": Text(en="A written rule of the hospital", es="Una regla escrita del hospital"),
    NORM: Text(en="A norm of the rulebook", es="Una norma de las reglas"),
    "agency_request": Text(
        en="A written request of the agency", es="Una solicitud escrita del organismo"
    ),
}
WITHHELD_BY: Mapping[str, Text] = {
    PATIENT: Text(en="The patient asked for it", es="El paciente lo pidió"),
    "safety": Text(en="A threat to the patient", es="Una amenaza contra el paciente"),
    "court_order": AUTHORITIES["court_order"],
    "hospital_rule": AUTHORITIES["hospital_rule"],
    "agency_request": AUTHORITIES["agency_request"],
}
OWNERS = (
    Role.ATTENDING,
    Role.CHARGE_NURSE,
    Role.HOUSE_SUPERVISOR,
    Role.PRIVACY_OFFICER,
    Role.COUNSEL,
    Role.ADMINISTRATOR_ON_DUTY,
    Role.SOCIAL_WORK,
)
RELATIONS: Mapping[str, Text] = {
    "partner": Text(en="Partner", es="Pareja"),
    "parent": Text(en="Parent", es="Madre o padre"),
    "child": Text(en="Child", es="Hija o hijo"),
    "sibling": Text(en="Sister or brother", es="Hermana o hermano"),
    "relative": Text(en="Other relative", es="Otro familiar"),
    "friend": Text(en="Friend", es="Amistad"),
    "lawyer": Text(en="Lawyer", es="Abogada o abogado"),
    "other": Text(en="Somebody else", es="Otra persona"),
}
OUTCOMES: Mapping[str, Text] = {
    "reached": Text(en="Reached", es="Se habló"),
    "no_answer": Text(en="No answer", es="No contestó"),
    "not_wanted": Text(en="The patient no longer wants it", es="El paciente ya no quiere"),
}
