"""A site's key in a file that only its owner can read."""

import os
import stat
from pathlib import Path
from typing import ClassVar

from bedside.trust.sealing.refusal import Refusal
from bedside.trust.sealing.site_key import MOST_CHARACTERS, SiteKey, read_site_key

OTHERS = stat.S_IRWXG | stat.S_IRWXO


class KeyFileMissing(Refusal):
    """A key file that is not there, or that we may not read."""

    code: ClassVar[str] = "sealing.key-file-missing"
    en: ClassVar[str] = "the key file {file} cannot be read ({why}); nothing opens without it"
    es: ClassVar[str] = "no se puede leer el archivo de clave {file} ({why}); sin él nada se abre"


class KeyFileOpen(Refusal):
    """A key file that others on the machine may read or change."""

    code: ClassVar[str] = "sealing.key-file-open"
    en: ClassVar[str] = (
        "the key file {file} is open to others (mode {mode}, owner {owner}); let only the service "
        "own it with mode 0600, and replace the key if anybody may have read it"
    )
    es: ClassVar[str] = (
        "el archivo de clave {file} está abierto a otros (modo {mode}, dueño {owner}); que solo "
        "el servicio lo posea con modo 0600, y cambie la clave si alguien pudo leerla"
    )


def load_key_file(path: Path) -> SiteKey:
    """Load a key from a regular file of mode 0600 or less that belongs to us or to root."""
    try:
        # Checks are made on the opened file: a name could be pointed elsewhere in between.
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
    except OSError as error:
        raise KeyFileMissing(file=path.name, why=error.strerror) from None
    try:
        _refuse_if_open_to_others(path, os.fstat(descriptor))
        text = os.read(descriptor, MOST_CHARACTERS + 1).decode("ascii", errors="replace")
    finally:
        os.close(descriptor)
    return read_site_key(text, where=f"file {path.name}")


def write_key_file(path: Path, key: SiteKey) -> None:
    """Write a key into a new file of mode 0600, on the disk before this returns."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise KeyFileMissing(file=path.name, why=error.strerror) from None
    with open(descriptor, "w", encoding="ascii") as file:  # noqa: PTH123 - Path cannot open a descriptor
        file.write(key.write() + "\n")
        file.flush()
        os.fsync(descriptor)


def _refuse_if_open_to_others(path: Path, found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise KeyFileMissing(file=path.name, why="not a regular file")
    if found.st_mode & OTHERS or found.st_uid not in {os.geteuid(), 0}:
        mode = f"{stat.S_IMODE(found.st_mode):04o}"
        raise KeyFileOpen(file=path.name, mode=mode, owner=found.st_uid)
