"""Take one norm out of its file, or say everything that is wrong with it."""

import re
from datetime import date
from itertools import pairwise
from typing import TypeVar

from bedside.rules.condition.nodes import And, Condition, Not
from bedside.rules.condition.sets import is_possible
from bedside.rules.rulebook.form import Form
from bedside.rules.rulebook.norm import (
    Ask,
    Definition,
    Duty,
    Fit,
    Kind,
    Modality,
    Norm,
    Reading,
    Source,
    Standing,
    State,
    Unless,
)
from bedside.rules.vocabulary.catalogue import Dimension
from bedside.rules.vocabulary.problem import NO_TEXT, ProblemKind, Text, find_near

KEYS = [
    "source",
    "reading",
    "fit",
    "authority",
    "kind",
    "binds",
    "modality",
    "asks",
    "when",
    "unless",
    "arrangement",
    "duty",
    "defines",
    "defeats",
    "in_force_from",
    "in_force_to",
    "dates",
    "standing",
    "confidence_note",
    "reviewed",
    "cases",
]
REQUIRED = [
    "source",
    "reading",
    "fit",
    "authority",
    "kind",
    "binds",
    "modality",
    "asks",
    "when",
    "in_force_from",
    "in_force_to",
    "dates",
    "cases",
]
SOURCE_KEYS = ("cite", "title", "url", "read_at", "read_on", "text_as_of", "quote")
OPENERS = frozenset({"clinician", "patient", "supervisor", "court", "anyone"})
DATES = frozenset({"read", "remembered"})
COUNTED = frozenset({"elapsed", "calendar", "working"})
DURATION = re.compile(r"P(?=.)(\d+Y)?(\d+M)?(\d+W)?(\d+D)?(T(?=.)(\d+H)?(\d+M)?(\d+S)?)?")
STATES = frozenset(State)

KEY_ORDER = ProblemKind(
    code="rulebook.key-order",
    what=Text(en="`{key}` stands too late", es="`{key}` está demasiado abajo"),
    help=Text(en="the order of keys is: {known}", es="el orden de las claves es: {known}"),
)
NO_ADDRESSEE = ProblemKind(
    code="rulebook.no-addressee",
    what=Text(en="this norm binds nobody", es="esta norma no obliga a nadie"),
    help=Text(en="name at least one party in `binds`", es="nombre al menos una parte en `binds`"),
)
ONE_CONTENT = ProblemKind(
    code="rulebook.one-content",
    what=Text(
        en="a norm has exactly one of `arrangement`, `duty` and `defines`",
        es="una norma lleva exactamente una de `arrangement`, `duty` y `defines`",
    ),
    help=Text(
        en="only a `may` can do without; `modality: defines` goes with `defines`",
        es="solo un `may` puede omitirlas; `modality: defines` va con `defines`",
    ),
)
END_BEFORE_START = ProblemKind(
    code="rulebook.end-before-start",
    what=Text(en="this period ends before it starts", es="este período termina antes de empezar"),
    help=Text(
        en="the end is the first day no longer in force", es="el fin es el primer día sin vigencia"
    ),
)
ASKS_NOTHING = ProblemKind(
    code="rulebook.asks-nothing",
    what=Text(
        en="`{key}` leaves every word allowed or none",
        es="`{key}` permite todas las palabras o ninguna",
    ),
    help=Text(en="name the words that the source names", es="nombre las palabras de la fuente"),
)
QUOTE_UNREAD = ProblemKind(
    code="rulebook.quote-unread",
    what=Text(
        en="a quotation stands here, but the source was not read",
        es="hay una cita textual, pero la fuente no se leyó",
    ),
    help=Text(
        en="set `quote: null` or `reading: read`", es="ponga `quote: null` o `reading: read`"
    ),
)
SWALLOWED = ProblemKind(
    code="rulebook.swallowed",
    what=Text(
        en="this norm can never speak: its exceptions swallow it",
        es="esta norma nunca habla: sus excepciones la anulan",
    ),
    help=Text(en="check `unless`", es="revise `unless`"),
)
NOT_A_DURATION = ProblemKind(
    code="rulebook.not-a-duration",
    what=Text(en="`{found}` is not a duration", es="`{found}` no es una duración"),
    help=Text(en="write PT1H, P30D or PT0S", es="escriba PT1H, P30D o PT0S"),
)
UNKNOWN_PROPERTY = ProblemKind(
    code="rulebook.unknown-property",
    what=Text(en="`{dimension}` has no `{word}`", es="`{dimension}` no tiene `{word}`"),
    help=Text(en="it has: {known}", es="tiene: {known}"),
)

