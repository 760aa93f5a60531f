"""Canonical JSON as RFC 8785, for what we commit to: others must be able to make the same bytes."""

import json
from collections.abc import Mapping, Sequence
from typing import ClassVar

from bedside.trust.ledger.refusal import Refusal

LARGEST_WHOLE = 2**53 - 1  # beyond it, readers that keep numbers as doubles would see another one
DEEPEST = 64


class NotCanonical(Refusal):
    """A value that has no canonical JSON."""

    code: ClassVar[str] = "ledger.not-canonical"
    en: ClassVar[str] = (
        "{value} cannot be committed to; write it as text, a whole number, true, false or null"
    )
    es: ClassVar[str] = (
        "no se puede comprometer {value}; escríbalo como texto, número entero, true, false o null"
    )


def write_canonical(value: object) -> bytes:
    """Write a value as the one JSON text that RFC 8785 gives it; fractions are refused."""
    try:
        text = json.dumps(_order(value, DEEPEST), ensure_ascii=False, separators=(",", ":"))
        return text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotCanonical(value=error.object[error.start : error.end]) from error


def _order(value: object, depth: int) -> object:
    if depth == 0:
        raise NotCanonical(value="a value nested so deep")
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, int) and abs(value) <= LARGEST_WHOLE:
        return int(value)
    if isinstance(value, Mapping):
        return {key: _order(value[key], depth - 1) for key in sorted(value, key=_by_utf16)}
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return [_order(one, depth - 1) for one in value]
    raise NotCanonical(value=value)


def _by_utf16(key: object) -> bytes:
    """Order names by their UTF-16 code units, as RFC 8785 section 3.2.3 does."""
    if not isinstance(key, str):
        raise NotCanonical(value=key)
    return key.encode("utf-16-be", "surrogatepass")
