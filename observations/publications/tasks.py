"""Tasks that set the files of a publication, and find those that are missing."""

from celery import shared_task


@shared_task(name="reviews.render_publication", autoretry_for=(OSError,), retry_backoff=True, max_retries=5)
def render_publication_task(publication_id: str) -> None:
    from observations.documents import render_text_akn, render_text_docx, render_text_pdf
    from observations.publications.services import store_publication_files

    renderers = {"pdf": render_text_pdf, "docx": render_text_docx, "xml": render_text_akn}
    store_publication_files(publication_id, renderers)


@shared_task(name="reviews.queue_missing_files")
def queue_missing_files_task() -> None:
    from observations.publications.services import queue_missing_files

    queue_missing_files()


@shared_task(name="observations.mark_agreed", autoretry_for=(OSError,), retry_backoff=True, max_retries=5)
def mark_agreed_task(text_id: str) -> None:
    from observations.publications.translated import mark_agreed

    mark_agreed(text_id)


@shared_task(name="observations.take_names_out", autoretry_for=(OSError,), retry_backoff=True, max_retries=5)
def take_names_out_task(review_id: str) -> None:
    from observations.publications.services import take_names_out

    take_names_out(review_id)
