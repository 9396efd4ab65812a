import pgtrigger
from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEntry(models.Model):
    """One act, for investigators. Written only by ``core.audit.record``; no feature reads it.

    Invariants: rows are never changed or deleted (a trigger forbids it); ``sequence`` has no gap; ``hash`` covers
    the row and ``previous_hash``, so that a row taken out or altered behind our back shows.
    """

    sequence = models.BigIntegerField(_("sequence"), primary_key=True)
    at = models.DateTimeField(_("at"))
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("actor")
    )
    actor_label = models.CharField(_("actor as named then"), max_length=200)
    verb = models.CharField(_("verb"), max_length=100, db_index=True)
    target_type = models.CharField(_("kind of target"), max_length=100)
    target_id = models.CharField(_("key of target"), max_length=64)
    target_label = models.CharField(_("target as named then"), max_length=200)
    before = models.JSONField(_("before"), null=True)
    after = models.JSONField(_("after"), null=True)
    reason = models.TextField(_("reason"), blank=True)
    previous_hash = models.CharField(_("previous hash"), max_length=64)
    hash = models.CharField(_("hash"), max_length=64, unique=True)

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["sequence"]
        indexes = [models.Index(fields=["target_type", "target_id"], name="audit_target")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.sequence} {self.verb}"
