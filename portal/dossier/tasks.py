"""The tasks that make the whole record of a review, and a document of its exchange."""

from celery import shared_task


@shared_task(name="portal.make_dossier")
def make_dossier_task(job_id: str) -> None:
    from core.jobs import making
    from portal.dossier.exports import make_job

    making.run(job_id, make_job)


@shared_task(name="portal.make_exchange")
def make_exchange_task(job_id: str) -> None:
    from core.jobs import making
    from portal.dossier.exports import make_exchange

    making.run(job_id, make_exchange)
