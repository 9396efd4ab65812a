from celery import shared_task


@shared_task(name="lots.render_protocol")
def render_protocol_task(job_id: str) -> None:
    from core import jobs
    from lots.pdf.protocol import render_job

    jobs.run(job_id, render_job)
