from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.enums import JobStatus
from core.models.base import BaseModel


class Job(BaseModel):
    """Long work that a person waits for: how far it is, what came out, or what went wrong in words.

    It makes a document, or is an act (``core.jobs.ActKind``), whose ``progress`` counts what is done.

    ``target_type`` and ``target_id`` name the object whose policy decides who may see the job and its file. While it is
    being made the worker that does so renews ``lease_until``; the number of the attempt says whose it is, so that no
    worker ends a job which another one has taken up meanwhile (``core.jobs.making``). ``queued_at`` is when workers
    were last told of it.
    """

    kind = models.CharField(_("kind"), max_length=50)
    target_type = models.CharField(_("kind of target"), max_length=100)
    target_id = models.UUIDField(_("key of target"))
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="jobs", verbose_name=_("requested by")
    )
    language = models.CharField(_("language"), max_length=10)
    status = models.CharField(_("status"), max_length=10, choices=JobStatus, default=JobStatus.QUEUED)
    progress = models.PositiveSmallIntegerField(_("progress in per cent"), default=0)
    error = models.TextField(_("error"), blank=True)
    result = models.FileField(_("file"), upload_to="jobs/%Y/%m/", blank=True, max_length=200)
    file_name = models.CharField(_("name for the download"), max_length=150, blank=True)
    details = models.JSONField(_("details"), default=dict)
    started_at = models.DateTimeField(_("started at"), null=True)
    finished_at = models.DateTimeField(_("finished at"), null=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    lease_until = models.DateTimeField(_("claimed until"), null=True)
    queued_at = models.DateTimeField(_("queued at"), default=timezone.now)

    audit_name = "core.job"

    class Meta:
        verbose_name = _("job")
        verbose_name_plural = _("jobs")
        ordering = ["-created_at"]
        indexes = [
            models.Index(fields=["target_type", "target_id"], name="job_target"),
            models.Index(
                fields=["queued_at"],
                name="job_unfinished",
                condition=models.Q(status__in=[JobStatus.QUEUED, JobStatus.RUNNING]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.status}"

    @property
    def is_finished(self) -> bool:
        return self.status in {JobStatus.DONE, JobStatus.FAILED}
