"""The norm files below folders, as bytes, and the digest that names what all of them say."""

import hashlib
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from bedside.rules.rulebook.sentences import CALL, SAY
from bedside.rules.vocabulary.document import MAX_BYTES, UNREADABLE
from bedside.rules.vocabulary.load import CATALOGUE
from bedside.rules.vocabulary.problem import Place, Problem, ProblemKind, Problems, Text

MAX_FILES = 5_000
SUFFIX = ".yaml"
# Whatever else lies beside these folders is no norm.
TOPS = ("us", "profession", "world", "orders", "hospital", "agencies")

NO_FOLDER = ProblemKind(
    code="rulebook.no-folder",
    what=Text(en="there is no folder of norms here", es="aquí no hay una carpeta de normas"),
    help=Text(en="check the path", es="revise la ruta"),
)
TOO_MANY_FILES = ProblemKind(
    code="rulebook.too-many-files",
    what=Text(
        en="this folder holds more than {limit} norm files",
        es="esta carpeta tiene más de {limit} archivos de normas",
    ),
    help=Text(en="split the rulebook", es="divida el reglamento"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class NormFile:
    """A norm file as it was read once: its id by its path below the root, and its bytes."""

    id: str
    path: Path
    raw: bytes = b""
    problem: Problem | None = None  # why it could not be read


def find_files(root: Path) -> list[Path]:
    """Find the norm files below a folder, in order."""
    if not root.is_dir():
        raise Problems([NO_FOLDER.at(Place(file=str(root)))])
    tops = [root / top for top in TOPS if (root / top).is_dir()] or [root]
    files = [file for top in tops for file in sorted(_walk(top))]
    if len(files) > MAX_FILES:
        raise Problems([TOO_MANY_FILES.at(Place(file=str(root)), limit=MAX_FILES)])
    return [Path(file) for file in files]


def _walk(top: Path) -> Iterator[str]:
    """Walk by names, which takes half as long as by paths; folders that look like norms count."""
    for folder, folders, files in os.walk(top):
        yield from (f"{folder}{os.sep}{name}" for name in (*files, *folders) if _is_norm(name))


def _is_norm(name: str) -> bool:
    return name.endswith(SUFFIX)


def read_files(roots: Sequence[Path]) -> list[NormFile]:
    """Read every norm file below the roots; a file that cannot be read says why."""
    return [
        _read(file, str(file)[len(str(root)) + 1 : -len(SUFFIX)].replace(os.sep, "/"))
        for root in roots
        for file in find_files(root)
    ]


def find_digest(files: Iterable[NormFile]) -> str:
    """Name what the files, the words and the sentences say, wherever on a machine they lie."""
    texts = [("catalogue", CATALOGUE.read_bytes()), ("say", SAY.read_bytes())]
    texts += [("call", CALL.read_bytes()), *sorted((file.id, file.raw) for file in files)]
    digest = hashlib.sha256()
    for name, raw in texts:
        digest.update(f"{name} {len(raw)}\n".encode() + raw)
    return f"sha256:{digest.hexdigest()}"


def _read(file: Path, id_: str) -> NormFile:
    """Read a file; a pipe or a folder of that name is none."""
    why = "no file"
    try:
        about = os.stat(file)  # noqa: PTH116 - by name: hundreds are read while somebody waits
        if stat.S_ISREG(about.st_mode):
            with open(file, "rb", buffering=0) as opened:  # noqa: PTH123 - likewise
                return NormFile(id=id_, path=file, raw=opened.read(MAX_BYTES + 1))
    except OSError as error:
        why = error.strerror or "?"
    return NormFile(id=id_, path=file, problem=UNREADABLE.at(Place(file=str(file)), why=why))
