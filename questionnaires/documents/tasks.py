from celery import shared_task


@shared_task(name="questionnaires.render_pdf")
def render_pdf_task(job_id: str) -> None:
    from core.jobs import making
    from questionnaires.documents.pdf import render_job

    making.run(job_id, render_job)
