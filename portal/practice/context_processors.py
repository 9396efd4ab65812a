from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from portal.practice.frame import LEARNER, frame_of
from portal.practice.selectors import exercise_of


def practice(request: HttpRequest) -> dict[str, Any]:
    """For the frame of a page: nothing in the portal; in the practice portal, that it is it, and the guide.

    The guide is looked up where a page shows it, and not for each piece of one.
    """
    if not settings.PRACTICE:
        return {}
    learner = getattr(request, "session", {}).get(LEARNER, {})

    def frame() -> Any:
        exercise = exercise_of(learner.get("learner"))
        return frame_of(exercise, request.user) if exercise is not None and exercise.review_id is not None else None

    return {"is_practice": True, "practice": SimpleLazyObject(frame)}
