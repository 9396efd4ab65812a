from celery import shared_task

from core.watch import figures


@shared_task(name="core.take_figures")
def take_figures_task() -> None:
    """Each minute, so that nobody's figures are older; nothing where nobody asks for them."""
    figures.take_if_wanted()
