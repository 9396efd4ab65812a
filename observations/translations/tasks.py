"""The task that sets a confirmed translation as a file."""

from celery import shared_task


@shared_task(name="observations.render_translation")
def render_translation_task(job_id: str) -> None:
    from core.jobs import making
    from observations.documents import render_text_akn, render_text_docx, render_text_pdf
    from observations.translations.documents import TRANSLATION_AKN, TRANSLATION_DOCX, TRANSLATION_PDF, make_document

    renderers = {
        TRANSLATION_PDF: render_text_pdf,
        TRANSLATION_DOCX: render_text_docx,
        TRANSLATION_AKN: render_text_akn,
    }
    making.run(job_id, lambda job, tell: make_document(job, renderers, tell))
