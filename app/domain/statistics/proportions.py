"""Parts of a whole, and how sure they are."""

from math import sqrt
from typing import Final, NamedTuple

Z95: Final = 1.959963984540054
"""The 97.5 % point of the normal distribution."""


class Interval(NamedTuple):
    """Bounds, from 0 to 1."""

    low: float
    high: float


def wilson(hits: int, cases: int) -> Interval | None:
    """The 95 % score interval of a proportion; None where there is no case.

    It stays within 0 and 1 and says something for 0 and for all of few cases, where the usual
    interval (Wald) has no width. Source: E. B. Wilson, Probable inference, the law of succession,
    and statistical inference, JASA 22 (1927), 209–212.
    """
    if not 0 <= hits <= cases:
        raise ValueError(f"{hits} of {cases}")
    if not cases:
        return None
    share, square = hits / cases, Z95 * Z95
    middle = share + square / (2 * cases)
    reach = Z95 * sqrt(share * (1 - share) / cases + square / (4 * cases * cases))
    whole = 1 + square / cases
    low = 0.0 if hits == 0 else (middle - reach) / whole
    high = 1.0 if hits == cases else (middle + reach) / whole
    return Interval(low, high)
