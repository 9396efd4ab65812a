from celery import shared_task


@shared_task(name="portal.render_general_report")
def render_general_report_task(job_id: str) -> None:
    from core.jobs import making
    from portal.general_review.pdf import render_job

    making.run(job_id, render_job)
