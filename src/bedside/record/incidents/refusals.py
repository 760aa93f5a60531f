"""How this room says no."""

from collections.abc import Iterable
from typing import ClassVar

from bedside.record.refusal import Refused
from bedside.rules.vocabulary.problem import Text


class TakenAlready(Refused):
    """A report that somebody else has taken meanwhile."""

    code: ClassVar[str] = "incidents.taken-already"
    en: ClassVar[str] = "Somebody has taken this one meanwhile; open it from the list."
    es: ClassVar[str] = "Alguien ya tomó este; ábralo desde la lista."


class ChangedMeanwhile(Refused):
    """A review that somebody changed while the page was open."""

    code: ClassVar[str] = "incidents.changed-meanwhile"
    en: ClassVar[str] = (
        "Somebody changed this review meanwhile. Read it again, then send once more."
    )
    es: ClassVar[str] = "Alguien cambió esta revisión. Léala otra vez y envíe de nuevo."


class NotOpen(Refused):
    """A change to a review that is closed."""

    code: ClassVar[str] = "incidents.not-open"
    en: ClassVar[str] = "This review is closed. Reopen it first, and say why."
    es: ClassVar[str] = "Esta revisión está cerrada. Primero reábrala y diga por qué."


class NotClosed(Refused):
    """Reopening what is open."""

    code: ClassVar[str] = "incidents.not-closed"
    en: ClassVar[str] = "This review is open already."
    es: ClassVar[str] = "Esta revisión ya está abierta."


class WordsMissing(Refused):
    """A reason, an outcome or another text that has to be there, or is too long."""

    code: ClassVar[str] = "incidents.words-missing"
    en: ClassVar[str] = "Write between 1 and {most} characters, so that others can follow it."
    es: ClassVar[str] = "Escriba entre 1 y {most} caracteres, para que otros puedan seguirlo."


class ChoiceMissing(Refused):
    """A choice that was not made, or is none of those offered."""

    code: ClassVar[str] = "incidents.choice-missing"
    status: ClassVar[int] = 422
    en: ClassVar[str] = "Choose one of the answers that the page offers."
    es: ClassVar[str] = "Elija una de las respuestas que ofrece la página."


class RatedBefore(Refused):
    """A second rating by the same person."""

    code: ClassVar[str] = "incidents.rated-before"
    en: ClassVar[str] = "You have rated this review; a rating stays as it was given."
    es: ClassVar[str] = "Usted ya evaluó el daño aquí; una evaluación queda como se dio."


class NoRater(Refused):
    """A second rater who may not rate, or is the first."""

    code: ClassVar[str] = "incidents.no-rater"
    en: ClassVar[str] = "Choose somebody else as second rater: a colleague who may rate harm."
    es: ClassVar[str] = "Elija a otra persona: alguien que pueda evaluar daños y no sea la primera."


class NotAskedBefore(Refused):
    """Not reachable or declined, of somebody who was never asked."""

    code: ClassVar[str] = "incidents.not-asked-before"
    en: ClassVar[str] = "First note on which day you asked for their side, then what came of it."
    es: ClassVar[str] = "Primero anote qué día pidió su versión y después qué resultó."


class BadDay(Refused):
    """A day that is none, lies too far away, or on the wrong side of today."""

    code: ClassVar[str] = "incidents.bad-day"
    en: ClassVar[str] = "This day does not fit: {why}"
    es: ClassVar[str] = "Este día no sirve: {why}"


class NotReadyToClose(Refused):
    """A review in which something is missing before it can close."""

    code: ClassVar[str] = "incidents.not-ready-to-close"
    en: ClassVar[str] = "It cannot close yet: {missing}"
    es: ClassVar[str] = "Todavía no se puede cerrar: {missing}"

    def __init__(self, missing: Iterable[Text]) -> None:
        self.missing = tuple(missing)
        super().__init__()

    def say(self, language: str) -> str:  # type: ignore[explicit-override]  # not in 3.11
        """Say what is missing."""
        said = [one.es if language == "es" else one.en for one in self.missing]
        return (self.es if language == "es" else self.en).format(missing=" ".join(said))


class NotYourRating(Refused):
    """Rating a review for which one was not asked."""

    code: ClassVar[str] = "incidents.not-your-rating"
    status: ClassVar[int] = 403
    en: ClassVar[str] = "Nobody asked you to rate this review."
    es: ClassVar[str] = "Nadie le pidió evaluar el daño aquí."


class NotYourAction(Refused):
    """Marking as done what another role is to do."""

    code: ClassVar[str] = "incidents.not-your-action"
    status: ClassVar[int] = 403
    en: ClassVar[str] = "Another role is to do this; only they or the reviewer say that it is done."
    es: ClassVar[str] = "Esto le toca a otra función; solo ella o quien revisa dice que está hecho."


class TooMuchInLane(Refused):
    """A scope with more events than one export takes."""

    code: ClassVar[str] = "incidents.too-much-in-lane"
    en: ClassVar[str] = "This scope has more than {most} events; choose fewer days."
    es: ClassVar[str] = "Este alcance tiene más de {most} eventos; elija menos días."
