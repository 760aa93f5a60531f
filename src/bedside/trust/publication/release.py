"""What was published: the numbers that were shown, the cells that were not, and what each meant."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import ClassVar

from bedside.trust.publication.counts import Counts, Region
from bedside.trust.publication.refusal import Refusal
from bedside.trust.publication.table import ALL, Key, Plan

HIDDEN = None


class SubjectChanged(Refusal):
    """Counts that lack a dimension which was published by."""

    code: ClassVar[str] = "publication.subject-changed"
    en: ClassVar[str] = (
        "`{subject}` was published by `{dimension}` in {release}, and is no longer counted by it, "
        "so nothing can be compared; count by it again, or choose another subject"
    )
    es: ClassVar[str] = (
        "`{subject}` se publicó por `{dimension}` en {release} y ya no se cuenta así, por lo que "
        "nada se puede comparar; cuente otra vez por ello o elija otro asunto"
    )


class ReleaseUnreadable(Refusal):
    """A register entry that is cut, changed, or none."""

    code: ClassVar[str] = "publication.release-unreadable"
    en: ClassVar[str] = "an entry of the register of releases cannot be read; restore the register"
    es: ClassVar[str] = "una entrada del registro de publicaciones no se lee; restaure el registro"


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """A table as the public saw it."""

    subject: str
    name: str
    published_on: date
    threshold: int
    groups: Mapping[str, Mapping[str, frozenset[str]]]  # dimension, label, values
    summed: Mapping[str, frozenset[str]]  # dimensions that the table does not show
    cells: Mapping[Key, int | None]

    def regions(self, counts: Counts) -> Iterator[tuple[Region, int | None]]:
        """Say of each cell where in the counts it lies, and the number that was shown, if any."""
        known = {one.name: frozenset(one.values) for one in counts.dimensions}
        for name in (*self.groups, *self.summed):
            if name not in known:
                raise SubjectChanged(subject=self.subject, dimension=name, release=self.name)
        for key, count in self.cells.items():
            chosen = dict(self.summed)
            for (dimension, groups), label in zip(self.groups.items(), key, strict=True):
                every = frozenset[str]().union(*groups.values())
                chosen[dimension] = every if label == ALL else groups[label]
            yield tuple(chosen.get(name, values) for name, values in known.items()), count

    def write(self) -> bytes:
        """Write the release in one way only, for the register and for the ledger to commit to."""
        said = {
            "cells": [[list(key), count] for key, count in sorted(self.cells.items())],
            "groups": [
                [name, [[label, sorted(values)] for label, values in groups.items()]]
                for name, groups in self.groups.items()
            ],
            "name": self.name,
            "published_on": self.published_on.isoformat(),
            "subject": self.subject,
            "summed": {name: sorted(values) for name, values in self.summed.items()},
            "threshold": self.threshold,
            "v": 1,
        }
        return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()

    @property
    def digest(self) -> str:
        """Name the release by its content."""
        return sha256(self.write()).hexdigest()


def make_release(
    counts: Counts, plan: Plan, cells: Mapping[Key, int | None], *, threshold: int, on: date
) -> Release:
    """Put together what would be published."""
    grouped = {one.dimension for one in plan.groupings}
    return Release(
        subject=counts.subject,
        name=plan.name,
        published_on=on,
        threshold=threshold,
        groups={one.dimension: dict(one.groups) for one in plan.groupings},
        summed={
            one.name: frozenset(one.values) for one in counts.dimensions if one.name not in grouped
        },
        cells=cells,
    )


def read_release(text: bytes) -> Release:
    """Read a release that `write` wrote."""
    try:
        said = json.loads(text)
        release = Release(
            subject=said["subject"],
            name=said["name"],
            published_on=date.fromisoformat(said["published_on"]),
            threshold=said["threshold"],
            groups={
                name: {label: frozenset(values) for label, values in groups}
                for name, groups in said["groups"]
            },
            summed={name: frozenset(values) for name, values in said["summed"].items()},
            cells={tuple(key): count for key, count in said["cells"]},
        )
        whole = release.write() == text
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise ReleaseUnreadable from None
    if not whole:
        raise ReleaseUnreadable
    return release
