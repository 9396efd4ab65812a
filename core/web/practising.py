"""Whether the person of a session has gone over to the practice portal, which is left apart (portal.practice)."""

from typing import Any

_GONE_OVER = "gone_over"


def note_gone_over(session: Any) -> None:
    session[_GONE_OVER] = True


def note_back(session: Any) -> None:
    session.pop(_GONE_OVER, None)


def has_gone_over(session: Any) -> bool:
    return bool(session.get(_GONE_OVER))
