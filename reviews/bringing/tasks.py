from celery import shared_task


@shared_task(name="reviews.bring_in")
def bring_in_task(job_id: str) -> None:
    from core.jobs import making
    from reviews.bringing.services import carry_out_file

    making.carry_out(job_id, carry_out_file)
