"""What a person was shown when a form was opened: who reads what is saved there, and which version stands; pure.

A form carries it as a word (``token``), and the service compares it with what holds once everything is locked
(docs/adr/0020-a-save-knows-its-audience.md).
"""

from dataclasses import dataclass
from enum import StrEnum


class Audience(StrEnum):
    """Where what is saved lies, and so who reads it."""

    ROOM = "room"
    COMMON_ROOM = "common"
    TABLE = "table"
    UNKNOWN = ""


@dataclass(frozen=True, slots=True)
class StandingVersion:
    """A version that is under consideration or agreed, and which States have cleared it (ISO codes)."""

    number: int
    sha256: str
    cleared: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Shown:
    """``states`` read it (ISO codes); ``version`` is the one that a save would cancel, None where it cancels none."""

    audience: Audience
    states: frozenset[str]
    version: StandingVersion | None = None

    @property
    def token(self) -> str:
        """In the form that ``from_token`` reads: ``table:XAL,XLE,XVE;2:<sha256>:XAL``."""
        word = f"{self.audience}:{','.join(sorted(self.states))}"
        if self.version is None:
            return word
        return f"{word};{self.version.number}:{self.version.sha256}:{','.join(sorted(self.version.cleared))}"

    @classmethod
    def from_token(cls, token: str) -> "Shown":
        """What no page of ours has written is ``NOTHING_SHOWN``, with which nothing agrees."""
        place, _semicolon, version = token.partition(";")
        audience, _colon, states = place.partition(":")
        number, *more = version.split(":")
        try:
            standing = None
            if version:
                sha256, cleared = more
                standing = StandingVersion(int(number), sha256, _codes(cleared))
            shown = cls(Audience(audience), _codes(states), standing)
        except ValueError:
            return NOTHING_SHOWN
        return shown if shown.audience and shown.states else NOTHING_SHOWN


NOTHING_SHOWN = Shown(Audience.UNKNOWN, frozenset())


def _codes(words: str) -> frozenset[str]:
    return frozenset(filter(None, words.split(",")))
