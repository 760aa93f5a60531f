"""Writing a teaching case, signing it for ethics and as counsel, and letting it go out."""

from collections.abc import Collection
from dataclasses import asdict
from typing import Final

from bedside.record.accounts.roles import Role
from bedside.record.consults.case_queries import SIGNERS, TABLE, Telling, find_signers
from bedside.record.consults.models import Consult, SignOff, TeachingCase
from bedside.record.consults.refusals import (
    ChangedSince,
    NothingAsked,
    NotSigned,
    SignsTwice,
    StillTells,
)
from bedside.record.consults.reidentify import Finding
from bedside.record.journal.act import Act
from bedside.record.journal.operations import Content, Happening, append, operation
from bedside.record.vault.sealed import SITE_RECORD, Strongroom, open_strongroom

MOST_TITLE: Final = 120
MOST_STORY: Final = 3000
COLUMNS: Final = ("title", "story", "lesson")


@operation
def record_case(act: Act, consult: Consult, *, telling: Telling) -> TeachingCase:
    """Write a teaching case from a question."""
    _verify(telling)
    case = TeachingCase(
        id=act.draw_id(), site_id=act.site, consult=consult, drafted_at=act.at, by=act.person
    )
    room = _fill(act, case, telling)
    case.save(force_insert=True)
    _tell(act, case, room, "case.drafted", asdict(telling))
    return case


@operation
def record_case_changed(
    act: Act, case: TeachingCase, *, telling: Telling, version: int
) -> TeachingCase:
    """Change a teaching case; whoever signed the earlier version has to sign again."""
    _verify(telling)
    held = _lock(case, version)
    held.version, held.drafted_at, held.by = version + 1, act.at, act.person
    room = _fill(act, held, telling)
    held.save()
    _tell(act, held, room, "case.drafted", asdict(telling) | {"version": held.version})
    return held


@operation
def record_signed_off(
    act: Act, case: TeachingCase, *, role: Role, version: int, found: Collection[Finding]
) -> None:
    """Sign a version for ethics or as counsel, if nothing in it tells who somebody is."""
    held = _lock(case, version)
    if found:
        raise StillTells(number=len(found))
    earlier = SignOff.objects.filter(case=held, version=version)
    if role not in SIGNERS or earlier.filter(by=act.person).exists():
        raise SignsTwice
    if not earlier.filter(role=role.value).exists():
        SignOff.objects.create(
            id=act.draw_id(), case=held, version=version, role=role.value, by=act.person, at=act.at
        )
    content = {"role": role.value, "version": version}
    _tell(act, held, _open(act), "case.signed", content)


@operation
def record_case_exported(
    act: Act, case: TeachingCase, *, version: int, found: Collection[Finding]
) -> None:
    """Let a case go out: both signed this very version, and the check passes now, too."""
    held = _lock(case, version)
    if found:
        raise StillTells(number=len(found))
    if find_signers(held) != {role.value for role in SIGNERS}:
        raise NotSigned
    _tell(act, held, _open(act), "case.exported", {"version": version})


def _lock(case: TeachingCase, version: int) -> TeachingCase:
    held = TeachingCase.objects.select_for_update().get(pk=case.pk)
    if held.version != version:
        raise ChangedSince
    return held


def _verify(telling: Telling) -> None:
    if not telling.title or len(telling.title) > MOST_TITLE:
        raise NothingAsked(most=MOST_TITLE)
    for text in (telling.story, telling.lesson):
        if not text or len(text) > MOST_STORY:
            raise NothingAsked(most=MOST_STORY)


def _fill(act: Act, case: TeachingCase, telling: Telling) -> Strongroom:
    room = _open(act)
    case.period, case.setting = telling.period, telling.setting
    for column in COLUMNS:
        setattr(case, column, room.seal(getattr(telling, column), TABLE, case.pk, column))
    return room


def _open(act: Act) -> Strongroom:
    key = act.master.care_key(act.site)
    return open_strongroom(act.site, SITE_RECORD, key=key, random=act.random)


def _tell(act: Act, case: TeachingCase, room: Strongroom, kind: str, content: Content) -> None:
    append(act, Happening(kind=kind, about=case.about, content=content, room=room))
