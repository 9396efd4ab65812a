"""A count with chance added, by a key that nobody outside knows; pure arithmetic (docs/adr/0072).

Whoever knows what all States but one have, and is told a sum, knows what the last one has: leaving small numbers out
does not help against that, and no rule without chance does. So nothing is told of a count but a number near it. Each
number could have come of one State more or one fewer: it changes the odds of either by no more than ``MOST_ODDS``.
"""

import hmac
import math
from hashlib import sha256

MOST_ODDS = 2  # by how much a figure may change the odds of what one State has
_STEP = 1 / MOST_ODDS
_BITS = 64


def chance(difference: int) -> float:
    """How likely a count is told with this difference: halved with each step away from it, and never nothing."""
    return (1 - _STEP) / (1 + _STEP) * _STEP ** abs(difference)


def blurred(count: int, key: bytes, name: str) -> int:
    """A number near the count, the same for one key and name each time it is asked for.

    It may be below none, and above all that there are: cut there it would be too large or too small on average, and the
    more so a sum of many.
    """
    digest = hmac.new(key, name.encode(), sha256).digest()
    return count + _steps(digest[:8]) - _steps(digest[8:16])


def least_of(least: int, draws: int) -> int:
    """From where on a sum of so many ``draws`` is told, a single one from ``least``: chance grows as the root."""
    return math.ceil(least * math.sqrt(draws))


def _steps(part: bytes) -> int:
    """How often in a row an even coin falls on one side; the difference of two of these has ``chance``."""
    even = (int.from_bytes(part, "big") + 1) / 2**_BITS  # above 0, and at most 1
    return int(math.log(even) / math.log(_STEP))
