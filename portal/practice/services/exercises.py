"""In the practice portal: a hand-over is used, and an exercise begun, played on, and made anew.

Nobody is signed in to whom a policy could be asked about: the session of a hand-over has one exercise, and no other.
"""

import datetime as dt
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy, override

from core.database.identity import at_the_door, identified_as
from core.errors import ServiceError
from core.language.i18n import interface_language
from portal.practice.course import BY_KEY, ExerciseTask, guide_of
from portal.practice.facts import done_in, is_finished, progress_of, review_of, user_of
from portal.practice.models import Exercise, HandOver
from portal.practice.others import play
from portal.practice.selectors import ASKED_AGAIN_AFTER, dropped_since, exercise_of, finished_before, first_of
from portal.practice.tokens import Back, Over, read_over, sign_back
from reviews.cases import lock_review

# Each exercise uses up three codes of States, of some seventeen thousand: nobody needs more of them in a day.
RESETS_A_DAY = 3
_DONE = gettext_lazy("This has been done by now.")
_NOT_YET = gettext_lazy("The portal could not do this step: something that comes before it is missing.")


def use_hand_over(token: str) -> Over | None:
    """Take a hand-over, and note that it was used; None for one that is forged, late, or was used before."""
    _require_practice()
    over = read_over(token)
    if over is None:
        return None
    with at_the_door():
        _row, is_new = HandOver.objects.get_or_create(pk=over.key)
    return over if is_new else None


def begin_exercise(*, learner: str, name: str, language: str) -> Exercise:
    """Give the learner's exercise; where there is none, begin one, which a worker then makes."""
    _require_practice()
    exercise = exercise_of(learner)
    if exercise is not None:
        return exercise
    values = {"name": name, "language": interface_language(language)}
    with at_the_door():
        exercise, is_new = Exercise.objects.get_or_create(learner=UUID(learner), dropped_at=None, defaults=values)
    if is_new:
        have_made(exercise)
    return exercise


def have_made(exercise: Exercise) -> bool:
    """Ask a worker for review and cast; asked twice, it makes them once. False where it was asked a moment ago."""
    from portal.practice.tasks import make_exercise_task

    is_asked = _ask_worker(exercise, is_made=False)
    if is_asked:
        make_exercise_task.delay(str(exercise.pk))
    return is_asked


def _ask_worker(exercise: Exercise, *, is_made: bool) -> bool:
    """Note that a worker is asked now; False where it was a moment ago, or the exercise is not there any more."""
    now = timezone.now()
    was_asked_before = Q(asked_at=None) | Q(asked_at__lte=now - ASKED_AGAIN_AFTER)
    with at_the_door():
        waiting = Exercise.objects.filter(was_asked_before, pk=exercise.pk, dropped_at=None)
        waiting = waiting.filter(review__isnull=not is_made)
        return bool(waiting.update(asked_at=now, failure=""))


def reset_exercise(*, learner: str, name: str, language: str) -> Exercise:
    """Let the exercise go, with all that was written in it, and begin another one. That one was finished is kept.

    Raises ServiceError where that was done too often within a day.
    """
    _require_practice()
    exercise = exercise_of(learner)
    if exercise is not None:
        if exercise.review_id is None and not exercise.failure:
            return exercise  # the second press of a button: it is being made anew already
        if dropped_since(learner, timezone.now() - dt.timedelta(days=1)) >= RESETS_A_DAY:
            raise ServiceError(
                _("You have begun anew often enough for now. Go on with this exercise, or come back tomorrow.")
            )
        note_end(exercise)
        with at_the_door():
            Exercise.objects.filter(pk=exercise.pk, dropped_at=None).update(dropped_at=timezone.now())
    return begin_exercise(learner=learner, name=name, language=language)


def let_others_act(*, learner: str, key: str) -> bool:
    """Have the portal play one task; give whether that is done: what the secretariat does, a worker is asked for.

    Raises ServiceError where it is done by now, or not open yet, or would not be done afterwards; nothing is written
    then.
    """
    _require_practice()
    exercise, task = exercise_of(learner), BY_KEY.get(key)
    if exercise is None or exercise.review_id is None or task is None:
        raise Http404
    if task.part is None:
        _ask_secretariat(exercise, task)
        return False
    with transaction.atomic():
        with identified_as(user_of(exercise, task.part)):
            lock_review(review_of(exercise))  # of two presses the second finds it done
        _play_once(exercise, task)
    note_end(exercise)
    return True


def act_as_secretariat(key: UUID, task: str) -> None:
    """What a worker does for the secretariat; a second time changes nothing. Raises ServiceError as for other parts."""
    _require_practice()
    with transaction.atomic():
        exercise = Exercise.objects.select_for_update(of=("self",)).get(pk=key)
        if exercise.review_id is None or exercise.dropped_at is not None:
            return
        with override(exercise.language):  # what it refuses its learner reads
            lock_review(review_of(exercise))
            if task not in done_in(exercise):
                _play_once(exercise, BY_KEY[task])
        Exercise.objects.filter(pk=key).update(asked_at=None, failure="", updated_at=timezone.now())


def _ask_secretariat(exercise: Exercise, task: ExerciseTask) -> None:
    """Ask a worker, once in a while. Raises ServiceError where it is not its turn."""
    from portal.practice.tasks import act_as_secretariat_task

    progress = progress_of(exercise)
    if task.key in progress.done:
        raise ServiceError(_DONE)
    if guide_of(progress).next != task:
        raise ServiceError(_NOT_YET)
    if _ask_worker(exercise, is_made=True):
        act_as_secretariat_task.delay(str(exercise.pk), task.key)


def _play_once(exercise: Exercise, task: ExerciseTask) -> None:
    """Within a transaction that holds the review. Raises ServiceError where it is done, or would not be."""
    if task.key in done_in(exercise):
        raise ServiceError(_DONE)
    play(exercise, task)
    if task.key not in done_in(exercise):
        raise ServiceError(_NOT_YET)


def note_end(exercise: Exercise) -> None:
    """Keep when the review of the exercise was found closed for the first time."""
    if exercise.finished_at is None and is_finished(exercise):
        exercise.finished_at = timezone.now()
        with at_the_door():
            Exercise.objects.filter(pk=exercise.pk, finished_at=None).update(finished_at=exercise.finished_at)


def hand_back(learner: str) -> str:
    """Give the secret by which the portal learns the two days: of the first exercise, and of the first that ended."""
    _require_practice()
    exercise = exercise_of(learner)
    if exercise is not None:
        note_end(exercise)
    first, finished = first_of(learner), finished_before(learner)
    return sign_back(
        Back(
            UUID(learner),
            timezone.localdate(first.created_at) if first else None,
            timezone.localdate(finished.finished_at) if finished and finished.finished_at else None,
        )
    )


def _require_practice() -> None:
    """An exercise is never begun among what is real."""
    if not settings.PRACTICE:
        raise Http404
