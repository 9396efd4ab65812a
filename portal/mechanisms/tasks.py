from celery import shared_task


@shared_task(name="portal.load_mechanism")
def load_mechanism_task(job_id: str) -> None:
    from core.jobs import making
    from portal.mechanisms.services.choosing import carry_out_choice

    making.carry_out(job_id, carry_out_choice)
