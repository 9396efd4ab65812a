from celery import shared_task


@shared_task(name="lots.render_protocol")
def render_protocol_task(job_id: str) -> None:
    from core.jobs import making
    from lots.publication.pdf import render_job

    making.run(job_id, render_job)


@shared_task(name="lots.render_public_protocols")
def render_public_protocols_task(draw_id: str) -> None:
    from lots.draws.models import Draw
    from lots.publication.pdf import render_protocol_pdf
    from lots.publication.services.protocols import make_public_protocols

    draw = Draw.objects.select_related("mechanism", "phase__cluster").filter(pk=draw_id).first()
    if draw is not None:
        make_public_protocols(draw, render_protocol_pdf)


@shared_task(name="lots.queue_missing_protocols")
def queue_missing_protocols_task() -> None:
    from lots.publication.services.protocols import queue_missing_protocols

    queue_missing_protocols()


@shared_task(name="lots.publish_draw")
def publish_draw_task(job_id: str) -> None:
    from core.jobs import making
    from lots.publication.services.publication import carry_out_publication

    making.carry_out(job_id, carry_out_publication)
