"""Load folders of norm files into a rulebook, or say everything that is wrong with them."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bedside.rules.rulebook.book import Rulebook, overlay_of
from bedside.rules.rulebook.cases import check_cases
from bedside.rules.rulebook.files import NormFile, find_digest, read_files
from bedside.rules.rulebook.form import Form
from bedside.rules.rulebook.norm import Norm
from bedside.rules.rulebook.read_norm import read_norm
from bedside.rules.rulebook.sentences import load_ladders, load_sentences
from bedside.rules.rulebook.versions import find_versions
from bedside.rules.vocabulary.catalogue import Vocabulary
from bedside.rules.vocabulary.document import Document, load_document, parse_document
from bedside.rules.vocabulary.problem import Place, Problem, ProblemKind, Problems, Text, find_near

EDITION = "2026.12"

SAME_ID = ProblemKind(
    code="rulebook.same-id",
    what=Text(en="two folders have a norm `{id}`", es="dos carpetas tienen una norma `{id}`"),
    help=Text(en="rename one of the files", es="cambie el nombre de uno"),
)
UNKNOWN_NORM = ProblemKind(
    code="rulebook.unknown-norm",
    what=Text(
        en="`defeats` names `{id}`, which is no norm", es="`defeats` nombra `{id}`, que no existe"
    ),
    help=Text(en="write the id of a norm file", es="escriba el id de un archivo de norma"),
)
TWO_VERSIONS = ProblemKind(
    code="rulebook.two-versions",
    what=Text(
        en="`{one}` and `{other}` are versions of one sentence and in force on the same days",
        es="`{one}` y `{other}` son versiones de una misma frase y rigen los mismos días",
    ),
    help=Text(
        en="end the earlier one with `in_force_to` on the day the later one starts",
        es="termine la anterior con `in_force_to` el día en que empieza la posterior",
    ),
)
CIRCLE = ProblemKind(
    code="rulebook.defeats-circle",
    what=Text(
        en="these norms defeat one another in a circle: {ids}",
        es="estas normas se derrotan en círculo: {ids}",
    ),
    help=Text(en="decide which one gives way", es="decida cuál cede"),
)


def load_rulebook(roots: Sequence[Path], vocabulary: Vocabulary) -> Rulebook:
    """Load the norms below the roots, or raise `Problems` with all that is wrong."""
    norms, problems, digest = _read(roots, vocabulary)
    if problems:
        raise Problems(problems)
    return Rulebook(
        norms=norms,
        vocabulary=vocabulary,
        sentences=load_sentences(vocabulary),
        ladders=load_ladders(vocabulary),
        edition=EDITION,
        digest=digest,
    )


def check_norms(path: Path, vocabulary: Vocabulary) -> tuple[int, tuple[Problem, ...]]:
    """Check a folder of norms, or one file, by itself; return how many files, and all problems."""
    if path.is_file():
        form = Form(load_document(path), vocabulary)
        _read_one(form, path.stem)
        return 1, Problems(form.problems).problems
    norms, problems, _ = _read([path], vocabulary, alone=True)
    return len(norms), Problems(problems).problems


def read_draft(file: Path, id_: str, vocabulary: Vocabulary) -> Norm:
    """Read one norm that is not on file yet, or raise `Problems` with all that is wrong."""
    form = Form(load_document(file), vocabulary)
    norm = _read_one(form, id_)
    if form.problems:
        raise Problems(form.problems)
    return norm


def _read(
    roots: Sequence[Path], vocabulary: Vocabulary, *, alone: bool = False
) -> tuple[dict[str, Norm], list[Problem], str]:
    norms: dict[str, Norm] = {}
    problems: list[Problem] = []
    places: dict[str, Place] = {}
    files = read_files(roots)
    for file in files:
        try:
            form = Form(_parse(file), vocabulary)
        except Problems as found:
            problems.extend(found.problems)
            continue
        if file.id in norms:
            form.report(SAME_ID, id=file.id)
        norms[file.id] = _read_one(form, file.id)
        places[file.id] = form.document.place_of("defeats")
        problems.extend(form.problems)
    problems.extend(_check_defeats(norms, places, alone=alone))
    for one, other in find_versions(norms.values()):
        place = Place(file=places[other.id].file, line=1)
        problems.append(TWO_VERSIONS.at(place, one=one.id, other=other.id))
    return norms, problems, find_digest(files)


def _parse(file: NormFile) -> Document:
    if file.problem is not None:
        raise Problems([file.problem])
    return parse_document(file.raw, name=str(file.path))


def _read_one(form: Form, id_: str) -> Norm:
    norm = read_norm(form, id_=id_, overlay=overlay_of(id_))
    if not form.problems:
        check_cases(form, norm)
    return norm


def _check_defeats(
    norms: Mapping[str, Norm], places: Mapping[str, Place], *, alone: bool
) -> Iterator[Problem]:
    for norm in norms.values():
        for id_ in norm.defeats:
            if id_ not in norms and not alone:
                yield UNKNOWN_NORM.at(places[norm.id], id=id_, near=find_near(id_, norms))
    circle = find_circle({norm.id: norm.defeats for norm in norms.values()})
    if circle:
        yield CIRCLE.at(places[circle[0]], ids=", ".join(circle))


def find_circle(defeats: Mapping[str, tuple[str, ...]]) -> tuple[str, ...]:
    """Find norms that defeat one another in a circle, or nothing."""
    settled: set[str] = set()
    for start in defeats:
        trail: list[tuple[str, Iterator[str]]] = [(start, iter(defeats[start]))]
        on_trail = {start}
        while trail and start not in settled:
            id_, rest = trail[-1]
            beaten = next((i for i in rest if i in defeats and i not in settled), None)
            if beaten is None:
                settled.add(id_)
                on_trail.discard(id_)
                trail.pop()
            elif beaten in on_trail:
                names = [name for name, _ in trail]
                return tuple(names[names.index(beaten) :])
            else:
                on_trail.add(beaten)
                trail.append((beaten, iter(defeats[beaten])))
    return ()
