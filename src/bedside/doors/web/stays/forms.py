"""What staff type about a stay, read by hand: bounded, every problem at once, nothing lost."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.http import QueryDict

from bedside.doors.web.forms import NOWHERE, read_taps
from bedside.doors.web.shelf import find_shelf
from bedside.doors.web.site import Site
from bedside.rules.rulebook.facts import find_contradictions
from bedside.rules.vocabulary.catalogue import Value
from bedside.rules.vocabulary.problem import Problem, ProblemKind, Problems, Text

MOST_SHORT, MOST_LONG = 80, 1000
MOST_DAYS_BACK = 60

MISSING = ProblemKind(
    code="stays.missing",
    what=Text(en="{field}: nothing is written here", es="{field}: aquí no hay nada escrito"),
    help=Text(en="fill it in and send it once more", es="complételo y envíelo otra vez"),
)
TOO_LONG = ProblemKind(
    code="stays.too-long",
    what=Text(
        en="{field}: this is {number} characters long", es="{field}: tiene {number} caracteres"
    ),
    help=Text(en="at most {most} fit", es="caben {most} como máximo"),
)
NO_CHOICE = ProblemKind(
    code="stays.no-choice",
    what=Text(
        en="{field}: `{value}` is not one of the answers",
        es="{field}: `{value}` no es una de las respuestas",
    ),
    help=Text(en="choose one that is shown", es="elija una de las que se muestran"),
)
NO_TIME = ProblemKind(
    code="stays.no-time",
    what=Text(
        en="{field}: `{value}` is no time that has passed",
        es="{field}: `{value}` no es una hora que haya pasado",
    ),
    help=Text(
        en="write day and time, not later than now and not more than {most} days ago",
        es="escriba día y hora, no después de ahora ni hace más de {most} días",
    ),
)


class Typed:
    """One form as it came: reads its fields and gathers what is wrong."""

    def __init__(
        self, sent: Mapping[str, str], labels: Mapping[str, str], prefix: str = ""
    ) -> None:
        self.sent, self.labels, self.prefix = sent, labels, prefix
        self.problems: list[Problem] = []

    def text(self, name: str, *, most: int = MOST_SHORT, needed: bool = False) -> str:
        """Read a text, with its spaces evened out; line breaks stay in long ones."""
        value = self._find(name)
        if needed and not value:
            self.report(MISSING, name)
        if len(value) > most:
            self.report(TOO_LONG, name, number=len(value), most=most)
        return value

    def choice(self, name: str, known: Iterable[str], *, needed: bool = True) -> str:
        """Read one of a closed list."""
        value = self._find(name)
        if not value:
            if needed:
                self.report(MISSING, name)
            return ""
        if value not in known:
            self.report(NO_CHOICE, name, value=value)
            return ""
        return value

    def flag(self, name: str) -> bool:
        """Read a tick."""
        return self._find(name) == "yes"

    def moment(self, name: str, site: Site, *, now: datetime) -> datetime:
        """Read a day and time on the hospital's clock; now, if none is written."""
        value = self._find(name)
        if not value:
            return now
        try:
            at = datetime.fromisoformat(value)
        except ValueError:
            at = now + timedelta(days=1)
        if at.tzinfo is None:
            at = at.replace(tzinfo=site.timezone)
        if not now - timedelta(days=MOST_DAYS_BACK) <= at <= now + timedelta(minutes=1):
            self.report(NO_TIME, name, value=value, most=MOST_DAYS_BACK)
            return now
        return at.astimezone(now.tzinfo)

    def report(self, kind: ProblemKind, name: str, **values: object) -> None:
        """Add a problem of a field, named as the page names it."""
        self.problems.append(kind.at(NOWHERE, field=self.labels.get(name, name), **values))

    def _find(self, name: str) -> str:
        return self.sent.get(self.prefix + name, "").replace("\x00", "").strip()


def read_answers(
    sent: QueryDict, site: Site, *, known: Mapping[str, Value] | None = None
) -> dict[str, Value]:
    """Read answers to facts out of a form, or raise `Problems`, also if they clash."""
    shelf = find_shelf()
    facts = shelf.vocabulary.facts
    taken = QueryDict(mutable=True)
    for name, values in sent.lists():
        fact = facts.get(name)
        if fact is not None and fact.derived is None and values[-1].strip():
            taken.setlist(name, values[-1:])
    bare = Site(name=site.name, jurisdiction=site.jurisdiction, timezone=site.timezone)
    read = read_taps(taken, vocabulary=shelf.vocabulary, site=bare, today=shelf.find_today())
    answered = dict(read.situation.facts)
    whole = {**site.facts, **(known or {}), **answered}
    problems = find_contradictions(whole, shelf.vocabulary, place=NOWHERE)
    if problems:
        raise Problems(problems)
    return answered
