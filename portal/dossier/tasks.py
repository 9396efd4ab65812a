"""The task that makes the whole record of a review."""

from celery import shared_task


@shared_task(name="portal.make_dossier")
def make_dossier_task(job_id: str) -> None:
    from core.jobs import making
    from portal.dossier.exports import make_job

    making.run(job_id, make_job)
