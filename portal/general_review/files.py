"""The draft for the general report, printed by a worker."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from accounts.people.models import User
from core import audit, jobs
from core.jobs import JobKind, PageOfOrigin
from core.models import Job
from core.policy import require
from portal.cockpit.enums import CockpitAction
from portal.general_review.tasks import render_general_report_task
from reviews.programme.models import Mechanism

GENERAL_PDF = "portal.general_report_pdf"


@transaction.atomic
def start_general_report(actor: User, mechanism: Mechanism, /, *, language: str) -> Job:
    """Queue the draft as a PDF document in ``language``, which any of the United Nations may be."""
    require(actor, CockpitAction.VIEW, mechanism)
    job = jobs.start(
        kind=GENERAL_PDF,
        target=mechanism,
        requested_by=actor,
        language=language,
        file_name=f"{mechanism.slug}-general-review-{timezone.localdate().isoformat()}-{language}.pdf",
    )
    audit.record(actor, "reviews.document.requested", mechanism, after={"kind": GENERAL_PDF, "language": language})
    return job


def mechanism_of(job: Job) -> Mechanism | None:
    """None where it is gone."""
    return Mechanism.objects.filter(pk=job.target_id).first()


def _page(mechanism: Any) -> PageOfOrigin:
    address = reverse("portal:general-review", args=[mechanism.slug])
    return PageOfOrigin(address, _("General review"), caption=str(mechanism))


KIND = JobKind(
    GENERAL_PDF,
    CockpitAction.VIEW,
    mechanism_of,
    start_general_report,
    _page,
    render_general_report_task,
    gettext_lazy("The draft for the general report, as a PDF document"),
)
