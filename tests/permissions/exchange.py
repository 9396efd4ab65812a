"""Words of the rows on the exchange between the States: who reads, who drafts, at which stages."""

from collections.abc import Callable
from typing import Any

from tests.permissions.urls_base import (
    AUDITOR,
    CLOSED,
    DIALOGUE,
    INSIDE,
    NOBODY,
    OBSERVATIONS,
    SENT,
    SUMMARY,
    WRITERS,
    Access,
    Scene,
    at,
    only,
)

# Those who read what lies on the shared table; the drafters of the reviewing States; the room of one of them.
READERS = INSIDE - {"contributor"} - AUDITOR
DRAFTERS = frozenset({"same_group_focal_point", "same_group_expert", "other_group_focal_point"})
FOCAL_POINTS = frozenset({"focal_point", "same_group_focal_point", "other_group_focal_point"})
REVIEWING_FOCAL_POINTS = FOCAL_POINTS - {"focal_point"}
ROOM = frozenset({"same_group_focal_point", "same_group_expert", "same_group_observer"})
ROOM_DRAFTERS, ROOM_FOCAL_POINT = ROOM - {"same_group_observer"}, frozenset({"same_group_focal_point"})
OWN_READERS = WRITERS | {"observer"}
FOCAL_POINT = frozenset({"focal_point"})
EXCHANGE_STAGES = (SENT, DIALOGUE, OBSERVATIONS, SUMMARY)


def during(access: Access, *stages: str) -> dict[str, Access]:
    return dict.fromkeys(stages or (*EXCHANGE_STAGES, CLOSED), access)


def piece(name: str, *more: Any) -> Callable[[Scene], list[Any]]:
    return lambda scene: [*scene.review, getattr(scene.pieces, name).pk, *more]


def room(may: frozenset[str], *, of: frozenset[str] = ROOM) -> Access:
    """Of those in the room these may, the others are told why not; outside it nobody learns of it."""
    return only(may, of=of)


READ, UNTOC, TIP = during(only(READERS)), at("untoc", "list_of_observations"), at("tip", "list_of_observations")
IN_ROOM, SENT_PIECE = during(room(ROOM_DRAFTERS), DIALOGUE), during(only(NOBODY), DIALOGUE)
TEXT = {"text": "Other words.", "base": "1"}
SHOWN = {"sha256": "0" * 64}
