"""Pressing the button that publishes a draw, and being the worker that opens its reviews."""

from collections.abc import Callable

from accounts.people.models import User
from core.database.identity import identified_as_system
from core.jobs import making
from core.models import Job
from lots.draws.models import Draw
from lots.publication.selectors import check_before_publication
from lots.publication.services.publication import begin_publication, carry_out_publication


def press(draw: Draw, officer: User, *, language: str = "en", reason: str = "", in_charge: User | None = None) -> Job:
    """As an officer does who has looked at what stands out, and goes on."""
    seen = check_before_publication(draw).seen
    return begin_publication(actor=officer, draw=draw, seen=seen, language=language, reason=reason, officer=in_charge)


def work(job: Job, tell: Callable[[int], None] | None = None) -> Job:
    """What the worker does that is told of the job."""
    with identified_as_system():
        making.carry_out(str(job.pk), lambda mine, told: carry_out_publication(mine, tell or told))
    job.refresh_from_db()
    return job
