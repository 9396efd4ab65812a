from celery import shared_task
from django.utils import timezone


@shared_task(name="reviews.count_silence")
def count_silence_task() -> None:
    from reviews.services.silence import count_silence

    count_silence(timezone.localdate())


@shared_task(name="reviews.render_text")
def render_text_task(job_id: str) -> None:
    from core import making
    from reviews.exports.agreed_text import render_text_docx
    from reviews.pdf.agreed_text import render_text_pdf
    from reviews.services.documents import TEXT_DOCX, TEXT_PDF, make_document

    renderers = {TEXT_PDF: render_text_pdf, TEXT_DOCX: render_text_docx}
    making.run(job_id, lambda job, tell: make_document(job, renderers, tell))


@shared_task(name="reviews.render_publication", autoretry_for=(OSError,), retry_backoff=True, max_retries=5)
def render_publication_task(publication_id: str) -> None:
    from reviews.exports.agreed_text import render_text_docx
    from reviews.pdf.agreed_text import render_text_pdf
    from reviews.services.publications import store_publication_files

    store_publication_files(publication_id, {"pdf": render_text_pdf, "docx": render_text_docx})


@shared_task(name="reviews.queue_missing_files")
def queue_missing_files_task() -> None:
    from reviews.services.publications import queue_missing_files

    queue_missing_files()


@shared_task(name="reviews.carry_out_bulk_act")
def carry_out_bulk_act_task(act_id: str) -> None:
    from reviews.services.bulk import carry_out_bulk_act

    carry_out_bulk_act(act_id)


@shared_task(name="reviews.carry_on_bulk_acts")
def carry_on_bulk_acts_task() -> None:
    from reviews.services.bulk import carry_on_stalled

    carry_on_stalled(timezone.now())


@shared_task(name="reviews.carry_out_access")
def carry_out_access_task() -> None:
    from reviews.services.access_requests import carry_out_due

    carry_out_due(timezone.now())
