"""The kinds of events on reports and on notes for counsel, which lie apart from the rest.

Names are added here, never renamed. The sentence is what a person reads in the journal.
"""

from bedside.record.journal.event_kind import make_table
from bedside.trust.ledger.leaf import Kind, Lane

# A report that gives its author's name may be an ordinary record of the house or a safety report.
OF_REPORTS = make_table(
    frozenset({Lane.OPERATIONAL, Lane.SAFETY}),
    ("report.answered", Kind.NOTED, "Reporter wrote", "Escribió quien informó"),
    ("report.asked", Kind.NOTED, "Reporter was asked", "Se preguntó a quien informó"),
    ("report.file-added", Kind.NOTED, "File added to a report", "Archivo agregado a un informe"),
    ("report.filed", Kind.NOTED, "Report filed", "Informe presentado"),
    ("report.messages-read", Kind.VIEWED, "Messages read", "Mensajes leídos"),
    ("report.viewed", Kind.VIEWED, "Report read", "Informe leído"),
    ("report.withdrawn", Kind.WITHDRAWN, "Report taken back", "Informe retirado"),
)
OF_COUNSEL = make_table(
    frozenset({Lane.LEGAL}),
    ("legal.exported", Kind.EXPORTED, "Notes taken out", "Notas extraídas"),
    ("legal.noted", Kind.NOTED, "Note for counsel", "Nota para la asesoría"),
    ("legal.viewed", Kind.VIEWED, "Notes read", "Notas leídas"),
)
