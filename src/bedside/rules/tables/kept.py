"""What was compiled, kept in a folder between runs: nothing that others could have put there.

A pickle runs what it names, so it is read only from a file and a folder that are ours alone, and
only the classes of the rules are named. It is kept for speed: whatever is in doubt is not used.
"""

import gc
import os
import pickle
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import fields, is_dataclass
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

from typing_extensions import override

MOST_KEPT = 4  # rulebooks of different folders, kept side by side
PATTERN = "rulebook-*.pickle"
OURS = "bedside.rules."
ALSO = {("datetime", "date")}


T = TypeVar("T")


class _Setters(dict[type, tuple[Callable[[object, object], None], ...]]):
    """How the fields of a frozen class are set while a value of it is made."""

    def __missing__(self, kind: type) -> tuple[Callable[[object, object], None], ...]:
        self[kind] = tuple(kind.__dict__[field.name].__set__ for field in fields(kind))
        return self[kind]


SETTERS = _Setters()


def restore(kind: type[T], *values: object) -> T:
    """Make a frozen value of the rules from its fields: half the time of what dataclasses do."""
    if not kind.__module__.startswith(OURS):
        raise _StrangeNameError(kind.__module__)
    made = object.__new__(kind)
    for put, value in zip(SETTERS[kind], values, strict=True):
        put(made, value)
    return made


class _Writer(pickle.Pickler):
    """Writes frozen values as their fields."""

    @override
    def reducer_override(self, thing: object, /) -> Any:
        """Name how a frozen value with slots is made again; leave the rest to the pickler."""
        kind = type(thing)
        if not is_dataclass(kind) or "__slots__" not in kind.__dict__:
            return NotImplemented
        return restore, (kind, *(getattr(thing, field.name) for field in fields(kind)))


class _StrangeNameError(pickle.UnpicklingError):
    """A pickle that names something besides the classes of the rules."""


class _Reader(pickle.Unpickler):
    """Reads the classes of the rules and nothing else."""

    @override
    def find_class(self, module_name: str, global_name: str, /) -> object:
        """Find a class by its module and name; a function, or what a module borrowed, is none."""
        is_ours = module_name.startswith(OURS) and "." not in global_name
        found = super().find_class(module_name, global_name) if is_ours else None
        if isinstance(found, type) and found.__module__ == module_name:
            return found
        if (module_name, global_name) in ALSO:
            return super().find_class(module_name, global_name)
        if (module_name, global_name) == (__name__, restore.__name__):
            return restore
        raise _StrangeNameError(f"{module_name}.{global_name}")


def read_kept(folder: Path, digest: str) -> object:
    """Read what was kept under this digest; nothing if it is missing, damaged or not ours alone."""
    try:
        with _open_ours(folder) as here:
            file = os.open(_name(digest), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK, dir_fd=here)
            with os.fdopen(file, "rb") as opened:
                about = os.fstat(file)
                if not stat.S_ISREG(about.st_mode) or not _is_ours(about) or about.st_nlink != 1:
                    return None
                raw = opened.read()
        with _no_collection():  # many small things are made, and none of them is garbage
            return _Reader(BytesIO(raw)).load()
    except Exception:  # noqa: BLE001 - a damaged pickle may raise anything; it is only a cache
        return None


def keep(folder: Path, digest: str, thing: object) -> None:
    """Keep it for the next run; a folder that cannot be written is no reason to stop."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with _open_ours(folder):
            others = sorted(folder.glob(PATTERN), key=lambda old: old.stat().st_mtime)
            for old in others[: 1 - MOST_KEPT]:
                old.unlink(missing_ok=True)
            _write(folder, folder / _name(digest), thing)
    except OSError:
        return


def _write(folder: Path, kept: Path, thing: object) -> None:
    handle, name = tempfile.mkstemp(dir=folder)
    try:
        with os.fdopen(handle, "wb") as file:
            _Writer(file, protocol=pickle.HIGHEST_PROTOCOL).dump(thing)
        Path(name).replace(kept)
    finally:
        Path(name).unlink(missing_ok=True)


@contextmanager
def _no_collection() -> Iterator[None]:
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@contextmanager
def _open_ours(folder: Path) -> Iterator[int]:
    """Open a folder in which nobody else may put, replace or link files."""
    here = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        if not _is_ours(os.fstat(here)):
            raise PermissionError(f"`{folder}` is not ours alone")
        yield here
    finally:
        os.close(here)


def _is_ours(about: os.stat_result) -> bool:
    return about.st_uid == os.getuid() and not about.st_mode & 0o022


def _name(digest: str) -> str:
    return f"rulebook-{digest}.pickle"
