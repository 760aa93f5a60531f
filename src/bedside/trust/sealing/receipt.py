"""The code that lets an anonymous reporter come back: seventeen symbols and a check symbol.

Seventeen symbols of Crockford's base 32 carry 85 bits; codes whose check symbol would be one of
`*~$=U` are never given out, which leaves 84.8. The check (mod 37) finds every single wrong symbol
and every swap of neighbours before anything is looked up.
"""

from typing import ClassVar, Final, final

from bedside.trust.sealing.refusal import Refusal
from bedside.trust.sealing.secret import Hidden, Random, SecretStays, draw

SYMBOLS: Final = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
READ_AS: Final = str.maketrans("OIL", "011")
COUNT: Final = 17
GROUP: Final = 6
CHECK: Final = 37
RANDOM_BYTES: Final = 11
MOST_DRAWS: Final = 200  # one in seven draws is passed over; so many in a row mean no randomness
MOST_TYPED: Final = 64
BETWEEN: Final = frozenset(" -\u2013\u2014.\t")


class ReceiptMistyped(Refusal):
    """A code that cannot be one; the code itself is never repeated."""

    code: ClassVar[str] = "sealing.receipt-mistyped"
    en: ClassVar[str] = (
        "this is not a whole code: it has 18 letters and digits in three groups; look at each "
        "group again, one symbol is wrong, missing or swapped with its neighbour"
    )
    es: ClassVar[str] = (
        "este código no está completo: tiene 18 letras y cifras en tres grupos; revise cada "
        "grupo, un símbolo es incorrecto, falta o está cambiado con el de al lado"
    )


class NoRandomness(Refusal):
    """A source of random bytes that keeps giving the same."""

    code: ClassVar[str] = "sealing.no-randomness"
    en: ClassVar[str] = "the source of random bytes is stuck; no code was given out"
    es: ClassVar[str] = "la fuente de azar está detenida; no se entregó ningún código"


@final
class Receipt(Hidden):
    """A code, in the hands of the reporter alone; we keep nothing it can be read from."""

    __slots__ = ("_symbols",)

    def __init__(self, symbols: str) -> None:
        self._symbols = symbols

    def show(self) -> str:
        """Write the code for its holder, in three groups of six."""
        return "-".join(self._symbols[at : at + GROUP] for at in range(0, COUNT + 1, GROUP))

    def reveal(self) -> bytes:
        """Give the symbols without their check to a hash."""
        return self._symbols[:COUNT].encode()

    def __eq__(self, other: object) -> bool:  # type: ignore[explicit-override] # not in 3.11
        return isinstance(other, Receipt) and self._symbols == other._symbols

    def __hash__(self) -> int:  # type: ignore[explicit-override] # not in 3.11
        raise SecretStays(kind="Receipt")


def make_receipt(random: Random) -> Receipt:
    """Draw a new code."""
    for _ in range(MOST_DRAWS):
        number = int.from_bytes(draw(random, RANDOM_BYTES)) >> (RANDOM_BYTES * 8 - COUNT * 5)
        if number % CHECK < len(SYMBOLS):
            shifts = range(5 * (COUNT - 1), -1, -5)
            symbols = "".join(SYMBOLS[number >> shift & 31] for shift in shifts)
            return Receipt(symbols + SYMBOLS[number % CHECK])
    raise NoRandomness


def read_receipt(typed: str) -> Receipt:
    """Read a typed code; small letters, blanks, hyphens, and O, I, L for 0 and 1 are understood."""
    if len(typed) > MOST_TYPED:
        raise ReceiptMistyped
    symbols = "".join(one for one in typed if one not in BETWEEN).upper().translate(READ_AS)
    if len(symbols) != COUNT + 1 or not set(symbols) <= set(SYMBOLS):
        raise ReceiptMistyped
    number = 0
    for one in symbols[:COUNT]:
        number = number << 5 | SYMBOLS.index(one)
    if number % CHECK != SYMBOLS.index(symbols[COUNT]):
        raise ReceiptMistyped
    return Receipt(symbols)
