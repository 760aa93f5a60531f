"""The roles of a hospital's own people, and what each may do."""

from enum import StrEnum

from bedside.rules.vocabulary.problem import Text


class Role(StrEnum):
    """What somebody is at a hospital; names are added here, never renamed."""

    BEDSIDE_NURSE = "bedside_nurse"
    CHARGE_NURSE = "charge_nurse"
    RESIDENT = "resident"
    ATTENDING = "attending"
    HOUSE_SUPERVISOR = "house_supervisor"
    FRONT_DESK = "front_desk"
    HOSPITAL_SECURITY = "hospital_security"
    PRIVACY_OFFICER = "privacy_officer"
    COUNSEL = "counsel"
    RISK_MANAGER = "risk_manager"
    ETHICS = "ethics"
    SOCIAL_WORK = "social_work"
    PATIENT_ADVOCATE = "patient_advocate"
    ADMINISTRATOR_ON_DUTY = "administrator_on_duty"
    RULEBOOK_OWNER = "rulebook_owner"
    STAFF_KEEPER = "staff_keeper"  # gives roles and takes them; reads no patient's record


class May(StrEnum):
    """What a role may do; each page and each operation names one of these."""

    ADVISE = "advise"  # ask for advice, and say "this is wrong"
    READ_CARE = "read_care"  # read a stay's record
    WRITE_CARE = "write_care"  # add to a stay's record
    DECIDE_CARE = "decide_care"  # what a physician decides
    GIVE_COPIES = "give_copies"  # give a patient the copy that she asked for
    DRAFT_LETTERS = "draft_letters"  # an attending signs, a resident on an order read back
    OPEN_STAYS = "open_stays"
    KEEP_BOARD = "keep_board"  # pass the board on, export a month of it in numbers
    KEEP_DIRECTORY = "keep_directory"  # contact restrictions, names withheld
    ANSWER_CALLERS = "answer_callers"  # the switchboard's page
    REPORT = "report"  # report what happened, under one's name, and see one's own reports
    READ_VISITS = "read_visits"
    WRITE_VISITS = "write_visits"
    SEE_HOUSE = "see_house"  # every unit, not only one's own
    BREAK_GLASS = "break_glass"
    REVIEW_GLASS = "review_glass"
    READ_JOURNAL = "read_journal"
    KEEP_PEOPLE = "keep_people"
    KEEP_PRIVACY = "keep_privacy"  # assess what was exposed, tell who is to be told, account for it
    OWN_RULEBOOK = "own_rulebook"
    ADVISE_ETHICS = "advise_ethics"  # the ethics committee's own pages
    KEEP_CASES = "keep_cases"  # teaching cases, which two sign
    SEE_GAPS = "see_gaps"  # what house rules leave open again and again
    KEEP_LEGAL = "keep_legal"  # counsel's notes, and what nobody may delete
    REVIEW_REPORTS = "review_reports"  # take reports into review, and close them
    READ_REVIEWS = "read_reviews"  # of the types that are one's own
    RATE_HARM = "rate_harm"  # where a reviewer asks for it
    REPORT_TO_AGENCIES = "report_to_agencies"  # how requests were answered, by level of agency
    AUDIT_LANES = "audit_lanes"  # take out the operational record; see that all are treated alike
    EVALUATE_ILL_TREATMENT = "evaluate_ill_treatment"  # the treating team's own


BEDSIDE = {
    May.ADVISE,
    May.REPORT,
    May.READ_CARE,
    May.WRITE_CARE,
    May.GIVE_COPIES,
    May.OPEN_STAYS,
    May.READ_VISITS,
    May.WRITE_VISITS,
    May.KEEP_DIRECTORY,
    May.BREAK_GLASS,
}
HOUSE = BEDSIDE | {May.SEE_HOUSE, May.ANSWER_CALLERS}
DOOR = {May.ADVISE, May.REPORT, May.READ_VISITS, May.WRITE_VISITS, May.ANSWER_CALLERS}
LOOKS_ON = {May.ADVISE, May.REPORT, May.READ_CARE, May.READ_VISITS, May.SEE_HOUSE}

