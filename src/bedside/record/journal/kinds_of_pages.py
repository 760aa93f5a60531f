"""The kinds of events on pages that go out, on the board, and on the hard cases.

Names are added here, never renamed. The sentence is what a person reads in the journal.
"""

from bedside.record.journal.event_kind import make_table
from bedside.trust.ledger.leaf import Kind, Lane

OF_PAGES = make_table(
    frozenset({Lane.OPERATIONAL}),
    ("agency.viewed", Kind.VIEWED, "Agency number looked up", "Número de la agencia consultado"),
    ("board.confirmed", Kind.ACKNOWLEDGED, "Open conflict confirmed", "Conflicto confirmado"),
    ("board.exported", Kind.EXPORTED, "Month exported", "Mes exportado"),
    ("board.handed-over", Kind.HANDED_OVER, "Board handed over", "Tablero entregado"),
    ("board.taken-over", Kind.ACKNOWLEDGED, "Board taken over", "Tablero recibido"),
    ("channel.added", Kind.SETTING_CHANGED, "Way to reach added", "Vía de aviso agregada"),
    ("channel.ended", Kind.SETTING_CHANGED, "Way to reach ended", "Vía de aviso terminada"),
    ("hard.opened", Kind.ESCALATED, "Hard case opened", "Caso difícil abierto"),
    ("hard.task-done", Kind.NOTED, "Step done", "Paso cumplido"),
    ("page.delivered", Kind.NOTED, "Page delivered", "Aviso entregado"),
    ("page.not-delivered", Kind.NOTED, "Page not delivered", "Aviso no entregado"),
    ("page.routed", Kind.NOTED, "Page sent on its ways", "Aviso enviado por sus vías"),
    ("page.seen", Kind.NOTED, "Page opened", "Aviso abierto"),
    ("terms.ran-out", Kind.ESCALATED, "Agreement ran out", "El acuerdo venció"),
)
