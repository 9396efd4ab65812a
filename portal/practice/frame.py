"""What the frame of each page of the practice portal shows: whose exercise it is, as whom one acts, what comes next."""

from dataclasses import dataclass
from typing import Any

from django.contrib.auth import logout
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext as _

from core.database.identity import identified_as
from portal.practice.casting import exercise_data
from portal.practice.course import Guide, guide_of
from portal.practice.enums import ExercisePart
from portal.practice.facts import progress_of, review_of, user_of
from portal.practice.models import Exercise
from portal.practice.selectors import is_asked

LEARNER = "practice_learner"  # in the session


@dataclass(frozen=True, slots=True)
class PartChoice:
    """A part as a button shows it."""

    part: ExercisePart
    label: str | Promise
    is_current: bool


@dataclass(frozen=True, slots=True)
class PracticeFrame:
    """``current``: the part in which the page is read; None on pages of the exercise before one is chosen.

    ``next_part`` is None at the end, and where the secretariat acts next; ``is_asked``: that it was asked for that.
    """

    name: str
    exercise: Exercise
    guide: Guide
    parts: tuple[PartChoice, ...]
    current: PartChoice | None
    next_part: PartChoice | None
    next_url: str
    is_asked: bool

    @property
    def is_own_turn(self) -> bool:
        return self.next_part is not None and self.next_part == self.current


def leave_cast(request: HttpRequest) -> None:
    """Sign out of the cast, and stay the learner whom the session was handed over to."""
    learner = request.session.get(LEARNER)
    logout(request)
    if learner:
        request.session[LEARNER] = learner


def parts_of(exercise: Exercise, reader: Any) -> tuple[PartChoice, ...]:
    """All parts, each with its role and State in the language of the page."""
    code = get_language() or exercise.language
    names = {row["key"]: row["name"].get(code, row["name"]["en"]) for row in exercise_data()["states"]}
    return tuple(
        PartChoice(
            part,
            _("%(role)s of %(state)s") % {"role": part.label, "state": names[part.state]},
            str(reader.pk) == exercise.cast[part.value],
        )
        for part in ExercisePart
    )


def frame_of(exercise: Exercise, reader: Any) -> PracticeFrame:
    guide, parts = guide_of(progress_of(exercise)), parts_of(exercise, reader)
    by_part = {choice.part: choice for choice in parts}
    with identified_as(user_of(exercise, ExercisePart.OWN_FOCAL_POINT)):
        next_url = guide.next.url(review_of(exercise)) if guide.next else ""
    return PracticeFrame(
        name=exercise.name,
        exercise=exercise,
        guide=guide,
        parts=parts,
        current=next((choice for choice in parts if choice.is_current), None),
        next_part=by_part[guide.next.part] if guide.next and guide.next.part else None,
        next_url=next_url,
        is_asked=guide.next is not None and guide.next.part is None and is_asked(exercise),
    )
