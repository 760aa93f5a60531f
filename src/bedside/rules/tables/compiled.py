"""A rulebook made ready to answer: the cubes of each norm, kept on disk between runs."""

import hashlib
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeAlias

from bedside.rules.condition.nodes import Condition
from bedside.rules.rulebook.book import Rulebook, condition_of
from bedside.rules.rulebook.files import find_digest, read_files
from bedside.rules.rulebook.load import load_rulebook
from bedside.rules.tables.cubes import Cube, find_cubes
from bedside.rules.tables.kept import keep, read_kept
from bedside.rules.vocabulary.catalogue import Vocabulary
from bedside.rules.vocabulary.load import load_vocabulary

SHIPPED = Path(__file__).parents[2] / "norms"

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
    digest = find_digest(read_files(roots))
    kept = _find_name(digest)
    found = read_kept(cache, kept)
    if isinstance(found, Compiled) and found.rulebook.digest == digest:
        return found
    made = compile_rulebook(load_rulebook(roots, load_vocabulary()))
    if made.rulebook.digest == digest:  # else a file was changed meanwhile
        keep(cache, kept, made)
    return made


def _find_name(digest: str) -> str:
    """Name what is kept by what the texts say, and by the code and the Python that read them."""
    seen = hashlib.sha256(f"{digest} {sys.implementation.cache_tag}".encode())
    for file in sorted(Path(__file__).parents[1].glob("*/*.py")):
        raw = file.read_bytes()
        seen.update(f"{file.parent.name}/{file.name} {len(raw)}\n".encode() + raw)
    return seen.hexdigest()[:32]
