"""Who is told how far the making of a document is, per cent."""

from collections.abc import Callable

Progress = Callable[[int], None]


def unheard(per_cent: int) -> None:
    """Where nobody asks."""