E = TypeVar("E", Reading, Fit, Kind, Modality)


def read_norm(form: Form, *, id_: str, overlay: str | None) -> Norm:
    """Take the norm; what is wrong with it gathers in `form.problems`."""
    table = form.table(keys=KEYS, required=REQUIRED)
    _check_order(form, list(table))
    reading = Reading(form.choice("reading", known=frozenset(Reading), fallback="remembered"))
    binds = _read_addressees(form, is_named="binds" in table)
    start = form.day("in_force_from") or date.min
    end = form.day("in_force_to")
    if end is not None and end <= start:
        form.report(END_BEFORE_START, "in_force_to")
    modality = Modality(form.choice("modality", known=frozenset(Modality), fallback="may"))
    when, unless = _read_conditions(form)
    norm = Norm(
        id=id_,
        source=_read_source(form, reading),
        reading=reading,
        fit=Fit(form.choice("fit", known=frozenset(Fit), fallback="inference")),
        authority=form.text("authority"),
        kind=Kind(form.choice("kind", known=frozenset(Kind), fallback="practice")),
        binds=binds,
        modality=modality,
        asks=form.both("asks"),
        when=when,
        unless=unless,
        arrangement=_read_arrangement(form, modality),
        duty=_read_duty(form),
        defines=_read_definition(form),
        defeats=tuple(form.text("defeats", row) for row in form.rows("defeats")),
        in_force_from=start,
        in_force_to=end,
        dates=form.choice("dates", known=DATES, fallback="remembered"),
        standing=tuple(_read_standing(form, row) for row in form.rows("standing")),
        confidence_note=form.text("confidence_note", optional=True) or None,
        reviewed=_read_review(form),
        overlay=overlay,
    )
    _check_content(form, norm)
    return norm


def _read_addressees(form: Form, *, is_named: bool) -> frozenset[str]:
    before = len(form.problems)
    binds = form.choices("binds", known=form.vocabulary.labels["parties"])
    if is_named and not binds and len(form.problems) == before:
        form.report(NO_ADDRESSEE, "binds")
    return frozenset(binds)


def _check_order(form: Form, found: list[str]) -> None:
    places = [KEYS.index(key) for key in found if key in KEYS]
    late = next((after for place, after in pairwise(places) if place > after), None)
    if late is not None:
        form.report(KEY_ORDER, KEYS[late], key=KEYS[late], known=" ".join(KEYS))


def _check_content(form: Form, norm: Norm) -> None:
    contents = sum(form.find(key) is not None for key in ("arrangement", "duty", "defines"))
    fewest = 0 if norm.modality is Modality.MAY else 1
    is_definition = form.find("defines") is not None
    if not fewest <= contents <= 1 or is_definition is not (norm.modality is Modality.DEFINES):
        form.report(ONE_CONTENT)


def _read_source(form: Form, reading: Reading) -> Source:
    form.table("source", keys=SOURCE_KEYS, required=("cite", "title", "url", "read_on"))
    quote = form.text("source", "quote", optional=True) or None
    if quote is not None and reading is not Reading.READ:
        form.report(QUOTE_UNREAD, "source", "quote")
    return Source(
        cite=form.text("source", "cite"),
        title=form.text("source", "title"),
        url=form.text("source", "url", optional=True),
        read_at=form.text("source", "read_at", optional=True) or None,
        read_on=form.day("source", "read_on"),
        text_as_of=form.day("source", "text_as_of"),
        quote=quote,
    )


def _read_conditions(form: Form) -> tuple[str, tuple[Unless, ...]]:
    before = len(form.problems)
    trees: list[Condition] = [form.condition("when")]
    unless = []
    for row in form.rows("unless"):
        form.table("unless", row, keys=("when", "opened_by", "say"), required=("when", "opened_by"))
        trees.append(Not(inner=form.condition("unless", row, "when")))
        say = form.both("unless", row, "say", optional=True)
        unless.append(
            Unless(
                when=_take_text(form, "unless", row, "when"),
                opened_by=form.choice("unless", row, "opened_by", known=OPENERS, fallback="anyone"),
                say=None if say == NO_TEXT else say,
            )
        )
    sound = len(form.problems) == before
    if sound and unless and not is_possible(And(parts=tuple(trees)), form.vocabulary):
        form.report(SWALLOWED, "unless")
    return _take_text(form, "when"), tuple(unless)


