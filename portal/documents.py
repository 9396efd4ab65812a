"""The cockpit in print: long work that a task does, for the colleague alone who has asked for it."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from core import audit, jobs
from core.jobs import JobKind, Page
from core.models import Job
from core.policy import require
from portal.cockpit import with_query
from portal.tasks import render_cockpit_task
from reviews.enums import CockpitAction
from reviews.models import Mechanism

COCKPIT_PDF = "portal.cockpit_pdf"


@transaction.atomic
def start_cockpit_pdf(
    actor: User, mechanism: Mechanism, *, query: str, zoom: str = "", sort: str = "", language: str
) -> Job:
    """Queue what the cockpit shows with a filter, in ``language``.

    ``query`` is the checked filter of an address; ``zoom`` and ``sort`` are as in the address of the cockpit, and what
    makes no sense in them is as good as nothing.
    """
    require(actor, CockpitAction.VIEW, mechanism)
    job = jobs.start(
        kind=COCKPIT_PDF,
        target=mechanism,
        requested_by=actor,
        language=language,
        file_name=f"{mechanism.slug}-reviews-{timezone.localdate().isoformat()}-{language}.pdf",
        details={"query": query, "zoom": zoom[:20], "sort": sort[:20]},
    )
    audit.record(actor, "reviews.document.requested", mechanism, after={"kind": COCKPIT_PDF, "language": language})
    return job


def mechanism_of(job: Job) -> Mechanism | None:
    return Mechanism.objects.filter(pk=job.target_id).first()


def _find(job: Job) -> Job | None:
    """The job itself: the policy asks whose it is."""
    return job if mechanism_of(job) else None


def _start_again(actor: Any, target: Job, /, *, language: str) -> Job:
    asked = {name: target.details.get(name, "") for name in ("query", "zoom", "sort")}
    return start_cockpit_pdf(actor, Mechanism.objects.get(pk=target.target_id), language=language, **asked)


def _page(job: Job) -> Page:
    mechanism = Mechanism.objects.get(pk=job.target_id)
    address = reverse("portal:cockpit", args=[mechanism.slug])
    return Page(with_query(address, job.details.get("query", ""), all="1"), _("Cockpit"), caption=str(mechanism))


KIND = JobKind(
    COCKPIT_PDF,
    CockpitAction.VIEW,
    _find,
    _start_again,
    _page,
    render_cockpit_task,
    gettext_lazy("Where the reviews stand, as a PDF document"),
)
