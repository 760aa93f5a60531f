"""The closed lists of this room, with what each word is called; added to, never renamed."""

from enum import StrEnum

from bedside.rules.vocabulary.problem import Text


class Kind(StrEnum):
    """What sort of question is put to the ethics committee."""

    SURROGATE = "surrogate"
    CAPACITY = "capacity"
    REFUSAL = "refusal"
    PRIVACY = "privacy"
    RESTRAINT = "restraint"
    CONTACT = "contact"
    DISCHARGE = "discharge"
    LETTER = "letter"
    ORDERED = "ordered"
    OTHER = "other"


class Minor(StrEnum):
    """Whether the patient is under eighteen."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


class Assent(StrEnum):
    """What a minor says to the care, in their own way."""

    GIVEN = "given"
    REFUSED = "refused"
    NOT_ABLE = "not_able"
    NOT_ASKED = "not_asked"


class Guardian(StrEnum):
    """Where a minor's parent or guardian is; nothing more is asked about them."""

    PRESENT = "present"
    REACHABLE = "reachable"
    DETAINED_ELSEWHERE = "detained_elsewhere"
    NOT_REACHED = "not_reached"
    NONE_FOUND = "none_found"


class Speaker(StrEnum):
    """Whose words are kept."""

    PATIENT = "patient"
    FAMILY = "family"
    NURSE = "nurse"
    PHYSICIAN = "physician"
    OFFICER = "officer"
    OFFICER_SUPERVISOR = "officer_supervisor"
    ADMINISTRATION = "administration"
    OTHER = "other"


class Translator(StrEnum):
    """Who turned somebody's words into another language: always a person, never a machine."""

    NOT_NEEDED = "not_needed"
    INTERPRETER_HERE = "interpreter_here"
    INTERPRETER_REMOTE = "interpreter_remote"
    QUALIFIED_STAFF = "qualified_staff"


class Endangered(StrEnum):
    """Who is in danger from what somebody said."""

    NAMED_PERSON = "named_person"
    STAFF = "staff"
    OFFICER = "officer"
    PUBLIC = "public"


KINDS: dict[str, Text] = {
    Kind.SURROGATE: Text(
        en="Who decides for a patient who cannot", es="Quién decide por un paciente que no puede"
    ),
    Kind.CAPACITY: Text(
        en="Whether the patient can decide", es="Si el paciente puede decidir por sí mismo"
    ),
    Kind.REFUSAL: Text(en="The patient declines care", es="El paciente rechaza la atención"),
    Kind.PRIVACY: Text(en="Privacy from officers", es="Privacidad frente a agentes"),
    Kind.RESTRAINT: Text(en="Restraints", es="Sujeciones"),
    Kind.CONTACT: Text(
        en="Family, lawyer or visits kept away", es="Familia, abogado o visitas sin permiso"
    ),
    Kind.DISCHARGE: Text(en="Leaving, or being taken away", es="El alta, o que se lo lleven"),
    Kind.LETTER: Text(en="What a letter says", es="Lo que dice una carta"),
    Kind.ORDERED: Text(
        en="Staff were told to change care", es="Se ordenó al personal cambiar la atención"
    ),
    Kind.OTHER: Text(en="Another question", es="Otra pregunta"),
}
MINORS: dict[str, Text] = {
    Minor.YES: Text(en="Yes", es="Sí"),
    Minor.NO: Text(en="No", es="No"),
    Minor.NOT_KNOWN: Text(en="Not known", es="No se sabe"),
}
ASSENTS: dict[str, Text] = {
    Assent.GIVEN: Text(en="Says yes", es="Dice que sí"),
    Assent.REFUSED: Text(en="Says no", es="Dice que no"),
    Assent.NOT_ABLE: Text(en="Not able to say", es="No puede decirlo"),
    Assent.NOT_ASKED: Text(en="Not asked yet", es="Aún no se le pregunta"),
}
GUARDIANS: dict[str, Text] = {
    Guardian.PRESENT: Text(en="Here", es="Está aquí"),
    Guardian.REACHABLE: Text(en="Can be reached", es="Se le puede llamar"),
    Guardian.DETAINED_ELSEWHERE: Text(en="Held elsewhere", es="Bajo custodia en otro lugar"),
    Guardian.NOT_REACHED: Text(en="Not reached yet", es="Aún no se le encuentra"),
    Guardian.NONE_FOUND: Text(en="Nobody was found", es="No se encontró a nadie"),
}
SPEAKERS: dict[str, Text] = {
    Speaker.PATIENT: Text(en="The patient", es="El paciente"),
    Speaker.FAMILY: Text(en="Family or friend", es="Familia o amigo"),
    Speaker.NURSE: Text(en="Nursing", es="Enfermería"),
    Speaker.PHYSICIAN: Text(en="A physician", es="Un médico o médica"),
    Speaker.OFFICER: Text(en="The officer", es="El agente"),
    Speaker.OFFICER_SUPERVISOR: Text(
        en="Supervisor of the officer", es="La supervisión del agente"
    ),
    Speaker.ADMINISTRATION: Text(en="Hospital administration", es="Administración del hospital"),
    Speaker.OTHER: Text(en="Somebody else", es="Otra persona"),
}
TRANSLATORS: dict[str, Text] = {
    Translator.NOT_NEEDED: Text(
        en="No translation: same language", es="Sin traducción: mismo idioma"
    ),
    Translator.INTERPRETER_HERE: Text(
        en="A qualified interpreter, here", es="Intérprete calificado, aquí"
    ),
    Translator.INTERPRETER_REMOTE: Text(
        en="A qualified interpreter, by phone or video",
        es="Intérprete calificado, por teléfono o video",
    ),
    Translator.QUALIFIED_STAFF: Text(
        en="Staff qualified to interpret", es="Personal calificado para interpretar"
    ),
}
ENDANGERED: dict[str, Text] = {
    Endangered.NAMED_PERSON: Text(en="A particular person", es="Una persona en particular"),
    Endangered.STAFF: Text(en="Somebody who works here", es="Alguien que trabaja aquí"),
    Endangered.OFFICER: Text(en="An officer", es="Un agente"),
    Endangered.PUBLIC: Text(en="Anybody, the public", es="Cualquiera, el público"),
}
LANGUAGES: dict[str, Text] = {
    "es": Text(en="Spanish", es="Español"),
    "en": Text(en="English", es="Inglés"),
    "ar": Text(en="Arabic", es="Árabe"),
    "fr": Text(en="French", es="Francés"),
    "ht": Text(en="Haitian Creole", es="Criollo haitiano"),
    "mam": Text(en="Mam", es="Mam"),
    "pt": Text(en="Portuguese", es="Portugués"),
    "quc": Text(en="K'iche'", es="K'iche'"),
    "ru": Text(en="Russian", es="Ruso"),
    "so": Text(en="Somali", es="Somalí"),
    "zh": Text(en="Chinese", es="Chino"),
    "und": Text(en="Another language", es="Otro idioma"),
}