ALLOWED: dict[Role, frozenset[May]] = {
    Role.BEDSIDE_NURSE: frozenset(BEDSIDE | {May.EVALUATE_ILL_TREATMENT}),
    Role.CHARGE_NURSE: frozenset(BEDSIDE | {May.ANSWER_CALLERS, May.EVALUATE_ILL_TREATMENT}),
    Role.RESIDENT: frozenset(BEDSIDE | {May.DRAFT_LETTERS, May.EVALUATE_ILL_TREATMENT}),
    Role.ATTENDING: frozenset(
        BEDSIDE | {May.DECIDE_CARE, May.DRAFT_LETTERS, May.EVALUATE_ILL_TREATMENT, May.RATE_HARM}
    ),
    Role.HOUSE_SUPERVISOR: frozenset(HOUSE | {May.REPORT_TO_AGENCIES, May.KEEP_BOARD}),
    Role.FRONT_DESK: frozenset(DOOR),
    Role.HOSPITAL_SECURITY: frozenset(DOOR),
    Role.PRIVACY_OFFICER: frozenset(
        LOOKS_ON
        | {
            May.GIVE_COPIES,
            May.REVIEW_GLASS,
            May.READ_JOURNAL,
            May.KEEP_DIRECTORY,
            May.KEEP_PRIVACY,
            May.READ_REVIEWS,
            May.RATE_HARM,
        }
    ),
    Role.COUNSEL: frozenset(
        LOOKS_ON
        | {
            May.READ_JOURNAL,
            May.KEEP_DIRECTORY,
            May.KEEP_CASES,
            May.SEE_GAPS,
            May.KEEP_LEGAL,
            May.AUDIT_LANES,
            May.REPORT_TO_AGENCIES,
        }
    ),
    Role.RISK_MANAGER: frozenset(
        LOOKS_ON | {May.REVIEW_REPORTS, May.READ_REVIEWS, May.RATE_HARM, May.REPORT_TO_AGENCIES}
    ),
    Role.ETHICS: frozenset(
        {
            May.ADVISE,
            May.REPORT,
            May.READ_CARE,
            May.BREAK_GLASS,
            May.ADVISE_ETHICS,
            May.KEEP_CASES,
            May.SEE_GAPS,
        }
    ),
    Role.SOCIAL_WORK: frozenset(
        {May.ADVISE, May.REPORT, May.READ_CARE, May.WRITE_CARE, May.KEEP_DIRECTORY, May.BREAK_GLASS}
    ),
    Role.PATIENT_ADVOCATE: frozenset(
        {May.ADVISE, May.REPORT, May.READ_CARE, May.GIVE_COPIES, May.BREAK_GLASS}
    ),
    Role.ADMINISTRATOR_ON_DUTY: frozenset({May.ADVISE, May.REPORT, May.READ_VISITS, May.SEE_HOUSE}),
    Role.RULEBOOK_OWNER: frozenset({May.ADVISE, May.REPORT, May.OWN_RULEBOOK, May.SEE_GAPS}),
    Role.STAFF_KEEPER: frozenset({May.ADVISE, May.REPORT, May.KEEP_PEOPLE}),
}

NAMES: dict[Role, Text] = {
    Role.BEDSIDE_NURSE: Text(en="Bedside nurse", es="Enfermería a cargo"),
    Role.CHARGE_NURSE: Text(en="Charge nurse", es="Enfermería encargada del turno"),
    Role.RESIDENT: Text(en="Resident physician", es="Residente"),
    Role.ATTENDING: Text(en="Attending physician", es="Médico o médica tratante"),
    Role.HOUSE_SUPERVISOR: Text(en="House supervisor", es="Supervisión del hospital"),
    Role.FRONT_DESK: Text(en="Front desk", es="Recepción"),
    Role.HOSPITAL_SECURITY: Text(en="Hospital security", es="Seguridad del hospital"),
    Role.PRIVACY_OFFICER: Text(en="Privacy officer", es="Responsable de privacidad"),
    Role.COUNSEL: Text(en="Hospital counsel", es="Asesoría jurídica del hospital"),
    Role.RISK_MANAGER: Text(en="Risk manager", es="Gestión de riesgos"),
    Role.ETHICS: Text(en="Ethics committee", es="Comité de ética"),
    Role.SOCIAL_WORK: Text(en="Social work", es="Trabajo social"),
    Role.PATIENT_ADVOCATE: Text(en="Patient advocate", es="Defensoría del paciente"),
    Role.ADMINISTRATOR_ON_DUTY: Text(en="Administrator on duty", es="Administración de guardia"),
    Role.RULEBOOK_OWNER: Text(en="Rulebook owner", es="Responsable de las reglas"),
    Role.STAFF_KEEPER: Text(en="Keeper of staff accounts", es="Responsable de cuentas"),
}
