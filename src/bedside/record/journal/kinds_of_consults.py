"""The kinds of events on questions for ethics, dangers to somebody, and what counsel holds.

Names are added here, never renamed. The sentence is what a person reads in the journal.
"""

from bedside.record.journal.event_kind import make_table
from bedside.trust.ledger.leaf import Kind, Lane

OF_CONSULTS = make_table(
    frozenset({Lane.OPERATIONAL}),
    ("case.drafted", Kind.DRAFTED, "Teaching case written", "Caso para enseñar escrito"),
    ("case.exported", Kind.EXPORTED, "Teaching case taken out", "Caso para enseñar extraído"),
    ("case.signed", Kind.ACKNOWLEDGED, "Teaching case signed", "Caso para enseñar firmado"),
    ("consult.advised", Kind.NOTED, "Ethics advised", "Ética aconsejó"),
    ("consult.exported", Kind.EXPORTED, "Brief printed", "Resumen impreso"),
    ("consult.heard", Kind.NOTED, "Words kept for ethics", "Palabras de alguien para ética"),
    ("consult.referred", Kind.ESCALATED, "Referred to ethics", "Enviado a ética"),
    ("consult.viewed", Kind.VIEWED, "Ethics brief read", "Resumen de ética leído"),
    ("danger.noted", Kind.ESCALATED, "Danger to somebody", "Peligro para alguien"),
    ("debrief.answered", Kind.ACKNOWLEDGED, "Debriefing answered", "Reunión de apoyo contestada"),
    ("debrief.asked", Kind.NOTED, "Debriefing asked for", "Se pidió una reunión de apoyo"),
    ("debrief.viewed", Kind.VIEWED, "Debriefings read", "Reuniones de apoyo leídas"),
    ("gap.answered", Kind.ACKNOWLEDGED, "Policy gap answered", "Vacío de reglas contestado"),
    ("hold.lifted", Kind.NOTED, "Hold lifted", "Retención levantada"),
    ("hold.set", Kind.HELD, "Held for a legal matter", "Retenido por un asunto legal"),
)
