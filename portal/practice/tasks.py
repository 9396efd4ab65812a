"""What workers do for the practice portal."""

from uuid import UUID

from celery import shared_task


@shared_task(name="portal.make_exercise")
def make_exercise_task(exercise_id: str) -> None:
    from portal.practice.casting import make_exercise

    make_exercise(UUID(exercise_id))
