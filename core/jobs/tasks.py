from celery import shared_task

from core import health
from core.jobs import making


@shared_task(name="core.take_up_waiting_jobs")
def take_up_waiting_jobs_task() -> None:
    """That it has come here shows that the queue moves."""
    making.take_up_waiting()
    health.show_queue()
