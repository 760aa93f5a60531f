"""The kinds of events on reviews of what was reported, and on what is published of them.

Names are added here, never renamed. The sentence is what a person reads in the journal.
"""

from bedside.record.journal.event_kind import make_table
from bedside.trust.ledger.leaf import Kind, Lane

# What reviewers think of a report is safety work, whatever the lane of the report itself.
OF_REVIEWS = make_table(
    frozenset({Lane.SAFETY}),
    ("changes.published", Kind.SHARED, "What changed, published", "Lo que cambió, publicado"),
    ("review.action-done", Kind.NOTED, "Corrective action done", "Acción correctiva hecha"),
    ("review.action-set", Kind.NOTED, "Corrective action set", "Acción correctiva puesta"),
    ("review.answered", Kind.NOTED, "Reporter answered, or not", "Respuesta a quien informó, o no"),
    ("review.closed", Kind.NOTED, "Review closed", "Revisión cerrada"),
    ("review.exported", Kind.EXPORTED, "Reviews taken out", "Revisiones extraídas"),
    ("review.heard", Kind.NOTED, "Somebody heard", "Se escuchó a alguien"),
    ("review.noted", Kind.NOTED, "Review went on", "La revisión siguió"),
    ("review.opened", Kind.NOTED, "Taken into review", "En revisión"),
    ("review.rated", Kind.NOTED, "Harm rated", "Daño evaluado"),
    ("review.reopened", Kind.NOTED, "Review reopened", "Revisión reabierta"),
    ("review.viewed", Kind.VIEWED, "Review read", "Revisión leída"),
)
OF_FINDINGS = make_table(
    frozenset({Lane.OPERATIONAL}),
    (
        "agency-report.published",
        Kind.SHARED,
        "Report to agencies published",
        "Informe a agencias publicado",
    ),
    ("evaluation.copied", Kind.SHARED, "Copy given to the patient", "Copia dada al paciente"),
    ("evaluation.noted", Kind.NOTED, "Evaluation noted", "Evaluación anotada"),
    ("evaluation.viewed", Kind.VIEWED, "Evaluation read", "Evaluación leída"),
    ("lane.exported", Kind.EXPORTED, "Operational record taken out", "Registro operativo extraído"),
)
