"""Take a situation out of a file, or say everything that is wrong with it."""

from datetime import date

from bedside.rules.decide.situation import Claim, Situation
from bedside.rules.rulebook.facts import read_facts
from bedside.rules.rulebook.form import Form
from bedside.rules.tables.compiled import Compiled
from bedside.rules.vocabulary.catalogue import Dimension
from bedside.rules.vocabulary.document import Document
from bedside.rules.vocabulary.problem import Place, ProblemKind, Problems, Text, find_near

KEYS = ("as_of", "jurisdiction", "overlays", "facts", "arrangement", "asserted", "title", "expect")
CLAIM_KEYS = ("by", "words", "document", "cite", "arrangement")
CLAIMANTS = ("officer", "manager")
DOCUMENTS = ("none", "described", "seen", "copied")
MAX_CLAIMS = 20
PLACES = frozenset(
    [
        "al",
        "ak",
        "az",
        "ar",
        "ca",
        "co",
        "ct",
        "de",
        "fl",
        "ga",
        "hi",
        "id",
        "il",
        "in",
        "ia",
        "ks",
        "ky",
        "la",
        "me",
        "md",
        "ma",
        "mi",
        "mn",
        "ms",
        "mo",
        "mt",
        "ne",
        "nv",
        "nh",
        "nj",
        "nm",
        "ny",
        "nc",
        "nd",
        "oh",
        "ok",
        "or",
        "pa",
        "ri",
        "sc",
        "sd",
        "tn",
        "tx",
        "ut",
        "vt",
        "va",
        "wa",
        "wv",
        "wi",
        "wy",
        "dc",
        "pr",
        "gu",
        "vi",
        "as",
        "mp",
    ]
)

UNKNOWN_PLACE = ProblemKind(
    code="situation.unknown-place",
    what=Text(
        en="`{where}` is no place that is known here", es="`{where}` no es un lugar conocido"
    ),
    help=Text(en="write a state as us/tx", es="escriba un estado como us/tx"),
)
UNKNOWN_OVERLAY = ProblemKind(
    code="situation.unknown-overlay",
    what=Text(en="there is no overlay `{overlay}`", es="no hay una capa `{overlay}`"),
    help=Text(en="these are loaded: {known}", es="están cargadas: {known}"),
)
TOO_MANY_CLAIMS = ProblemKind(
    code="situation.too-many-claims",
    what=Text(en="more than {limit} claims stand here", es="hay más de {limit} afirmaciones"),
    help=Text(en="keep those that matter now", es="deje las que importan ahora"),
)


def read_situation(document: Document, compiled: Compiled, *, today: date) -> Situation:
    """Take the situation, or raise `Problems` with everything that is wrong with it."""
    form = Form(document, compiled.vocabulary)
    form.table(keys=KEYS, required=("jurisdiction",))
    situation = Situation(
        as_of=form.day("as_of") or today,
        jurisdiction=_read_place(form),
        overlays=_read_overlays(form, compiled),
        facts=read_facts(form, "facts"),
        arrangement=_read_arrangement(form, "arrangement"),
        asserted=_read_claims(form),
    )
    if form.problems:
        raise Problems(form.problems)
    return situation


def check_place(place: str) -> str:
    """Return the place if it is one, or raise `Problems`."""
    if not _is_place(place):
        raise Problems(
            [UNKNOWN_PLACE.at(Place(file=""), where=place, near=_find_near_place(place))]
        )
    return place


def _read_place(form: Form) -> str:
    place = form.text("jurisdiction")
    if place and not _is_place(place):
        form.report(UNKNOWN_PLACE, "jurisdiction", where=place, near=_find_near_place(place))
    return place


def _is_place(place: str) -> bool:
    country, _, rest = place.partition("/")
    return country == "us" and rest.split("/")[0] in PLACES


def _find_near_place(place: str) -> str:
    return find_near(place, [f"us/{p}" for p in sorted(PLACES)])


def _read_overlays(form: Form, compiled: Compiled) -> tuple[str, ...]:
    known = compiled.rulebook.overlays
    found = []
    for row in form.rows("overlays"):
        overlay = form.text("overlays", row)
        if overlay in known:
            found.append(overlay)
        elif overlay:
            form.report(
                UNKNOWN_OVERLAY,
                "overlays",
                row,
                overlay=overlay,
                near=find_near(overlay, known),
                known=", ".join(known) or "-",
            )
    return tuple(found)


def _read_arrangement(form: Form, *path: str | int) -> dict[str, str]:
    """Take one word for each dimension named; `unknown` and null are left out."""
    if form.find(*path) is None:
        return {}
    dimensions = form.vocabulary.dimensions
    found: dict[str, str] = {}
    for id_, word in form.table(*path, keys=dimensions).items():
        if id_ in dimensions and word is not None and word != "unknown":
            chosen = form.choice(*path, id_, known=dimensions[id_].places, fallback="")
            if chosen:
                found[id_] = chosen
    return found


def _read_claims(form: Form) -> tuple[Claim, ...]:
    rows = form.rows("asserted")
    if len(rows) > MAX_CLAIMS:
        form.report(TOO_MANY_CLAIMS, "asserted", limit=MAX_CLAIMS)
    return tuple(_read_claim(form, "asserted", row) for row in rows[:MAX_CLAIMS])


def _read_claim(form: Form, *path: str | int) -> Claim:
    form.table(*path, keys=CLAIM_KEYS, required=("by", "words"))
    document = "none"
    if form.find(*path, "document") is not None:
        document = form.choice(*path, "document", known=DOCUMENTS, fallback="none")
    return Claim(
        by=form.choice(*path, "by", known=CLAIMANTS, fallback="officer"),
        words=form.text(*path, "words"),
        document=document,
        cite=form.text(*path, "cite", optional=True) or None,
        arrangement=_read_asked(form, *path, "arrangement"),
    )


def _read_asked(form: Form, *path: str | int) -> dict[str, int]:
    if form.find(*path) is None:
        return {}
    dimensions = form.vocabulary.dimensions
    table = form.table(*path, keys=dimensions)
    return {id_: _read_words(form, dimensions[id_], *path) for id_ in table if id_ in dimensions}


def _read_words(form: Form, dimension: Dimension, *path: str | int) -> int:
    """Take what a claim asks in a dimension: a word, a list of words, or properties."""
    asked = form.find(*path, dimension.id)
    if isinstance(asked, str):
        word = form.choice(*path, dimension.id, known=dimension.places, fallback="")
        return dimension.mask([word]) if word else dimension.every
    if isinstance(asked, list):
        return dimension.mask(form.choices(*path, dimension.id, known=dimension.places))
    keeps = dimension.every
    for id_ in form.table(*path, dimension.id, keys=dimension.properties):
        property_ = dimension.properties.get(id_)
        if property_ is not None:
            is_yes = form.find(*path, dimension.id, id_)
            if not isinstance(is_yes, bool):
                known = ("yes", "no")
                is_yes = form.choice(*path, dimension.id, id_, known=known, fallback="no") == "yes"
            keeps &= dimension.mask(property_.yes if is_yes else property_.no)
    return keeps
