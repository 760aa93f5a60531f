"""The kinds of events on reports and on notes for counsel, which lie apart from the rest.

Names are added here, never renamed. The sentence is what a person reads in the journal.
"""

from bedside.record.journal.event_kind import make_table
from bedside.trust.ledger.leaf import Kind, Lane

# A report that gives its author's name may be an ordinary record of the house or a safety report.
OF_REPORTS = make_table(
    frozenset({Lane.OPERATIONAL, Lane.SAFETY}),
    ("report.filed", Kind.NOTED, "Report filed", "Informe presentado"),
)
OF_COUNSEL = make_table(
    frozenset({Lane.LEGAL}),
    ("legal.noted", Kind.NOTED, "Note for counsel", "Nota para la asesoría"),
)
