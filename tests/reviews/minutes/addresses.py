"""Who gets what at the addresses of notes of a meeting, which the State of the same group drafts and has laid."""

from collections.abc import Callable

from tests.permissions.exchange import DRAFTERS, READERS, ROOM, ROOM_DRAFTERS, ROOM_FOCAL_POINT, during, room
from tests.permissions.urls_base import DIALOGUE, WRITERS, Page, Scene, only

FOCAL_POINTS = frozenset({"focal_point", "same_group_focal_point", "other_group_focal_point"})


def _of(name: str) -> Callable[[Scene], list[object]]:
    """The address of the meeting whose notes, or which itself, is the piece of that name."""

    def args(scene: Scene) -> list[object]:
        piece = getattr(scene.pieces, name)
        return [scene.cast.review.mechanism.slug, scene.cast.review.code, getattr(piece, "meeting_id", piece.pk)]

    return args


_HELD, _DRAFT, _LAID = _of("held"), _of("notes_draft"), _of("notes_laid")
_TEXT = {"text": "What was said.", "base": "0"}
TABLE = {
    "notes of meetings": [
        Page("reviews:notes", during(room(ROOM), DIALOGUE), _DRAFT, note="draft"),
        Page("reviews:notes", during(only(READERS), DIALOGUE), _LAID, note="laid"),
        Page("reviews:notes-write", during(only(WRITERS | DRAFTERS), DIALOGUE), _HELD),
        Page("reviews:notes-write", during(only(WRITERS | DRAFTERS), DIALOGUE), _HELD, "post", _TEXT, success=302),
        Page("reviews:notes-write", during(room(ROOM_DRAFTERS), DIALOGUE), _DRAFT, note="draft"),
        Page("reviews:notes-change", during(only(ROOM_FOCAL_POINT), DIALOGUE), _LAID),
        Page("reviews:notes-lay", during(room(ROOM_FOCAL_POINT), DIALOGUE), _DRAFT),
        Page("reviews:notes-lay", during(room(ROOM_FOCAL_POINT), DIALOGUE), _DRAFT, "post", {"base": "1"}, success=302),
        Page("reviews:notes-discard", during(room(ROOM_DRAFTERS), DIALOGUE), _DRAFT),
        Page(
            "reviews:notes-discard", during(room(ROOM_DRAFTERS), DIALOGUE), _DRAFT, "post", {"base": "1"}, success=302
        ),
        Page("reviews:notes-answer", during(only(FOCAL_POINTS), DIALOGUE), _LAID),
        Page("reviews:notes-answer", during(only(FOCAL_POINTS), DIALOGUE), _LAID, "post", success=422),
    ]
}
