"""A disk in memory, as an SQLite VFS: it can fail at any call, lose power, and lie about syncing.

What was written and not yet synced may be on the disk after a power cut, or not, sector by sector.
A file that was never synced may be gone with its name. A process that is killed loses nothing that
it handed to the disk. Only what the ledger uses is modelled: one connection a file, no sharing.
"""

# ruff: noqa: N802, ARG002 - SQLite gives the names and the arguments

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import apsw
from typing_extensions import override

SECTOR = 512
NAMES = count()


class Stopped(Exception):  # noqa: N818 - it is what happens
    """The machine went dark; nothing that is asked of it succeeds any more."""


@dataclass
class File:
    """A file: what a reader sees, what surely survives, and what was done since the last sync."""

    content: bytearray = field(default_factory=bytearray)
    durable: bytearray = field(default_factory=bytearray)
    is_named: bool = False  # its name survives a power cut
    pending: list[tuple[int, bytes | None]] = field(default_factory=list)  # None cuts it there

    def copy(self) -> "File":
        return File(
            bytearray(self.content), bytearray(self.durable), self.is_named, list(self.pending)
        )


class Disk:
    """Files, and what is to go wrong at which call."""

    def __init__(self, files: dict[str, File] | None = None) -> None:
        self.files = files or {}
        self.calls = 0  # calls that change something
        self.at: int | None = None  # at this one something goes wrong
        self.fault: Callable[[], Exception] = Stopped
        self.persists = False  # whether the failing call takes effect all the same
        self.stopped = False
        self.lies = False  # about having synced
        self.name = f"disk{next(NAMES)}"
        self.vfs = _Vfs(self)

    def connect(self, path: str) -> apsw.Connection:
        """Connect to a file on this disk."""
        connection = apsw.Connection(path, vfs=self.name)
        connection.execute("PRAGMA locking_mode = EXCLUSIVE")
        return connection

    def step(self, act: Callable[[], None]) -> None:
        """Do something to the disk, unless it is time for a fault."""
        if self.stopped:
            raise Stopped
        now, self.calls = self.calls, self.calls + 1
        if now != self.at:
            act()
            return
        if self.persists:
            act()
        fault = self.fault()
        self.stopped = isinstance(fault, Stopped)
        raise fault

    def after_kill(self) -> "Disk":
        """Show the disk as the next process finds it after a kill."""
        return Disk(
            {
                name: File(file.content, bytearray(file.content), is_named=True)
                for name, file in self.copied().items()
            }
        )

    def after_power_cut(self, dice: random.Random) -> "Disk":
        """Show the disk as it may be after the power came back."""
        chance = dice.choice([0.0, 0.2, 0.5, 0.8, 1.0])
        found: dict[str, File] = {}
        for name, file in self.copied().items():
            if file.is_named or dice.random() < chance:
                found[name] = _settle(_survive(file, dice, chance))
        return Disk(found)

    def copied(self) -> dict[str, File]:
        """Copy the files."""
        return {name: file.copy() for name, file in self.files.items()}


def _settle(content: bytearray) -> File:
    return File(content, bytearray(content), is_named=True)


def _survive(file: File, dice: random.Random, chance: float) -> bytearray:
    content = bytearray(file.durable)
    for offset, data in file.pending:
        if data is None:
            if dice.random() < chance:
                del content[offset:]
            continue
        at = offset
        while at < offset + len(data):
            end = min((at // SECTOR + 1) * SECTOR, offset + len(data))
            if dice.random() < chance:
                _write(content, at, data[at - offset : end - offset])
            at = end
    return content


def _write(content: bytearray, offset: int, data: bytes) -> None:
    if len(content) < offset:
        content.extend(bytes(offset - len(content)))
    content[offset : offset + len(data)] = data


class _Vfs(apsw.VFS):
    def __init__(self, disk: Disk) -> None:
        self.disk = disk
        super().__init__(disk.name, "")

    @override
    def xOpen(self, name: object, flags: list[int]) -> Any:
        path = name.filename() if isinstance(name, apsw.URIFilename) else str(name)
        flags[1] = flags[0]
        return _File(self.disk, path)

    @override
    def xDelete(self, path: str, syncdir: bool) -> None:
        def act() -> None:
            self.disk.files.pop(path, None)

        self.disk.step(act)

    @override
    def xAccess(self, path: str, flags: int) -> bool:
        return path in self.disk.files

    @override
    def xFullPathname(self, path: str) -> str:
        return path


class _File:
    def __init__(self, disk: Disk, path: str) -> None:
        self.disk = disk
        self.file = disk.files.setdefault(path, File())

    def xRead(self, amount: int, offset: int) -> bytes:
        if self.disk.stopped:
            raise Stopped
        return bytes(self.file.content[offset : offset + amount])

    def xWrite(self, data: bytes, offset: int) -> None:
        kept = bytes(data)

        def act() -> None:
            _write(self.file.content, offset, kept)
            self.file.pending.append((offset, kept))

        self.disk.step(act)

    def xTruncate(self, size: int) -> None:
        def act() -> None:
            del self.file.content[size:]
            self.file.pending.append((size, None))

        self.disk.step(act)

    def xSync(self, flags: int) -> None:
        def act() -> None:
            if not self.disk.lies:
                self.file.durable = bytearray(self.file.content)
                self.file.is_named = True
                self.file.pending.clear()

        self.disk.step(act)

    def xFileSize(self) -> int:
        return len(self.file.content)

    def xClose(self) -> None:
        return

    def xLock(self, level: int) -> None:
        return

    def xUnlock(self, level: int) -> None:
        return

    def xCheckReservedLock(self) -> bool:
        return False

    def xSectorSize(self) -> int:
        return SECTOR

    def xDeviceCharacteristics(self) -> int:
        return int(apsw.SQLITE_IOCAP_POWERSAFE_OVERWRITE)

    def xFileControl(self, op: int, pointer: int) -> bool:
        return False