def _take_text(form: Form, *path: str | int) -> str:
    """Take a text whose problems have been reported."""
    value = form.find(*path)
    return value.strip() if isinstance(value, str) else ""


def _read_arrangement(form: Form, modality: Modality) -> tuple[Ask, ...]:
    asks: list[Ask] = []
    table = form.find("arrangement")
    if table is None:
        return ()
    dimensions = form.vocabulary.dimensions
    for id_ in form.table("arrangement", keys=dimensions):
        if id_ in dimensions:
            asks.extend(_read_dimension(form, dimensions[id_], modality))
    return tuple(asks)


def _read_dimension(form: Form, dimension: Dimension, modality: Modality) -> list[Ask]:
    path = ("arrangement", dimension.id)
    before = len(form.problems)
    asked = form.find(*path)
    if isinstance(asked, dict):
        pairs = [(p, _read_property(form, dimension, p, *path)) for p in asked]
    else:
        pairs = [("", dimension.mask(form.choices(*path, known=dimension.places)))]
    asks = []
    for property_, named in pairs:
        keeps = dimension.every & ~named if modality is Modality.MUST_NOT else named
        if keeps in {0, dimension.every} and len(form.problems) == before:
            form.report(ASKS_NOTHING, *path, key=dimension.id)
        asks.append(Ask(dimension=dimension.id, keeps=keeps, property=property_ or None))
    return asks


def _read_property(form: Form, dimension: Dimension, property_: str, *path: str | int) -> int:
    found = dimension.properties.get(property_)
    if found is None:
        near, known = find_near(property_, dimension.properties), ", ".join(dimension.properties)
        form.report(
            UNKNOWN_PROPERTY,
            *path,
            property_,
            dimension=dimension.id,
            word=property_,
            near=near,
            known=known or "-",
        )
        return 0
    value = form.find(*path, property_)
    if isinstance(value, bool):
        return dimension.mask(found.yes if value else found.no)
    answer = form.choice(*path, property_, known=("yes", "no"), fallback="no")
    return dimension.mask(found.yes if answer == "yes" else found.no)


def _read_duty(form: Form) -> Duty | None:
    if form.find("duty") is None:
        return None
    labels = form.vocabulary.labels
    form.table("duty", keys=("act", "to", "within", "counted", "after"), required=("act",))
    within = form.text("duty", "within", optional=True) or None
    if within is not None and not DURATION.fullmatch(within):
        form.report(NOT_A_DURATION, "duty", "within", found=within)
    someone = {**form.vocabulary.roles, **labels["parties"]}
    to, after = form.find("duty", "to"), form.find("duty", "after")
    return Duty(
        act=form.choice("duty", "act", known=labels["acts"], fallback=""),
        to=form.choice("duty", "to", known=someone, fallback="") if to else None,
        within=within,
        counted=form.choice("duty", "counted", known=COUNTED, fallback="elapsed")
        if form.find("duty", "counted")
        else "elapsed",
        after=form.choice("duty", "after", known=labels["events"], fallback="") if after else None,
    )


def _read_definition(form: Form) -> Definition | None:
    if form.find("defines") is None:
        return None
    form.table("defines", keys=("term", "means"), required=("term", "means"))
    return Definition(term=form.both("defines", "term"), means=form.both("defines", "means"))


def _read_standing(form: Form, row: int) -> Standing:
    keys = ("state", "as_to", "agency_levels", "from", "to", "court", "docket", "source")
    form.table("standing", row, keys=keys, required=("state",))
    levels = form.vocabulary.facts["agency_level"].places
    start, end = form.day("standing", row, "from"), form.day("standing", row, "to")
    if start and end and end <= start:
        form.report(END_BEFORE_START, "standing", row, "to")
    return Standing(
        state=State(form.choice("standing", row, "state", known=STATES, fallback="pending")),
        as_to=frozenset(
            form.choices("standing", row, "as_to", known=form.vocabulary.labels["parties"])
        ),
        agency_levels=frozenset(
            form.choices("standing", row, "agency_levels", known=[str(v) for v in levels])
        ),
        start=start,
        end=end,
        court=form.text("standing", row, "court", optional=True) or None,
        docket=form.text("standing", row, "docket", optional=True) or None,
        source=form.text("standing", row, "source", optional=True) or None,
    )


def _read_review(form: Form) -> str | None:
    if form.find("reviewed") is None:
        return None
    form.table("reviewed", keys=("by_role", "day"), required=("by_role", "day"))
    day = form.day("reviewed", "day")
    return f"{form.text('reviewed', 'by_role')} {day}"
