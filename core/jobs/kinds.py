"""Documents that take long: queued by a service, made by a task, watched and fetched on a page.

Each feature registers the kinds of document that it makes; the pages of a job (``core.web.views.jobs``) are the same
for all, and so is how one is made, whoever dies meanwhile (``core.jobs.making``). An act that takes long is a job too,
with a page of its feature's own and no file.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from django.db import models, transaction
from django.db.models import Q, TextChoices
from django.http import Http404
from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext as _, gettext_lazy

from core.database.identity import found_for_policy, looking_past_rooms
from core.enums import JobStatus
from core.errors import ServiceError
from core.files.storage import CONTENT_TYPES
from core.language.terminology import noting_words
from core.models import Job
from core.models.names import audit_name_of
from core.policy import Actor, can

LATE_AFTER = dt.timedelta(minutes=1)  # then the page says why a job may still be waiting


_DOCUMENT = gettext_lazy("Document")


@dataclass(frozen=True, slots=True)
class LabelledLink:
    """An address and its words."""

    address: str
    label: str | Promise


@dataclass(frozen=True, slots=True)
class PageOfOrigin:
    """The page that a document was asked for on, to go back to.

    ``above`` are the pages over it, from the top, for the breadcrumb; ``caption`` and ``code`` say what the document is
    about, over its heading and in the title of the window.
    """

    address: str
    label: str | Promise
    above: tuple[LabelledLink, ...] = ()
    caption: str = ""
    code: str = ""


class StartAgain(Protocol):
    """A service that queues the document of a target in a language. It asks the policy."""

    def __call__(self, actor: Any, target: Any, /, *, language: str) -> Job: ...


def in_its_language(start: Callable[..., Job], **form: str) -> StartAgain:
    """To queue in a ``form`` what is made in a language of its own, whatever that of the page is."""

    def start_again(actor: Any, target: Any, /, *, language: str) -> Job:
        return start(actor, target, **form)

    return start_again


@dataclass(frozen=True, slots=True)
class JobKind:
    """A kind of document.

    Who may do ``action`` to the target may make the document, see its job and take its file. ``find_target`` gives the
    target of a job, None where it is gone; ``title`` heads the page of the job. ``task`` makes it, given the key of the
    job; it may be queued more than once. ``before_taken`` is called with who takes the file, and the target.
    ``is_personal``: the file says who has fetched it, so that its job is there for nobody but who asked for it.
    ``scope_group``: what the document belongs to among the scopes of access tokens.
    """

    kind: str
    action: TextChoices
    find_target: Callable[[Job], Any]
    start_again: StartAgain
    page_of: Callable[[Any], PageOfOrigin]
    task: Any
    title: str | Promise = _DOCUMENT
    before_taken: Callable[[Any, Any], None] | None = None
    is_personal: bool = False
    scope_group: str = "reviews"


@dataclass(frozen=True, slots=True)
class ActKind:
    """An act that takes long: all of it is done or nothing, and it leaves no file.

    Its feature shows on a page of its own how far it is, and its service asks the policy. ``progress`` of its job
    counts what is done, and is no percentage. ``task`` does it, given the key of the job; it may be queued more than
    once.
    """

    kind: str
    task: Any


class FoundJob(NamedTuple):
    job: Job
    kind: JobKind
    target: Any


_kinds: dict[str, JobKind] = {}
_acts: dict[str, ActKind] = {}


def register(kind: JobKind) -> None:
    """Make jobs of this kind known to the pages of jobs; each feature does so in its declarations."""
    _kinds[kind.kind] = kind


def registered_kinds() -> frozenset[str]:
    """All kinds of all apps, for the tests that look through every document."""
    return frozenset(_kinds)


def register_act(kind: ActKind) -> None:
    """Have acts of this kind taken up again where a worker was lost; each feature does so in its declarations."""
    _acts[kind.kind] = kind


def registered_acts() -> frozenset[str]:
    return frozenset(_acts)


def send_to_queue(job: Job) -> None:
    """Let a worker know of a job. Raises kombu's OperationalError where the queue is away."""
    kind = _acts.get(job.kind) or _kinds[job.kind]
    kind.task.delay(str(job.pk))


def find_target(job: Job) -> Any:
    """What the document of a job is made of; None when that is gone, or when nobody knows such jobs."""
    kind = _kinds.get(job.kind)
    return kind.find_target(job) if kind else None


def refuse_without_right(job: Job) -> None:
    """Raise ServiceError where who asked for a job may not have its document (any more): a worker reads every room.

    What is gone the work itself finds.
    """
    target = find_target(job)
    if target is not None and not can(job.requested_by, _kinds[job.kind].action, target):
        raise ServiceError(_("This is no longer open to you"))


