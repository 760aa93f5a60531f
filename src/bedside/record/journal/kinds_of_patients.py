"""The kinds of events on what patients are told and say, and on what officers ask and say.

Names are added here, never renamed. The sentence is what a person reads in the journal.
"""

from bedside.record.journal.event_kind import make_table
from bedside.trust.ledger.leaf import Kind, Lane

OF_PATIENTS = make_table(
    frozenset({Lane.OPERATIONAL}),
    ("copy.asked", Kind.NOTED, "Patient asked for a copy", "El paciente pidió una copia"),
    ("copy.given", Kind.EXPORTED, "Copy given to the patient", "Copia entregada al paciente"),
    ("danger.found", Kind.ACKNOWLEDGED, "Nurse looked at a danger", "Enfermería valoró un peligro"),
    ("danger.told", Kind.ESCALATED, "Officer told of a danger", "El agente avisó de un peligro"),
    ("interpreter.asked", Kind.ESCALATED, "Interpreter asked for", "Se pidió intérprete"),
    ("interpreter.moved", Kind.ACKNOWLEDGED, "Interpreter: news", "Intérprete: novedad"),
    ("officer.asked", Kind.NOTED, "Officer asked for something", "El agente pidió algo"),
    ("officer.quoted", Kind.NOTED, "Officer's exact words", "Palabras exactas del agente"),
    ("patient.replied", Kind.NOTED, "Patient answered", "El paciente respondió"),
    ("rights.told", Kind.NOTED, "Rights told", "Se dijeron los derechos"),
    ("statement.made", Kind.NOTED, "Officer's statement", "Declaración del agente"),
    ("step-out.answered", Kind.ACKNOWLEDGED, "Officer answered", "El agente respondió"),
    ("step-out.asked", Kind.NOTED, "Asked to stand elsewhere", "Se pidió otro lugar"),
    ("step-out.ended", Kind.NOTED, "Officer may come back", "El agente puede volver"),
)
