"""What the command line says around the rulebook's own words, in both languages."""

from bedside.rules.vocabulary.problem import Language, Text

WORDS = {
    "say": Text(en="Say", es="Diga"),
    "call": Text(en="Call", es="Llame a"),
    "then": Text(en="then", es="luego"),
    "except_for": Text(en="but", es="pero"),
    "ask": Text(en="Ask", es="Pregunte"),
    "why": Text(en="Why", es="Por qué"),
    "if_refused": Text(en="If refused", es="Si se niega"),
    "opens": Text(
        en="The officer's own exception", es="La excepción de la propia regla del agente"
    ),
    "opened_by": Text(en="opened by {who}", es="la abre: {who}"),
    "opened_by_clinician": Text(en="a clinician", es="personal clínico"),
    "opened_by_patient": Text(en="the patient", es="el paciente"),
    "opened_by_supervisor": Text(en="the officer's supervisor", es="la supervisión del agente"),
    "opened_by_court": Text(en="a court", es="un tribunal"),
    "opened_by_anyone": Text(en="anyone present", es="cualquiera presente"),
    "inferred": Text(en="Inferred", es="Inferida"),
    "no_text_in_room": Text(
        en="No federal text that we have read requires an ICE or CBP officer to be inside the room"
        " during an exam; on file it is a practice that somebody claims.",
        es="Ningún texto federal que hayamos leído exige que un agente de ICE o CBP esté dentro del"
        " cuarto durante un examen; en archivo es una práctica que alguien afirma.",
    ),
    "would_break": Text(en="Other words would break", es="Otras opciones romperían"),
    "duties": Text(en="To be done", es="Por hacer"),
    "permissions": Text(en="Allowed", es="Permitido"),
    "claims": Text(en="Claims", es="Afirmaciones"),
    "aside": Text(en="Set aside", es="No se cuentan"),
    "depends_on": Text(en="It depends on", es="Depende de"),
    "collide": Text(en="These cannot all be kept", es="No se pueden cumplir todas"),
    "assumed": Text(en="Presumed, because nobody answered", es="Supuesto, porque nadie respondió"),
    "without_reported": Text(
        en="without rules whose text we have not read ourselves: {word}",
        es="sin las reglas cuyo texto no leímos: {word}",
    ),
    "nothing": Text(en="nothing advised", es="sin recomendación"),
    "no_preset": Text(en="No preset", es="Sin disposición"),
    "within": Text(en="within {time}", es="dentro de {time}"),
    "at_once": Text(en="at once", es="de inmediato"),
    "after": Text(en="after: {event}", es="después de: {event}"),
    "defeated": Text(en="another rule goes before it", es="otra regla va primero"),
    "not_in_force": Text(en="not in force that day", es="sin vigencia ese día"),
    "remembered": Text(
        en="nobody has read its text: never advises", es="nadie leyó el texto: no aconseja"
    ),
    "enjoined": Text(en="a court stopped it", es="un tribunal la suspendió"),
    "stayed": Text(en="a court put it on hold", es="un tribunal la dejó en pausa"),
    "pending": Text(en="not law yet", es="todavía no es ley"),
    "failed": Text(en="did not pass", es="no se aprobó"),
    "vetoed": Text(en="vetoed", es="vetada"),
    "absent": Text(en="looked for and not found", es="buscada y no encontrada"),
    "other_place": Text(en="it holds in another place", es="rige en otro lugar"),
    "no_source_on_file": Text(en="no source on file", es="sin fuente en archivo"),
    "on_file_says_so": Text(en="a rule on file says so", es="una regla en archivo lo dice"),
    "on_file_says_less": Text(
        en="what is on file says less", es="lo que hay en archivo dice menos"
    ),
    "document_to_be_read": Text(en="their document has to be read", es="hay que leer su documento"),
    "text_of": Text(en="text of {day}", es="texto del {day}"),
    "not_advice": Text(
        en="Not legal advice; counsel of this hospital decides."
        " Norms not reviewed by counsel for this site.",
        es="No es asesoría legal; decide la asesoría jurídica de este hospital."
        " Normas sin revisión de la asesoría jurídica para este sitio.",
    ),
    "spanish_unreviewed": Text(en="", es="Español sin revisión humana."),
    "edition": Text(
        en="Rulebook {id}, as of {day}, {place}; {count} norms in force.",
        es="Reglamento {id}, al {day}, {place}; {count} normas vigentes.",
    ),
    "speaks_yes": Text(en="It speaks here.", es="Habla en este caso."),
    "speaks_no": Text(en="It does not speak here.", es="No habla en este caso."),
    "speaks_unknown": Text(en="Whether it speaks is not known.", es="No se sabe si habla."),
    "would_speak": Text(
        en="It would speak if `{fact}` were {values} (now: {now}).",
        es="Hablaría si `{fact}` fuera {values} (ahora: {now}).",
    ),
    "but": Text(en="But it does not count: {why}.", es="Pero no cuenta: {why}."),
    "goes_before": Text(
        en="As far as it reaches, this norm goes before it: `{id}`.",
        es="Hasta donde alcanza, esta norma va antes: `{id}`.",
    ),
    "closed_by": Text(en="An exception closes it: {when}.", es="Una excepción la cierra: {when}."),
    "speaks_when": Text(en="It speaks when {when}.", es="Habla cuando {when}."),
    "unless": Text(en="Unless {when} (opened by {who}).", es="Salvo que {when} (la abre: {who})."),
    "binds": Text(en="binds {who}", es="obliga a: {who}"),
    "in_force": Text(en="In force from {start} to {end}.", es="Vigente desde {start} hasta {end}."),
    "in_force_still": Text(
        en="In force from {start}; no end seen.", es="Vigente desde {start}; sin fin conocido."
    ),
    "not_known": Text(en="not known", es="no se sabe"),
    "or": Text(en="or", es="o"),
    "answers": Text(
        en="Answer with a number; Enter for not known; q to stop.",
        es="Responda con un número; Enter si no se sabe; q para terminar.",
    ),
    "all_well": Text(en="{count} files, no problems.", es="{count} archivos, sin problemas."),
    "found": Text(en="{count} norms.", es="{count} normas."),
    "found_conflicts": Text(en="Conflict", es="Conflicto"),
    "found_gaps": Text(en="Nothing on file speaks", es="Nada en archivo habla"),
    "found_dead": Text(en="This norm never speaks", es="Esta norma nunca habla"),
    "found_covered": Text(
        en="Another norm always says as much", es="Otra norma siempre dice tanto"
    ),
    "found_changes": Text(en="The answer changes", es="La respuesta cambia"),
    "found_stays": Text(
        en="The answer stays, one rule more or fewer asks for it",
        es="La respuesta queda igual; la pide una regla más o una menos",
    ),
    "found_closed": Text(en="Where nothing spoke, this does", es="Donde nada hablaba, esto habla"),
    "found_concessions": Text(
        en="The house gives more than anybody asks", es="La casa da más de lo que se pide"
    ),
    "gives": Text(en="it gives", es="da"),
    "beside": Text(en="beside it", es="junto a ella"),
    "shows_when": Text(en="It shows when", es="Se ve cuando"),
    "page_written": Text(
        en="{file} is written: {count} findings.", es="{file} está escrito: {count} hallazgos."
    ),
    "at_work": Text(
        en="{done} of {total} places and days looked at",
        es="{done} de {total} lugares y días revisados",
    ),
    "undecided": Text(
        en="Not decided in the time given: {question} of {what}.",
        es="Sin decidir en el tiempo dado: {question} de {what}.",
    ),
    "dominated": Text(
        en="In no situation is “{worse}” better than “{better}”.",
        es="En ninguna situación “{worse}” es mejor que “{better}”.",
    ),
    "findings": Text(en="{count} findings.", es="{count} hallazgos."),
    "not_replayed": Text(
        en="The decider does not confirm a finding, so nothing is shown: {what}. Please report it.",
        es="El decisor no confirma un hallazgo; no se muestra nada: {what}. Por favor repórtelo.",
    ),
    "no_impact": Text(
        en="Laid over the rulebook, this changes no answer and opposes no norm.",
        es="Sobre el reglamento, esto no cambia ninguna respuesta ni se opone a ninguna norma.",
    ),
}


def word(key: str, language: Language, **values: object) -> str:
    """Say one of the words."""
    return WORDS[key].say(language).format(**values)
