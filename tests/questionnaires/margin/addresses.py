"""Who gets what at the addresses of margin notes: those of the State alone, also after its answers are sent."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from questionnaires.margin.models import MarginNote, MarginThread
from tests.permissions.urls_base import (
    INSIDE,
    OTHER_QUESTION,
    OWN,
    SENT_QUESTION,
    WRITERS,
    Access,
    Page,
    Scene,
    at,
    only,
    opened,
    review,
)

_CONTRIBUTOR = frozenset({"contributor"})
_WRITE = WRITERS | _CONTRIBUTOR
NONE = UUID(int=0)


def _thread(*, is_addressed: bool) -> Callable[[Scene], list[Any]]:
    def args(scene: Scene) -> list[Any]:
        found = MarginThread.objects.filter(participation__isnull=not is_addressed).first()
        return [*scene.review, SENT_QUESTION, getattr(found, "pk", NONE)]

    return args


def _note(scene: Scene) -> list[Any]:
    found = MarginNote.objects.filter(thread__participation=None).first()
    return [*scene.review, SENT_QUESTION, getattr(found, "thread_id", NONE), getattr(found, "pk", NONE)]


# A thread that is addressed to nobody is not there for a contributor; to those who only read it, it is, and no act.
_OF_DRAFTERS = opened(only(WRITERS, of=INSIDE - _CONTRIBUTOR))
MARGIN = [
    Page("api:margin-list", opened(only(OWN)), review, anonymous=401),
    Page("api:margin-question", opened(only(OWN)), at(SENT_QUESTION), anonymous=401, note="sent"),
    Page("api:margin-question", opened(only(OWN - _CONTRIBUTOR)), at(OTHER_QUESTION), anonymous=401, note="not sent"),
    Page("questionnaires:margin-list", opened(only(OWN)), review),
    Page("questionnaires:margin-notes", opened(only(OWN)), at(SENT_QUESTION), note="sent"),
    Page("questionnaires:margin-notes", opened(only(OWN - _CONTRIBUTOR)), at(OTHER_QUESTION), note="not sent"),
    Page("questionnaires:margin-notes", opened(only(_WRITE)), at(SENT_QUESTION), "post", {"text": "A note."}, 302),
    Page("questionnaires:margin-reply", _OF_DRAFTERS, _thread(is_addressed=False)),
    Page("questionnaires:margin-reply", opened(only(_WRITE)), _thread(is_addressed=True), note="addressed"),
    Page(
        "questionnaires:margin-resolve",
        opened(only(_WRITE)),
        _thread(is_addressed=True),
        "post",
        {"resolved": "1"},
        302,
    ),
    Page("questionnaires:margin-resolve", _OF_DRAFTERS, _thread(is_addressed=False), "post", {"resolved": "1"}, 302),
    # Its writer alone changes it.
    Page("questionnaires:margin-edit", opened(Access(frozenset({"expert"}), INSIDE - WRITERS - _CONTRIBUTOR)), _note),
]
TABLE = {"margin notes": MARGIN}
