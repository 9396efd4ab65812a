from celery import shared_task


@shared_task(name="questionnaires.render_pdf")
def render_pdf_task(job_id: str) -> None:
    from core import jobs
    from questionnaires.pdf.completed import render_job

    jobs.run(job_id, render_job)
