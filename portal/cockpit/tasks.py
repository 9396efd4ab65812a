"""Tasks that carry out acts on many reviews, and make the files of the cockpit."""

from celery import shared_task
from django.utils import timezone


@shared_task(name="reviews.carry_out_bulk_act")
def carry_out_bulk_act_task(act_id: str) -> None:
    from portal.cockpit.services import carry_out_bulk_act

    carry_out_bulk_act(act_id)


@shared_task(name="reviews.carry_on_bulk_acts")
def carry_on_bulk_acts_task() -> None:
    from portal.cockpit.services import carry_on_stalled

    carry_on_stalled(timezone.now())


@shared_task(name="portal.render_cockpit")
def render_cockpit_task(job_id: str) -> None:
    from core.jobs import making
    from portal.cockpit.pdf import render_job

    making.run(job_id, render_job)


@shared_task(name="portal.make_cockpit_spreadsheet")
def make_cockpit_spreadsheet_task(job_id: str) -> None:
    from core.jobs import making
    from portal.cockpit.exports import make_job

    making.run(job_id, make_job)


@shared_task(name="portal.render_progress")
def render_progress_task(job_id: str) -> None:
    from core.jobs import making
    from portal.cockpit.pdf import render_progress

    making.run(job_id, render_progress)


@shared_task(name="portal.write_progress")
def write_progress_task(job_id: str) -> None:
    from core.jobs import making
    from portal.cockpit.docx import render_progress_docx

    making.run(job_id, render_progress_docx)
