"""Every kind of event: its name, the kind of its leaf, and the sentence that tells it.

Names are added here, never renamed. The sentence is what a person reads in the journal.
"""

from bedside.record.journal.event_kind import EventKind, make_table
from bedside.record.journal.kinds_of_consults import OF_CONSULTS
from bedside.record.journal.kinds_of_lanes import OF_COUNSEL, OF_REPORTS
from bedside.record.journal.kinds_of_pages import OF_PAGES
from bedside.record.journal.kinds_of_patients import OF_PATIENTS
from bedside.record.journal.kinds_of_privacy import OF_PRIVACY, OF_TRIAGE
from bedside.record.journal.kinds_of_reviews import OF_FINDINGS, OF_REVIEWS
from bedside.trust.ledger.leaf import Kind, Lane

OPERATIONAL = make_table(
    frozenset({Lane.OPERATIONAL}),
    ("site.added", Kind.SETTING_CHANGED, "Hospital added", "Hospital agregado"),
    (
        "site.changed",
        Kind.SETTING_CHANGED,
        "Data of the hospital changed",
        "Datos del hospital cambiados",
    ),
    ("person.added", Kind.ACCESS_CHANGED, "Person added", "Persona agregada"),
    ("person.role-given", Kind.ACCESS_CHANGED, "Role given", "Función asignada"),
    ("person.role-ended", Kind.ACCESS_CHANGED, "Role ended", "Función terminada"),
    ("person.left", Kind.ACCESS_CHANGED, "Person left", "Persona dejó el hospital"),
    ("person.signed-in", Kind.NOTED, "Signed in", "Inició sesión"),
    ("person.session-ended", Kind.ACCESS_CHANGED, "Session ended", "Sesión terminada"),
    ("person.pin-set", Kind.ACCESS_CHANGED, "PIN set", "PIN definido"),
    ("person.pin-missed", Kind.NOTED, "Wrong PIN", "PIN incorrecto"),
    ("person.resumed", Kind.NOTED, "Went on after a pause", "Siguió tras una pausa"),
    (
        "person.secret-changed",
        Kind.ACCESS_CHANGED,
        "Way of signing in changed",
        "Forma de iniciar sesión cambiada",
    ),
    ("person.link-made", Kind.ACCESS_CHANGED, "One-time link made", "Enlace de un uso creado"),
    ("glass.broken", Kind.BROKE_GLASS, "Opened in an emergency", "Abierto en una urgencia"),
    ("glass.seen", Kind.ACKNOWLEDGED, "Privacy officer saw it", "Privacidad lo vio"),
    ("encounter.opened", Kind.NOTED, "Stay opened", "Estancia abierta"),
    ("encounter.moved", Kind.NOTED, "Moved", "Traslado"),
    ("encounter.closed", Kind.NOTED, "Stay closed", "Estancia cerrada"),
    ("encounter.viewed", Kind.VIEWED, "Record read", "Registro leído"),
    ("encounter.searched", Kind.SEARCHED, "Search", "Búsqueda"),
    ("encounter.exported", Kind.EXPORTED, "Exported", "Exportado"),
    ("encounter.advised", Kind.NOTED, "Advice given", "Recomendación dada"),
    ("fact.answered", Kind.NOTED, "Question answered", "Pregunta respondida"),
    ("paper.shown", Kind.NOTED, "Paper shown", "Documento mostrado"),
    ("paper.viewed", Kind.VIEWED, "Photograph of a paper read", "Foto de un documento leída"),
    ("officer.arrived", Kind.NOTED, "Officer arrived", "Llegó un agente"),
    ("officer.confirmed", Kind.ACKNOWLEDGED, "Officer confirmed", "Agente confirmado"),
    ("officer.left", Kind.NOTED, "Officer left", "El agente se fue"),
    ("officer.relieved", Kind.HANDED_OVER, "Officer relieved", "Relevo de agente"),
    ("authority.checked", Kind.NOTED, "Authority checked", "Autoridad revisada"),
    ("duty.done", Kind.NOTED, "Duty done", "Deber cumplido"),
    ("duty.listed", Kind.NOTED, "Duties listed", "Deberes anotados"),
    ("call.made", Kind.ESCALATED, "Call made", "Llamada hecha"),
    ("call.answered", Kind.ACKNOWLEDGED, "Call answered", "Llamada atendida"),
    ("restriction.set", Kind.HELD, "Contact restriction set", "Restricción de contacto puesta"),
    ("restriction.ended", Kind.NOTED, "Contact restriction ended", "Restricción terminada"),
    ("alias.set", Kind.HELD, "Directory name withheld", "Nombre fuera del directorio"),
    ("alias.ended", Kind.NOTED, "Back in the directory", "De vuelta en el directorio"),
    ("callback.asked", Kind.ESCALATED, "Call-back asked for", "Se pidió devolver la llamada"),
    ("callback.done", Kind.ACKNOWLEDGED, "Called back", "Llamada devuelta"),
    ("contact.ended", Kind.NOTED, "Contact taken out", "Contacto retirado"),
    ("contact.named", Kind.NOTED, "Patient named a contact", "El paciente nombró un contacto"),
    ("caller.answered", Kind.NOTED, "Caller answered", "Llamante atendido"),
    ("directory.chosen", Kind.NOTED, "Directory choice noted", "Elección del directorio anotada"),
    ("directory.viewed", Kind.VIEWED, "Contacts read", "Contactos leídos"),
    ("consent.recorded", Kind.NOTED, "Who decides recorded", "Quién decide, anotado"),
    ("consent.refused", Kind.REFUSED, "Decider refused", "No puede decidir por el paciente"),
    ("packet.printed", Kind.NOTED, "Paper packet printed", "Paquete de papel impreso"),
    ("packet.entered", Kind.IMPORTED, "Paper packet entered", "Paquete de papel ingresado"),
    ("visit.opened", Kind.NOTED, "Visit recorded", "Visita anotada"),
    ("visit.changed", Kind.NOTED, "Visit added to", "Visita ampliada"),
    ("visit.refused", Kind.REFUSED, "Refusal recorded", "Negativa anotada"),
    ("visit.entered", Kind.ESCALATED, "Entered without consent", "Entraron sin consentimiento"),
    ("visit.closed", Kind.NOTED, "Visit closed", "Visita cerrada"),
    ("visit.exported", Kind.EXPORTED, "Visit packet printed", "Paquete de visita impreso"),
    ("visit.viewed", Kind.VIEWED, "Visit read", "Visita leída"),
    ("page.sent", Kind.ESCALATED, "Person paged", "Persona avisada"),
    ("page.acknowledged", Kind.ACKNOWLEDGED, "Page answered", "Aviso atendido"),
    ("letter.drafted", Kind.DRAFTED, "Letter drafted", "Borrador de carta"),
    ("letter.signed", Kind.ISSUED, "Letter signed", "Carta firmada"),
    (
        "letter.superseded",
        Kind.CORRECTED,
        "Letter replaced by a new version",
        "Carta con versión nueva",
    ),
    ("letter.viewed", Kind.VIEWED, "Letter read", "Carta leída"),
    ("letter.exported", Kind.EXPORTED, "Letter taken out", "Carta extraída"),
    (
        "letter.wording-requested",
        Kind.WORDING_REQUESTED,
        "Other words were asked for",
        "Se pidieron otras palabras",
    ),
    (
        "letter.wording-decided",
        Kind.ACKNOWLEDGED,
        "Request for other words answered",
        "Se contestó el pedido de otras palabras",
    ),
    (
        "letter.statement-added",
        Kind.NOTED,
        "Statement of the requester",
        "Declaración de quien pidió",
    ),
    ("letter.delivered", Kind.SHARED, "Letter handed over", "Carta entregada"),
    ("letter.acknowledged", Kind.ACKNOWLEDGED, "Letter answered", "Carta contestada"),
    (
        "letter.follow-up-opened",
        Kind.ESCALATED,
        "Letter not answered in time",
        "Carta sin respuesta a tiempo",
    ),
    (
        "letter.forbidden-found",
        Kind.ESCALATED,
        "Letter says what no letter says",
        "La carta dice lo que ninguna carta dice",
    ),
    ("letter.pause-ended", Kind.NOTED, "Discharge goes on", "El alta continúa"),
    (
        "letter.certificate-refused",
        Kind.REFUSED,
        "Taken before discharge; certificate refused",
        "Traslado antes del alta; no se certificó",
    ),
    (
        "letter.return-linked",
        Kind.NOTED,
        "Return linked to a letter",
        "Regreso enlazado a una carta",
    ),
    ("dispute.raised", Kind.NOTED, "“This is wrong”", "«Esto está mal»"),
    ("dispute.answered", Kind.NOTED, "Question answered", "Pregunta respondida"),
    ("instruction.logged", Kind.NOTED, "Instruction logged", "Instrucción anotada"),
    ("instruction.viewed", Kind.VIEWED, "Instruction read", "Instrucción leída"),
    ("dispute.viewed", Kind.VIEWED, "Question read", "Pregunta leída"),
    ("journal.exported", Kind.EXPORTED, "Journal exported", "Diario exportado"),
    ("journal.viewed", Kind.VIEWED, "Journal read", "Diario leído"),
    ("presence.noted", Kind.NOTED, "How things stand", "Cómo están las cosas"),
    ("presence.corrected", Kind.CORRECTED, "Note corrected", "Nota corregida"),
    ("request.made", Kind.NOTED, "Asked the officer", "Se pidió al agente"),
    ("request.answered", Kind.NOTED, "What came of it", "Qué resultó"),
    ("request.refused", Kind.REFUSED, "They refused", "Se negaron"),
    ("request.not-safe", Kind.ESCALATED, "Not safe to ask", "No es seguro pedirlo"),
    ("request.climbed", Kind.ESCALATED, "Next person paged", "Se avisó a la siguiente persona"),
    ("restraint.noted", Kind.NOTED, "Restraint noted", "Sujeción anotada"),
    ("restraint.checked", Kind.NOTED, "Restraint checked", "Sujeción revisada"),
    ("restraint.ended", Kind.NOTED, "Restraint off", "Sujeción retirada"),
    ("terms.agreed", Kind.SHARED, "Agreed", "Acordado"),
    ("terms.ended", Kind.NOTED, "Agreement ended", "Acuerdo terminado"),
    ("shift.handed-over", Kind.HANDED_OVER, "Handed over", "Entregado al otro turno"),
    ("shift.taken-over", Kind.ACKNOWLEDGED, "Taken over", "Recibido por el otro turno"),
    ("record.deleted", Kind.DELETED, "Deleted", "Eliminado"),
)
KINDS: dict[str, EventKind] = (
    OPERATIONAL
    | OF_CONSULTS
    | OF_PAGES
    | OF_PATIENTS
    | OF_PRIVACY
    | OF_TRIAGE
    | OF_REPORTS
    | OF_FINDINGS
    | OF_REVIEWS
    | OF_COUNSEL
)
