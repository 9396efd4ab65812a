"""What features above this one keep and say beside the answers, which register it here."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from accounts.people.models import User
from questionnaires.definitions import Item
from questionnaires.responses.models import Response


class Flag(Protocol):
    """Something that whoever writes should know of an answer: the item, where it is answered, and what to say."""

    @property
    def item(self) -> Item: ...

    @property
    def address(self) -> str: ...

    @property
    def flags(self) -> Sequence[str]: ...


FreezesBeside = Callable[[Response, Sequence[Mapping[str, Any]]], Mapping[str, Any]]
FlagsOf = Callable[[User, Response], Sequence[Flag]]
HoldsBack = Callable[[Response, str], str]
_frozen: list[FreezesBeside] = []
_flags: list[FlagsOf] = []
_holds: list[HoldsBack] = []


def register_frozen(freezes: FreezesBeside) -> None:
    """``freezes`` gives keys of the document that is sent, beside its answers; none where there is nothing to say."""
    _frozen.append(freezes)


def register_flags(flags_of: FlagsOf) -> None:
    """``flags_of`` looks through the answers that a person sees, in a number of queries that they do not change."""
    _flags.append(flags_of)


def register_hold(holds: HoldsBack) -> None:
    """``holds`` says why answers with this hash may not be sent yet; "" where nothing is in the way."""
    _holds.append(holds)


def held_back(response: Response, sha256: str) -> str:
    """Why the answers may not be sent yet, as a feature above says; "" where nothing is in the way."""
    return next((words for holds in _holds if (words := holds(response, sha256))), "")


def frozen_beside(response: Response, answers: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What is sent with the answers of a response."""
    return {key: value for freezes in _frozen for key, value in freezes(response, answers).items()}


def flags_on(user: User, response: Response) -> list[Flag]:
    """What the reader should know of answers that can still be changed."""
    return [flag for flags_of in _flags for flag in flags_of(user, response)]
