"""The register of what was published: nothing leaves that was not held against it."""

from collections.abc import Sequence
from threading import Lock
from typing import ClassVar, Protocol

from bedside.trust.publication.refusal import Refusal
from bedside.trust.publication.release import Release


class RegisterMoved(Refusal):
    """A release checked against a register that has grown since."""

    code: ClassVar[str] = "publication.register-moved"
    en: ClassVar[str] = (
        "something else of `{subject}` was published meanwhile; check this one again"
    )
    es: ClassVar[str] = "se publicó algo más de `{subject}` entretanto; compruebe esto otra vez"


class Register(Protocol):
    """Where releases are kept for good."""

    def find_releases(self, subject: str) -> Sequence[Release]:
        """Find what was published of a subject, oldest first."""

    def keep(self, release: Release, *, after: int) -> None:
        """Keep a release if exactly so many of its subject were kept before; refuse otherwise."""


class MemoryRegister:
    """A register for as long as the process lives."""

    def __init__(self, releases: Sequence[Release] = ()) -> None:
        self._releases, self._turn = list(releases), Lock()

    def find_releases(self, subject: str) -> Sequence[Release]:
        """Find what was published of a subject, oldest first."""
        return tuple(one for one in self._releases if one.subject == subject)

    def keep(self, release: Release, *, after: int) -> None:
        """Keep a release if exactly so many of its subject were kept before; refuse otherwise."""
        with self._turn:
            if len(self.find_releases(release.subject)) != after:
                raise RegisterMoved(subject=release.subject)
            self._releases.append(release)