def find(job_id: UUID | str) -> FoundJob:
    """A job with its kind and target, whoever asked for it; the caller asks the policy.

    Raises Http404 where one of them is not there.
    """
    job = found_for_policy(lambda: Job.objects.filter(pk=job_id, kind__in=_kinds).first())
    target = found_for_policy(lambda: find_target(job)) if job else None
    if job is None or target is None:
        raise Http404
    return FoundJob(job, _kinds[job.kind], target)


def latest_for(target: models.Model, user_id: UUID, kinds: Iterable[str]) -> Job | None:
    """The person's last job of these kinds for a target, so that a page can lead back to it."""
    return Job.objects.filter(
        kind__in=list(kinds),
        target_type=audit_name_of(target),
        target_id=target.pk,
        requested_by_id=user_id,
    ).first()


def latest_act(target: models.Model, kind: str) -> Job | None:
    """The last job of an act on a target, whoever asked for it; the caller has asked the policy about the target."""
    jobs = Job.objects.filter(kind=kind, target_type=audit_name_of(target), target_id=target.pk)
    with looking_past_rooms():
        return jobs.select_related("requested_by").first()


def latest_acts(targets: models.QuerySet[Any], kind: str) -> dict[UUID, Job]:
    """The last job of an act on each of the targets that has one, by its key; the caller has asked the policy."""
    keys = targets.order_by().values("pk")
    jobs = Job.objects.filter(kind=kind, target_type=audit_name_of(targets.model), target_id__in=keys)
    with looking_past_rooms():
        return {job.target_id: job for job in jobs.order_by("target_id", "-created_at").distinct("target_id")}


def newest_act(kind: str) -> Job | None:
    """The last job of an act, whatever its target; the caller has asked the policy."""
    with looking_past_rooms():
        return Job.objects.filter(kind=kind).first()


def start_act(
    *, kind: str, target: models.Model, requested_by: Actor, language: str, details: Mapping[str, str]
) -> Job:
    """Queue an act, within the transaction of a service that holds the target and has asked the policy.

    That refuses a second one while the first is under way (``latest_act``). ``details`` is what the act rests on: the
    worker finds it as it was, for nothing changes it.
    """
    job = Job.objects.create(**_facts_of(kind, target, requested_by, language), details=noting_words(details))
    _send_after_the_commit(job)
    return job


def content_type_of(file_name: str) -> str:
    """The content type of a document by its name. Raises ValueError for a kind that no job makes."""
    suffix = PurePath(file_name).suffix
    if suffix not in CONTENT_TYPES:
        raise ValueError(f"no document ends in {suffix!r}: {file_name}")
    return CONTENT_TYPES[suffix]


def is_late(job: Job) -> bool:
    """Whether a job waits for longer than its turn takes to come."""
    return job.status == JobStatus.QUEUED and timezone.now() - job.created_at > LATE_AFTER


def is_abandoned(job: Job) -> bool:
    """Whether the worker of a job has died: it takes its turn again by itself."""
    return job.status == JobStatus.RUNNING and not (job.lease_until and job.lease_until > timezone.now())


def abandoned(now: dt.datetime) -> Q:
    """Jobs whose worker has died, or was so slow that it may not end them."""
    return Q(status=JobStatus.RUNNING) & ~Q(lease_until__gt=now)


@transaction.atomic
def start(
    *,
    kind: str,
    target: models.Model,
    requested_by: Actor,
    language: str,
    file_name: str,
    details: dict[str, Any] | None = None,
) -> Job:
    """Queue long work; a second click gives the first job back, so long as that waits or its worker lives.

    Work whose worker has died is given up for the new job. ``file_name`` says by its end what is made, ``details`` of
    what: with others it is other work. Raises ValueError where no document is of that kind.
    """
    content_type_of(file_name)
    facts = {**_facts_of(kind, target, requested_by, language), "file_name": file_name}
    details = noting_words(details or {})
    same = Job.objects.filter(**facts, details__contains=details)
    now = timezone.now()
    if alive := same.filter(Q(status=JobStatus.QUEUED) | Q(status=JobStatus.RUNNING, lease_until__gt=now)).first():
        return alive
    with translation.override(language):
        same.filter(abandoned(now)).update(
            status=JobStatus.FAILED, error=_("The document was asked for anew."), finished_at=now, updated_at=now
        )
    job = Job.objects.create(**facts, details=details)
    _send_after_the_commit(job)
    return job


def _facts_of(kind: str, target: models.Model, requested_by: Actor, language: str) -> dict[str, Any]:
    return {
        "kind": kind,
        "target_type": audit_name_of(target),
        "target_id": target.pk,
        "requested_by": requested_by,
        "language": language,
    }


def _send_after_the_commit(job: Job) -> None:
    """Robust: where the queue cannot be reached, the job waits, and is sent again with those that got lost."""
    transaction.on_commit(lambda: send_to_queue(job), robust=True)
