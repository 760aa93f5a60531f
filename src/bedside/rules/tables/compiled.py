"""A rulebook made ready to answer: the cubes of each norm, kept on disk between runs."""

import hashlib
import os
import pickle
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from bedside.rules.condition.nodes import Condition
from bedside.rules.rulebook.book import Rulebook, condition_of
from bedside.rules.rulebook.load import find_files, load_rulebook
from bedside.rules.rulebook.sentences import CALL, SAY
from bedside.rules.tables.cubes import Cube, find_cubes
from bedside.rules.vocabulary.catalogue import Vocabulary
from bedside.rules.vocabulary.load import CATALOGUE, load_vocabulary

SHIPPED = Path(__file__).parents[2] / "norms"
MOST_KEPT = 4  # rulebooks of different folders, kept side by side
FORM = 1  # raised whenever the shape of what is kept changes

# When a condition holds and when it does not; None where either has too many cubes.
Pair: TypeAlias = tuple[tuple[Cube, ...], tuple[Cube, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Compiled:
    """The rulebook, the cubes of its norms, and room to remember what was worked out."""

    rulebook: Rulebook
    cubes: Mapping[str, Pair | None]
    remembered: dict[object, object] = field(default_factory=dict, compare=False)

    @property
    def vocabulary(self) -> Vocabulary:
        """The words that the rulebook is written in."""
        return self.rulebook.vocabulary


def compile_rulebook(rulebook: Rulebook) -> Compiled:
    """Work out the cubes of every norm."""
    vocabulary = rulebook.vocabulary
    cubes = {id_: find_pair(condition_of(norm), vocabulary) for id_, norm in rulebook.norms.items()}
    return Compiled(rulebook=rulebook, cubes=cubes)


def find_pair(condition: Condition, vocabulary: Vocabulary) -> Pair | None:
    """Find the cubes of a condition and of its opposite; None if either has too many."""
    holds = find_cubes(condition, vocabulary)
    fails = find_cubes(condition, vocabulary, wanted=False)
    return None if holds is None or fails is None else (holds, fails)


def load_compiled(roots: Sequence[Path] = (SHIPPED,), *, cache: Path | None = None) -> Compiled:
    """Load the norms below the roots, from the cache folder if nothing has changed."""
    if cache is None:
        return compile_rulebook(load_rulebook(roots, load_vocabulary()))
    kept = cache / f"rulebook-{_fingerprint(roots)}.pickle"
    found = _read(kept)
    if found is None:
        found = compile_rulebook(load_rulebook(roots, load_vocabulary()))
        _write(kept, found)
    return found


def _fingerprint(roots: Sequence[Path]) -> str:
    """Tell this set of files from any other by names, sizes and times, and our own code's."""
    seen = hashlib.sha256(f"{FORM}".encode())
    code = sorted(Path(__file__).parents[1].glob("*/*.py"))
    for file in [
        CATALOGUE,
        SAY,
        CALL,
        *code,
        *(file for root in roots for file in find_files(root)),
    ]:
        try:
            about = file.stat()
        except OSError:
            seen.update(f"{file} -\n".encode())  # whoever loads it will say so
        else:
            seen.update(f"{file} {about.st_size} {about.st_mtime_ns}\n".encode())
    return seen.hexdigest()[:32]


def _read(kept: Path) -> Compiled | None:
    try:
        about = kept.stat()
        if about.st_uid != os.getuid() or about.st_mode & 0o022:
            return None  # somebody else could have written it
        found = pickle.loads(kept.read_bytes())  # noqa: S301 - written by us into a folder that is ours alone
    except Exception:  # noqa: BLE001 - a damaged pickle may raise anything; it is only a cache
        return None
    return found if isinstance(found, Compiled) else None


def _write(kept: Path, compiled: Compiled) -> None:
    """Keep it for the next run; a cache that cannot be written is no reason to stop."""
    try:
        kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        others = sorted(kept.parent.glob("rulebook-*.pickle"), key=lambda old: old.stat().st_mtime)
        for old in others[: 1 - MOST_KEPT]:
            old.unlink(missing_ok=True)
        handle, name = tempfile.mkstemp(dir=kept.parent)
        with os.fdopen(handle, "wb") as file:
            pickle.dump(compiled, file, protocol=pickle.HIGHEST_PROTOCOL)
        Path(name).replace(kept)
    except OSError:
        return
