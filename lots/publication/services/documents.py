"""The protocol of a draw as a file: long work that a task does."""

from functools import partial

from django.db import transaction
from django.utils.translation import gettext as _, gettext_lazy

from accounts.people.models import User
from core import audit, jobs
from core.errors import ServiceError
from core.jobs import JobKind
from core.models import Job
from core.policy import require
from lots.draws.enums import DrawAction
from lots.draws.models import Draw
from lots.publication.jobs import FORMATS, find_draw, page_of_draw
from lots.publication.tasks import render_protocol_task


@transaction.atomic
def start_protocol(actor: User, draw: Draw, *, ending: str, language: str) -> Job:
    """Queue the protocol of a draw that has been run, in ``language``; ``ending``: one of FORMATS.

    Raises ServiceError before the run.
    """
    require(actor, DrawAction.VIEW, draw)
    if draw.run_at is None:
        raise ServiceError(_("There is a protocol as soon as the draw has been run."))
    job = jobs.start(
        kind=FORMATS[ending],
        target=draw,
        requested_by=actor,
        language=language,
        file_name=f"{draw.mechanism.slug}-draw-{draw.code}-protocol-{language}.{ending}",
    )
    audit.record(actor, "lots.document.requested", draw, after={"kind": FORMATS[ending], "language": language})
    return job


KINDS = tuple(
    JobKind(
        kind,
        DrawAction.VIEW,
        find_draw,
        partial(start_protocol, ending=ending),
        page_of_draw,
        render_protocol_task,
        gettext_lazy("Protocol of the drawing of lots"),
        scope_group="office",
    )
    for ending, kind in FORMATS.items()
)
