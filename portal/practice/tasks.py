"""What workers do for the practice portal."""

from uuid import UUID

from celery import shared_task


@shared_task(name="portal.make_exercise")
def make_exercise_task(exercise_id: str) -> None:
    """What fails is kept on the exercise, where its learner reads it; the log says more."""
    from portal.practice.casting import make_exercise, note_failure

    try:
        make_exercise(UUID(exercise_id))
    except Exception as error:
        note_failure(UUID(exercise_id), error)
        raise
