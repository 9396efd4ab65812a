"""What a feature registers that has something to be brought in: how its files are looked at, and carried out."""

from collections.abc import Callable
from dataclasses import dataclass

from accounts.people.models import User
from core.jobs.making import Tell
from reviews.bringing.enums import BroughtKind
from reviews.bringing.models import BroughtFile, BroughtPiece


@dataclass(frozen=True, slots=True)
class BringingWay:
    """How files of one kind are brought in.

    ``seen_of`` is the fingerprint of all that a person is shown of a file, empty where something is wrong with it as
    things stand. ``carry_out`` writes what the file says, and a piece a review (``mark_brought_in``), in the
    transaction of its caller, who has asked the policy; it may raise ServiceError. ``address_of``: the page of a file;
    ``place_of``: where a reader of the review sees what came of it, as a piece with its review.
    """

    kind: BroughtKind
    seen_of: Callable[[BroughtFile], str]
    carry_out: Callable[[User, BroughtFile, Tell], None]
    address_of: Callable[[BroughtFile], str]
    place_of: Callable[[BroughtPiece], str]


_ways: dict[str, BringingWay] = {}


def register_way(way: BringingWay) -> None:
    """Make a kind known; each feature does so in its declarations."""
    _ways[way.kind] = way


def way_of(row: BroughtFile | BroughtPiece) -> BringingWay:
    return _ways[row.kind]
