"""Claims and events as plain values and back: what the record keeps, and what is committed to."""

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from enum import Enum
from types import NoneType, UnionType
from typing import Any, TypeAlias, TypeVar, Union, get_args, get_origin, get_type_hints

from bedside.rules.attestation.claim import Claim
from bedside.rules.attestation.events import EVENTS, LetterEvent
from bedside.rules.vocabulary.document import Plain

KIND = "event"
MOMENT = "moment"
Made = TypeVar("Made")
Form: TypeAlias = Any  # a type as `get_type_hints` gives it


def write_claim(claim: Claim) -> Plain:
    """Write a claim as plain values; times are in UTC."""
    return _write(claim)


def read_claim(plain: Plain) -> Claim:
    """Read a claim back, exactly as it was."""
    return _build(Claim, plain)


def write_event(event: LetterEvent) -> Plain:
    """Write an event as plain values with its kind."""
    plain = _write(event)
    assert isinstance(plain, dict)  # noqa: S101 - an event is a dataclass
    return {KIND: type(event).__name__, **plain}


def read_event(plain: Plain) -> LetterEvent:
    """Read an event back, exactly as it was."""
    assert isinstance(plain, dict)  # noqa: S101 - our own rows
    kinds = {kind.__name__: kind for kind in EVENTS}
    rest = {name: value for name, value in plain.items() if name != KIND}
    return _build(kinds[str(plain[KIND])], rest)


def _write(value: object) -> Plain:
    if isinstance(value, datetime):
        return {MOMENT: value.astimezone(UTC).isoformat()}
    if isinstance(value, Enum):
        return str(value.value)
    if is_dataclass(value):
        return {one.name: _write(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, tuple):
        return [_write(one) for one in value]
    assert value is None or isinstance(value, str | int)  # noqa: S101 - nothing else is in a claim
    return value


def _build(form: type[Made], plain: Plain) -> Made:
    assert isinstance(plain, Mapping)  # noqa: S101 - our own rows
    hints = get_type_hints(form)
    return form(**{name: _read(hints[name], value) for name, value in plain.items()})


def _read(form: Form, plain: Plain) -> object:
    if isinstance(plain, dict) and plain.keys() == {MOMENT}:
        return datetime.fromisoformat(str(plain[MOMENT]))
    if isinstance(plain, list):
        return tuple(_read(get_args(form)[0], one) for one in plain)
    chosen = _choose(form, plain)
    if is_dataclass(chosen):
        return _build(chosen, plain)  # type: ignore[arg-type]  # a dataclass type, as just asked
    if isinstance(chosen, type) and issubclass(chosen, Enum):
        return chosen(plain)
    return plain


def _choose(form: Form, plain: Plain) -> Form:
    """Choose the member of a union that the value can be."""
    if get_origin(form) not in {Union, UnionType}:
        return form
    members = [one for one in get_args(form) if one is not NoneType]
    return NoneType if plain is None else members[0]
