"""The task that sets a list or a summary as a file."""

from celery import shared_task


@shared_task(name="reviews.render_text")
def render_text_task(job_id: str) -> None:
    from core.jobs import making
    from observations.documents.akn import render_text_akn
    from observations.documents.docx import render_text_docx
    from observations.documents.formats import TEXT_AKN, TEXT_DOCX, TEXT_HTML, TEXT_PDF
    from observations.documents.pdf import render_text_html, render_text_pdf
    from observations.documents.services import make_document

    renderers = {
        TEXT_PDF: render_text_pdf,
        TEXT_DOCX: render_text_docx,
        TEXT_HTML: render_text_html,
        TEXT_AKN: render_text_akn,
    }
    making.run(job_id, lambda job, tell: make_document(job, renderers, tell))
