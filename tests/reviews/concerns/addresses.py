"""Who gets what at the addresses of private consultations on concerns."""

from typing import Any

from tests.permissions.exchange import DRAFTERS, FOCAL_POINT, FOCAL_POINTS, ROOM_DRAFTERS, during, piece, room
from tests.permissions.urls_base import BEFORE, CLOSED, DIALOGUE, OFFICERS, WRITERS, Access, Page, Scene, only, review

# Of the State under review and of the reviewing State of the same group; ``officer`` is in charge of the review.
_CONSULTING = WRITERS | ROOM_DRAFTERS
_IN_CHARGE = frozenset({"officer"})
_WITHOUT, _WITH = piece("concern"), piece("concern_with_officer")
_WORDS = {"text": "Let us talk."}


def _message(scene: Scene) -> list[Any]:
    return [*_WITHOUT(scene), scene.pieces.concern.messages.get().pk]


CONCERNS = [
    Page("reviews:concern-list", during(only(WRITERS | DRAFTERS | OFFICERS), BEFORE, DIALOGUE, CLOSED), review),
    Page("reviews:concern-open", during(only(FOCAL_POINTS), BEFORE, CLOSED), review),
    Page("reviews:concern-open", during(only(FOCAL_POINTS), BEFORE), review, "post", success=422),
    Page("reviews:concern-detail", during(Access(_CONSULTING), BEFORE, DIALOGUE), _WITHOUT),
    Page("reviews:concern-detail", during(Access(_CONSULTING | _IN_CHARGE), BEFORE), _WITH, note="with the officer"),
    Page("reviews:concern-detail", during(Access(_CONSULTING), BEFORE), _WITHOUT, "post", _WORDS, success=302),
    Page("reviews:concern-settle", during(Access(_CONSULTING), BEFORE), _message, "post", success=302),
    Page("reviews:concern-close", during(room(FOCAL_POINT, of=_CONSULTING), BEFORE), _message),
    Page("reviews:concern-close", during(room(FOCAL_POINT, of=_CONSULTING), BEFORE), _message, "post", success=302),
]
TABLE = {"concerns": CONCERNS}
