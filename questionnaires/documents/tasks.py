from celery import shared_task


@shared_task(name="questionnaires.render_pdf")
def render_document_task(job_id: str) -> None:
    from core.jobs import making
    from questionnaires.documents.exports import render_job

    making.run(job_id, render_job)
