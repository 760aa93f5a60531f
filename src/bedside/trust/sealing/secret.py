"""Bytes that never show: not in a representation, a log line, a copy or a pickle."""

import hmac
from collections.abc import Callable
from typing import ClassVar, NoReturn, TypeAlias, final

from bedside.trust.sealing.refusal import Refusal

Random: TypeAlias = Callable[[int], bytes]  # such as `secrets.token_bytes`

KEY_BYTES = 32


class SecretStays(Refusal):
    """Somebody tried to copy, pickle or hash something that holds a secret."""

    code: ClassVar[str] = "sealing.secret-stays"
    en: ClassVar[str] = "a {kind} holds a secret and cannot be copied or saved; pass it on as it is"
    es: ClassVar[str] = "un {kind} guarda un secreto y no se copia ni se guarda; páselo tal cual"


class BadRandom(Refusal):
    """A source of random bytes that gave fewer or more than asked."""

    code: ClassVar[str] = "sealing.bad-random"
    en: ClassVar[str] = "the source of random bytes gave {given} of {wanted}; nothing was sealed"
    es: ClassVar[str] = "la fuente de azar dio {given} de {wanted} bytes; no se selló nada"


class SecretTooShort(Refusal):
    """A key or pepper that could be guessed."""

    code: ClassVar[str] = "sealing.secret-too-short"
    en: ClassVar[str] = "a {what} needs {wanted} random bytes, this has {count}; make a new one"
    es: ClassVar[str] = "{what}: hacen falta {wanted} bytes al azar y hay {count}; haga otra"


class Hidden:
    """Base of whatever holds a secret: it shows its kind and name, and stays in this process."""

    __slots__ = ()

    def __repr__(self) -> str:  # type: ignore[explicit-override] # not in 3.11
        return f"{type(self).__name__}({getattr(self, 'name', 'hidden')})"

    def __reduce_ex__(self, protocol: object) -> NoReturn:  # type: ignore[explicit-override] # not in 3.11
        raise SecretStays(kind=type(self).__name__)


@final
class Secret(Hidden):
    """Random bytes of a key; `reveal` is the only way to them, and easy to search for."""

    __slots__ = ("_value",)

    def __init__(self, value: bytes, *, what: str = "key", least: int = KEY_BYTES) -> None:
        if len(value) < least:
            raise SecretTooShort(what=what, wanted=least, count=len(value))
        self._value = bytes(value)

    def reveal(self) -> bytes:
        """Give the bytes to a cipher."""
        return self._value

    def __eq__(self, other: object) -> bool:  # type: ignore[explicit-override] # not in 3.11
        return isinstance(other, Secret) and hmac.compare_digest(self._value, other._value)

    def __hash__(self) -> NoReturn:  # type: ignore[explicit-override] # not in 3.11
        raise SecretStays(kind="Secret")


def draw(random: Random, count: int) -> bytes:
    """Draw exactly that many random bytes."""
    drawn = random(count)
    if len(drawn) != count:
        raise BadRandom(given=len(drawn), wanted=count)
    return drawn
