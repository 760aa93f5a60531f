"""How well two raters agree: Cohen's kappa, in exact arithmetic.

Kappa is the agreement beyond what two people who rated by chance, each as often as they did, would
reach. It is a fraction, never a rounded number, and none where chance alone would agree always.
"""

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """What two raters said of the same reviews, counted."""

    pairs: int
    observed: Fraction  # the share on which they agree
    expected: Fraction  # the share on which chance would
    kappa: Fraction | None  # nothing, if there is no pair, or chance would agree always


def measure(pairs: Iterable[tuple[Hashable, Hashable]]) -> Agreement:
    """Measure how well the first and the second of each pair agree."""
    rated = list(pairs)
    if not rated:
        return Agreement(pairs=0, observed=Fraction(0), expected=Fraction(0), kappa=None)
    count = len(rated)
    first, second = Counter(one for one, _ in rated), Counter(two for _, two in rated)
    observed = Fraction(sum(one == two for one, two in rated), count)
    expected = Fraction(sum(first[word] * second[word] for word in first), count * count)
    kappa = None if expected == 1 else (observed - expected) / (1 - expected)
    return Agreement(pairs=count, observed=observed, expected=expected, kappa=kappa)


def write_hundredths(value: Fraction) -> str:
    """Write a fraction with two decimals, halves away from zero."""
    sign, scaled = "-" if value < 0 else "", abs(value) * 100
    hundredths = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    return f"{sign if hundredths else ''}{hundredths // 100}.{hundredths % 100:02}"
