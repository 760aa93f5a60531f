"""Why this room declines, one class a situation."""

from typing import ClassVar

from bedside.record.refusal import Refused


class CorrectedBefore(Refused):
    """A mark that has a correction already: the newer one is what one corrects."""

    code: ClassVar[str] = "presence.corrected-before"
    en: ClassVar[str] = "This was corrected already; open the newest note and correct that one."
    es: ClassVar[str] = "Esto ya se corrigió; abra la nota más reciente y corrija esa."


class UndoTooLate(Refused):
    """An undo after its ten seconds; a correction is still possible."""

    code: ClassVar[str] = "presence.undo-too-late"
    en: ClassVar[str] = "More than {seconds} seconds have passed; add a correction, both stay."
    es: ClassVar[str] = "Pasaron más de {seconds} segundos; agregue una corrección, quedan ambas."


class AnsweredBefore(Refused):
    """A request that has its outcome already."""

    code: ClassVar[str] = "presence.answered-before"
    en: ClassVar[str] = "The outcome of this request is noted already; make a new request."
    es: ClassVar[str] = "El resultado de este pedido ya está anotado; haga un pedido nuevo."


class EndedBefore(Refused):
    """A restraint, an agreement or a hand-over that has ended."""

    code: ClassVar[str] = "presence.ended-before"
    en: ClassVar[str] = "This has ended already; open the page again to see what holds now."
    es: ClassVar[str] = "Esto ya terminó; abra la página otra vez para ver lo que vale ahora."


class NoSuchChoice(Refused):
    """A choice that the form does not offer."""

    code: ClassVar[str] = "presence.no-such-choice"
    status: ClassVar[int] = 400
    en: ClassVar[str] = "`{choice}` is not one of the choices; go back and choose again."
    es: ClassVar[str] = "`{choice}` no es una de las opciones; vuelva y elija otra vez."


class WordsTooLong(Refused):
    """Words that do not fit."""

    code: ClassVar[str] = "presence.words-too-long"
    status: ClassVar[int] = 400
    en: ClassVar[str] = "The words are too long: at most {most} characters."
    es: ClassVar[str] = "El texto es demasiado largo: caben {most} caracteres."
