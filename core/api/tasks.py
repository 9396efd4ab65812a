from celery import shared_task

from core import idempotent


@shared_task(name="core.forget_answers")
def forget_answers_task() -> None:
    """What programs were answered goes after a day, also where they do not come again; each hour, so not much later."""
    idempotent.forget_old()
