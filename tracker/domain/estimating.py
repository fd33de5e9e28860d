"""How many there are in all, from two incomplete lists of them: Chapman's estimator and its interval.

With `one` and `other` people on the lists and `both` on both of them:

- N = (one + 1)(other + 1) / (both + 1) - 1                                                    (Chapman 1951)
- var = (one + 1)(other + 1)(one - both)(other - both) / ((both + 1)^2 (both + 2))              (Seber 1970)
- the interval is normal on the logarithm of the unseen f = N - seen: seen + f/C to seen + f·C, where
  C = exp(1.96 sqrt(ln(1 + var/f^2))), so that it never falls below those seen                   (Chao 1987)

Fewer than `ENOUGH` on both lists and the estimate may be badly biased (Robson and Regier 1964; Seber 1982, page 60).
"""

from math import exp, log, sqrt
from typing import Final, NamedTuple

ENOUGH: Final = 7

ALIKE: Final = 0.95
"""From this share of the shorter list that is also on the longer, one may be a copy of the other: nothing tells."""

_Z: Final = 1.96


class Estimate(NamedTuple):
    """How many in all, its standard error, its 95 % interval, and how many were seen on either list."""

    total: float
    error: float
    low: float
    high: float
    seen: int

    @property
    def unseen(self) -> float:
        """How many are on neither list."""
        return self.total - self.seen


def chapman(one: int, other: int, both: int) -> Estimate:
    """Return the estimate. Neither list may hold the other whole: `ValueError`."""
    if not 0 <= both < min(one, other):
        raise ValueError(both)
    product = (one + 1) * (other + 1)
    seen = one + other - both
    total = product / (both + 1) - 1
    variance = product * (one - both) * (other - both) / ((both + 1) ** 2 * (both + 2))
    unseen = total - seen
    spread = exp(_Z * sqrt(log(1 + variance / unseen**2)))
    return Estimate(total, sqrt(variance), seen + unseen / spread, seen + unseen * spread, seen)
