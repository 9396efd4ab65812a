"""What one portal hands to the other by way of a browser: signed with the key of both, and valid for moments.

A hand-over carries an alias, the name to show and a language; back come an alias and two days. Nothing else may.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.core import signing

_OVER, _BACK = "portal.practice.over", "portal.practice.back"
OVER_SECONDS, BACK_SECONDS = 60, 600
_LONGEST_NAME = 150


@dataclass(frozen=True, slots=True)
class Over:
    """``key``: of this hand-over alone, which is used once."""

    key: UUID
    learner: UUID
    name: str
    language: str


@dataclass(frozen=True, slots=True)
class Back:
    """On which days the learner began, and first finished (the practice portal's reckoning)."""

    learner: UUID
    begun_on: dt.date | None
    finished_on: dt.date | None


def sign_over(*, learner: UUID, name: str, language: str) -> str:
    data = {"key": str(uuid4()), "learner": str(learner), "name": name[:_LONGEST_NAME], "language": language}
    return _sign(data, _OVER)


def read_over(token: str) -> Over | None:
    """None for what the portal has not signed, or too long ago, or for something else."""
    data = _read(token, _OVER, OVER_SECONDS)
    if data is None:
        return None
    return Over(UUID(data["key"]), UUID(data["learner"]), str(data["name"]), str(data["language"]))


def sign_back(back: Back) -> str:
    days = {name: day and day.isoformat() for name, day in (("begun", back.begun_on), ("finished", back.finished_on))}
    return _sign({"learner": str(back.learner), **days}, _BACK)


def read_back(token: str) -> Back | None:
    """None for what the practice portal has not signed, or too long ago, or for something else."""
    data = _read(token, _BACK, BACK_SECONDS)
    if data is None:
        return None
    begun, finished = (data[name] and dt.date.fromisoformat(data[name]) for name in ("begun", "finished"))
    return Back(UUID(data["learner"]), begun, finished)


def _sign(data: dict[str, Any], salt: str) -> str:
    return signing.dumps(data, key=_key(), salt=salt)


def _read(token: str, salt: str, seconds: int) -> dict[str, Any] | None:
    try:
        data: dict[str, Any] = signing.loads(token, key=_key(), salt=salt, max_age=seconds)
    except signing.BadSignature:
        return None
    return data


def _key() -> str:
    if not settings.PRACTICE_KEY:
        raise ValueError("PRACTICE_KEY is not set: there is no practice portal.")
    return str(settings.PRACTICE_KEY)
