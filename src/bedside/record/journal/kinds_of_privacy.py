"""The kinds of events of the privacy officer's work.

What was exposed, what was decided and who was told is the ordinary record that HIPAA asks for.
That a report led to it is told only in the lane of the report.
"""

from bedside.record.journal.event_kind import make_table
from bedside.trust.ledger.leaf import Kind, Lane

OF_PRIVACY = make_table(
    frozenset({Lane.OPERATIONAL}),
    ("accounting.answered", Kind.SHARED, "Accounting given", "Relación entregada"),
    ("accounting.asked", Kind.NOTED, "Accounting asked for", "Se pidió la relación"),
    ("accounting.exported", Kind.EXPORTED, "Accounting taken out", "Relación extraída"),
    ("accounting.suspended", Kind.HELD, "Accounting held back", "Relación suspendida"),
    ("accounting.viewed", Kind.VIEWED, "Accounting read", "Relación leída"),
    ("disclosure.noted", Kind.SHARED, "Disclosure noted", "Divulgación anotada"),
    ("exposure.assessed", Kind.ISSUED, "Exposure assessed", "Exposición evaluada"),
    ("exposure.delayed", Kind.HELD, "Telling put off", "Aviso aplazado"),
    ("exposure.notice-given", Kind.SHARED, "Notice given", "Aviso entregado"),
    ("exposure.opened", Kind.NOTED, "Exposure taken up", "Exposición en examen"),
    ("exposure.viewed", Kind.VIEWED, "Exposure read", "Exposición leída"),
)
OF_TRIAGE = make_table(
    frozenset({Lane.OPERATIONAL, Lane.SAFETY}),
    ("report.taken-up", Kind.NOTED, "Privacy took it up", "Privacidad lo examina"),
)
