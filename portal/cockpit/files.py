"""What the cockpit shows, to take along: made by a worker, since all reviews are many."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _, gettext_lazy

from accounts.people.models import User
from core import audit, jobs
from core.errors import ServiceError
from core.jobs import JobKind, PageOfOrigin
from core.models import Job
from core.policy import require
from portal.cockpit.drawing import with_query
from portal.cockpit.enums import CockpitAction
from portal.cockpit.filters import CockpitFilterSet
from portal.cockpit.tasks import (
    make_cockpit_spreadsheet_task,
    render_cockpit_task,
    render_progress_task,
    write_progress_task,
)
from reviews.programme.models import Mechanism

COCKPIT_PDF, COCKPIT_SPREADSHEET = "portal.cockpit_pdf", "portal.cockpit_spreadsheet"
PROGRESS_PDF, PROGRESS_DOCX = "portal.progress_pdf", "portal.progress_docx"
# What a file of each kind is called: the word in its name, and its ending.
_NAMES = {
    COCKPIT_PDF: ("reviews", "pdf"),
    COCKPIT_SPREADSHEET: ("reviews", "xlsx"),
    PROGRESS_PDF: ("progress", "pdf"),
    PROGRESS_DOCX: ("progress", "docx"),
}
_OF_ALL = frozenset({PROGRESS_PDF, PROGRESS_DOCX})


@transaction.atomic
def start_cockpit_file(
    actor: User, mechanism: Mechanism, kind: str, *, query: str, zoom: str = "", sort: str = "", language: str
) -> Job:
    """Queue what the cockpit shows with a filter as a file of a kind (``COCKPIT_PDF``, ...), in ``language``.

    ``query`` is the checked filter of an address; ``zoom`` and ``sort`` are as in the address of the cockpit, and what
    makes no sense in them is as good as nothing. The progress report is of all reviews: what narrows it could leave one
    State.
    """
    require(actor, CockpitAction.VIEW, mechanism)
    name, ending = _NAMES[kind]
    details = {} if kind in _OF_ALL else {"query": query, "zoom": zoom[:20], "sort": sort[:20]}
    job = jobs.start(
        kind=kind,
        target=mechanism,
        requested_by=actor,
        language=language,
        file_name=f"{mechanism.slug}-{name}-{timezone.localdate().isoformat()}-{language}.{ending}",
        details=details,
    )
    audit.record(actor, "reviews.document.requested", mechanism, after={"kind": kind, "language": language})
    return job


def mechanism_of(job: Job) -> Mechanism:
    """Raises ServiceError where there is no such cockpit any more."""
    mechanism = _mechanism_of(job)
    if mechanism is None:
        raise ServiceError(_("You do not see the cockpit any more."))
    return mechanism


def filter_of(mechanism: Mechanism, user: User, asked: Mapping[str, str]) -> CockpitFilterSet:
    """The filter and the order of a job; ``asked`` are its details.

    Raises ServiceError where the filter names what there is no more: the file would hold what nobody asked for.
    """
    given = QueryDict(asked.get("query", ""), mutable=True)
    given["sort"] = asked.get("sort", "")
    narrowed = CockpitFilterSet(given, mechanism=mechanism, user=user)
    if narrowed.form.errors:
        raise ServiceError(_("What narrowed the list does not exist any more. Look at the list as it is now."))
    return narrowed


def _mechanism_of(job: Job) -> Mechanism | None:
    return Mechanism.objects.filter(pk=job.target_id).first()


def _find(job: Job) -> Job | None:
    """The job itself: the policy asks whose it is."""
    return job if _mechanism_of(job) else None


def _start_again(actor: Any, target: Job, /, *, language: str) -> Job:
    asked = {name: target.details.get(name, "") for name in ("query", "zoom", "sort")}
    mechanism = Mechanism.objects.get(pk=target.target_id)
    return start_cockpit_file(actor, mechanism, target.kind, language=language, **asked)


def _page(job: Job) -> PageOfOrigin:
    mechanism = Mechanism.objects.get(pk=job.target_id)
    address = reverse("portal:cockpit", args=[mechanism.slug])
    return PageOfOrigin(
        with_query(address, job.details.get("query", ""), all="1"), _("Cockpit"), caption=str(mechanism)
    )


KINDS = [
    JobKind(kind, CockpitAction.VIEW, _find, _start_again, _page, task, title)
    for kind, task, title in (
        (COCKPIT_PDF, render_cockpit_task, gettext_lazy("Where the reviews stand, as a PDF document")),
        (COCKPIT_SPREADSHEET, make_cockpit_spreadsheet_task, gettext_lazy("Where the reviews stand, as a spreadsheet")),
        (PROGRESS_PDF, render_progress_task, gettext_lazy("The progress report, as a PDF document")),
        (PROGRESS_DOCX, write_progress_task, gettext_lazy("The progress report, as a Word file")),
    )
]
