"""Tasks that set the files of shared answers, and find those that are missing."""

from celery import shared_task


@shared_task(name="questionnaires.render_shared_answers", autoretry_for=(OSError,), retry_backoff=True, max_retries=5)
def render_shared_answers_task(share_id: str) -> None:
    from questionnaires.sharing.layout import render_shared
    from questionnaires.sharing.services import store_shared_files

    store_shared_files(share_id, render_shared)


@shared_task(name="questionnaires.queue_missing_answers")
def queue_missing_answers_task() -> None:
    from questionnaires.sharing.services import queue_missing_answers

    queue_missing_answers()
