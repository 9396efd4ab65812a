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


@shared_task(name="portal.act_as_secretariat")
def act_as_secretariat_task(exercise_id: str, task: str) -> None:
    """The same of what the secretariat does in an exercise."""
    from core.errors import ServiceError
    from portal.practice.casting import note_failure
    from portal.practice.services.exercises import act_as_secretariat

    try:
        act_as_secretariat(UUID(exercise_id), task)
    except Exception as error:
        note_failure(UUID(exercise_id), error)
        if not isinstance(error, ServiceError):  # as where the learner has gone on meanwhile
            raise
